// The VMContext: the data of an instance that compiled code accesses, through a pinned register
// (r13 on x86-64, x20 on AArch64; LLVM's `swiftself`). The runtime allocates and fills one for each
// instance. Its layout follows from the counts in the ModuleDescriptor (see layoutContext):
//
//   ContextHeader | memories | tables | importedGlobals | globals | importedFunctions | funcRefs
//                 | tags | typeIds | typeWords
#pragma once

#include "runtime/abi/types.h"

namespace abi {

struct VMContext;
struct ObjectHeader;

// A value in memory: in an array of arguments or results, or of a global variable. Values shorter
// than a slot are in its low bytes; the other bytes are unspecified.
union alignas(16) Slot {
  uint32_t i32;
  uint64_t i64;
  float f32;
  double f64;
  uint8_t v128[16];
  void* ref;
};
static_assert(sizeof(Slot) == 16);

// The functions of the runtime that compiled code calls; builtins.def has a row for each.
struct Builtins {
#define BUILTIN(id, signature) void* id;
#include "runtime/abi/builtins.def"
#undef BUILTIN
};

// The state of a store's heap that compiled code uses to allocate objects and for write barriers
// (object.h). All are null until a module with objects is instantiated.
struct AllocationState {
  // A new object of n bytes, n <= kMaxSmallObject, is at `cursor` if cursor + n <= limit; then
  // n is added to the cursor. Else the builtin for allocation is called.
  uint8_t* cursor;
  uint8_t* limit;
  // A store of a reference to the address a in an object is followed by cards[a >> kCardSizeLog2] =
  // 1, unless the object has just been allocated or the reference is null or an i31.
  uint8_t* cards;
};

// The execution state of a store, shared by the contexts of all its instances. Only one thread uses
// it at a time.
struct ExecState {
  const Builtins* builtins;
  // The lowest stack address that compiled code may use at present. Host thunks check it.
  void* stackLimit;
  // A buffer of kMaxResults slots for the results of functions with more than kRegisterResults. The
  // callee writes all results in order right before it returns, and the caller reads them right
  // after the call.
  Slot* results;
  // Set by a host function to request a trap; the host thunk reads it after the call.
  uint32_t hostTrapPending;
  uint32_t reserved;
  // The exception that a host function throws, if hostTrapPending is set; null for a trap.
  ObjectHeader* pendingException;
  AllocationState allocation;
  // The process's table of types, TypeDescriptor[]; type words are offsets in it.
  const void* typeDescriptors;
  // The fuel that is left. Code with kCountsFuel subtracts what its instructions cost, and traps
  // (OutOfFuel) where it finds the result negative.
  int64_t fuel;
};

// The fuel of a store without a limit, which is also the largest amount that can be set.
inline constexpr int64_t kUnlimitedFuel = INT64_MAX;

// The object that a funcref points to: a function and its instance. `fastEntry` has the calling
// convention `fastcc`, with `context` in the pinned register. `tailEntry` has `tailcc`, with
// `context` as its first parameter, and is null if the function makes no tail calls. `typeId` is
// the canonical id of the function's type in this process. The first members are those of
// ImportedFunction.
struct FuncRef {
  void* fastEntry;
  void* tailEntry;
  void* context;
  uint32_t typeId;
  uint32_t reserved;
};

// The type id of a null element, which differs from that of every function type.
inline constexpr uint32_t kNullTypeId = 0xffffffff;

// An element of a table of functions. It has copies of the members of the FuncRef, so that an
// indirect call does not have to load from that. A null element is {null, null, kNullTypeId, null}.
struct FuncElement {
  void* fastEntry;
  void* context;
  uint32_t typeId;
  uint32_t reserved;
  FuncRef* reference;
};

// An element of any other table.
struct RefElement {
  void* reference;
};

// A table. The elements move when the table grows.
struct TableDef {
  void* elements;  // FuncElement[] or RefElement[]
  uint64_t size;   // in elements
  // A power of two minus 1 that is at least size - 1. The array has indexMask + 1 elements; those
  // behind the size are zero. An index masked with it is in the array also when a CPU executes the
  // access speculatively after a failed bounds check.
  uint64_t indexMask;
};

// A memory. Its base never changes. Threads access the size of a shared memory atomically.
struct MemoryDef {
  uint8_t* base;
  uint64_t byteSize;

