#include "compiler/wasm/binary/write_module.h"

#include <algorithm>

#include "compiler/wasm/binary/branch_hints.h"
#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/binary/encode_types.h"
#include "compiler/wasm/binary/instruction_reader.h"
#include "compiler/wasm/binary/sections.h"
#include "compiler/wasm/binary/type_codes.h"

namespace wasm {
namespace {

void writeName(base::Bytes& out, std::string_view name) {
  base::appendUleb(out, name.size());
  base::append(out, name);
}

template <class T>
void writeFixed(base::Bytes& out, T value) {
  size_t at = out.size();
  out.resize(at + sizeof value);
  base::storeUnaligned(out.data() + at, value);
}

void writeField(base::Bytes& out, const FieldType& field) {
  if (field.packed == PackedKind::None) {
    writeValueType(out, field.type);
  } else {
    out.push_back(field.packed == PackedKind::I8 ? kPackedI8 : kPackedI16);
  }
  out.push_back(field.isMutable ? 1 : 0);
}

void writeResultType(base::Bytes& out, const ValueTypes& types) {
  base::appendUleb(out, types.size());
  for (const ValueType& type : types) writeValueType(out, type);
}

// The abbreviation without a prefix is for final types without a supertype (section 5.3.8).
void writeSubType(base::Bytes& out, const SubType& type) {
  if (!type.isFinal || type.supertype) {
    out.push_back(type.isFinal ? kSubFinalCode : kSubCode);
    base::appendUleb(out, type.supertype ? 1 : 0);
    if (type.supertype) base::appendUleb(out, *type.supertype);
  }
  switch (type.kind) {
    case CompositeKind::Func:
      out.push_back(kFuncCode);
      writeResultType(out, type.func.params);
      writeResultType(out, type.func.results);
      break;
    case CompositeKind::Struct:
      out.push_back(kStructCode);
      base::appendUleb(out, type.fields.size());
      for (const FieldType& field : type.fields) writeField(out, field);
      break;
    case CompositeKind::Array:
      out.push_back(kArrayCode);
      writeField(out, type.fields[0]);
      break;
  }
}

void writeLimits(base::Bytes& out, const Limits& limits, uint8_t moreFlags) {
  out.push_back(moreFlags | (limits.max ? kHasMax : 0) | (limits.isShared ? kIsShared : 0) |
                (limits.is64 ? kIs64 : 0));
  base::appendUleb(out, limits.min);
  if (limits.max) base::appendUleb(out, *limits.max);
}

void writeTableType(base::Bytes& out, const TableType& type) {
  writeValueType(out, type.element);
  writeLimits(out, type.limits, 0);
}

// The default page size is not written, so that modules without the proposal keep their form.
void writeMemoryType(base::Bytes& out, const MemoryType& type) {
  bool hasPageSize = type.pageSizeLog2 != kDefaultPageSizeLog2;
  writeLimits(out, type.limits, hasPageSize ? kHasPageSize : 0);
  if (hasPageSize) base::appendUleb(out, type.pageSizeLog2);
}

void writeGlobalType(base::Bytes& out, const GlobalType& type) {
  writeValueType(out, type.value);
  out.push_back(type.isMutable ? 1 : 0);
}

// The attribute 0 means an exception.
void writeTag(base::Bytes& out, const Tag& tag) {
  out.push_back(0);
  base::appendUleb(out, tag.typeIndex);
}

// Returns the flags at the start of a segment, without kHasExpressions. `isExplicit` means that the
// table or memory index and, for elements, their kind are written although the segment is active.
uint32_t segmentFlags(SegmentMode mode, bool isExplicit) {
  switch (mode) {
    case SegmentMode::Active:
      return isExplicit ? kExplicitIndex : 0;
    case SegmentMode::Passive:
      return kNotActive;
    case SegmentMode::Declared:
      return kNotActive | kIsDeclared;
  }
  return 0;
}

// Returns whether the instruction names a data segment, which makes the data count section
// necessary (section 5.5.15).
bool namesDataSegment(const Instruction& instruction) {
  ImmediateShape shape = opcodeInfo(instruction.op).immediate;
  return shape == ImmediateShape::data || shape == ImmediateShape::dataMemory ||
         shape == ImmediateShape::typeData;
}

// Writes the sections in their order and omits empty ones. Keeps the first malformed instruction as
// the error.
class ModuleWriter {
 public:
  explicit ModuleWriter(const Module& module) : module_(module) {}

