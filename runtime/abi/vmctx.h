// The VMContext: what compiled code reaches through its pinned register (x86-64 r13, AArch64 x20,
// LLVM's `swiftself`). One per instance, allocated and filled by the runtime, laid out by
// ContextLayout from nothing but counts that compiler and runtime both know.
//
//   ContextHeader | memories | tables | importedGlobals | globals | importedFunctions | funcRefs
//                 | typeIds
#pragma once

#include "runtime/abi/types.h"

namespace abi {

struct VMContext;

// A value in an argument array, a global's cell, a results buffer. Narrow values fill the low
// bytes; the rest is unspecified.
union alignas(16) Slot {
  uint32_t i32;
  uint64_t i64;
  float f32;
  double f64;
  uint8_t v128[16];
  void* ref;
};
static_assert(sizeof(Slot) == 16);

// The functions of the runtime that compiled code calls.
struct Builtins {
#define BUILTIN(id, signature) void* id;
#include "runtime/abi/builtins.def"
#undef BUILTIN
};

// One per store, used by one thread at a time; shared by the contexts of all its instances.
struct ExecState {
  const Builtins* builtins;
  // Lowest stack address compiled code may use at present; host thunks compare with it.
  void* stackLimit;
  // Results beyond kRegisterResults: all results, in order, written by the callee just before it
  // returns and read by the caller just after. kMaxResults slots.
  Slot* results;
  // Set by a host function that asks for a stop; the host thunk reads it after the call.
  uint32_t hostTrapPending;
  uint32_t reserved;
};

// A function as a first-class value; a funcref points to one. `fastEntry` follows `fastcc` and
// takes `context` in the pinned register. `tailEntry` follows `tailcc`, with the context as an
// ordinary first parameter, and is null for a function that makes no tail calls itself. `typeId` is
// the canonical id of the function's type in this process. Begins as an ImportedFunction does.
struct FuncRef {
  void* fastEntry;
  void* tailEntry;
  void* context;
  uint32_t typeId;
  uint32_t reserved;
};

// The type id of a null element: no function type has it.
inline constexpr uint32_t kNullTypeId = 0xffffffff;

// An element of a table of functions: the function's entry inline, so that an indirect call needs
// one load of the table and one compare. A null element is {null, null, kNullTypeId, null}.
struct FuncElement {
  void* fastEntry;
  void* context;
  uint32_t typeId;
  uint32_t reserved;
  FuncRef* reference;
};

// An element of any other table: the reference itself.
struct RefElement {
  void* reference;
};

// The runtime's record of a table; elements move when it grows.
struct TableDef {
  void* elements;  // FuncElement[] or RefElement[]
  uint64_t size;   // in elements
  // A power of two less 1, no less than size - 1. There are elements up to this index, those beyond
  // the size all zero: an index that is masked with it finds the table's own elements, also where a
  // CPU goes on speculatively after a check that has failed.
  uint64_t indexMask;
};

// The runtime's record of a memory; the base never moves.
struct MemoryDef {
  uint8_t* base;
  uint64_t byteSize;
};

// How to call an imported function.
struct ImportedFunction {
  void* fastEntry;
  void* tailEntry;
  void* context;  // a VMContext, a HostBinding or a Crossing
};
static_assert(offsetof(FuncRef, fastEntry) == offsetof(ImportedFunction, fastEntry) &&
              offsetof(FuncRef, tailEntry) == offsetof(ImportedFunction, tailEntry) &&
              offsetof(FuncRef, context) == offsetof(ImportedFunction, context));

// A memory that code can reach, imported or own.
struct ImportedMemory {
  uint8_t* base;
  MemoryDef* def;
};

// What a context begins with.
struct ContextHeader {
  ExecState* state;
  void* instance;  // runtime::Instance*
  // What the base of the segment register GS has to be while this instance's code runs: the base of
  // its memory 0; null if the code does not ask for it.
  void* segmentBase;
};

// What a host thunk finds in the pinned register: one per import of a host function. Begins as a
// ContextHeader does, so that a caller need not know which of them it calls.
// A host function is `R function(HostBinding*, parameters...)` with the C convention; R is the
// type of a single result, void for none or for several (which it writes to state->results).
struct HostBinding {
  ExecState* state;
  void* function;
  void* segmentBase;  // null
  void* env;          // the host's own word
  VMContext* caller;  // the importing instance
};
static_assert(offsetof(HostBinding, state) == offsetof(ContextHeader, state) &&
              offsetof(HostBinding, segmentBase) == offsetof(ContextHeader, segmentBase));

// What a crossing thunk finds in the pinned register: the function of another instance that is to
// be called with that instance's segment base.
struct Crossing {
  void* fastEntry;
  void* context;  // a VMContext or a HostBinding
};

// Counts that decide the layout; all are in the ModuleDescriptor.
struct ContextCounts {
  uint32_t types;
  uint32_t importedFunctions;
  uint32_t memories;  // imported and own
  uint32_t tables;    // imported and own
  uint32_t importedGlobals;
  uint32_t globals;   // own
  uint32_t funcRefs;  // functions that ref.func, tables or exports can reach
};

// Byte offsets from the context's start.
struct ContextLayout {
  uint64_t typeIds;            // uint32_t[types]
  uint64_t importedFunctions;  // ImportedFunction[]
  uint64_t memories;           // ImportedMemory[]
  uint64_t tables;             // TableDef*[]
  uint64_t importedGlobals;    // Slot*[]
  uint64_t globals;            // Slot[]
  uint64_t funcRefs;           // FuncRef[]
  uint64_t size;
};

// Returns `value`, rounded up to a multiple of `alignment`.
constexpr uint64_t alignTo(uint64_t value, uint64_t alignment) {
  return (value + alignment - 1) / alignment * alignment;
}

// Returns the layout of a context with these counts.
constexpr ContextLayout layoutContext(const ContextCounts& counts) {
  ContextLayout layout{};
  layout.memories = sizeof(ContextHeader);
  layout.tables = layout.memories + uint64_t{counts.memories} * sizeof(ImportedMemory);
  layout.importedGlobals = layout.tables + uint64_t{counts.tables} * sizeof(TableDef*);
  layout.globals =
      alignTo(layout.importedGlobals + uint64_t{counts.importedGlobals} * sizeof(Slot*), 16);
  layout.importedFunctions = layout.globals + uint64_t{counts.globals} * sizeof(Slot);
  layout.funcRefs =
      layout.importedFunctions + uint64_t{counts.importedFunctions} * sizeof(ImportedFunction);
  layout.typeIds = layout.funcRefs + uint64_t{counts.funcRefs} * sizeof(FuncRef);
  layout.size = alignTo(layout.typeIds + uint64_t{counts.types} * sizeof(uint32_t), 16);
  return layout;
}

}  // namespace abi
