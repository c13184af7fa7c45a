// The threads of a program (wasi-threads): the thread that runs its main function, and those that
// the guest starts by `wasi.thread-spawn`. Each has an instance in a store of its own; they have
// imported shared memories and the state of WASI in common.
#pragma once

#include <pthread.h>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "loader/program/program.h"
#include "runtime/linker.h"
#include "runtime/store.h"

namespace program {

// The program ends with its first thread that returns from the main function, exits or traps. The
// calls of the other threads are interrupted then. Thread-safe.
class ThreadGroup final : public Threads {
 public:
  // Runs a thread with the id `thread` and the argument of thread-spawn, in a store that has
  // nothing yet. Returns the exit code if the program ends because of this thread.
  using Body =
      std::function<std::optional<int>(runtime::Store& store, uint32_t thread, uint32_t argument)>;

  // `stores` are the options of all stores, with a common account. At most `maxThreads` threads
  // run at a time, besides the main one, which is the calling thread.
  ThreadGroup(runtime::StoreOptions stores, uint32_t maxThreads, Body body);
  // Requires finish().
  ~ThreadGroup();
  ThreadGroup(const ThreadGroup&) = delete;
  ThreadGroup& operator=(const ThreadGroup&) = delete;

  // Defines thread-spawn.
  void addToLinker(runtime::Linker& linker) override;
  // Makes the store of the main thread known, which must exist until finish().
  void addMain(runtime::Store& store);

  bool claimEnd() override;
  // Ends the program with this exit code, if claimEnd(). Called by the main thread. Waits for all
  // threads and returns the exit code of the one that has ended the program.
  int finish(int status);

 private:
  struct Start;
  static uint32_t spawn(runtime::Caller* caller, uint32_t argument);
  static void* run(void* start);
  // Returns the id of a new thread, or a WASI errno, negated. The thread has as much fuel as the
  // one that starts it has left.
  int32_t start(const abi::ExecState& starter, uint32_t argument);
  uint32_t takeId();
  void runBody(const Start& start);
  void end(int status);
  void joinEnded(std::unique_lock<std::mutex>& lock);

  const runtime::StoreOptions storeOptions_;
  const uint32_t maxThreads_;
  const Body body_;

  std::mutex mutex_;  // of all members below
  std::condition_variable changed_;
  std::vector<runtime::Store*> stores_;  // of the threads that run
  std::set<uint32_t> ids_;               // in use
  uint32_t lastId_ = 0;
  uint32_t running_ = 0;
  std::vector<pthread_t> ended_;  // to be joined
  std::optional<std::thread::id> ending_;
  std::optional<int> status_;
};

}  // namespace program
