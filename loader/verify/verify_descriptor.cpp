#include "loader/verify/verify_descriptor.h"

#include <fmt/format.h>

#include "loader/host/libcalls.h"
#include "loader/verify/const_expr_check.h"
#include "loader/verify/descriptor_reader.h"
#include "loader/verify/verify_types.h"
#include "runtime/abi/abi_hash.h"
#include "runtime/abi/memory_limits.h"

namespace loader {
namespace {

using base::ByteView;
using base::Error;
using base::Result;

// The largest size of a table with 32-bit indices.
constexpr uint64_t kMaxTable32 = 0xffffffff;

template <class... Args>
Error damaged(fmt::format_string<Args...> format, Args&&... args) {
  return Error{"", "damaged descriptor: " + fmt::format(format, std::forward<Args>(args)...)};
}

// Checks the limits of a table or a memory whose minimum may be at most `limit`.
Result<void> checkLimits(uint32_t flags, uint64_t min, uint64_t max, uint64_t limit) {
  constexpr uint32_t kKnown =
      abi::kHasMax | abi::kShared | abi::kIndex64 | abi::kHeadroom | abi::kChecked;
  if ((flags & ~kKnown) != 0) return damaged("unknown limit flags {:#x}", flags);
  if (min > limit) return damaged("a minimum of {} is beyond {}", min, limit);
  if ((flags & abi::kHasMax) != 0 && min > max) return damaged("limits {} to {}", min, max);
  return {};
}

Result<void> checkMemoryType(const abi::MemoryType& type) {
  if (!abi::isPageSizeLog2(type.pageSizeLog2))
    return damaged("a memory has pages of 2^{} bytes", type.pageSizeLog2);
  return checkLimits(type.flags, type.min, type.max, abi::maxPages(type));
}

// Verifies a descriptor in one pass. The order matters: each index space is complete before the
// parts that index it are checked.
class Verifier {
 public:
  Verifier(const DescriptorReader& reader, const abi::ModuleDescriptor& module,
           const abi::ArtifactNote& note)
      : reader_(reader), module_(module), note_(note) {}

  Result<void> run() {
    TRY(identity());
    TRY_ASSIGN(types_, verifyTypes(reader_, module_.types));
    for (const abi::SubType& type : types_) {
      TRY_ASSIGN(auto fields, reader_.elements(type.fields, "a type's fields"));
      consts_.types.push_back({type.kind, fields});
    }
    TRY(imports());
    TRY(functions());
    TRY(funcRefs());
    TRY(globals());
    TRY(tables());
    TRY(memories());
    TRY(tags());
    TRY(counts());
    TRY(exports());
    TRY(elementSegments());
    TRY(dataSegments());
    TRY(startFunction());
    TRY(libcalls());
    return names();
  }

 private:
  Result<void> identity() const {
    if (module_.magic != abi::kDescriptorMagic) return damaged("magic is {:#x}", module_.magic);
    if (module_.size != sizeof module_)
      return damaged("size is {}, expected {}", module_.size, sizeof module_);
    if (module_.abiHash != note_.abiHash || module_.arch != note_.arch ||
        module_.cpuFeatures[0] != note_.cpu.features[0] ||
        module_.cpuFeatures[1] != note_.cpu.features[1])
      return damaged("it is of another compilation than the note");
    // The segment base is the base of memory 0, so the flag requires one.
    bool hasSegment = module_.arch == abi::Arch::X86_64 && module_.counts.memories != 0;
    uint32_t known = abi::kCountsFuel | (hasSegment ? abi::kNeedsSegmentBase : 0u);
    if ((module_.flags & ~known) != 0) return damaged("unknown flags {:#x}", module_.flags);
    return {};
  }

  // The element type determines the layout of the table, so it must be a reference type.
  Result<void> checkTableType(const abi::TableType& type) const {
    TRY(checkValueType(type.element, types_));
    if (!type.element.isReference()) return damaged("a table's elements are no references");
    uint64_t limit = (type.flags & abi::kIndex64) != 0 ? ~uint64_t{0} : kMaxTable32;
    return checkLimits(type.flags, type.min, type.max, limit);
  }

  Result<void> checkGlobalType(const abi::GlobalType& type) const {
    TRY(checkValueType(type.value, types_));
    if (type.isMutable > 1) return damaged("a global has no valid type");
    return {};
  }

  Result<void> imports() {
    TRY_ASSIGN(auto imports, reader_.elements(module_.imports, "imports"));
    for (const abi::Import& import : imports) {
      TRY(checkString(import.module, "an import's module"));
      TRY(checkString(import.name, "an import's name"));
      TRY(addImport(import));
    }
    importedFunctions_ = functionTypes_.size();
    importedGlobals_ = consts_.globals.size();
    return {};
  }

