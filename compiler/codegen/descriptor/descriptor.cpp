#include "compiler/codegen/descriptor/descriptor.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/IRBuilder.h>

#include "compiler/codegen/abi/value_type.h"
#include "compiler/codegen/descriptor/blob.h"
#include "compiler/codegen/descriptor/c_functions.h"
#include "compiler/codegen/descriptor/constant_data.h"
#include "compiler/codegen/descriptor/note.h"
#include "compiler/codegen/plan/const_expr.h"
#include "compiler/codegen/plan/memory_image.h"
#include "compiler/codegen/translate/builder/constant_table_globals.h"
#include "compiler/codegen/translate/thunks.h"
#include "runtime/abi/abi_hash.h"

namespace codegen {
namespace {

using llvm::Constant;
using llvm::GlobalVariable;

// Returns the abi::LimitFlags that the limits alone determine; kHeadroom and kChecked depend on the
// code.
uint32_t limitFlags(const wasm::Limits& limits) {
  return (limits.max ? abi::kHasMax : 0u) | (limits.isShared ? abi::kShared : 0u) |
         (limits.is64 ? abi::kIndex64 : 0u);
}

// A memory whose accesses are all checked is marked, since the runtime may then reserve less
// address space for it.
abi::MemoryType memoryType(const wasm::MemoryType& type, const Options& options) {
  uint32_t checked = options.bounds == Bounds::Explicit ? abi::kChecked : 0u;
  return {limitFlags(type.limits) | checked, type.pageSizeLog2, type.limits.min,
          type.limits.max.value_or(0)};
}

// Writes one descriptor; there is a member function for each of its arrays. All offsets named `at`
// are offsets in blob_ of the element that is being completed.
class DescriptorWriter {
 public:
  DescriptorWriter(ModuleBuilder& module, std::span<const FunctionInfo> functions)
      : module_(module),
        source_(module.source()),
        plan_(module.plan()),
        infos_(functions),
        thunks_(module),
        image_(buildMemoryImage(source_, module.target().pageSize())) {}

  void write();

 private:
  using Root = abi::ModuleDescriptor;

  void writeHeader();
  void writeTypes();
  void writeFuncType(uint32_t at, uint32_t typeIndex);
  void writeThunks(uint32_t types);
  void writeFields(uint32_t at, std::span<const wasm::FieldType> source);
  void writeImports();
  void writeFunctions();
  void writeTables();
  void writeMemories();
  void writeGlobals();
  void writeTags();
  void writeExports();
  void writeElements();
  void writeData();
  void writeNames();
  void writeOffsetRows();
  void writeDylink();
  void writeConstExpr(uint32_t field, wasm::CodeRange range);
  abi::Import importOf(const wasm::Import& item) const;
  abi::ValueType valueType(wasm::ValueType type) const;
  abi::TableType tableType(const wasm::TableType& type) const;
  abi::GlobalType globalType(const wasm::GlobalType& type) const;

  GlobalVariable* emitBlob();
  GlobalVariable* image();
  void emitLinkedModule(GlobalVariable* descriptor);
  Constant* nextVariant();
  void emitPersonality();

