// Fuzzes the host functions of WASI with calls that the input selects. Arguments are chosen by the
// kinds of the parameters, so that most are meaningful. Nothing may crash or block, and nothing
// outside of the preopened directories may be changed or read (hostile_sandbox.h).
#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>
#include <vector>

#include "runtime/instance/host_func.h"
#include "test/fuzz/hostile_sandbox.h"
#include "test/fuzz/input.h"
#include "wasi/calls/call_trace.h"
#include "wasi/calls/calls.h"
#include "wasi/types/wire.h"

// Stubs for the runtime, which is not linked: there is no guest that could be stopped.
namespace runtime {
void requestExit(Caller&, int32_t) {}
void requestTrap(Caller&, std::string) {}
bool isInterrupted(const Caller&) { return false; }
}  // namespace runtime

namespace {

using namespace wasi;
using fuzz::Input;

// No call of preview 1 has more than nine parameters.
using Arguments = uint64_t[9];
using Call = void (*)(Caller*, const Arguments&);

// Invoke<handler>::call passes as many arguments as the handler has.
template <auto handler>
struct Invoke;

template <class Result, class... Params, Result (*handler)(Caller*, Params...)>
struct Invoke<handler> {
  template <size_t... i>
  static void pass(Caller* caller, const Arguments& from, std::index_sequence<i...>) {
    handler(caller, static_cast<Params>(from[i])...);
  }
  static void call(Caller* caller, const Arguments& from) {
    pass(caller, from, std::index_sequence_for<Params...>());
  }
};

// A call of WASI, and the kinds of its parameters.
struct Row {
  const char* name;
  Call call;
  std::vector<Kind> kinds;
};

// Returns the rows of preview1.def, for both versions of WASI.
const std::vector<Row>& rows() {
  using enum Kind;
  static const std::vector<Row> kRows = {
#define BOTH(result, name, handler, ...) {#name, Invoke<handler>::call, {__VA_ARGS__}},
#define PREVIEW1(result, name, handler, ...) {#name, Invoke<handler>::call, {__VA_ARGS__}},
#define UNSTABLE(result, name, handler, ...) \
  {#name, Invoke<unstable::handler>::call, {__VA_ARGS__}},
#include "wasi/calls/preview1.def"
#undef BOTH
#undef PREVIEW1
#undef UNSTABLE
  };
  return kRows;
}

// The memory of a guest, with the data to which arguments point: paths, iovecs, subscriptions.
class Memory {
 public:
  static constexpr uint32_t kSize = 65536;

  Memory() {
    for (const char* path : kPaths) put(path, std::strlen(path));
    iovecs_ = at_;
    for (Iovec each : {Iovec{1024, 64}, Iovec{0, 0}, Iovec{kSize - 1, 1}, Iovec{2048, 0x10000},
                       Iovec{0xffffffff, 0xffffffff}}) {
      put(&each, sizeof each);
    }
    subscriptions_ = at_;
    for (uint8_t tag = 0; tag < 4; ++tag) {
      Subscription each{};
      each.tag = tag;
      each.clock.id = tag;
      each.clock.timeout = 1000;
      put(&each, sizeof each);
    }
  }

  // Returns the context of host functions, as compiled code would pass it.
  Caller* caller(Context& context) {
    caller_.env = &context;
    caller_.memory = &def_;
    return &caller_;
  }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  // Changes a byte, so that calls also have arguments that earlier ones have left.
  void poke(Input& input) { bytes_[input.word() % kSize] = input.byte(); }

  // Returns an address: of valid data, near the end of the memory or beyond it, or any.
  uint64_t address(Input& input) const {
    const uint64_t kPlaces[] = {iovecs_, subscriptions_, 1024,      2048,       4096,
                                0,       kSize - 8,      kSize - 1, 0xffffffff, kSize};
    uint8_t choice = input.byte();
    if (choice < std::size(kPlaces)) return kPlaces[choice];
    return choice < 200 ? input.byte() * 64u : input.word();
  }
  // Sets the address and the length of a path, which are two arguments.
  void choosePath(Input& input, uint64_t& address, uint64_t& size) const {
    uint8_t choice = input.byte();
    if (choice < 240) {
      size_t index = choice % std::size(kPaths);
      address = places_[index];
      size = std::strlen(kPaths[index]);
    } else {
      address = this->address(input);
      size = choice < 250 ? input.byte() : input.word();
    }
  }

 private:
  static constexpr const char* kPaths[] = {"f",
                                           "d",
                                           "d/f",
                                           "n",
                                           "s",
                                           "l",
                                           "up/secret",
                                           "up",
                                           "up/new",
                                           "..",
                                           "link/f",
                                           "link/",
                                           "d/../..",
                                           "root/etc",
                                           "x",
                                           "d/p/f",
                                           "d/p/../x",
                                           "link/..",
                                           ".",
                                           "f/",
                                           "d/new/",
                                           "/etc/hosts",
                                           "absolute/secret",
                                           "",
                                           "../outside/secret",
                                           "d/x",
                                           "link//",
                                           "fil\xff",
                                           "up/../outside/new",
                                           "d//f",
                                           "y/",
                                           "readonly/f"};

  // Appends data at an address that is a multiple of 8.
  void put(const void* data, size_t size) {
    places_.push_back(at_);
    std::memcpy(bytes_.data() + at_, data, size);
    at_ += static_cast<uint32_t>((size + 7) / 8 * 8);
  }

  std::vector<uint8_t> bytes_ = std::vector<uint8_t>(kSize);
  abi::MemoryDef def_{bytes_.data(), kSize};
  Caller caller_{};
  std::vector<uint32_t> places_;
  uint32_t at_ = 8;
  uint32_t iovecs_ = 0;
  uint32_t subscriptions_ = 0;
};

// Returns a number: a small one, a limit, or any.
uint64_t number(Input& input) {
  constexpr uint64_t kOdd[] = {64,         kMaxPath,   65536,      UINT32_MAX,
                               INT64_MAX,  1ull << 63, UINT64_MAX, uint64_t{1} << 32,
                               0x80000000, 100'000};
  uint8_t choice = input.byte();
  if (choice < 32) return choice;
  if (choice < 32 + std::size(kOdd)) return kOdd[choice - 32];
  return choice < 224 ? input.byte() : input.word();
}

// Chooses arguments for parameters of these kinds. A path takes two parameters.
void choose(const std::vector<Kind>& kinds, Input& input, Memory& memory, Arguments& arguments) {
  for (size_t i = 0; i < kinds.size(); ++i) {
    switch (isResult(kinds[i]) ? Kind::Address : kinds[i]) {
      case Kind::Path:
        memory.choosePath(input, arguments[i], arguments[i + 1]);
        ++i;
        break;
      case Kind::Address:
        arguments[i] = memory.address(input);
        break;
      case Kind::Rights:
        // Usually all rights, since calls on descriptors without rights only fail.
        arguments[i] = input.byte() < 200 ? kAllRights : input.word();
        break;
      case Kind::Fd:
        arguments[i] = input.byte();
        arguments[i] = arguments[i] < 240 ? arguments[i] % 16 : input.word();
        break;
      default:
        arguments[i] = number(input);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int kMaxCalls = 32;
  constexpr uint8_t kPoke = 255;
  static fuzz::HostileSandbox sandbox;
  Input input(data, size);
  Memory memory;
  auto context = sandbox.start(input.byte() % 2 == 0 ? Walk::Kernel : Walk::Manual);
  for (int i = 0; i < kMaxCalls && !input.isAtEnd(); ++i) {
    uint8_t choice = input.byte();
    if (choice == kPoke) {
      memory.poke(input);
      continue;
    }
    const Row& row = rows()[choice % rows().size()];
    Arguments arguments{};
    choose(row.kinds, input, memory, arguments);
    row.call(memory.caller(*context), arguments);
  }
  context.reset();
  sandbox.check(memory.text());
  return 0;
}