  // Adds an import to the index space of its kind, of which imports are the first items.
  Result<void> addImport(const abi::Import& import) {
    switch (import.kind) {
      case abi::ExternKind::Function:
        return addFunction(import.typeIndex);
      case abi::ExternKind::Table:
        tableElements_.push_back(import.table.element);
        return checkTableType(import.table);
      case abi::ExternKind::Memory:
        ++memoryCount_;
        return checkMemoryType(import.memory);
      case abi::ExternKind::Global:
        consts_.globals.push_back(import.global.value);
        return checkGlobalType(import.global);
      case abi::ExternKind::Tag:
        return addTag(import.typeIndex);
    }
    return damaged("an import of unknown kind {}", static_cast<int>(import.kind));
  }

  Result<void> addFunction(uint32_t typeIndex) {
    if (!isFunctionType(typeIndex)) return damaged("a function has no type");
    functionTypes_.push_back(typeIndex);
    return {};
  }

  Result<void> addTag(uint32_t typeIndex) {
    if (!isFunctionType(typeIndex)) return damaged("a tag has no type");
    ++tagCount_;
    return {};
  }

  bool isFunctionType(uint32_t typeIndex) const {
    return typeIndex < types_.size() && types_[typeIndex].kind == abi::CompositeKind::Func;
  }

  // The runtime uses these addresses as the entries of functions, so they must be in the code.
  Result<void> functions() {
    TRY_ASSIGN(auto functions, reader_.elements(module_.functions, "functions"));
    functionTypes_.reserve(importedFunctions_ + functions.size());
    for (const abi::Function& function : functions) {
      TRY(addFunction(function.typeIndex));
      if (!reader_.isCode(function.code, function.codeSize) ||
          !reader_.isCodeOrNull(function.fastThunk))
        return damaged("function {} lies outside the code", functionTypes_.size() - 1);
    }
    return {};
  }

  // The host can call every function to which there is a reference, by the entry thunk of its type.
  Result<void> funcRefs() {
    TRY_ASSIGN(auto indices, reader_.elements(module_.funcRefs, "funcRefs"));
    consts_.hasFuncRef.resize(functionTypes_.size());
    for (uint32_t index : indices) {
      if (index >= functionTypes_.size()) return damaged("a reference to no function");
      // The identity of a function reference is its address, so a function has only one.
      if (consts_.hasFuncRef[index]) return damaged("two references of one function");
      if (reader_.hasAddresses() && types_[functionTypes_[index]].entryThunk.isNull())
        return damaged("function {} can be called by the host but has no thunk for it", index);
      consts_.hasFuncRef[index] = true;
    }
    return {};
  }

  Result<void> globals() {
    TRY_ASSIGN(auto globals, reader_.elements(module_.globals, "globals"));
    for (const abi::Global& global : globals) {
      TRY(checkGlobalType(global.type));
      TRY(checkExpr(global.init, global.type.value));
      // Added last, as the expression may read earlier globals, but not the one that it
      // initializes.
      consts_.globals.push_back(global.type.value);
    }
    return {};
  }

  Result<void> tables() {
    TRY_ASSIGN(auto tables, reader_.elements(module_.tables, "tables"));
    for (const abi::Table& table : tables) {
      TRY(checkTableType(table.type));
      if (table.init.count != 0) {
        TRY(checkExpr(table.init, table.type.element));
      } else if (table.type.element.isNullable == 0) {
        return damaged("a table without null has no initial value");
      }
      tableElements_.push_back(table.type.element);
    }
    return {};
  }

  // The memory image is in the file where the note says, whose range has been checked already.
  Result<void> memories() {
    TRY_ASSIGN(auto memories, reader_.elements(module_.memories, "memories"));
    for (const abi::Memory& memory : memories) {
      TRY(checkMemoryType(memory.type));
      TRY(checkImage(memory));
      ++memoryCount_;
    }
    if (!reader_.hasAddresses()) return {};
    bool hasImage = note_.imageSize != 0;
    if (module_.memoryImage.isNull() == hasImage ||
        (hasImage && reader_.targetOf(module_.memoryImage) != note_.imageOffset))
      return damaged("the memory image is not where the note says");
    return {};
  }

  // An image consists of whole pages, so that it can be mapped, and is within the initial memory.
  Result<void> checkImage(const abi::Memory& memory) const {
    if (memory.imageSize == 0) return {};
    const uint64_t page = abi::hostPageSize(note_.arch);
    if (memory.imageOffset % page != 0 || memory.imageAddress % page != 0 ||
        memory.imageSize % page != 0 ||
        !inRange(memory.imageOffset, memory.imageSize, note_.imageSize) ||
        !inRange(memory.imageAddress, memory.imageSize, abi::minBytes(memory.type)))
      return damaged("a memory's image of {:#x} bytes at {:#x} does not fit", memory.imageSize,
                     memory.imageAddress);
    return {};
  }