  base::Result<base::Bytes> write() {
    encodeCode();
    TRY(status_);
    // The hints have their new offsets only after all code has been encoded.
    if (!hints_.empty()) hintSection_ = writeBranchHints(hints_);
    writeFixed(out_, kMagic);
    writeFixed(out_, kVersion);
    writeCustoms(0);
    for (SectionId id : kSectionOrder) {
      if (id == SectionId::Code && hintsLackPlace()) writeCustom(kBranchHintSection, hintSection_);
      writeSection(id);
      writeCustoms(placeAfter(id));
    }
    TRY(status_);
    return std::move(out_);
  }

 private:
  // Appends a section to out_ unless it is empty.
  void writeSection(SectionId id) {
    switch (id) {
      case SectionId::Custom:
        return;
      case SectionId::Type:
        return writeTypes();
      case SectionId::Import:
        return writeImports();
      case SectionId::Function:
        return writeItems(id, module_.functions, module_.importedFunctions,
                          [this](const Function& function) { writeIndex(function.typeIndex); });
      case SectionId::Table:
        return writeItems(id, module_.tables, module_.importedTables,
                          [this](const Table& table) { writeTable(table); });
      case SectionId::Memory:
        return writeItems(id, module_.memories, module_.importedMemories,
                          [this](const Memory& memory) { writeMemoryType(section_, memory.type); });
      case SectionId::Tag:
        return writeItems(id, module_.tags, module_.importedTags,
                          [this](const Tag& tag) { writeTag(section_, tag); });
      case SectionId::Global:
        return writeItems(id, module_.globals, module_.importedGlobals,
                          [this](const Global& global) { writeGlobal(global); });
      case SectionId::Export:
        return writeItems(id, module_.exports, 0,
                          [this](const Export& item) { writeExport(item); });
      case SectionId::Start:
        return writeNumber(id, module_.start);
      case SectionId::Element:
        return writeItems(id, module_.elements, 0,
                          [this](const ElementSegment& segment) { writeElements(segment); });
      case SectionId::DataCount:
        if (usesDataSegments_) writeNumber(id, static_cast<uint32_t>(module_.data.size()));
        return;
      case SectionId::Code:
        if (code_.empty()) return;
        section_ = std::move(code_);
        return finishSection(id);
      case SectionId::Data:
        return writeItems(id, module_.data, 0,
                          [this](const DataSegment& segment) { writeData(segment); });
    }
  }

  // Appends the contents in section_ with their id and size, which is known only now.
  void finishSection(SectionId id) {
    out_.push_back(static_cast<uint8_t>(id));
    base::appendUleb(out_, section_.size());
    base::append(out_, section_);
    section_.clear();
  }

  // Writes a section that is a list; `write` appends one item to section_. Imports, which come
  // first in their index space, are in the import section only.
  template <class T, class Write>
  void writeItems(SectionId id, const std::vector<T>& items, size_t imported, Write write) {
    if (items.size() == imported) return;
    writeIndex(items.size() - imported);
    for (size_t i = imported; i < items.size(); ++i) write(items[i]);
    finishSection(id);
  }

  void writeNumber(SectionId id, std::optional<uint32_t> number) {
    if (!number) return;
    writeIndex(*number);
    finishSection(id);
  }

  void writeIndex(size_t index) { base::appendUleb(section_, index); }

