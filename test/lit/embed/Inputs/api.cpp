// Uses all of wasm2obj.hh. Usage: api TYPED.so SHARING.so WASI.so
#include <cstdio>
#include <fstream>
#include <iterator>
#include <wasm2obj.hh>

using namespace wasm2obj;

static int failures = 0;
static void expectAt(bool holds, const char* what, int line) {
  if (holds) return;
  std::printf("line %d: not so: %s\n", line, what);
  ++failures;
}
#define EXPECT(condition) expectAt((condition), #condition, __LINE__)

static bool contains(const Error& error, const char* part) {
  return std::string(error.what()).find(part) != std::string::npos;
}

static double sum(int32_t a, int64_t b, float c, double d) {
  return a + static_cast<double>(b) + c + d;
}

static Linker linkerWith(int& calls) {
  Linker linker;
  linker.define("host", "sum", &sum);
  linker.define("host", "pair", [](int64_t value) {
    return std::tuple(static_cast<int32_t>(value), static_cast<double>(value) / 2);
  });
  linker.define("host", "fill", [&calls](Caller caller, int32_t at, int32_t byte) -> Result<void> {
    ++calls;
    if (byte == 256) throw std::runtime_error("no byte");
    if (byte == 257) throw 1;
    if (byte == 258) caller.exit(3);
    auto address = static_cast<uint32_t>(at);
    if (!caller.memory().write(address, static_cast<char>(byte))) {
      caller.trap("out of bounds");
    }
    return {};
  });
  linker.define("host", "again", [big = std::string(100, 'x')](uint32_t count) mutable {
    return static_cast<uint32_t>(count + big.size());
  });
  linker.trapUnknown();
  return linker;
}

static void testFunctions(const Instance& guest, int& calls) {
  auto add = guest.function<int32_t(int32_t, int32_t)>("add").value();
  EXPECT(add(40, 2).value() == 42);
  EXPECT(guest.function<uint32_t(uint32_t, uint32_t)>("add").value()(UINT32_MAX, 1).value() == 0);
  EXPECT(guest.function<void()>("nothing").value()().has_value());
  auto mixed = guest.function<std::tuple<float, int64_t>(int64_t, float)>("mixed").value();
  EXPECT(mixed(1, 2.5f).value() == std::tuple(-2.5f, int64_t{2}));
  auto callSum = guest.function<double(int32_t, int64_t, float, double)>("callSum").value();
  EXPECT(callSum(1, 20, 300, 4000).value() == 4321);
  auto callPair = guest.function<std::tuple<double, int32_t>(int64_t)>("callPair").value();
  EXPECT(callPair(9).value() == std::tuple(4.5, 9));
  auto fill = guest.function<int32_t(int32_t, int32_t)>("callFill").value();
  EXPECT(fill(100, 200).value() == 200);
  EXPECT(contains(fill(1 << 20, 1).error(), "out of bounds"));
  EXPECT(contains(fill(0, 256).error(), "no byte"));
  EXPECT(contains(fill(0, 257).error(), "has thrown an exception"));
  EXPECT(fill(0, 258).error().kind() == WASM2OBJ_ERROR_EXIT);
  EXPECT(calls == 5);
  EXPECT(guest.function<int32_t(int32_t)>("countdown").value()(5).value() == 105);
  auto fail = guest.function<void()>("fail").value()();
  EXPECT(!fail && fail.error().kind() == WASM2OBJ_ERROR_TRAP);
  try {
    fail.value();
    EXPECT(false);
  } catch (const Error& error) {
    EXPECT(contains(error, "unreachable"));
  }
  auto unknown = guest.function<int64_t()>("callUnknown").value()();
  EXPECT(contains(unknown.error(), "unknown import other.unknown was called"));
  EXPECT(contains(guest.function<void(int32_t)>("add").error(), "expected [i32] -> []"));
  EXPECT(contains(guest.function<void()>("none").error(), "no function 'none'"));
}

static void testMemory(const Instance& guest) {
  Memory memory = guest.memory();
  EXPECT(memory.size() == 65536 && memory.bytes().size() == 65536);
  EXPECT(memory.write(65532, uint32_t{7}) && memory.read<uint32_t>(65532) == 7u);
  EXPECT(!memory.write(65533, uint32_t{7}) && !memory.read<uint32_t>(UINT64_MAX));
  EXPECT(memory.write(10, 'o') && memory.write(11, 'k') && memory.text(10, 2) == "ok");
  EXPECT(!memory.slice(65536, 1) && memory.slice(65536, 0) && !memory.text(1, UINT64_MAX));
}

static void testSharing(Linker linker, const Module& typed, const Module& sharing) {
  auto first = std::make_unique<Instance>(linker.instantiate(typed).value());
  auto foreign = linker.instantiate(typed).value();
  linker.define("first", *first).value();
  EXPECT(contains(linker.define("second", foreign).error(), "another store"));
  auto second = linker.instantiate(sharing).value();
  EXPECT(first->memory().write(16, int32_t{30}));
  first.reset();
  EXPECT(second.function<int32_t(int32_t, int32_t)>("addTo").value()(16, 12).value() == 42);
}

static void testWasi(const Module& module) {
  Linker linker;
  EXPECT(contains(linker.instantiate(module).error(), "unknown import wasi_snapshot_preview1."));
  Wasi wasi;
  wasi.argument("guest").variable("NAME", "value").stream(WASM2OBJ_STDOUT, 2);
  EXPECT(linker.instantiate(module, wasi).has_value());
  Limits limits;
  limits.set(WASM2OBJ_LIMIT_MEMORY_BYTES, 1);
  EXPECT(!linker.instantiate(module, wasi, &limits));
}

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  Module typed = Module::open(std::string(argv[1])).value();
  int calls = 0;
  std::optional<Instance> guest;
  {
    Linker linker = linkerWith(calls);
    guest = linker.instantiate(typed).value();
  }
  testFunctions(*guest, calls);
  testMemory(*guest);
  testSharing(linkerWith(calls), typed, Module::open(std::string(argv[2])).value());
  std::ifstream file(argv[3], std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  testWasi(Module::open(std::as_bytes(std::span(bytes))).value());
  EXPECT(!Module::open(std::string("/nowhere")));
  EXPECT(Result<int>(3).value_or(4) == 3);
  std::printf("%d failures\n", failures);
  return failures != 0;
}