  Result<void> tags() {
    TRY_ASSIGN(auto tags, reader_.elements(module_.tags, "tags"));
    for (const abi::Tag& tag : tags) TRY(addTag(tag.typeIndex));
    return {};
  }

  // Checks the counts, which determine the layout of the context, against the arrays.
  Result<void> counts() const {
    const abi::ContextCounts& counts = module_.counts;
    if (counts.types != types_.size() || counts.importedFunctions != importedFunctions_ ||
        counts.memories != memoryCount_ || counts.tables != tableElements_.size() ||
        counts.importedGlobals != importedGlobals_ ||
        counts.globals != consts_.globals.size() - importedGlobals_ ||
        counts.funcRefs != module_.funcRefs.count || counts.tags != tagCount_)
      return damaged("its counts disagree with its arrays");
    return {};
  }

  // The host receives an exported function as a reference, so there must be one.
  Result<void> exports() const {
    TRY_ASSIGN(auto exports, reader_.elements(module_.exports, "exports"));
    for (const abi::Export& entry : exports) {
      TRY(checkString(entry.name, "an export's name"));
      if (entry.kind > abi::ExternKind::Tag)
        return damaged("an export of unknown kind {}", static_cast<int>(entry.kind));
      const uint64_t sizes[] = {functionTypes_.size(), tableElements_.size(), memoryCount_,
                                consts_.globals.size(), tagCount_};
      if (entry.index >= sizes[static_cast<int>(entry.kind)])
        return damaged("an export of something that is not there");
      if (entry.kind == abi::ExternKind::Function && !consts_.hasFuncRef[entry.index])
        return damaged("an exported function has no reference");
    }
    return {};
  }

  Result<void> elementSegments() const {
    TRY_ASSIGN(auto segments, reader_.elements(module_.elements, "element segments"));
    for (const abi::ElementSegment& segment : segments) {
      TRY(checkValueType(segment.element, types_));
      if (segment.mode > abi::SegmentMode::Declared || !segment.element.isReference())
        return damaged("an element segment of unknown kind");
      if (segment.mode == abi::SegmentMode::Active) {
        if (!fitsTable(segment)) return damaged("an element segment for no table of its type");
        // Any number: tables with 32-bit indices use the low half.
        TRY(checkExpr(segment.offset, abi::kI64));
      }
      TRY(checkElements(segment));
    }
    return {};
  }

  // Returns whether references of the segment can be elements of its table. A different kind would
  // be a different layout of the elements.
  bool fitsTable(const abi::ElementSegment& segment) const {
    if (segment.table >= tableElements_.size()) return false;
    const abi::ValueType& element = tableElements_[segment.table];
    return element.kind == segment.element.kind && segment.element.isNullable <= element.isNullable;
  }

  // Elements are function indices or expressions, but not both. Functions need a reference.
  Result<void> checkElements(const abi::ElementSegment& segment) const {
    TRY_ASSIGN(auto functions, reader_.elements(segment.functions, "an element segment"));
    TRY_ASSIGN(auto expressions, reader_.elements(segment.expressions, "an element segment"));
    bool isOfFunctions = segment.element.kind == abi::ValueKind::FuncRef;
    if (!functions.empty() && (!expressions.empty() || !isOfFunctions))
      return damaged("an element segment of two kinds");
    for (uint32_t index : functions) {
      if (index >= consts_.hasFuncRef.size() || !consts_.hasFuncRef[index])
        return damaged("an element segment with a function that has no reference");
    }
    for (const abi::ConstExpr& expression : expressions)
      TRY(checkExpr(expression, segment.element));
    return {};
  }

  Result<void> dataSegments() const {
    TRY_ASSIGN(auto segments, reader_.elements(module_.data, "data segments"));
    for (const abi::DataSegment& segment : segments) {
      if (segment.mode > abi::SegmentMode::InImage || segment.mode == abi::SegmentMode::Declared)
        return damaged("a data segment of unknown kind");
      // Active segments and those in an image belong to a memory.
      bool placed = segment.mode != abi::SegmentMode::Passive;
      if (placed && segment.memory >= memoryCount_) return damaged("a data segment for no memory");
      if (segment.mode == abi::SegmentMode::Active) TRY(checkExpr(segment.offset, abi::kI64));
      TRY(reader_.elements(segment.bytes, "a data segment"));
    }
    return {};
  }

  // The runtime calls the start function through its FuncRef, without arguments. funcRefs() has
  // checked that its type has an entry thunk.
  Result<void> startFunction() const {
    uint32_t start = module_.startFunction;
    if (start == abi::kNoFunction) return {};
    if (start >= functionTypes_.size()) return damaged("the start function is not there");
    const abi::SubType& type = types_[functionTypes_[start]];
    if (type.params.count != 0 || type.results.count != 0)
      return damaged("the start function cannot be called");
    if (!consts_.hasFuncRef[start]) return damaged("the start function has no reference");
    return {};
  }

