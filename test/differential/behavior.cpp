#include "test/differential/behavior.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "runtime/instance/instance.h"
#include "runtime/linker.h"
#include "runtime/objects/exception.h"
#include "runtime/store.h"
#include "test/differential/generate/exceptions/exceptions.h"
#include "test/differential/host_calls.h"
#include "test/wast/compiler/module_compiler.h"

namespace differential {
namespace {

using base::Result;
using runtime::Value;

// Maps trap codes to the classes of traps that Node.js distinguishes as well.
End endOf(abi::TrapCode code) {
  switch (code) {
    case abi::TrapCode::Unreachable:
      return End::Unreachable;
    case abi::TrapCode::MemoryOutOfBounds:
      return End::MemoryOutOfBounds;
    case abi::TrapCode::TableOutOfBounds:
    case abi::TrapCode::UndefinedElement:
      return End::TableOutOfBounds;
    case abi::TrapCode::UninitializedElement:
    case abi::TrapCode::IndirectCallTypeMismatch:
    case abi::TrapCode::NullReference:
    case abi::TrapCode::NullFunctionReference:
    case abi::TrapCode::NullStructure:
    case abi::TrapCode::NullArray:
    case abi::TrapCode::NullI31:
    case abi::TrapCode::NullException:
      return End::NullReference;
    case abi::TrapCode::IntegerDivideByZero:
      return End::DivideByZero;
    case abi::TrapCode::IntegerOverflow:
    case abi::TrapCode::InvalidConversionToInteger:
      return End::IntegerOverflow;
    case abi::TrapCode::CallStackExhausted:
      return End::CallStackExhausted;
    case abi::TrapCode::CastFailure:
      return End::CastFailure;
    case abi::TrapCode::ArrayOutOfBounds:
      return End::ArrayOutOfBounds;
    case abi::TrapCode::AllocationFailure:
      return End::AllocationFailure;
    case abi::TrapCode::UncaughtException:
      return End::UncaughtException;
    case abi::TrapCode::UnalignedAtomic:
      return End::UnalignedAtomic;
    case abi::TrapCode::ExpectedSharedMemory:
      return End::ExpectedSharedMemory;
    case abi::TrapCode::OutOfFuel:
      return End::OutOfFuel;
    default:
      return End::Other;
  }
}

// After these traps, which are faults of the hardware, the fuel is not exact.
bool isFault(End end) { return end == End::MemoryOutOfBounds || end == End::CallStackExhausted; }

// The contents of the memories right after instantiation.
using Contents = std::vector<base::Bytes>;

Contents contentsOf(const runtime::Instance& instance, size_t memories) {
  Contents contents;
  for (uint32_t i = 0; i < memories; ++i) {
    std::span<uint8_t> bytes = instance.memoryAt(i).bytes();
    contents.emplace_back(bytes.begin(), bytes.end());
  }
  return contents;
}

// Compares words of 8 bytes, of which the size of a memory is a multiple. Memory behind the old
// size was zero before the call.
MemoryState stateOf(const runtime::Memory& memory, const base::Bytes& before) {
  MemoryState state{memory.byteSize(), {}};
  for (uint64_t at = 0; at < memory.byteSize(); at += sizeof(uint64_t)) {
    uint64_t old = 0, now;
    if (at < before.size()) std::memcpy(&old, before.data() + at, sizeof old);
    std::memcpy(&now, memory.base() + at, sizeof now);
    if (now != old) state.changes.push_back({at, old, now});
  }
  return state;
}

// Returns the number of the function in each element of the table, counted from 1; 0 stands for
// null.
std::vector<uint64_t> tableOf(const runtime::Instance& instance) {
  std::vector<uint64_t> numbers;
  if (instance.table("table") == nullptr) return numbers;
  std::vector<abi::FuncRef*> functions;
  for (unsigned i = 0; i <= kCallees; ++i) {
    std::optional<runtime::Func> function = instance.function(fmt::format("f{}", i));
    functions.push_back(function ? function->reference() : nullptr);
  }
  const runtime::Table& table = *instance.table("table");
  for (uint64_t i = 0; i < table.size(); ++i) {
    auto found = std::find(functions.begin(), functions.end(), table.reference(i));
    bool isNull = table.reference(i) == nullptr;
    numbers.push_back(isNull ? 0 : static_cast<uint64_t>(found - functions.begin()) + 1);
  }
  return numbers;
}

// Returns a hash of an exception, as in node_driver.mjs: the number of its tag, and its first
// integer unless it has the type v128 or a reference type only.
uint64_t hashOf(const abi::ObjectHeader& exception, const runtime::Instance& instance) {
  for (unsigned i = 0; i < kTags; ++i) {
    const runtime::Tag* tag = instance.tag(fmt::format("t{}", i));
    if (tag == nullptr) return 0;
    if (tag != &runtime::tagOf(exception)) continue;
    uint64_t integer = 0;
    for (const Value& argument : runtime::argumentsOf(exception)) {
      if (argument.kind == abi::ValueKind::V128) break;
      if (argument.kind == abi::ValueKind::I64) integer = argument.slot.i64;
      if (argument.kind == abi::ValueKind::I32) {
        integer = static_cast<uint64_t>(int64_t{static_cast<int32_t>(argument.slot.i32)});
      }
    }
    return (i + 1) * uint64_t{1000003} + integer;
  }
  return 0;
}

// Makes calls to one compiled module.
class Caller {
 public:
  Caller(std::shared_ptr<const runtime::Module> module, size_t memories, bool stressesHeap)
      : module_(std::move(module)), memories_(memories) {
    // Enough stack for these calls, but less than the default, since it is mapped for each call.
    options_.stackSize = uint64_t{1} << 20;
    options_.stressesHeap = stressesHeap;
    // Less than the largest array, which Node.js does not allocate either.
    options_.limits.heapBytes = uint64_t{256} << 20;
  }

