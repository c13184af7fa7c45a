// The ModuleDescriptor, which describes a compiled module to the runtime, and the note, which
// describes it to the loader.
//
// The descriptor is the one exported symbol of an artifact. It is read-only data without
// relocations: every reference is relative to the field that holds it, so that it is valid at any
// address. The loader checks that all references lie within the artifact before the descriptor is
// used. docs/artifact-format.md describes the whole format.
#pragma once

#include "runtime/abi/types.h"
#include "runtime/abi/vmctx.h"

namespace abi {

// How descriptor and note are found and recognized.
inline constexpr char kDescriptorSymbol[] = "wasm2obj_module";
inline constexpr char kNoteName[] = "wasm2obj";                   // the owner of the ELF note
inline constexpr uint32_t kNoteType = 1;                          // of a note with an ArtifactNote
inline constexpr uint32_t kLinkedNoteType = 2;                    // of a note with a LinkedNote
inline constexpr uint32_t kVariantNoteType = 3;                   // of a note with a VariantNote
inline constexpr uint64_t kDescriptorMagic = 0x6a626f326d736177;  // "wasm2obj"

// A pointer that is stored as the distance from itself to the target. A distance of 0 is null.
template <class T>
struct RelPtr {
  int32_t delta;

  bool isNull() const { return delta == 0; }
  // Returns the target, or null.
  T* get() const {
    return isNull() ? nullptr
                    : reinterpret_cast<T*>(reinterpret_cast<uintptr_t>(this) +
                                           static_cast<intptr_t>(delta));
  }
  // Sets the target. Returns false and changes nothing if it is more than 2 GiB away.
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

// A reference to `count` consecutive objects.
template <class T>
struct Array {
  RelPtr<const T> data;
  uint32_t count;

