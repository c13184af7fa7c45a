// Uses all of wasm2obj_threads.hh. Usage: shared_memory COUNTER.so OWNER.so
#include <cstdio>
#include <thread>
#include <vector>
#include <wasm2obj_threads.hh>

using namespace wasm2obj;

static int failures = 0;
static void expectAt(bool holds, const char* what, int line) {
  if (holds) return;
  std::printf("line %d: %s\n", line, what);
  ++failures;
}
#define EXPECT(condition) expectAt(condition, #condition, __LINE__)

enum { kThreads = 4, kRounds = 1000, kLock = 0, kCounter = 4, kReady = 8 };

static Instance counterWith(const SharedMemory& memory, const Module& module) {
  Linker linker;
  memory.defineIn(linker, "env", "memory");
  return linker.instantiate(module).value();
}

static int32_t call(const Instance& instance, const char* name, int32_t argument) {
  return instance.function<int32_t(int32_t)>(name).value()(argument).value();
}

static void testCounting(const SharedMemory& memory, const Module& counter) {
  std::vector<std::thread> threads;
  std::atomic<int32_t> sum = 0;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] { sum += call(counterWith(memory, counter), "count", kRounds); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT(sum == kThreads * kRounds && memory.word<int32_t>(kLock)->load() == 0);
  EXPECT(memory.word<int32_t>(kCounter)->load() == kThreads * kRounds);
}

static void testWaiting(const SharedMemory& memory, const Module& counter) {
  std::thread guest([&] { call(counterWith(memory, counter), "wait", kReady); });
  while (memory.notify(kReady, 1).value() == 0) std::this_thread::yield();
  guest.join();
  EXPECT(memory.wait(kReady, 0, std::chrono::milliseconds(1)).value() == WASM2OBJ_WAIT_TIMED_OUT);
  EXPECT(memory.wait(kReady, 1).value() == WASM2OBJ_WAIT_NOT_EQUAL);
  EXPECT(!memory.wait(kReady + 1, 0) && !memory.notify(1 << 20, 1));
}

static void testSize(const SharedMemory& memory) {
  EXPECT(memory.size() == 65536 && memory.data() != nullptr);
  EXPECT(memory.word<int64_t>(65528).has_value() && !memory.word<int64_t>(65536));
  EXPECT(!memory.word<int64_t>(65532) && !memory.word<int32_t>(UINT64_MAX - 3));
  EXPECT(memory.grow(1).value() == 1 && memory.size() == 2 * 65536 && !memory.grow(2));
}

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  Module counter = Module::open(std::string(argv[1])).value();
  SharedMemory memory = SharedMemory::make(1, 3).value();
  testCounting(memory, counter);
  testWaiting(memory, counter);
  testSize(memory);
  EXPECT(!SharedMemory::make(2, 1));
  Limits limits;
  limits.set(WASM2OBJ_LIMIT_MEMORY_BYTES, 65536);
  EXPECT(!SharedMemory::make(2, 2, &limits));

  auto owner = std::make_unique<Instance>(
      Linker().instantiate(Module::open(std::string(argv[2])).value()).value());
  EXPECT(!SharedMemory::exportedBy(*owner, "plain"));
  SharedMemory exported = SharedMemory::exportedBy(*owner, "shared").value();
  owner.reset();
  EXPECT(call(counterWith(exported, counter), "grow", 1) == 1 && exported.size() == 2 * 65536);
  std::printf("%d failures\n", failures);
  return failures != 0;
}
