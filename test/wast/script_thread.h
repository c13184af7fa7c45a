// A thread of a script, which runs commands at the same time as others.
#pragma once

#include <memory>
#include <span>
#include <thread>

#include "test/wast/record.h"
#include "test/wast/script_runner.h"

namespace wast {

class ScriptThread {
 public:
  // Begins to run the commands, which must outlive the thread, as must the record of the verdicts.
  ScriptThread(std::unique_ptr<ScriptRunner> runner, std::span<const Command> commands,
               Record& record)
      : runner_(std::move(runner)), thread_([this, commands, &record] { run(commands, record); }) {}
  // Waits until all commands have been run.
  ~ScriptThread() { thread_.join(); }
  ScriptThread(const ScriptThread&) = delete;
  ScriptThread& operator=(const ScriptThread&) = delete;

 private:
  void run(std::span<const Command> commands, Record& record) {
    for (const Command& command : commands) {
      record.begin(command);
      record.end(command, runner_->run(command));
    }
  }

  std::unique_ptr<ScriptRunner> runner_;
  std::thread thread_;
};

}  // namespace wast
