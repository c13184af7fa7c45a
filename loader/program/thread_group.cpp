#include "loader/program/thread_group.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "runtime/abi/vmctx.h"
#include "runtime/base/check.h"
#include "wasi/types/errno.h"

namespace program {
namespace {

// Ids are positive numbers of at most 29 bits: the remaining bits are for the locks of C libraries.
constexpr uint32_t kMaxId = (1u << 29) - 1;
// The size of a thread's own stack in bytes, on which no guest code runs.
constexpr size_t kHostStack = size_t{2} << 20;

int32_t negated(wasi::Errno error) { return -static_cast<int32_t>(error); }

}  // namespace

// What a new thread is told.
struct ThreadGroup::Start {
  ThreadGroup& group;
  uint32_t thread;
  uint32_t argument;
  uint64_t fuel;
};

ThreadGroup::ThreadGroup(runtime::StoreOptions stores, uint32_t maxThreads, Body body)
    : storeOptions_(std::move(stores)), maxThreads_(maxThreads), body_(std::move(body)) {}

ThreadGroup::~ThreadGroup() { CHECK(running_ == 0 && ended_.empty()); }

void ThreadGroup::addToLinker(runtime::Linker& linker) {
  linker.define("wasi", "thread-spawn", runtime::hostFunction(&ThreadGroup::spawn, this));
}

void ThreadGroup::addMain(runtime::Store& store) {
  std::scoped_lock lock(mutex_);
  stores_.push_back(&store);
}

bool ThreadGroup::claimEnd() {
  std::scoped_lock lock(mutex_);
  if (!ending_) ending_ = std::this_thread::get_id();
  return *ending_ == std::this_thread::get_id();
}

int ThreadGroup::finish(int status) {
  end(status);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return status_.has_value() && running_ == 0; });
  joinEnded(lock);
  stores_.clear();
  return *status_;
}

void ThreadGroup::end(int status) {
  if (!claimEnd()) return;
  std::scoped_lock lock(mutex_);
  status_ = status;
  for (runtime::Store* store : stores_) store->interrupt();
  changed_.notify_all();
}

uint32_t ThreadGroup::spawn(runtime::Caller* caller, uint32_t argument) {
  auto* group = static_cast<ThreadGroup*>(caller->env);
  return static_cast<uint32_t>(group->start(*caller->state, argument));
}

int32_t ThreadGroup::start(const abi::ExecState& starter, uint32_t argument) {
  std::unique_lock lock(mutex_);
  joinEnded(lock);
  if (ending_ || running_ >= maxThreads_) return negated(wasi::Errno::Again);
  auto fuel = static_cast<uint64_t>(std::max<int64_t>(starter.fuel, 0));
  auto start = std::make_unique<Start>(*this, takeId(), argument, fuel);
  uint32_t id = start->thread;
  pthread_attr_t attributes;
  CHECK(::pthread_attr_init(&attributes) == 0);
  CHECK(::pthread_attr_setstacksize(&attributes, kHostStack) == 0);
  pthread_t thread;
  bool hasStarted = ::pthread_create(&thread, &attributes, &ThreadGroup::run, start.get()) == 0;
  ::pthread_attr_destroy(&attributes);
  if (!hasStarted) {
    ids_.erase(id);
    return negated(wasi::Errno::Again);
  }
  start.release();
  ++running_;
  return static_cast<int32_t>(id);
}

uint32_t ThreadGroup::takeId() {
  do {
    lastId_ = lastId_ == kMaxId ? 1 : lastId_ + 1;
  } while (!ids_.insert(lastId_).second);
  return lastId_;
}

void* ThreadGroup::run(void* pointer) {
  std::unique_ptr<Start> start(static_cast<Start*>(pointer));
  ThreadGroup& group = start->group;
  group.runBody(*start);
  std::scoped_lock lock(group.mutex_);
  group.ids_.erase(start->thread);
  group.ended_.push_back(::pthread_self());
  --group.running_;
  group.changed_.notify_all();
  return nullptr;
}

void ThreadGroup::runBody(const Start& start) {
  runtime::StoreOptions options = storeOptions_;
  if (options.fuel) options.fuel = start.fuel;
  runtime::Store store(options);
  {
    std::scoped_lock lock(mutex_);
    if (ending_) return;
    stores_.push_back(&store);
  }
  std::optional<int> status = body_(store, start.thread, start.argument);
  if (status) end(*status);
  std::scoped_lock lock(mutex_);
  std::erase(stores_, &store);
}

// Joins threads that have ended or are about to.
void ThreadGroup::joinEnded(std::unique_lock<std::mutex>& lock) {
  std::vector<pthread_t> ended = std::exchange(ended_, {});
  lock.unlock();
  for (pthread_t thread : ended) ::pthread_join(thread, nullptr);
  lock.lock();
}

}  // namespace program
