#include "test/wast/spectest.h"

#include <fmt/format.h>

namespace wast {
namespace {

using abi::ValueKind;
using runtime::Caller;
using runtime::Value;

void printNothing(Caller*) {}
void printI32(Caller*, uint32_t) {}
void printI64(Caller*, uint64_t) {}
void printF32(Caller*, float) {}
void printF64(Caller*, double) {}
void printI32F32(Caller*, uint32_t, float) {}
void printF64F64(Caller*, double, double) {}

struct HostTable {
  const char* name;
  uint32_t flags;
};
constexpr HostTable kTables[] = {{"table", abi::kHasMax},
                                 {"table64", abi::kHasMax | abi::kIndex64}};

struct HostMemory {
  const char* name;
  uint32_t flags;
};
constexpr HostMemory kMemories[] = {{"memory", abi::kHasMax},
                                    {"shared_memory", abi::kHasMax | abi::kShared}};

void defineFunctions(runtime::Linker& linker) {
  linker.define("spectest", "print", runtime::hostFunction(printNothing));
  linker.define("spectest", "print_i32", runtime::hostFunction(printI32));
  linker.define("spectest", "print_i64", runtime::hostFunction(printI64));
  linker.define("spectest", "print_f32", runtime::hostFunction(printF32));
  linker.define("spectest", "print_f64", runtime::hostFunction(printF64));
  linker.define("spectest", "print_i32_f32", runtime::hostFunction(printI32F32));
  linker.define("spectest", "print_f64_f64", runtime::hostFunction(printF64F64));
}

}  // namespace

void defineSpectest(runtime::Linker& linker, runtime::Store& store) {
  defineFunctions(linker);
  for (const Value& value :
       {Value::i32(666), Value::i64(666), Value::f32(666.6f), Value::f64(666.6)}) {
    auto global = store.createGlobal({runtime::typeOf(value), 0, {}}, value);
    linker.define("spectest", fmt::format("global_{}", runtime::text(value.kind)), global.value());
  }
  // Tables and memories that the runtime does not support are left out.
  for (const HostTable& row : kTables) {
    abi::TableType type{.element = abi::kFuncRef, .flags = row.flags, .min = 10, .max = 20};
    auto table = store.createTable(type, Value::funcRef(nullptr));
    if (table.ok()) linker.define("spectest", row.name, *table);
  }
  for (const HostMemory& row : kMemories) {
    auto memory = store.createMemory({row.flags, 16, 1, 2});
    if (memory.ok()) linker.define("spectest", row.name, *memory);
  }
}

}  // namespace wast