  // Decodes and encodes the instructions, so that all numbers get their shortest form.
  void writeExpression(base::Bytes& out, CodeRange code) {
    InstructionReader reader(module_, code);
    while (status_.ok() && !reader.atEnd()) {
      status_ = reader.next(instruction_);
      if (status_.ok()) writeInstruction(out, instruction_);
    }
  }

  // The section is a list of recursive groups. A group of one type is written without kRecCode.
  void writeTypes() {
    size_t groups = 0;
    for (size_t i = 0; i < module_.types.size(); i += module_.types[i].groupSize) ++groups;
    if (groups == 0) return;
    writeIndex(groups);
    for (size_t i = 0; i < module_.types.size(); ++i) {
      const SubType& type = module_.types[i];
      if (type.group == i && type.groupSize != 1) {
        section_.push_back(kRecCode);
        writeIndex(type.groupSize);
      }
      writeSubType(section_, type);
    }
    finishSection(SectionId::Type);
  }

  void writeImports() {
    writeItems(SectionId::Import, module_.imports, 0, [this](const Import& import) {
      writeName(section_, import.module);
      writeName(section_, import.name);
      section_.push_back(static_cast<uint8_t>(import.kind));
      writeImportType(import);
    });
  }

  void writeImportType(const Import& import) {
    switch (import.kind) {
      case ExternKind::Function:
        return writeIndex(module_.functions[import.index].typeIndex);
      case ExternKind::Table:
        return writeTableType(section_, module_.tables[import.index].type);
      case ExternKind::Memory:
        return writeMemoryType(section_, module_.memories[import.index].type);
      case ExternKind::Global:
        return writeGlobalType(section_, module_.globals[import.index].type);
      case ExternKind::Tag:
        return writeTag(section_, module_.tags[import.index]);
    }
  }

  // The expression is empty, and nothing is written for it, if the table has no initial value.
  void writeTable(const Table& table) {
    if (!table.init.empty()) {
      section_.push_back(kTableWithInit);
      section_.push_back(0);
    }
    writeTableType(section_, table.type);
    writeExpression(section_, table.init);
  }

  void writeGlobal(const Global& global) {
    writeGlobalType(section_, global.type);
    writeExpression(section_, global.init);
  }

  void writeExport(const Export& item) {
    writeName(section_, item.name);
    section_.push_back(static_cast<uint8_t>(item.kind));
    writeIndex(item.index);
  }

  // Chooses the shortest of the eight forms of a segment (section 5.5.12). The implicit forms are
  // for table 0 and the default element type of the list, which is (ref func) for functions and
  // funcref for expressions.
  void writeElements(const ElementSegment& segment) {
    // An empty segment of another type than (ref func) can only be written as a list of
    // expressions.
    bool hasExpressions = !segment.expressions.empty() || segment.type != kElementFunction;
    ValueType implicitType = hasExpressions ? kFuncRef : kElementFunction;
    bool isExplicit = segment.table != 0 || segment.type != implicitType;
    uint32_t flags =
        segmentFlags(segment.mode, isExplicit) | (hasExpressions ? kHasExpressions : 0);
    writeIndex(flags);
    if (segment.mode == SegmentMode::Active) {
      if (isExplicit) writeIndex(segment.table);
      writeExpression(section_, segment.tableOffset);
    }
    bool hasKind = segment.mode != SegmentMode::Active || isExplicit;
    if (hasKind && hasExpressions) writeValueType(section_, segment.type);
    if (hasKind && !hasExpressions) section_.push_back(0);
    writeIndex(hasExpressions ? segment.expressions.size() : segment.functions.size());
    for (uint32_t function : segment.functions) writeIndex(function);
    for (CodeRange expression : segment.expressions) writeExpression(section_, expression);
  }

  // Encodes the contents of the code section. This is done first, since the data count section and
  // the branch hints precede it and depend on the instructions.
  void encodeCode() {
    size_t count = module_.functions.size() - module_.importedFunctions;
    if (count == 0) return;
    base::appendUleb(code_, count);
    for (size_t i = module_.importedFunctions; i < module_.functions.size(); ++i) {
      encodeFunction(static_cast<uint32_t>(i));
    }
  }