  // Calls a function; if the code counts fuel, also with half of what the call consumes.
  Result<Outcome> call(const Call& call) {
    constexpr uint64_t kEnough = uint64_t{1} << 60;
    TRY_ASSIGN(Outcome outcome, callWith(kEnough, call));
    if (!outcome.fuel) return outcome;
    TRY_ASSIGN(Outcome half, callWith(*outcome.fuel / 2, call));
    outcome.withHalf = std::make_shared<Outcome>(std::move(half));
    return outcome;
  }

 private:
  // Instantiates the module with the imports of a RandomModule and calls one function. Initial
  // memories are the same for all instances, so they are copied once, from the first one.
  Result<Outcome> callWith(uint64_t fuel, const Call& call) {
    runtime::Store store(options_);
    HostCalls host;
    runtime::Linker linker;
    linker.define("host", "observe", host.observe());
    linker.define("host", "again", host.again());
    linker.define("host", "tag", store.createTag({.params = {abi::kI32}, .results = {}}));
    abi::GlobalType type{};
    type.value = abi::kI32;
    type.isMutable = 1;
    TRY_ASSIGN(runtime::Global * global, store.createGlobal(type, Value::i32(kImportedGlobal)));
    linker.define("host", "global", global);
    auto instantiated = linker.instantiate(store, module_);
    if (!instantiated) return instantiated.error().error();
    runtime::Instance& instance = **instantiated;
    host.watch(instance, memories_);
    if (before_.empty()) before_ = contentsOf(instance, memories_);
    const Arguments& arguments = call.arguments;
    std::optional<runtime::Func> function = instance.function(call.function);
    if (!function || function->type().results.empty()) return base::Error{"", "no such function"};
    store.setFuel(fuel);
    auto results = function->call({Value::i32(arguments.a), Value::i32(arguments.b),
                                   Value::i64(arguments.l), Value::f64(arguments.d)});
    uint64_t left = store.fuel();
    store.setFuel(abi::kUnlimitedFuel);
    Outcome result = stateAfter(instance);
    result.calls = host.hash();
    if (results) {
      result.result = results->front().slot.i64;
    } else if (results.error().isTrap()) {
      const runtime::Trap& trap = results.error().trap();
      result.end = endOf(trap.code);
      if (result.end == End::UncaughtException) {
        result.result = hashOf(*runtime::exceptionOf(trap), instance);
      }
    } else {
      return results.error().error();
    }
    if (module_->countsFuel() && !isFault(result.end)) result.fuel = fuel - left;
    return result;
  }

  // What the module does not export is left out: the reducer may have removed it.
  Outcome stateAfter(const runtime::Instance& instance) const {
    Outcome outcome;
    for (unsigned i = 0; i < kGlobals; ++i) {
      const runtime::Global* global = instance.global(fmt::format("g{}", i));
      if (global == nullptr) continue;
      bool isNarrow = global->type().value.kind == abi::ValueKind::I32;
      outcome.globals.push_back(isNarrow ? global->cell()->i32 : global->cell()->i64);
    }
    outcome.table = tableOf(instance);
    if (std::optional<runtime::Func> function = instance.function("objects")) {
      auto results = function->call({});
      if (results && !results->empty()) outcome.objects = results->front().slot.i64;
    }
    for (uint32_t i = 0; i < memories_; ++i) {
      outcome.memories.push_back(stateOf(instance.memoryAt(i), before_[i]));
    }
    return outcome;
  }

  std::shared_ptr<const runtime::Module> module_;
  runtime::StoreOptions options_;
  size_t memories_;
  Contents before_;
};

}  // namespace

Result<std::vector<Outcome>> behavior(const wasm::ValidModule& module,
                                      const codegen::Options& options, std::span<const Call> calls,
                                      bool stressesHeap) {
  TRY_ASSIGN(std::unique_ptr<wast::ModuleCompiler> compiler, wast::ModuleCompiler::create(options));
  TRY_ASSIGN(std::shared_ptr<const runtime::Module> compiled, compiler->compile(module));
  Caller caller(compiled, module->memories.size(), stressesHeap);
  std::vector<Outcome> outcomes;
  for (const Call& call : calls) {
    TRY_ASSIGN(Outcome outcome, caller.call(call));
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace differential
