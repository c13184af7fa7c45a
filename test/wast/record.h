// The record of the verdicts on the commands of a script.
#pragma once

#include <mutex>
#include <string>

#include "test/wast/run_script.h"
#include "test/wast/script.h"
#include "test/wast/script_runner.h"

namespace wast {

// Counts verdicts and prints failures to standard output. Thread-safe.
class Record {
 public:
  // `progress` must outlive the record.
  Record(std::string file, Progress& progress) : file_(std::move(file)), progress_(progress) {}

  // Notes the command's line, in case that it crashes the process.
  void begin(const Command& command);
  void end(const Command& command, const Verdict& verdict);

 private:
  std::string file_;
  std::mutex mutex_;
  Progress& progress_;
};

}  // namespace wast
