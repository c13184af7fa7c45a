// A decoded module (section 2.5): index spaces with imports first, segments, exports, names.
// Function bodies and constant expressions stay bytes of the input, read with InstructionReader;
// the input must outlive the module. For a module in the text format that input is a buffer made by
// the parser (text/parse_module.h).
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

enum class ExternKind : uint8_t { Function = 0, Table = 1, Memory = 2, Global = 3, Tag = 4 };

// A range of the input file: instruction bytes including the final `end`.
struct CodeRange {
  uint32_t begin = 0;  // byte offset in the input
  uint32_t end = 0;
  bool empty() const { return begin == end; }
};

struct Import {
  std::string_view module;
  std::string_view name;
  ExternKind kind = ExternKind::Function;
  uint32_t index = 0;  // in the index space of its kind
  uint32_t offset = 0;
};

struct Export {
  std::string_view name;
  ExternKind kind = ExternKind::Function;
  uint32_t index = 0;
  uint32_t offset = 0;
};

struct LocalRun {
  uint32_t count = 0;
  ValueType type;
};

struct Function {
  uint32_t typeIndex = 0;
  bool isImport = false;
  std::vector<LocalRun> locals;  // without parameters
  CodeRange body;                // after the locals; empty for imports
  uint32_t offset = 0;           // of its code entry, for messages and names
};

struct Table {
  TableType type;
  bool isImport = false;
  CodeRange init;  // empty: null
  uint32_t offset = 0;
};

struct Memory {
  MemoryType type;
  bool isImport = false;
  uint32_t offset = 0;
};

struct Global {
  GlobalType type;
  bool isImport = false;
  CodeRange init;
  uint32_t offset = 0;
};

struct Tag {
  uint32_t typeIndex = 0;
  bool isImport = false;
  uint32_t offset = 0;
};

enum class SegmentMode : uint8_t { Active, Passive, Declared };

struct ElementSegment {
  SegmentMode mode = SegmentMode::Passive;
  ValueType type = kFuncRef;
  uint32_t table = 0;
  CodeRange tableOffset;               // active
  std::vector<uint32_t> functions;     // either these
  std::vector<CodeRange> expressions;  // or these
  uint32_t offset = 0;
};

struct DataSegment {
  SegmentMode mode = SegmentMode::Passive;
  uint32_t memory = 0;
  CodeRange memoryOffset;  // active
  base::ByteView bytes;
  uint32_t offset = 0;
};

struct CustomSection {
  std::string_view name;
  base::ByteView bytes;
  uint32_t offset = 0;
  // The section it stands right after, as a count: that many of the standard sections, in the order
  // in which they must appear, come before it (0: before all of them).
  uint8_t place = 0;
};

// What the custom section "metadata.code.branch_hint" says of an `if` or `br_if`.
struct BranchHint {
  uint32_t function = 0;
  uint32_t offset = 0;  // of the instruction, in the input
  bool isLikely = false;
  friend bool operator==(const BranchHint&, const BranchHint&) = default;
};

// What the compiler needs of the name section; absent names are empty. All of it: readNameSection.
struct Names {
  std::string_view module;
  std::map<uint32_t, std::string_view> functions;
};

struct Module {
  std::string fileName;  // for messages
  base::ByteView bytes;  // the whole input; of a text, its encoded instructions
  // Of a text: where in it the offsets in `bytes` lie. Null for binaries.
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
  std::vector<BranchHint> branchHints;  // in the order of functions and offsets
  Names names;

  uint32_t importedFunctions = 0;
  uint32_t importedTables = 0;
  uint32_t importedMemories = 0;
  uint32_t importedGlobals = 0;
  uint32_t importedTags = 0;

  const FuncType& functionType(uint32_t functionIndex) const {
    return types[functions[functionIndex].typeIndex].func;
  }
};

}  // namespace wasm
