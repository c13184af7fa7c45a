// A decoded module (section 2.5): index spaces, in which imports come first, segments, exports and
// names.
//
// Function bodies and constant expressions are not decoded: they are ranges of the input, which
// InstructionReader reads. Names and segment contents are views of the input as well, so the input
// must outlive the module. For a module in the text format the input is a buffer that the parser
// fills with encoded instructions (see text/parse/parse_module.h).
//
// All members called `offset` are byte offsets in Module::bytes, for diagnostics.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/wasm/types.h"
#include "runtime/base/bytes.h"

namespace wasm {

class TextPositions;

// The kind of an import or export (section 2.3.19). The values are those of the binary format.
enum class ExternKind : uint8_t { Function = 0, Table = 1, Memory = 2, Global = 3, Tag = 4 };

// A range of Module::bytes that holds encoded instructions, including the final `end`.
struct CodeRange {
  uint32_t begin = 0;  // byte offset in the input
  uint32_t end = 0;    // byte offset after the last instruction
  bool empty() const { return begin == end; }
};

// An import (section 2.5.11). Its type is stored in the item of the index space that the import
// defines.
struct Import {
  std::string_view module;
  std::string_view name;
  ExternKind kind = ExternKind::Function;
  uint32_t index = 0;  // in the index space of its kind
  uint32_t offset = 0;
};

// An export (section 2.5.12).
struct Export {
  std::string_view name;
  ExternKind kind = ExternKind::Function;
  uint32_t index = 0;  // in the index space of its kind
  uint32_t offset = 0;
};

// Consecutive locals of one type, as the binary format declares them.
struct LocalRun {
  uint32_t count = 0;
  ValueType type;
};

// An item of the function index space: an import or a definition (section 2.5.7).
struct Function {
  uint32_t typeIndex = 0;
  bool isImport = false;
  std::vector<LocalRun> locals;  // without the parameters
  CodeRange body;                // the instructions after the locals; empty for imports
  uint32_t offset = 0;           // of its entry in the code section
};

// An item of the table index space (section 2.5.6).
struct Table {
  TableType type;
  bool isImport = false;
  CodeRange init;  // the initial value of the elements; null references if empty
  uint32_t offset = 0;
};

// An item of the memory index space (section 2.5.5).
struct Memory {
  MemoryType type;
  bool isImport = false;
  uint32_t offset = 0;
};

// An item of the global index space (section 2.5.4).
struct Global {
  GlobalType type;
  bool isImport = false;
  CodeRange init;  // empty for imports
  uint32_t offset = 0;
};

// An item of the tag index space (section 2.5.3): an exception tag, whose type has no results.
struct Tag {
  uint32_t typeIndex = 0;
  bool isImport = false;
  uint32_t offset = 0;
};

// When a segment is copied: at instantiation, by an instruction, or never. The functions of a
// Declared element segment may be operands of ref.func.
enum class SegmentMode : uint8_t { Active, Passive, Declared };

// An element segment (section 2.5.9). Its elements are either function indices, which are stored as
// such to save memory and time, or constant expressions; the other vector is empty.
struct ElementSegment {
  SegmentMode mode = SegmentMode::Passive;
  ValueType type = kFuncRef;
  uint32_t table = 0;     // Active
  CodeRange tableOffset;  // Active
  std::vector<uint32_t> functions;
  std::vector<CodeRange> expressions;
  uint32_t offset = 0;
};

// A data segment (section 2.5.8); it cannot be Declared.
struct DataSegment {
  SegmentMode mode = SegmentMode::Passive;
  uint32_t memory = 0;     // Active
  CodeRange memoryOffset;  // Active
  base::ByteView bytes;
  uint32_t offset = 0;
};

// A custom section (section 5.5.3). It is kept even if its contents are read into other members,
// so that the module can be written again.
struct CustomSection {
  std::string_view name;
  base::ByteView bytes;  // the contents after the name
  uint32_t offset = 0;
  // The position in kSectionOrder of the last standard section before it, counted from 1; 0 if it
  // comes first.
  uint8_t place = 0;
};

// A hint for an `if` or `br_if`, from the custom section "metadata.code.branch_hint" (branch
// hinting proposal).
struct BranchHint {
  uint32_t function = 0;
  uint32_t offset = 0;  // of the instruction
  bool isLikely = false;
  friend bool operator==(const BranchHint&, const BranchHint&) = default;
};

// The part of the name section that the compiler uses, for symbols and backtraces. Items without a
// name are missing from the map; the module's name is empty if it has none. readNameSection() reads
// the whole section.
struct Names {
  std::string_view module;
  std::map<uint32_t, std::string_view> functions;
};

// A module as it was read, not yet validated. validate() makes it a ValidModule.
struct Module {
  std::string fileName;  // for diagnostics
  base::ByteView bytes;  // the whole input; for the text format, the encoded instructions
  // For the text format, maps offsets in `bytes` to offsets in the text; else null. Not owned.
  const TextPositions* positions = nullptr;

  std::vector<SubType> types;
  std::vector<Import> imports;
  std::vector<Function> functions;
  std::vector<Table> tables;
  std::vector<Memory> memories;
  std::vector<Global> globals;
  std::vector<Tag> tags;
  std::vector<Export> exports;
  std::optional<uint32_t> start;
  uint32_t startOffset = 0;
  std::vector<ElementSegment> elements;
  std::vector<DataSegment> data;
  std::optional<uint32_t> dataCount;
  std::vector<CustomSection> customs;
  std::vector<BranchHint> branchHints;  // sorted by function and offset
  Names names;

  // The numbers of imports of each kind, which come first in the index spaces.
  uint32_t importedFunctions = 0;
  uint32_t importedTables = 0;
  uint32_t importedMemories = 0;
  uint32_t importedGlobals = 0;
  uint32_t importedTags = 0;

  // Returns the signature of a function, imported or defined. Requires that `functionIndex` and its
  // type index are in bounds and that the type is a function type, as validation checks.
  const FuncType& functionType(uint32_t functionIndex) const {
    return types[functions[functionIndex].typeIndex].func;
  }
};

}  // namespace wasm