  const T* begin() const { return data.get(); }
  const T* end() const { return data.get() + count; }
  const T& operator[](uint32_t index) const { return data.get()[index]; }
};

// A string in UTF-8 without a terminating zero.
using String = Array<char>;

// Types of the type index space (section 2.3.9), as in compiler/wasm/types.h.
enum class CompositeKind : uint8_t { Func, Struct, Array };
enum class PackedKind : uint8_t { None, I8, I16 };

// The type of a struct field or of array elements.
struct FieldType {
  ValueType value;  // i32 if packed
  PackedKind packed;
  uint8_t isMutable;
  uint8_t reserved[2];
};

// In SubType::supertype: the type has no supertype.
inline constexpr uint32_t kNoType = 0xffffffff;

// An item of the type index space. The types [group, group + groupSize) are a recursive group; all
// type indices in them are lower than the end of the group.
struct SubType {
  CompositeKind kind;
  uint8_t isFinal;
  uint8_t reserved[2];
  uint32_t supertype;  // a lower type index, or kNoType
  uint32_t group;
  uint32_t groupSize;
  Array<ValueType> params;   // Func
  Array<ValueType> results;  // Func
  Array<FieldType> fields;   // Struct; Array has exactly one
  // The thunks are null if the type is not a function type.
  //
  // void(VMContext* context, void* fastEntry, Slot* values): reads the arguments from `values`,
  // calls `fastEntry` and overwrites `values` with the results. Null if no function of this type
  // can be called from outside of the module.
  RelPtr<void> entryThunk;
  // A fastcc function of this type whose context is a HostBinding: calls the host's C function.
  // Null if no function of this type is imported.
  RelPtr<void> hostThunk;
  // A fastcc function of this type whose context is a CrossInstanceCall: calls a function of
  // another instance with the segment base of that instance. Null if no function of this type is
  // imported or called through a reference, and if the architecture has no segment base.
  RelPtr<void> crossInstanceThunk;
};

// Flags of the types of tables and memories.
enum LimitFlags : uint32_t {
  kHasMax = 1,
  kShared = 2,
  kIndex64 = 4,  // the address type is i64
  // For imported memories: the code requires that the memory has at most kMaxPagesWithHeadroom.
  kHeadroom = 8,
  // For memories: all accesses check their bounds, so that the memory needs no guard regions.
  kChecked = 16,
};

// The type of a table. Limits are in elements.
struct TableType {
  ValueType element;
  uint32_t flags;  // LimitFlags
  uint32_t reserved;
  uint64_t min;
  uint64_t max;  // only with kHasMax
};

// The type of a memory. Limits are in pages.
struct MemoryType {
  uint32_t flags;  // LimitFlags
  uint32_t pageSizeLog2;
  uint64_t min;
  uint64_t max;  // only with kHasMax
};

// The type of a global variable.
struct GlobalType {
  ValueType value;
  uint8_t isMutable;
  uint8_t reserved[3];
};

// An exception tag.
struct Tag {
  uint32_t typeIndex;
};

// An import and its type: `typeIndex` for functions and tags, else the union.
struct Import {
  String module;
  String name;
  ExternKind kind;
  uint8_t reserved[3];
  uint32_t typeIndex;
  union {
    TableType table;
    MemoryType memory;
    GlobalType global;
  };
};

// A function that is not an import. See FuncRef for its entries.
struct Function {
  // The body: the fast entry or, for a function that makes tail calls, the tail entry.
  RelPtr<void> code;
  // For a function that makes tail calls and can be called from outside of the module, its fast
  // entry; else null.
  RelPtr<void> fastThunk;
  uint32_t codeSize;  // in bytes
  uint32_t typeIndex;
};

// The instructions of constant expressions (section 3.4.13), which are evaluated on a stack.
enum class ConstOp : uint32_t {
#define CONST_STEP(id) id,
#define CONST_ARITHMETIC(id, member, operation) id,
#include "runtime/abi/const_ops.def"
};

// An instruction of a constant expression.
struct ConstStep {
  ConstOp op;
  uint32_t index;
  uint64_t bits[2];  // the low and the high word
};

using ConstExpr = Array<ConstStep>;

// A table that is not an import.
struct Table {
  TableType type;
  ConstExpr init;  // the initial value of the elements; null references if empty
};

// A memory that is not an import. Its image is the contents after all active segments with constant
// offsets have been copied: `imageSize` bytes, a multiple of hostPageSize(arch), at `imageOffset`
// from the start of ModuleDescriptor::memoryImage. They are mapped copy-on-write at the address
// `imageAddress` of the memory. There is no image if the size is 0.
struct Memory {
  MemoryType type;
  uint64_t imageOffset;
  uint64_t imageAddress;
  uint64_t imageSize;
};

// A global variable that is not an import.
struct Global {
  GlobalType type;
  ConstExpr init;
};

// An export.
struct Export {
  String name;
  ExternKind kind;
  uint8_t reserved[3];
  uint32_t index;  // in the index space of its kind, in which imports come first
};

// The mode of a segment (sections 2.5.8 and 2.5.9). InImage: an active data segment that is part of
// a memory's image, and has no contents here.
enum class SegmentMode : uint8_t { Active = 0, Passive = 1, Declared = 2, InImage = 3 };

// A data segment.
struct DataSegment {
  SegmentMode mode;
  uint8_t reserved[3];
  uint32_t memory;   // Active
  ConstExpr offset;  // Active
  Array<uint8_t> bytes;
};

// An element segment. Its elements are either function indices or constant expressions; the other
// array is empty.
struct ElementSegment {
  SegmentMode mode;
  uint8_t reserved[3];
  uint32_t table;  // Active
  ValueType element;
  ConstExpr offset;  // Active
  Array<uint32_t> functions;
  Array<ConstExpr> expressions;
};

// The bytes [begin, end) of a function's code are the inlined callee of the call instruction at
// `wasmOffset` in the wasm file.
struct InlinedCall {
  uint32_t begin;
  uint32_t end;
  uint32_t wasmOffset;
};

// Maps addresses in a function's code to byte offsets in the wasm file, for backtraces.
//
// `rows` is a sequence of pairs: the distance in bytes of code from the previous row, in ULEB128,
// and the difference of the wasm offset to the previous row's, in SLEB128. The first row is
// relative to the start of the code and to `wasmOffset`, the offset of the function's entry in the
// code section. A row applies to all addresses from its own to the next row's. In inlined code,
// offsets are those of the inlined function, and `inlined` lists the calls; an outer call comes
// before those inside of it.
struct OffsetRows {
  uint32_t wasmOffset;
  Array<uint8_t> rows;
  Array<InlinedCall> inlined;
};

// In ModuleDescriptor::flags: the code uses ContextHeader::segmentBase.
inline constexpr uint32_t kNeedsSegmentBase = 1;
// In ModuleDescriptor::flags: the code counts its instructions (ExecState::fuel).
inline constexpr uint32_t kCountsFuel = 2;

// The descriptor. Arrays of functions, tables, memories, globals and tags are without imports,
// unless noted otherwise.
struct ModuleDescriptor {
  uint64_t magic;    // kDescriptorMagic
  uint64_t abiHash;  // kAbiHash
  Arch arch;
  uint16_t reserved0;
  uint32_t size;            // of this struct
  uint64_t cpuFeatures[2];  // a bit for each row of cpu_features.def that the code may use
  ContextCounts counts;
  uint32_t flags;  // kNeedsSegmentBase, kCountsFuel