  // The loader writes the addresses to this table.
  Result<void> libcalls() const {
    if (module_.libcalls.isNull()) return {};
    uint64_t address = reader_.targetOf(module_.libcalls);
    const Elf64_Phdr* load = reader_.headers().loadOf(address, kLibcallCount * sizeof(void*));
    if (load == nullptr || (load->p_flags & PF_W) == 0 || address % sizeof(void*) != 0)
      return damaged("its table of library calls lies outside the writable segment");
    return {};
  }

  // The data for backtraces, and the section for dynamic linking. The contents of the offset rows
  // and of the section are not checked: their readers accept any bytes.
  Result<void> names() const {
    TRY(checkString(module_.moduleName, "the module's name"));
    TRY_ASSIGN(auto names, reader_.elements(module_.functionNames, "function names"));
    if (!names.empty() && names.size() != functionTypes_.size())
      return damaged("{} function names for {} functions", names.size(), functionTypes_.size());
    for (const abi::String& name : names) TRY(checkString(name, "a function's name"));
    TRY_ASSIGN(auto rows, reader_.elements(module_.offsetRows, "offset rows"));
    if (!rows.empty() && rows.size() != module_.functions.count)
      return damaged("offset rows of {} functions for {}", rows.size(), module_.functions.count);
    for (const abi::OffsetRows& row : rows) {
      TRY(reader_.elements(row.rows, "offset rows"));
      TRY(reader_.elements(row.inlined, "inlined calls"));
    }
    TRY(reader_.elements(module_.dylink, "the dylink.0 section"));
    return {};
  }

  Result<void> checkString(const abi::String& text, const char* what) const {
    TRY(reader_.elements(text, what));
    return {};
  }

  // Checks an expression, which may read the globals that have been checked so far.
  Result<void> checkExpr(const abi::ConstExpr& expression, const abi::ValueType& expected) const {
    TRY_ASSIGN(auto steps, reader_.elements(expression, "a constant expression"));
    return checkConstExpr(steps, expected, consts_, consts_.globals.size());
  }

  const DescriptorReader& reader_;
  const abi::ModuleDescriptor& module_;
  const abi::ArtifactNote& note_;

  std::span<const abi::SubType> types_;
  std::vector<uint32_t> functionTypes_;  // by function index, imports first
  std::vector<abi::ValueType> tableElements_;
  ConstContext consts_;
  uint64_t memoryCount_ = 0;
  uint64_t tagCount_ = 0;
  size_t importedFunctions_ = 0;
  size_t importedGlobals_ = 0;
};

}  // namespace

Result<void> verifyDescriptor(ByteView file, const ElfHeaders& headers,
                              const abi::ArtifactNote& note, const Variant& variant) {
  const uint64_t at = variant.descriptorOffset;
  const Elf64_Phdr* load = headers.loadOf(at, sizeof(abi::ModuleDescriptor));
  // The image is in the first segment as well. There, file offsets and addresses are equal to
  // offsets in the segment, so that overlaps with the image can be detected.
  if (load != &headers.loads.front()) return damaged("it does not lie in the first segment");
  DescriptorReader reader(headers, file.subspan(load->p_offset, load->p_filesz), load->p_vaddr,
                          note.imageOffset, note.imageSize);
  if (at % alignof(abi::ModuleDescriptor) != 0 ||
      reader.touchesImage(at, sizeof(abi::ModuleDescriptor)))
    return damaged("it lies inside the memory image or is not aligned");
  const auto& module = *reinterpret_cast<const abi::ModuleDescriptor*>(file.data() + at);
  abi::ArtifactNote expected = note;
  expected.cpu = variant.cpu;
  return Verifier(reader, module, expected).run();
}

Result<void> verifyLinkedDescriptor(ByteView region, abi::Arch arch) {
  if (region.size() < sizeof(abi::ModuleDescriptor)) return damaged("it is truncated");
  const auto& module = *reinterpret_cast<const abi::ModuleDescriptor*>(region.data());
  abi::ArtifactNote note{};
  note.abiHash = abi::kAbiHash;
  note.arch = arch;
  note.cpu.features[0] = module.cpuFeatures[0];
  note.cpu.features[1] = module.cpuFeatures[1];
  note.imageSize = uint64_t{1} << 62;  // of any size, since it is elsewhere
  ElfHeaders none{};
  DescriptorReader reader(none, region, 0, 0, 0, Addresses::Unknown);
  return Verifier(reader, module, note).run();
}

}  // namespace loader
