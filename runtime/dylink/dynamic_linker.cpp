#include "runtime/dylink/dynamic_linker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "runtime/instantiate/instantiate.h"

namespace runtime {
namespace {

using base::Error;
using base::Result;

constexpr char kEnv[] = "env";
constexpr char kDataAddresses[] = "GOT.mem";
constexpr char kFunctionIndices[] = "GOT.func";
constexpr char kMemory[] = "memory";
constexpr char kTable[] = "__indirect_function_table";
constexpr char kStackPointer[] = "__stack_pointer";
constexpr char kMemoryBase[] = "__memory_base";
constexpr char kTableBase[] = "__table_base";

// The stack of a program that imports its stack pointer.
constexpr uint64_t kStackBytes = uint64_t{1} << 20;
constexpr uint64_t kStackAlignment = 16;
// Where data begins in a memory with room for that: below are addresses near null.
constexpr uint64_t kFirstData = 1024;
constexpr uint64_t kMaxAddress = UINT32_MAX;

constexpr abi::GlobalType kConstant = {abi::kI32, 0, {}};
constexpr abi::GlobalType kVariable = {abi::kI32, 1, {}};

uint64_t roundUp(uint64_t value, uint64_t alignment) {
  return (value + alignment - 1) / alignment * alignment;
}

bool imports(const Module& module, std::string_view name) {
  return std::ranges::any_of(module.descriptor().imports, [&](const abi::Import& import) {
    return toView(import.module) == kEnv && toView(import.name) == name;
  });
}

// What calls of a function without a definition run: of one whose symbol is weak, or by a start
// function, which runs before other modules are there. wasm-ld's start functions make no such
// calls.
void trapUndefined(HostFuncInstance& function, abi::Slot*) {
  requestTrap(function, std::string("call of a function that is undefined or not linked yet"));
}

Error ofLibrary(const std::string& name, const Error& error) {
  return {"", name.empty() ? error.text() : fmt::format("library {}: {}", name, error.text())};
}

// Traps have the names of their functions.
Failure ofLibrary(const std::string& name, Failure failure) {
  return failure.isTrap() ? failure : Failure(ofLibrary(name, failure.error()));
}

Error undefined(const abi::Import& import, const Module& module) {
  return {"", fmt::format("unknown import {}.{} ({})", toView(import.module), toView(import.name),
                          describe(module, import))};
}

// Symbols of an allocator in a position-independent library: the heap begins behind all data.
bool isHeapBound(std::string_view name) { return name == "__heap_base" || name == "__heap_end"; }

Expected<void, Failure> callIfExported(const Instance& instance, std::string_view name) {
  if (std::optional<Func> function = instance.function(name)) TRY(function->call({}));
  return {};
}

}  // namespace

void DynamicLinker::add(std::string name, std::shared_ptr<const Module> library) {
  units_.emplace_back();
  units_.back().name = std::move(name);
  units_.back().module = std::move(library);
}

Expected<Instance*, Failure> DynamicLinker::link(std::shared_ptr<const Module> program) {
  isLinking_ = true;
  units_.front().module = std::move(program);
  for (Unit& unit : units_) TRY(prepare(unit));
  for (Unit& unit : units_) TRY(order(unit));
  Unit& main = units_.front();
  TRY(placeProgram(main));
  TRY(instantiate(main));
  TRY(adoptProgram());
  for (Unit* library : ordered_) {
    TRY(placeLibrary(*library));
    TRY(instantiate(*library));
  }
  for (Unit& unit : units_) TRY(bindFunctions(unit));
  refreshTable();
  for (const Address& address : addresses_) TRY(fillAddress(address));
  for (Unit& unit : units_) TRY(applyRelocations(unit));
  isLinking_ = false;
  // Constructors may open more libraries.
  std::vector<Unit*> libraries = ordered_;
  for (Unit* library : libraries) TRY(construct(*library));
  return main.instance;
}

Expected<void, Failure> DynamicLinker::applyRelocations(const Unit& unit) {
  return callIfExported(*unit.instance, "__wasm_apply_data_relocs");
}

Expected<void, Failure> DynamicLinker::construct(const Unit& library) {
  bool isReactor = library.instance->function("_initialize").has_value();
  return callIfExported(*library.instance, isReactor ? "_initialize" : "__wasm_call_ctors");
}

Result<void> DynamicLinker::prepare(Unit& unit) {
  const abi::ModuleDescriptor& module = unit.module->descriptor();
  auto section = readDylinkSection({module.dylink.begin(), module.dylink.count});
  if (!section) return ofLibrary(unit.name, section.error());
  unit.section = *std::move(section);
  return {};
}

// Libraries may need each other, so that one of them comes before what it needs.
Result<void> DynamicLinker::order(Unit& unit) {
  if (unit.isOrdered) return {};
  unit.isOrdered = true;
  const Unit& main = units_.front();
  for (std::string_view needed : unit.section.needed) {
    auto found = std::ranges::find(units_, needed, &Unit::name);
    if (found == units_.end())
      return ofLibrary(unit.name,
                       {"", fmt::format("needs the library {}, which is not {}", needed,
                                        main.instance == nullptr ? "preloaded" : "granted")});
    TRY(order(*found));
  }
  if (&unit != &units_.front()) ordered_.push_back(&unit);
  return {};
}

// Makes what the program imports and would export otherwise, unless another module has it.
Result<void> DynamicLinker::provide(const abi::Import& import) {
  const DylinkSection& section = units_.front().section;
  std::string_view name = toView(import.name);
  if (std::optional<Extern> given = linker_.find(kEnv, name)) {
    if (auto* memory = std::get_if<Memory*>(&*given); memory != nullptr && name == kMemory)
      memory_ = *memory;
    if (auto* table = std::get_if<Table*>(&*given); table != nullptr && name == kTable)
      table_ = *table;
    return {};
  }
  if (name == kMemory && import.kind == abi::ExternKind::Memory) {
    abi::MemoryType type = import.memory;
    type.flags &= ~(abi::kHeadroom | abi::kChecked);
    uint64_t bytes = units_.front().memoryBase + uint64_t{section.memorySize};
    type.min = std::max(type.min, roundUp(bytes, 1u << type.pageSizeLog2) >> type.pageSizeLog2);
    TRY_ASSIGN(memory_, store_.createMemory(type));
    linker_.define(kEnv, kMemory, memory_);
  } else if (name == kTable && import.kind == abi::ExternKind::Table) {
    abi::TableType type = units_.front().module->canonical(import.table);
    uint64_t elements = units_.front().tableBase + uint64_t{section.tableSize};
    type.min = std::max(type.min, elements);
    TRY_ASSIGN(table_, store_.createTable(type, {type.element.kind, {}}));
    linker_.define(kEnv, kTable, table_);
  } else if (name == kStackPointer && import.kind == abi::ExternKind::Global) {
    TRY_ASSIGN(stackPointer_, store_.createGlobal(kVariable, Value::i32(0)));
    linker_.define(kEnv, kStackPointer, stackPointer_);
  }
  return {};
}

// A position-independent program begins at an address that is not null. A memory of its own may
// have room for its data only; then it begins at 0.
Result<void> DynamicLinker::placeProgram(Unit& unit) {
  const abi::ModuleDescriptor& module = unit.module->descriptor();
  ownsHeap_ = !imports(*unit.module, kMemoryBase);
  uint64_t room = kFirstData;
  if (module.memories.count != 0) {
    const abi::MemoryType& type = module.memories[0].type;
    uint64_t bytes = type.min << type.pageSizeLog2;
    room = std::min(room, bytes - std::min<uint64_t>(bytes, unit.section.memorySize));
  }
  uint32_t alignment = unit.section.memoryAlignment;
  unit.memoryBase = ownsHeap_ ? 0 : static_cast<uint32_t>(room / alignment * alignment);
  unit.tableBase = unit.section.tableAlignment;  // the null pointer is element 0
  for (const abi::Import& import : module.imports)
    if (toView(import.module) == kEnv) TRY(provide(import));
  return {};
}

Expected<void, Failure> DynamicLinker::placeLibrary(Unit& unit) {
  const DylinkSection& section = unit.section;
  if (section.memorySize != 0) {
    auto base = allocate(section);
    if (!base) return ofLibrary(unit.name, std::move(base).error());
    unit.memoryBase = *base;
  }
  if (section.tableSize != 0) {
    auto base = growTable(section.tableSize, section.tableAlignment);
    if (!base) return ofLibrary(unit.name, base.error());
    unit.tableBase = *base;
  }
  return {};
}

// An allocator in a program that is not position-independent takes all memory behind the program's
// data for its own, also what was added before its first call. So only it can give some away.
Expected<uint32_t, Failure> DynamicLinker::allocate(const DylinkSection& section) {
  if (memory_ == nullptr) return Error{"", "needs memory, and the program exports none"};
  if (!ownsHeap_) {
    TRY_ASSIGN(uint32_t at, growMemory(section.memorySize, section.memoryAlignment));
    return at;
  }
  std::optional<Func> allocator = units_.front().instance->function("malloc");
  if (!allocator)
    return Error{"",
                 "needs memory, and the program exports no malloc: link it with "
                 "--export=malloc"};
  return allocateByGuest(section, *allocator);
}

Expected<uint32_t, Failure> DynamicLinker::allocateByGuest(const DylinkSection& section,
                                                           const Func& allocator) {
  uint64_t size = section.memorySize + (uint64_t{section.memoryAlignment} - 1);
  if (size > kMaxAddress) return Error{"", "needs more memory than there are addresses"};
  auto results = allocator.call({Value::i32(static_cast<uint32_t>(size))});
  if (!results) return std::move(results).error();
  if (results->size() != 1 || results->front().kind != abi::ValueKind::I32)
    return Error{"malloc", "has another type than [i32] -> [i32]"};
  uint64_t at = results->front().slot.i32;
  if (at == 0 || at + size > memory_->byteSize())
    return Error{"malloc", fmt::format("has no {} bytes for a library", size)};
  at = roundUp(at, section.memoryAlignment);
  std::memset(memory_->base() + at, 0, section.memorySize);
  return static_cast<uint32_t>(at);
}

// Returns the address of `size` new bytes.
Result<uint32_t> DynamicLinker::growMemory(uint64_t size, uint64_t alignment) {
  uint64_t at = roundUp(memory_->byteSize(), alignment);
  uint32_t pageSizeLog2 = memory_->type().pageSizeLog2;
  uint64_t added = at + size - memory_->byteSize();
  uint64_t pages = roundUp(added, uint64_t{1} << pageSizeLog2) >> pageSizeLog2;
  if (at + size > kMaxAddress || !memory_->grow(pages))
    return Error{"", fmt::format("the memory cannot grow by {} bytes", added)};
  return static_cast<uint32_t>(at);
}

// Returns the index of `size` new elements.
Result<uint32_t> DynamicLinker::growTable(uint64_t size, uint64_t alignment) {
  if (table_ == nullptr || table_->type().element.kind != abi::ValueKind::FuncRef)
    return Error{"",
                 "needs a table, and the program exports no __indirect_function_table of "
                 "funcref: link it with --export-table"};
  // Element 0 is the null pointer.
  uint64_t at = roundUp(std::max<uint64_t>(table_->size(), 1), alignment);
  if (at + size > kMaxAddress || !table_->grow(at + size - table_->size(), nullptr))
    return Error{"", fmt::format("the table cannot grow by {} elements: link the program with "
                                 "--growable-table",
                                 size)};
  return static_cast<uint32_t>(at);
}

Expected<void, Failure> DynamicLinker::instantiate(Unit& unit) {
  TRY(defineImports(unit));
  auto instance = linker_.instantiate(store_, unit.module);
  if (!instance) return ofLibrary(unit.name, std::move(instance).error());
  unit.instance = *instance;
  adoptExports(unit);
  return {};
}

// What this does not define is an unknown import, or the linker has it.
Result<void> DynamicLinker::defineImports(Unit& unit) {
  TRY(defineConstant(kMemoryBase, unit.memoryBase));
  TRY(defineConstant(kTableBase, unit.tableBase));
  const auto& rows = unit.module->descriptor().imports;
  for (uint32_t i = 0; i < rows.count; ++i) {
    const abi::Import& import = rows[i];
    std::string_view from = toView(import.module);
    if (import.kind == abi::ExternKind::Global &&
        (from == kDataAddresses || from == kFunctionIndices))
      TRY(addAddress(unit, import));
    if (from == kEnv && import.kind == abi::ExternKind::Function) addStandIn(unit, i);
    // The tags of C++ exceptions and of longjmp are imports of all modules that use them.
    if (from == kEnv && import.kind == abi::ExternKind::Tag &&
        !linker_.find(from, toView(import.name))) {
      Tag* tag = store_.createTag(canonicalType(unit.module->typeId(import.typeIndex)).func);
      linker_.define(from, toView(import.name), tag);
      madeTags_.emplace_back(toView(import.name), tag);
    }
  }
  return {};
}

Result<void> DynamicLinker::defineConstant(const char* name, uint32_t value) {
  TRY_ASSIGN(Global * constant, store_.createGlobal(kConstant, Value::i32(value)));
  linker_.define(kEnv, name, constant);
  return {};
}

Result<void> DynamicLinker::addAddress(const Unit& unit, const abi::Import& import) {
  std::string_view from = toView(import.module);
  std::string_view name = toView(import.name);
  TRY_ASSIGN(Global * variable, store_.createGlobal(kVariable, Value::i32(0)));
  linker_.define(from, name, variable);
  addresses_.push_back({&unit, name, from == kFunctionIndices, variable});
  return {};
}

// Binds a function that no module has defined so far to a stand-in, until all are instantiated.
void DynamicLinker::addStandIn(Unit& unit, uint32_t import) {
  const abi::Import& row = unit.module->descriptor().imports[import];
  std::string_view name = toView(row.name);
  auto found = symbols_.find(name);
  bool hasStandIn = found != symbols_.end() && found->second.hasStandIn;
  if (!hasStandIn && linker_.find(kEnv, name)) return;
  if (!hasStandIn) {
    const FuncType& type = canonicalType(unit.module->typeId(row.typeIndex)).func;
    linker_.define(kEnv, name, store_.createFunction(type, trapUndefined, nullptr));
    symbols_[std::string(name)].hasStandIn = true;
  }
  unit.open.push_back(import);
}

Result<void> DynamicLinker::adoptProgram() {
  const Instance& program = *units_.front().instance;
  if (memory_ == nullptr) memory_ = program.memory(kMemory);
  if (table_ == nullptr) table_ = program.table(kTable);
  if (memory_ != nullptr) linker_.define(kEnv, kMemory, memory_);
  if (table_ != nullptr) linker_.define(kEnv, kTable, table_);
  if (Global* pointer = program.global(kStackPointer)) linker_.define(kEnv, kStackPointer, pointer);
  if (stackPointer_ == nullptr) return {};
  if (memory_ == nullptr) return Error{"", "has a stack, but no memory for it"};
  TRY_ASSIGN(uint32_t stack, growMemory(kStackBytes, kStackAlignment));
  return stackPointer_->set(Value::i32(stack + static_cast<uint32_t>(kStackBytes)));
}

// Returns what an export is as a symbol, which may be nothing. An exported constant is an address,
// relative to where the data of its module begins.
DynamicLinker::Symbol DynamicLinker::symbolOf(const Unit& unit, const abi::Export& entry) {
  Symbol symbol;
  Extern value = unit.instance->exported(entry);
  if (auto* function = std::get_if<Func>(&value)) symbol.function = *function;
  auto* global = std::get_if<Global*>(&value);
  bool isAddress =
      global != nullptr && (*global)->type().value == abi::kI32 && (*global)->type().isMutable == 0;
  if (isAddress) symbol.address = unit.memoryBase + (*global)->get().slot.i32;
  return symbol;
}

// The first definition of a symbol counts.
void DynamicLinker::adoptExports(const Unit& unit) {
  for (const abi::Export& entry : unit.module->descriptor().exports) {
    std::string_view name = toView(entry.name);
    if (entry.kind == abi::ExternKind::Tag && !linker_.find(kEnv, name))
      linker_.define(kEnv, name, unit.instance->exported(entry));
    Symbol found = symbolOf(unit, entry);
    if (!found.function && !found.address) continue;
    Symbol& symbol = symbols_[std::string(name)];
    if (symbol.function || symbol.address) continue;
    found.hasStandIn = symbol.hasStandIn && !found.function;
    symbol = found;
    if (found.function) linker_.define(kEnv, name, *found.function);
  }
}

Result<void> DynamicLinker::bindFunctions(Unit& unit) {
  for (uint32_t index : unit.open) {
    const abi::Import& import = unit.module->descriptor().imports[index];
    std::string_view name = toView(import.name);
    const std::optional<Func>& function = symbols_.find(name)->second.function;
    if (function) {
      auto bound = Instantiation::rebind(*unit.instance, index, *function);
      if (!bound) return ofLibrary(unit.name, bound.error());
    } else if (std::ranges::find(unit.section.weakImports, name) ==
               unit.section.weakImports.end()) {
      return ofLibrary(unit.name, undefined(import, *unit.module));
    }
  }
  return {};
}

// Elements have a copy of what is called, which is a stand-in in those that refer to an import of a
// later module.
void DynamicLinker::refreshTable() {
  if (table_ == nullptr || table_->type().element.kind != abi::ValueKind::FuncRef) return;
  for (uint64_t i = 0; i < table_->size(); ++i) table_->setReference(i, table_->reference(i));
}

Result<void> DynamicLinker::fillAddress(const Address& address) {
  auto found = symbols_.find(address.name);
  const Symbol* symbol = found == symbols_.end() ? nullptr : &found->second;
  const std::vector<std::string_view>& weak = address.unit->section.weakImports;
  uint32_t value = 0;
  if (address.isFunction && symbol != nullptr && symbol->function) {
    TRY_ASSIGN(value, tableIndexOf(*symbol->function));
  } else if (!address.isFunction && symbol != nullptr && symbol->address) {
    value = *symbol->address;
  } else if (!address.isFunction && memory_ != nullptr && isHeapBound(address.name)) {
    value = static_cast<uint32_t>(memory_->byteSize());
  } else if (std::ranges::find(weak, address.name) == weak.end()) {
    return ofLibrary(
        address.unit->name,
        {"", fmt::format("unknown import {}.{} (global mutable i32)",
                         address.isFunction ? kFunctionIndices : kDataAddresses, address.name)});
  }
  return address.variable->set(Value::i32(value));
}

// A function has one index, so that pointers to it are equal in all modules.
Result<uint32_t> DynamicLinker::tableIndexOf(const Func& function) {
  if (tableIndices_.empty() && table_ != nullptr) {
    for (uint32_t i = 1; i < table_->size(); ++i)
      if (void* element = table_->reference(i)) tableIndices_.emplace_back(element, i);
    std::ranges::sort(tableIndices_);
  }
  std::pair<void*, uint32_t> wanted(function.reference(), 0);
  auto at = std::ranges::lower_bound(tableIndices_, wanted);
  if (at != tableIndices_.end() && at->first == wanted.first) return at->second;
  TRY_ASSIGN(wanted.second, growTable(1, 1));
  table_->setReference(wanted.second, wanted.first);
  tableIndices_.insert(at, wanted);
  return wanted.second;
}

}  // namespace runtime
