// The descriptor: what a compiled module says of itself, found under its one exported symbol.
// Read-only data without relocations: every reference is relative to the field that holds it, so
// the bytes mean the same wherever the file is mapped. docs/artifact-format.md tells the whole.
#pragma once

#include "runtime/abi/types.h"
#include "runtime/abi/vmctx.h"

namespace abi {

inline constexpr char kDescriptorSymbol[] = "wasm2obj_module";
inline constexpr char kNoteName[] = "wasm2obj";                   // ELF note's owner
inline constexpr uint32_t kNoteType = 1;                          // its one type: ArtifactNote
inline constexpr uint64_t kDescriptorMagic = 0x6a626f326d736177;  // "wasm2obj"

// A reference relative to itself; 0 is null. `set` needs the target within 2 GiB.
template <class T>
struct RelPtr {
  int32_t delta;

  bool isNull() const { return delta == 0; }
  T* get() const {
    return isNull() ? nullptr
                    : reinterpret_cast<T*>(reinterpret_cast<uintptr_t>(this) +
                                           static_cast<intptr_t>(delta));
  }
  // False when the target is too far away; the reference is then unchanged.
  bool set(const void* target) {
    intptr_t distance = target == nullptr
                            ? 0
                            : static_cast<intptr_t>(reinterpret_cast<uintptr_t>(target) -
                                                    reinterpret_cast<uintptr_t>(this));
    if (distance != static_cast<int32_t>(distance)) return false;
    delta = static_cast<int32_t>(distance);
    return true;
  }
};

// `count` items elsewhere in the descriptor.
template <class T>
struct Array {
  RelPtr<const T> data;
  uint32_t count;

  const T* begin() const { return data.get(); }
  const T* end() const { return data.get() + count; }
  const T& operator[](uint32_t index) const { return data.get()[index]; }
};

// UTF-8, not terminated.
using String = Array<char>;

// The kinds of composite types.
enum class CompositeKind : uint8_t { Func, Struct, Array };

// The packed types of fields.
enum class PackedKind : uint8_t { None, I8, I16 };

// The type of a field of a structure or of an array's elements.
struct FieldType {
  ValueType value;  // i32 for a packed field
  PackedKind packed;
  uint8_t isMutable;
  uint8_t reserved[2];
};

// A type index that stands for no type.
inline constexpr uint32_t kNoType = 0xffffffff;

// An entry of the type index space. The types [group, group + groupSize) are one recursive group;
// type indices in them, and the supertype, lie before the group's end.
struct SubType {
  CompositeKind kind;
  uint8_t isFinal;
  uint8_t reserved[2];
  uint32_t supertype;  // a lower type index, or kNoType
  uint32_t group;
  uint32_t groupSize;
  Array<ValueType> params;  // Func
  Array<ValueType> results;
  Array<FieldType> fields;  // Struct; Array has exactly one
  // The thunks are null for what is no function type.
  // void(VMContext* context, void* fastEntry, Slot* values): reads the arguments from `values`,
  // calls, writes the results over them. Null where no function of this type can escape.
  RelPtr<void> entryThunk;
  // fastcc function of this type whose context is a HostBinding: calls the host's C function. Null
  // where no function of this type is imported.
  RelPtr<void> hostThunk;
  // fastcc function of this type whose context is a Crossing: calls a function of another instance
  // with that instance's segment base. Null where no function of this type is imported or called
  // through a reference, and where the architecture has no such base.
  RelPtr<void> crossingThunk;
};

// Flags of the types of tables and memories.
enum LimitFlags : uint32_t {
  kHasMax = 1,
  kShared = 2,
  kIndex64 = 4,
  // Of an imported memory: the code relies on kMaxPagesWithHeadroom.
  kHeadroom = 8,
  // Of a memory: the code checks every access, so that it needs no reservation around the memory.
  kChecked = 16,
};

// Types of tables, memories and globals, as declared or imported. Type indices are the module's.
struct TableType {
  ValueType element;
  uint32_t flags;
  uint32_t reserved;
  uint64_t min;
  uint64_t max;  // meaningful with kHasMax
};

// Sizes are in pages of 2^pageSizeLog2 bytes.
struct MemoryType {
  uint32_t flags;
  uint32_t pageSizeLog2;
  uint64_t min;  // in pages
  uint64_t max;
};

// A global's value type, and whether it may be set.
struct GlobalType {
  ValueType value;
  uint8_t isMutable;
  uint8_t reserved[3];
};

// A tag that the module defines.
struct Tag {
  uint32_t typeIndex;
};

// An import; `kind` says which of the types it has.
struct Import {
  String module;
  String name;
  ExternKind kind;
  uint8_t reserved[3];
  uint32_t typeIndex;  // functions, tags
  union {
    TableType table;
    MemoryType memory;
    GlobalType global;
  };
};

// A function that the module defines.
struct Function {
  // The function's body: its fast entry, or, if it makes tail calls, its tail entry.
  RelPtr<void> code;
  // The fast entry of a function that makes tail calls and can escape; else null.
  RelPtr<void> fastThunk;
  uint32_t codeSize;
  uint32_t typeIndex;
};

// What a step of a constant expression does (section 3.4.15).
enum class ConstOp : uint32_t {
#define CONST_STEP(id) id,
#define CONST_ARITHMETIC(id, member, operation) id,
#include "runtime/abi/const_ops.def"
};

// One step of a constant expression; the steps share a stack of slots.
struct ConstStep {
  ConstOp op;
  uint32_t index;
  uint64_t bits[2];
};

using ConstExpr = Array<ConstStep>;

// A table that the module defines.
struct Table {
  TableType type;
  ConstExpr init;  // empty: null
};

// The image is the memory's content after its active segments at constant offsets are applied:
// `imageSize` bytes, a multiple of hostPageSize(arch), at `imageOffset` from the
// start of ModuleDescriptor::memoryImage, to be mapped copy-on-write at the memory's address
// `imageAddress`. Zero size: no image. Segments that are part of it are not in `data` as active.
struct Memory {
  MemoryType type;
  uint64_t imageOffset;
  uint64_t imageAddress;
  uint64_t imageSize;
};

// A global that the module defines.
struct Global {
  GlobalType type;
  ConstExpr init;
};

// An export.
struct Export {
  String name;
  ExternKind kind;
  uint8_t reserved[3];
  uint32_t index;  // in the index space of its kind, imports first
};

// The modes of segments. InImage: an active one that is part of a memory's image.
enum class SegmentMode : uint8_t { Active = 0, Passive = 1, Declared = 2, InImage = 3 };

// A data segment.
struct DataSegment {
  SegmentMode mode;
  uint8_t reserved[3];
  uint32_t memory;
  ConstExpr offset;  // active
  Array<uint8_t> bytes;
};

// An element segment.
struct ElementSegment {
  SegmentMode mode;
  uint8_t reserved[3];
  uint32_t table;
  ValueType element;
  ConstExpr offset;
  // Either function indices or expressions; the other is empty.
  Array<uint32_t> functions;
  Array<ConstExpr> expressions;
};

// Bytes [begin, end) of a function's code were inlined from the callee of the call instruction at
// `wasmOffset` in the wasm file.
struct InlinedCall {
  uint32_t begin;
  uint32_t end;
  uint32_t wasmOffset;
};

// Wasm byte offsets of a function's code, for backtraces: pairs of ULEB128 (bytes of code since the
// last row) and SLEB128 (change of the byte offset in the wasm file, which begins at `wasmOffset`,
// that of the function's own entry in the code section). A row holds from its address up to the
// next row's. An offset tells the function it is of, which is another one in inlined code;
// `inlined` tells how it came there, an outer call before those inside of it.
struct OffsetRows {
  uint32_t wasmOffset;
  Array<uint8_t> rows;
  Array<InlinedCall> inlined;
};

// The code relies on ContextHeader::segmentBase.
inline constexpr uint32_t kNeedsSegmentBase = 1;

// All that the runtime has to know of a compiled module.
struct ModuleDescriptor {
  uint64_t magic;
  uint64_t abiHash;
  Arch arch;
  uint16_t reserved0;
  uint32_t size;  // of this struct
  uint64_t cpuFeatures[2];
  ContextCounts counts;
  uint32_t flags;  // kNeedsSegmentBase