  Array<SubType> types;
  Array<Import> imports;
  Array<Function> functions;
  Array<Table> tables;
  Array<Memory> memories;
  Array<Global> globals;
  Array<Tag> tags;
  Array<Export> exports;
  Array<ElementSegment> elements;
  Array<DataSegment> data;
  // The indices of the functions that have a FuncRef in the context, in the order of the FuncRefs.
  Array<uint32_t> funcRefs;
  uint32_t startFunction;  // a function index, or kNoFunction
  // The images of all memories, aligned to hostPageSize(arch).
  RelPtr<const uint8_t> memoryImage;
  // A word for each row of libcalls.def, in relro memory. The loader fills them with addresses.
  RelPtr<void*> libcalls;

  String moduleName;
  Array<String> functionNames;   // of all functions, imports first; empty if there is no name
  Array<OffsetRows> offsetRows;  // parallel to `functions`

  // The contents of the custom section "dylink.0", which nobody has checked; empty if there is none
  // (runtime/dylink/dylink_section.h).
  Array<uint8_t> dylink;
};

// In ModuleDescriptor::startFunction: the module has no start function.
inline constexpr uint32_t kNoFunction = 0xffffffff;

// What a module was compiled from, and by what.
struct Provenance {
  uint8_t sourceId[32];  // the SHA-256 of the module in the binary format
  uint32_t version[3];   // of wasm2obj: major, minor, patch
  uint32_t abiVersion;   // kAbiVersion
};

// The CPU that code was compiled for.
struct CpuNeeds {
  uint64_t features[2];  // bits of cpu_features.def that the code may use
  char name[32];         // as LLVM calls it, with a zero behind it; truncated if it is longer
};

// The contents of the ELF note of an object file or an executable. The loader does not read it: the
// module is a part of the program, which has checked nothing.
struct LinkedNote {
  uint64_t abiHash;
  CpuNeeds cpu;
  Provenance provenance;
};

// The contents of an ELF note of an artifact with code for several CPUs, one for each but the
// first, behind the ArtifactNote, which describes the first and the file. All have the same memory
// image.
struct VariantNote {
  CpuNeeds cpu;
  RelPtr<const ModuleDescriptor> descriptor;
  uint32_t reserved;
};

// The contents of the ELF note, which the loader reads and checks before anything else. The
// compiler fills the members up to provenance; sealing the linked file fills the rest.
//
// `checksum` is the XXH3-64 of these bytes of the file, in this order:
//   - [0, coveredSize), where coveredSize is the end of the contents of the last PT_LOAD segment;
//     the bytes of the checksum itself count as zero;
//   - the section header table.
// So it covers everything but the symbol table, which is only for debuggers and other tools.
struct ArtifactNote {
  uint64_t abiHash;
  Arch arch;
  uint16_t formatVersion;
  uint32_t descriptorOffset;  // virtual address of the ModuleDescriptor
  CpuNeeds cpu;
  Provenance provenance;
  uint64_t coveredSize;
  uint64_t fileSize;
  uint64_t imageOffset;  // of ModuleDescriptor::memoryImage in the file; 0 without one
  uint64_t imageSize;
  uint64_t checksum;
};

// ArtifactNote::formatVersion, the version of the note and of the rule for the checksum. All other
// changes are covered by the ABI hash.
inline constexpr uint16_t kFormatVersion = 3;

}  // namespace abi
