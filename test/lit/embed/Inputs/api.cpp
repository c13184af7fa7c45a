// Uses all of wasm2obj.hh. Usage: api TYPED.so SHARING.so WASI.so LINKING.so START.so
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>
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
  Account account(limits);
  limits.set(WASM2OBJ_LIMIT_MEMORY_BYTES, 1 << 20);
  EXPECT(linker.instantiate(module, wasi, &limits).has_value());
  EXPECT(!linker.instantiate(module, wasi, &limits.account(account)));
}

// The start function does not end by itself.
static void testTimeOfStart(const Module& endless) {
  Limits limits;
  limits.callTime(std::chrono::milliseconds(3));
  Linker linker;
  auto limited = linker.instantiate(endless, Wasi(), &limits);
  EXPECT(!limited && limited.error().kind() == WASM2OBJ_ERROR_INTERRUPTED);
  Store store;
  linker.store(store).value();
  std::thread other([&store] { store.interrupt(); });
  auto interrupted = linker.instantiate(endless);
  EXPECT(!interrupted && interrupted.error().kind() == WASM2OBJ_ERROR_INTERRUPTED);
  other.join();
}

// Reverses its arguments.
static std::vector<Value> reverse(const Caller&, std::span<const Value> arguments) {
  return {arguments.rbegin(), arguments.rend()};
}

static Result<Linker> linkerOfObjects(const Store& store, const Tag& tag) {
  Linker linker;
  MemoryObject memory = MemoryObject::make(store, memoryType(1, 2)).value();
  EXPECT(memory.grow(1).value() == 1 && memory.size() == 2 * 65536);
  EXPECT(contains(memory.grow(1).error(), "cannot grow"));
  linker.define("host", "memory", memory).value();
  Table table = Table::make(store, tableType('x', 2)).value();
  EXPECT(table.size() == 2 && !table.at(0).value() && !table.at(2));
  EXPECT(table.grow(1).value() == 2 && table.type().value().min == 3);
  linker.define("host", "table", table).value();
  ExternType counter = globalType('i', true), limit = globalType('I', false);
  linker.define("host", "counter", Global::make(store, counter, 1).value()).value();
  EXPECT(!Global::make(store, limit, 1));
  linker.define("host", "limit", Global::make(store, limit, std::int64_t{2}).value()).value();
  linker.define("host", "tag", tag).value();
  linker.callback("host", "all", "(iIfFvxc)cxvFfIi", &reverse).callback("host", "point", &reverse);
  linker.callback("host", "open",
                  [](const Caller&, std::span<const Value>) { return std::vector<Value>(); });
  linker.callback("host", "act", [tag](const Caller& caller, std::span<const Value> arguments) {
    int32_t what = std::get<int32_t>(arguments[0]);
    if (what == 1) throw std::runtime_error("no act");
    if (what == 2) {
      Value parts[] = {40, std::int64_t{2}};
      check(wasm2obj_instance_throw(caller.instance(), tag.exception(parts).value().get()));
    }
    return std::vector<Value>{what};
  });
  return linker;
}

static void testObjects(const Module& linking) {
  Store store;
  Tag tag = Tag::make(store, "(iI)").value();
  Linker linker = linkerOfObjects(store, tag).value();
  EXPECT(contains(linker.store(Store()).error(), "another store"));
  Instance guest = linker.prepare(linking).value().instantiate().value();
  Value arguments[] = {1, std::int64_t{2}, 3.0f, 4.0, V128{5}, Ref::host(guest.get(), &failures)};
  std::vector<Value> results = guest.call("callAll", arguments).value();
  EXPECT(results.size() == 7 && std::get<int32_t>(results[6]) == 1);
  EXPECT(std::get<Ref>(results[1]).pointer() == &failures && std::get<V128>(results[2])[0] == 5);
  Value what[] = {0};
  EXPECT(std::get<int32_t>(guest.call("callAct", what).value()[0]) == 0);
  EXPECT(contains(guest.call("callOpen", what).error(), "another number of results"));
  what[0] = 1;
  EXPECT(contains(guest.call("callAct", what).error(), "no act"));
  what[0] = 2;
  Error thrown = guest.call("callAct", what).error();
  EXPECT(tag.isOf(Ref(wasm2obj_ref_new_copy(wasm2obj_error_exception(thrown.get())))));
  EXPECT(std::get<int64_t>(guest.call("catch", what).value()[0]) == 42);
  Global own = guest.global("own").value();
  EXPECT(std::get<double>(own.value().value()) == 1.5 && own.set(2.5) && !own.set(1));
  EXPECT(own.type().value().is_mutable && guest.tag("ownTag").value().type().has_value());
  Table functions = guest.table("functions").value();
  EXPECT(functions.set(0, guest.functionRef("double").value()).has_value());
  EXPECT(guest.memory("large").value().size() == 65536);
  EXPECT(contains(guest.memory("none").error(), "no memory 'none'"));
  EXPECT(guest.tag("tag").value().type().value().function == std::string("(iI)"));
}

// The functions of an instance remain for others that import from it.
static void testClosuresRemain(const Module& typed, const Module& sharing) {
  Linker linker;
  {
    int calls = 0;
    Instance first = linkerWith(calls).instantiate(typed).value();
    linker.define("first", "memory", first.memory("memory").value()).value();
    linker.define("first", "add", first.functionRef("countdown").value()).value();
  }
  EXPECT(contains(linker.prepare(sharing).error(), "incompatible import type for first.add"));
}

static void testMetadata(const Module& typed) {
  EXPECT(typed.imports().size() == 5 && typed.imports()[0].type.function == std::string("(iIfF)F"));
  EXPECT(typed.exports()[0].name == std::string("memory"));
  EXPECT(typed.facts().function_count == 10 && typed.facts().name == std::string());
}

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  Module typed = Module::open(std::string(argv[1])).value();
  int calls = 0;
  std::optional<Instance> guest;
  {
    Linker linker = linkerWith(calls);
    guest = linker.instantiate(typed).value();
  }
  testFunctions(*guest, calls);
  testMemory(*guest);
  Module sharing = Module::open(std::string(argv[2])).value();
  testSharing(linkerWith(calls), typed, sharing);
  testClosuresRemain(typed, sharing);
  testMetadata(typed);
  testObjects(Module::open(std::string(argv[4])).value());
  std::ifstream file(argv[3], std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  testWasi(Module::open(std::as_bytes(std::span(bytes))).value());
  testTimeOfStart(Module::open(std::string(argv[5])).value());
  EXPECT(!Module::open(std::string("/nowhere")));
  EXPECT(Result<int>(3).value_or(4) == 3);
  std::printf("%d failures\n", failures);
  return failures != 0;
}