  // A body is collected in body_, since its size precedes it.
  void encodeFunction(uint32_t index) {
    const Function& function = module_.functions[index];
    writeLocals(function.locals);
    InstructionReader reader(module_, function.body);
    while (status_.ok() && !reader.atEnd()) {
      status_ = reader.next(instruction_);
      if (!status_.ok()) return;
      usesDataSegments_ = usesDataSegments_ || namesDataSegment(instruction_);
      noteHint(index);
      writeInstruction(body_, instruction_);
    }
    base::appendUleb(code_, body_.size());
    base::append(code_, body_);
    body_.clear();
  }

  // Writes consecutive locals of the same type as one run.
  void writeLocals(const std::vector<LocalRun>& locals) {
    std::vector<LocalRun> runs;
    for (const LocalRun& run : locals) {
      if (run.count == 0) continue;
      if (!runs.empty() && runs.back().type == run.type) {
        runs.back().count += run.count;
      } else {
        runs.push_back(run);
      }
    }
    base::appendUleb(body_, runs.size());
    for (const LocalRun& run : runs) {
      base::appendUleb(body_, run.count);
      writeValueType(body_, run.type);
    }
  }

  // Adds the hint for the current instruction, if there is one, with its offset in the new body.
  // body_ starts with the locals, as do offsets in the section. Hints are sorted like the
  // instructions, so only the next one is compared.
  void noteHint(uint32_t function) {
    if (nextHint_ == module_.branchHints.size()) return;
    const BranchHint& hint = module_.branchHints[nextHint_];
    if (hint.function != function || hint.offset != instruction_.offset) return;
    hints_.push_back({function, static_cast<uint32_t>(body_.size()), hint.isLikely});
    ++nextHint_;
  }

  // writeExpression() writes nothing for the empty offset of a passive segment.
  void writeData(const DataSegment& segment) {
    bool isActive = segment.mode == SegmentMode::Active;
    writeIndex(segmentFlags(segment.mode, segment.memory != 0));
    if (isActive && segment.memory != 0) writeIndex(segment.memory);
    writeExpression(section_, segment.memoryOffset);
    writeIndex(segment.bytes.size());
    base::append(section_, segment.bytes);
  }

  // Writes the custom sections of a place in their order. A branch hint section gets the new
  // contents if there are hints, since the old offsets may be wrong; otherwise its bytes are kept.
  void writeCustoms(uint8_t place) {
    for (const CustomSection& custom : module_.customs) {
      if (custom.place != place) continue;
      bool isRenewed = custom.name == kBranchHintSection && !hints_.empty();
      writeCustom(custom.name, isRenewed ? hintSection_ : custom.bytes);
    }
  }

  // Returns whether there are hints, but no custom section that they could be written to.
  bool hintsLackPlace() const {
    return !hints_.empty() && std::none_of(module_.customs.begin(), module_.customs.end(),
                                           [](const CustomSection& custom) {
                                             return custom.name == kBranchHintSection;
                                           });
  }

  void writeCustom(std::string_view name, base::ByteView bytes) {
    writeName(section_, name);
    base::append(section_, bytes);
    finishSection(SectionId::Custom);
  }

  const Module& module_;
  base::Bytes out_;
  base::Bytes section_;  // the contents of the current section
  base::Bytes body_;     // of the current function
  base::Bytes code_;     // the contents of the code section
  base::Bytes hintSection_;
  std::vector<BranchHint> hints_;  // with offsets in the new code
  size_t nextHint_ = 0;            // the next one of Module::branchHints
  bool usesDataSegments_ = false;
  Instruction instruction_;
  base::Result<void> status_;
};

}  // namespace

base::Result<base::Bytes> writeModule(const Module& module) { return ModuleWriter(module).write(); }

}  // namespace wasm