  // Returns the size. All of it is accessible, also if another thread has just grown the memory.
  uint64_t currentSize() const { return __atomic_load_n(&byteSize, __ATOMIC_ACQUIRE); }
};

// An import of the function index space. See FuncRef for its entries.
struct ImportedFunction {
  void* fastEntry;
  void* tailEntry;
  void* context;  // a VMContext, a HostBinding or a CrossInstanceCall
};
static_assert(offsetof(FuncRef, fastEntry) == offsetof(ImportedFunction, fastEntry) &&
              offsetof(FuncRef, tailEntry) == offsetof(ImportedFunction, tailEntry) &&
              offsetof(FuncRef, context) == offsetof(ImportedFunction, context));

// A memory of the memory index space, imported or not. The base is a copy of that in `def`.
struct ImportedMemory {
  uint8_t* base;
  MemoryDef* def;
};

// The start of a VMContext.
struct ContextHeader {
  ExecState* state;
  void* instance;  // runtime::Instance*
  // The value that the base of the segment register GS must have while code of this instance runs:
  // the base of memory 0, or null if the code does not use it.
  void* segmentBase;
};

// The context of a host thunk, in the pinned register; there is one for each import of a host
// function. Its members are at the same offsets as those of ContextHeader, so that the caller need
// not know which kind of function it calls.
//
// A host function is `R function(HostBinding*, parameters...)` with the C calling convention. R is
// the type of a single result. If there are none or several, R is void, and the function writes the
// results to state->results.
struct HostBinding {
  ExecState* state;
  void* function;
  void* segmentBase;  // null
  void* env;          // for the host's use
  VMContext* caller;  // the importing instance
};
static_assert(offsetof(HostBinding, state) == offsetof(ContextHeader, state) &&
              offsetof(HostBinding, segmentBase) == offsetof(ContextHeader, segmentBase));

// The context of a cross-instance thunk, in the pinned register: a function of another instance, to
// be called with the segment base of that instance.
struct CrossInstanceCall {
  void* fastEntry;
  void* context;  // a VMContext or a HostBinding
};

// The numbers of items that determine the layout of a VMContext.
struct ContextCounts {
  uint32_t types;
  uint32_t importedFunctions;
  uint32_t memories;  // including imports
  uint32_t tables;    // including imports
  uint32_t importedGlobals;
  uint32_t globals;   // without imports
  uint32_t funcRefs;  // functions that have a FuncRef: those in ref.func, tables and exports
  uint32_t tags;      // including imports
};

// The byte offsets of the arrays from the start of a VMContext, and its size.
struct ContextLayout {
  uint64_t typeIds;            // uint32_t[types]
  uint64_t typeWords;          // uint32_t[types]: those of objects (runtime/abi/object.h)
  uint64_t importedFunctions;  // ImportedFunction[]
  uint64_t memories;           // ImportedMemory[]
  uint64_t tables;             // TableDef*[]
  uint64_t importedGlobals;    // Slot*[]
  uint64_t globals;            // Slot[]
  uint64_t funcRefs;           // FuncRef[]
  uint64_t tags;               // void*[]: an address that identifies the tag
  uint64_t size;
};

// Returns `value` rounded up to a multiple of `alignment`.
constexpr uint64_t alignTo(uint64_t value, uint64_t alignment) {
  return (value + alignment - 1) / alignment * alignment;
}

// Returns the layout for these counts.
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
  layout.tags = layout.funcRefs + uint64_t{counts.funcRefs} * sizeof(FuncRef);
  layout.typeIds = layout.tags + uint64_t{counts.tags} * sizeof(void*);
  layout.typeWords = layout.typeIds + uint64_t{counts.types} * sizeof(uint32_t);
  layout.size = alignTo(layout.typeWords + uint64_t{counts.types} * sizeof(uint32_t), 16);
  return layout;
}

}  // namespace abi