  Array<SubType> types;
  Array<Import> imports;
  Array<Function> functions;  // own functions, in index order
  Array<Table> tables;
  Array<Memory> memories;
  Array<Global> globals;
  Array<Tag> tags;
  Array<Export> exports;
  Array<ElementSegment> elements;
  Array<DataSegment> data;
  // Function indices that have a FuncRef in the context, in slot order.
  Array<uint32_t> funcRefs;
  uint32_t startFunction;  // a function index, or kNoFunction
  // Page-aligned; one run of bytes for all memories.
  RelPtr<const uint8_t> memoryImage;
  // In relro: as many words as libcalls.def has rows, filled by the loader.
  RelPtr<void*> libcalls;

  String moduleName;
  Array<String> functionNames;   // all functions, imports first; empty where unnamed
  Array<OffsetRows> offsetRows;  // own functions
};

// A function index that stands for no function.
inline constexpr uint32_t kNoFunction = 0xffffffff;

// Content of the ELF note, which the loader reads before it trusts anything else. The compiler
// fills the identity (up to cpuFeatures); sealing the linked file fills the rest.
//
// `checksum` is the XXH3-64 of these bytes of the file, in this order:
//   - [0, coveredSize), where coveredSize is the end of the last PT_LOAD's content, with the
//     checksum as zero;
//   - the section header table.
// So it covers all but the symbols for people and tools.
struct ArtifactNote {
  uint64_t abiHash;
  Arch arch;
  uint16_t formatVersion;
  uint32_t descriptorOffset;  // virtual address of the ModuleDescriptor
  uint64_t cpuFeatures[2];
  uint64_t coveredSize;
  uint64_t fileSize;
  uint64_t imageOffset;  // of ModuleDescriptor::memoryImage in the file; 0 without one
  uint64_t imageSize;
  uint64_t checksum;
};

// The version of the note and of the file's structure.
inline constexpr uint16_t kFormatVersion = 2;

}  // namespace abi