  ModuleBuilder& module_;
  const wasm::Module& source_;
  const ModulePlan& plan_;
  std::span<const FunctionInfo> infos_;
  ThunkEmitter thunks_;
  MemoryImage image_;
  Blob blob_;
};

// All arrays are laid out in blob_, which becomes one global variable. Each function first places
// an array of incomplete elements: their references are relative to their own offset, which is
// known only then. emitBlob comes last, since it needs the size and all fixups.
void DescriptorWriter::write() {
  blob_.place<Root>(1);
  writeHeader();
  writeTypes();
  writeImports();
  writeFunctions();
  writeTables();
  writeMemories();
  writeGlobals();
  writeTags();
  writeExports();
  writeElements();
  writeData();
  writeNames();
  writeOffsetRows();
  writeDylink();
  GlobalVariable* descriptor = emitBlob();
  if (module_.options().isLinked()) {
    emitLinkedModule(descriptor);
    if (plan_.usesExceptions()) emitPersonality();
  }
  emitNote(module_, descriptor);
}

void DescriptorWriter::writeHeader() {
  Root root{};
  root.magic = abi::kDescriptorMagic;
  root.abiHash = abi::kAbiHash;
  root.arch = module_.target().arch();
  root.size = sizeof(Root);
  root.cpuFeatures[0] = module_.target().cpuFeatureBits()[0];
  root.cpuFeatures[1] = module_.target().cpuFeatureBits()[1];
  root.counts = plan_.counts();
  root.flags = (module_.needsSegmentBase() ? abi::kNeedsSegmentBase : 0) |
               (module_.options().countsFuel ? abi::kCountsFuel : 0);
  root.startFunction = source_.start.value_or(abi::kNoFunction);
  blob_.write(0, root);
  blob_.addArray(offsetof(Root, funcRefs), std::span<const uint32_t>(plan_.funcRefs()));
  if (!module_.options().isLinked()) blob_.addFixup(offsetof(Root, libcalls), thunks_.libcalls());
}

abi::ValueType DescriptorWriter::valueType(wasm::ValueType type) const {
  return codegen::valueType(source_, type);
}

abi::TableType DescriptorWriter::tableType(const wasm::TableType& type) const {
  return {valueType(type.element), limitFlags(type.limits), 0, type.limits.min,
          type.limits.max.value_or(0)};
}

abi::GlobalType DescriptorWriter::globalType(const wasm::GlobalType& type) const {
  return {valueType(type.value), type.isMutable, {}};
}

// Types are numbered as in the module. The runtime maps them to canonical ids (type_registry.h), so
// equal types need not be merged here.
void DescriptorWriter::writeTypes() {
  std::vector<abi::SubType> types;
  for (const wasm::SubType& type : source_.types) {
    types.push_back({.kind = static_cast<abi::CompositeKind>(type.kind),
                     .isFinal = type.isFinal,
                     .reserved = {},
                     .supertype = type.supertype.value_or(abi::kNoType),
                     .group = type.group,
                     .groupSize = type.groupSize,
                     .params = {},
                     .results = {},
                     .fields = {},
                     .entryThunk = {0},
                     .hostThunk = {0},
                     .crossInstanceThunk = {0}});
  }
  uint32_t at = blob_.addArray(offsetof(Root, types), std::span<const abi::SubType>(types));
  for (uint32_t i = 0; i < types.size(); ++i, at += sizeof(abi::SubType)) {
    if (types[i].kind == abi::CompositeKind::Func) {
      writeFuncType(at, i);
    } else {
      writeFields(at, source_.types[i].fields);
    }
  }
  writeThunks(at - types.size() * sizeof(abi::SubType));
}

// Emits thunks only for the types that need them, since each thunk costs compile time and space.
// The host can call only functions that have a FuncRef; a host function can only be bound to an
// import; and a cross-instance thunk is needed for imports and for calls through references, for
// which emitters have declared it. `types` is the offset of the array of types.
void DescriptorWriter::writeThunks(uint32_t types) {
  std::vector<bool> isReferenced(source_.types.size());
  for (uint32_t index : plan_.funcRefs()) isReferenced[source_.functions[index].typeIndex] = true;
  std::vector<bool> isImported(source_.types.size());
  for (uint32_t i = 0; i < source_.importedFunctions; ++i) {
    uint32_t typeIndex = source_.functions[i].typeIndex;
    isImported[typeIndex] = true;
    if (module_.target().hasSegmentBase()) module_.crossInstanceThunk(typeIndex);
  }
  auto add = [&](uint32_t typeIndex, uint32_t field, llvm::Function* thunk) {
    blob_.addFixup(types + typeIndex * sizeof(abi::SubType) + field, thunk);
  };
  for (uint32_t i = 0; i < source_.types.size(); ++i) {
    const wasm::FuncType& type = source_.types[i].func;
    if (isReferenced[i]) add(i, offsetof(abi::SubType, entryThunk), thunks_.entryThunk(type, i));
    if (isImported[i]) add(i, offsetof(abi::SubType, hostThunk), thunks_.hostThunk(type, i));
  }
  for (uint32_t i : module_.crossInstanceTypes()) {
    const wasm::FuncType& type = source_.types[i].func;
    add(i, offsetof(abi::SubType, crossInstanceThunk), thunks_.crossInstanceThunk(type, i));
  }
}

void DescriptorWriter::writeFuncType(uint32_t at, uint32_t typeIndex) {
  const wasm::FuncType& type = source_.types[typeIndex].func;
  auto addTypes = [&](uint32_t field, const wasm::ValueTypes& values) {
    std::vector<abi::ValueType> types;
    for (wasm::ValueType value : values) types.push_back(valueType(value));
    blob_.addArray(field, std::span<const abi::ValueType>(types));
  };
  addTypes(at + offsetof(abi::SubType, params), type.params);
  addTypes(at + offsetof(abi::SubType, results), type.results);
}

void DescriptorWriter::writeFields(uint32_t at, std::span<const wasm::FieldType> source) {
  std::vector<abi::FieldType> fields;
  for (const wasm::FieldType& field : source) {
    fields.push_back(
        {valueType(field.type), static_cast<abi::PackedKind>(field.packed), field.isMutable, {}});
  }
  blob_.addArray(at + offsetof(abi::SubType, fields), std::span<const abi::FieldType>(fields));
}

// Imports refer to types of the module, which instantiation matches against those of the
// definitions that are supplied ("Import Matching" in the specification).
abi::Import DescriptorWriter::importOf(const wasm::Import& item) const {
  abi::Import import{};
  import.kind = static_cast<abi::ExternKind>(item.kind);
  switch (item.kind) {
    case wasm::ExternKind::Function:
      import.typeIndex = source_.functions[item.index].typeIndex;
      break;
    case wasm::ExternKind::Table:
      import.table = tableType(source_.tables[item.index].type);
      break;
    case wasm::ExternKind::Memory:
      import.memory = memoryType(source_.memories[item.index].type, module_.options());
      if (module_.reliesOnHeadroom()) import.memory.flags |= abi::kHeadroom;
      break;
    case wasm::ExternKind::Global:
      import.global = globalType(source_.globals[item.index].type);
      break;
    case wasm::ExternKind::Tag:
      import.typeIndex = source_.tags[item.index].typeIndex;
      break;
  }
  return import;
}

void DescriptorWriter::writeImports() {
  std::vector<abi::Import> imports;
  for (const wasm::Import& item : source_.imports) imports.push_back(importOf(item));
  uint32_t at = blob_.addArray(offsetof(Root, imports), std::span<const abi::Import>(imports));
  for (const wasm::Import& item : source_.imports) {
    blob_.addString(at + offsetof(abi::Import, module), item.module);
    blob_.addString(at + offsetof(abi::Import, name), item.name);
    at += sizeof(abi::Import);
  }
}

// The code of a function that makes tail calls is its tail entry. If such a function can be called
// from outside of the module, that is, if it has a FuncRef, it needs a fast entry as well.
void DescriptorWriter::writeFunctions() {
  std::vector<abi::Function> functions;
  for (uint32_t i = source_.importedFunctions; i < source_.functions.size(); ++i) {
    uint32_t own = i - source_.importedFunctions;
    uint32_t size = infos_.empty() ? 0 : infos_[own].codeSize;
    functions.push_back({{0}, {0}, size, source_.functions[i].typeIndex});
  }
  uint32_t at =
      blob_.addArray(offsetof(Root, functions), std::span<const abi::Function>(functions));
  for (uint32_t i = source_.importedFunctions; i < source_.functions.size(); ++i) {
    blob_.addFixup(at + offsetof(abi::Function, code), module_.function(i));
    if (plan_.makesTailCalls(i) && plan_.funcRefSlot(i)) {
      blob_.addFixup(at + offsetof(abi::Function, fastThunk), thunks_.fastThunk(i));
    }
    at += sizeof(abi::Function);
  }
}

void DescriptorWriter::writeConstExpr(uint32_t field, wasm::CodeRange range) {
  std::vector<abi::ConstStep> steps = constSteps(source_, range);
  blob_.addArray(field, std::span<const abi::ConstStep>(steps));
}

void DescriptorWriter::writeTables() {
  std::vector<abi::Table> tables;
  for (uint32_t i = source_.importedTables; i < source_.tables.size(); ++i) {
    tables.push_back({tableType(source_.tables[i].type), {}});
  }
  uint32_t at = blob_.addArray(offsetof(Root, tables), std::span<const abi::Table>(tables));
  for (uint32_t i = source_.importedTables; i < source_.tables.size(); ++i) {
    writeConstExpr(at + offsetof(abi::Table, init), source_.tables[i].init);
    at += sizeof(abi::Table);
  }
}

// The images of all memories are one global variable, which is left out if there are none. It is
// aligned to the page size, so that the runtime can map it.
void DescriptorWriter::writeMemories() {
  std::vector<abi::Memory> memories;
  for (uint32_t i = source_.importedMemories; i < source_.memories.size(); ++i) {
    const MemoryImage::Run& run = image_.runs[i - source_.importedMemories];
    memories.push_back({memoryType(source_.memories[i].type, module_.options()), run.offset,
                        run.address, run.size});
  }
  blob_.addArray(offsetof(Root, memories), std::span<const abi::Memory>(memories));
  if (!image_.bytes.empty()) blob_.addFixup(offsetof(Root, memoryImage), image());
}

// Returns the image. A further variant of the module refers to that of the first.
GlobalVariable* DescriptorWriter::image() {
  constexpr const char* kName = "wasm2obj.image";
  if (!module_.options().isFurtherVariant)
    return defineBytes(module_.module(), image_.bytes,
                       {kName, ".wasm2obj.image", module_.target().pageSize()});
  auto* type = llvm::Type::getInt8Ty(module_.context());
  auto* global = new GlobalVariable(module_.module(), type, true,
                                    llvm::GlobalValue::ExternalLinkage, nullptr, kName);
  global->setVisibility(llvm::GlobalValue::HiddenVisibility);
  return global;
}

void DescriptorWriter::writeGlobals() {
  std::vector<abi::Global> globals;
  for (uint32_t i = source_.importedGlobals; i < source_.globals.size(); ++i) {
    globals.push_back({globalType(source_.globals[i].type), {}});
  }
  uint32_t at = blob_.addArray(offsetof(Root, globals), std::span<const abi::Global>(globals));
  for (uint32_t i = source_.importedGlobals; i < source_.globals.size(); ++i) {
    writeConstExpr(at + offsetof(abi::Global, init), source_.globals[i].init);
    at += sizeof(abi::Global);
  }
}

void DescriptorWriter::writeTags() {
  std::vector<abi::Tag> tags;
  for (uint32_t i = source_.importedTags; i < source_.tags.size(); ++i) {
    tags.push_back({source_.tags[i].typeIndex});
  }
  blob_.addArray(offsetof(Root, tags), std::span<const abi::Tag>(tags));
}

void DescriptorWriter::writeExports() {
  std::vector<abi::Export> exports;
  for (const wasm::Export& item : source_.exports) {
    exports.push_back({{}, static_cast<abi::ExternKind>(item.kind), {}, item.index});
  }
  uint32_t at = blob_.addArray(offsetof(Root, exports), std::span<const abi::Export>(exports));
  for (const wasm::Export& item : source_.exports) {
    blob_.addString(at + offsetof(abi::Export, name), item.name);
    at += sizeof(abi::Export);
  }
}

// Elements are either function indices or expressions; one of the two arrays is empty.
void DescriptorWriter::writeElements() {
  std::vector<abi::ElementSegment> segments;
  for (const wasm::ElementSegment& item : source_.elements) {
    segments.push_back({.mode = static_cast<abi::SegmentMode>(item.mode),
                        .reserved = {},
                        .table = item.table,
                        .element = valueType(item.type),
                        .offset = {},
                        .functions = {},
                        .expressions = {}});
  }
  uint32_t at =
      blob_.addArray(offsetof(Root, elements), std::span<const abi::ElementSegment>(segments));
  for (const wasm::ElementSegment& item : source_.elements) {
    writeConstExpr(at + offsetof(abi::ElementSegment, offset), item.tableOffset);
    blob_.addArray(at + offsetof(abi::ElementSegment, functions),
                   std::span<const uint32_t>(item.functions));
    std::vector<abi::ConstExpr> expressions(item.expressions.size());
    uint32_t expression = blob_.addArray(at + offsetof(abi::ElementSegment, expressions),
                                         std::span<const abi::ConstExpr>(expressions));
    for (wasm::CodeRange range : item.expressions) {
      writeConstExpr(expression, range);
      expression += sizeof(abi::ConstExpr);
    }
    at += sizeof(abi::ElementSegment);
  }
}

// A segment in the memory image keeps its index, which memory.init and data.drop use, but has no
// contents: an active segment is dropped after instantiation, so its bytes are never read.
void DescriptorWriter::writeData() {
  std::vector<abi::DataSegment> segments;
  for (size_t i = 0; i < source_.data.size(); ++i) {
    const wasm::DataSegment& item = source_.data[i];
    abi::SegmentMode mode = image_.isSegmentIn[i] ? abi::SegmentMode::InImage
                                                  : static_cast<abi::SegmentMode>(item.mode);
    segments.push_back({mode, {}, item.memory, {}, {}});
  }
  uint32_t at = blob_.addArray(offsetof(Root, data), std::span<const abi::DataSegment>(segments));
  for (size_t i = 0; i < source_.data.size(); ++i, at += sizeof(abi::DataSegment)) {
    if (image_.isSegmentIn[i]) continue;
    writeConstExpr(at + offsetof(abi::DataSegment, offset), source_.data[i].memoryOffset);
    blob_.addArray(at + offsetof(abi::DataSegment, bytes),
                   std::span<const uint8_t>(source_.data[i].bytes));
  }
}

// Names are in UTF-8 and exactly those of the module, unlike symbols. A function without a name has
// an empty string.
void DescriptorWriter::writeNames() {
  blob_.addString(offsetof(Root, moduleName), source_.names.module);
  std::vector<abi::String> names(source_.functions.size());
  uint32_t at = blob_.addArray(offsetof(Root, functionNames), std::span<const abi::String>(names));
  for (uint32_t i = 0; i < names.size(); ++i, at += sizeof(abi::String)) {
    blob_.addString(at, plan_.displayName(i));
  }
}

// The section is copied as it is: what is wrong in it is an error of those who link the module.
void DescriptorWriter::writeDylink() {
  auto found = std::ranges::find(source_.customs, "dylink.0", &wasm::CustomSection::name);
  if (found == source_.customs.end()) return;
  blob_.addArray(offsetof(Root, dylink), std::span<const uint8_t>(found->bytes));
}

// Without code there are no infos, and the array is empty instead of parallel to the functions.
void DescriptorWriter::writeOffsetRows() {
  std::vector<abi::OffsetRows> rows(infos_.size());
  for (size_t i = 0; i < infos_.size(); ++i) rows[i].wasmOffset = infos_[i].wasmOffset;
  uint32_t at = blob_.addArray(offsetof(Root, offsetRows), std::span<const abi::OffsetRows>(rows));
  for (const FunctionInfo& info : infos_) {
    blob_.addArray(at + offsetof(abi::OffsetRows, rows), std::span<const uint8_t>(info.rows));
    blob_.addArray(at + offsetof(abi::OffsetRows, inlined),
                   std::span<const abi::InlinedCall>(info.inlined));
    at += sizeof(abi::OffsetRows);
  }
}

// The symbol of the first variant is exported for the loader. It is protected, so that references
// to it inside of the artifact cannot be preempted.
GlobalVariable* DescriptorWriter::emitBlob() {
  GlobalVariable* global = defineBlob(
      module_.module(), blob_, {abi::kDescriptorSymbol, ".wasm2obj.descriptor", alignof(Root)});
  const Options& options = module_.options();
  bool isExported = !options.isLinked() && !options.isFurtherVariant;
  if (isExported) global->setVisibility(llvm::GlobalValue::ProtectedVisibility);
  return global;
}

// The symbols of the code's begin and end are defined by the linker.
void DescriptorWriter::emitLinkedModule(GlobalVariable* descriptor) {
  auto bound = [&](const char* prefix) {
    auto* global = new GlobalVariable(module_.module(), llvm::Type::getInt8Ty(module_.context()),
                                      true, GlobalVariable::ExternalLinkage, nullptr,
                                      prefix + module_.options().linkedCodeSection());
    global->setVisibility(llvm::GlobalValue::HiddenVisibility);
    return global;
  };
  llvm::Type* int64 = llvm::Type::getInt64Ty(module_.context());
  Constant* imports = llvm::ConstantPointerNull::get(llvm::PointerType::get(module_.context(), 0));
  uint64_t importCount = 0;
  uint64_t interfaceHash = 0;
  if (const c_interface::Options& c = module_.options().c; !c.name.empty()) {
    // The driver has reported errors.
    c_interface::Interface interface = c_interface::interfaceOf(source_, c).value();
    imports = emitCFunctions(module_, interface);
    importCount = interface.importCount();
    interfaceHash = c_interface::hashOf(interface, source_);
  }
  Constant* members[] = {descriptor,
                         bound("__start_"),
                         bound("__stop_"),
                         imports,
                         llvm::ConstantInt::get(int64, importCount),
                         llvm::ConstantInt::get(int64, interfaceHash),
                         nextVariant()};
  Constant* value = llvm::ConstantStruct::getAnon(members);
  new GlobalVariable(module_.module(), value->getType(), true, GlobalVariable::ExternalLinkage,
                     value, module_.options().linkedSymbol);
}

// Returns the pointer to the LinkedModule of the next variant, or null.
Constant* DescriptorWriter::nextVariant() {
  const std::string& symbol = module_.options().nextVariantSymbol;
  if (symbol.empty())
    return llvm::ConstantPointerNull::get(llvm::PointerType::get(module_.context(), 0));
  return new GlobalVariable(module_.module(), llvm::Type::getInt8Ty(module_.context()), true,
                            GlobalVariable::ExternalLinkage, nullptr, symbol);
}

// Unwinders of the host that meet a frame of the guest go on to the next one.
void DescriptorWriter::emitPersonality() {
  constexpr uint32_t kContinueUnwind = 8;  // _URC_CONTINUE_UNWIND
  llvm::Function* function = module_.personality();
  function->setSection(".text");
  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(module_.context(), "entry", function));
  builder.CreateRet(builder.getInt32(kContinueUnwind));
}

}  // namespace

void emitDescriptor(ModuleBuilder& module, std::span<const FunctionInfo> functions) {
  DescriptorWriter(module, functions).write();
  defineConstantTables(module);
}

}  // namespace codegen
