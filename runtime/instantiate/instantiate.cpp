#include "runtime/instantiate/instantiate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/abi/memory_limits.h"
#include "runtime/objects/roots.h"

namespace runtime {
namespace {

// Checks an assumption of the compiled code that the type of the import does not express.
base::Result<void> checkHeadroom(const abi::Import& import, const Memory& memory) {
  bool isNeeded = (import.memory.flags & abi::kHeadroom) != 0;
  if (!isNeeded || memory.pages() <= abi::kMaxPagesWithHeadroom) return {};
  return base::Error{"",
                     fmt::format("import {} has {} pages, and the module is compiled for {} at "
                                 "most: recompile it with --disable-pass=iv-widening",
                                 importName(import), memory.pages(), abi::kMaxPagesWithHeadroom)};
}

// Code without bounds checks must not access a memory whose reservation ends at its size: an access
// out of bounds could reach another mapping.
base::Result<void> checkGuard(const abi::Import& import, const Memory& memory) {
  if (!abi::isGuarded(import.memory) || abi::isGuarded(memory.type())) return {};
  return base::Error{
      "", fmt::format("import {} is a memory of a module compiled with --bounds=explicit, and this "
                      "module relies on guard pages around it: compile both alike",
                      importName(import))};
}

// Returns whether an import can be used in a store: its own objects, host functions, and shared
// memories.
struct IsOfStore {
  const StoreState& store;

  bool operator()(const HostFunction&) const { return true; }
  bool operator()(const Func& function) const { return function.belongsTo(store); }
  bool operator()(const Table* table) const { return table->takesFrom(store.budget); }
  bool operator()(const Memory* memory) const {
    return memory->isShared() || memory->takesFrom(store.budget);
  }
  bool operator()(const Global* global) const { return global->belongsTo(store); }
  bool operator()(const Tag* tag) const { return tag->belongsTo(store); }
};

}  // namespace

Instantiation::Instantiation(StoreState& store, std::shared_ptr<const Module> module,
                             std::span<const Extern> imports)
    : store_(store),
      module_(*module),
      descriptor_(module->descriptor()),
      imports_(imports),
      owner_(new Instance(store, std::move(module))),
      instance_(owner_.get()),
      context_(owner_->view_),
      scope_{store,
             [this](uint32_t index) -> const abi::Slot& {
               return *instance_->globals_.at(index)->cell();
             },
             [this](uint32_t index) { return instance_->funcRef(index); },
             [this](uint32_t index) { return module_.typeId(index); }},
      outerUnpublished_(store.unpublished) {
  store_.unpublished = instance_;
}

// A published instance that has failed is not known to the host.
Instantiation::~Instantiation() {
  store_.unpublished = outerUnpublished_;
  if (!isBudgeted_ || isComplete_) return;
  if (owner_ == nullptr) {
    store_.released.push_back(instance_);
    ++store_.releasedSinceSearch;
  } else {
    store_.removeItems(std::array{static_cast<const Instance*>(instance_)});
  }
}

// The order matters. Globals are initialized before the tables and elements whose expressions may
// read them, and FuncRefs before all expressions. Before publish() only the instance, the budget
// and the store's lists of objects change, so that a failure has no effect that guests can see.
Expected<Instance*, Failure> Instantiation::run(const std::function<void(Instance&)>& published) {
  if (store_.interruption.isRequested()) return trapOf(abi::TrapCode::Interrupted);
  TRY(matchImports());
  TRY(store_.budget.take(instance_->demand()));
  isBudgeted_ = true;
  context_.header() = {&store_, instance_, nullptr};
  std::ranges::copy(module_.typeIds(), context_.typeIds());
  std::ranges::transform(module_.typeIds(), context_.typeWords(), abi::typeWord);
  if (hasObjects()) TRY(createHeap(store_));
  TRY(bindImports());
  fillFuncRefs();
  createTags();
  TRY(allocateMemories());
  TRY(bindCrossInstanceCalls());
  TRY(initGlobals());
  TRY(allocateTables());
  TRY(evaluateElements());
  publish();
  if (published) published(*instance_);
  TRY(runActiveSegments());
  TRY(callStart());
  isComplete_ = true;
  return instance_;
}

bool Instantiation::hasObjects() const {
  auto isObject = [](const abi::SubType& type) { return type.kind != abi::CompositeKind::Func; };
  bool hasTags = descriptor_.tags.count != 0 ||
                 std::any_of(imports_.begin(), imports_.end(), [](const Extern& import) {
                   return std::holds_alternative<Tag*>(import);
                 });
  return hasTags || std::any_of(descriptor_.types.begin(), descriptor_.types.end(), isObject);
}

base::Result<void> Instantiation::matchImports() const {
  if (imports_.size() != descriptor_.imports.count) {
    return base::Error{"", fmt::format("{} imports given, expected {}", imports_.size(),
                                       descriptor_.imports.count)};
  }
  for (uint32_t i = 0; i < descriptor_.imports.count; ++i) {
    const abi::Import& import = descriptor_.imports[i];
    TRY(checkMatches(module_, import, imports_[i]));
    // The memories of another store are not guarded ranges of this one, so that faults would not
    // become traps; bindImports() makes shared ones such ranges. Besides, the other store may be
    // destroyed before this one, or be in use by another thread.
    if (!std::visit(IsOfStore{store_}, imports_[i])) {
      return base::Error{"", fmt::format("import {} is of another store", importName(import))};
    }
    if (import.kind == abi::ExternKind::Memory) {
      TRY(checkHeadroom(import, *std::get<Memory*>(imports_[i])));
      TRY(checkGuard(import, *std::get<Memory*>(imports_[i])));
    }
  }
  return {};
}

base::Result<void> Instantiation::bindImports() {
  uint32_t functions = 0;
  for (uint32_t i = 0; i < imports_.size(); ++i) {
    const Extern& value = imports_[i];
    if (auto* memory = std::get_if<Memory*>(&value)) {
      if ((*memory)->isShared()) store_.addShared((*memory)->shared_from_this());
      instance_->memories_.push_back(*memory);
    } else if (auto* table = std::get_if<Table*>(&value)) {
      instance_->tables_.push_back(*table);
    } else if (auto* global = std::get_if<Global*>(&value)) {
      context_.importedGlobals()[instance_->globals_.size()] = (*global)->cell();
      instance_->globals_.push_back(*global);
    } else if (auto* tag = std::get_if<Tag*>(&value)) {
      instance_->tags_.push_back(*tag);
    } else {
      TRY(bindFunction(descriptor_.imports[i], value, functions++));
    }
  }
  return {};
}

base::Result<void> Instantiation::bindFunction(const abi::Import& import, const Extern& value,
                                               uint32_t index) {
  abi::ImportedFunction& target = context_.importedFunctions()[index];
  if (auto* function = std::get_if<Func>(&value)) {
    const abi::FuncRef& reference = *function->reference();
    importedTypeIds_.push_back(reference.typeId);
    target = {reference.fastEntry, reference.tailEntry, reference.context};
    return {};
  }
  importedTypeIds_.push_back(module_.typeId(import.typeIndex));
  // matchImports() has checked the kind. The Caller is the context of the thunk.
  const auto& function = std::get<HostFunction>(value);
  if (function.slotCode != nullptr) {
    target = bindSlotFunction(function, importedTypeIds_.back());
    return {};
  }
  void* thunk = descriptor_.types[import.typeIndex].hostThunk.get();
  if (thunk == nullptr) {
    return base::Error{"compiled module", fmt::format("no thunk for host function {} ({})",
                                                      importName(import), describe(value))};
  }
  auto caller = std::make_unique<Caller>();
  caller->state = &store_;
  caller->function = function.code;
  caller->env = function.env;
  caller->caller = instance_->context_.get();
  target = {thunk, nullptr, caller.get()};
  instance_->callers_.push_back(std::move(caller));
  return {};
}

// Makes the function that an import of a host function with slotCode is bound to.
abi::ImportedFunction Instantiation::bindSlotFunction(const HostFunction& function,
                                                      uint32_t typeId) {
  abi::ValueType type{abi::ValueKind::FuncRef, abi::HeapKind::Concrete, 0, 0, typeId};
  auto made =
      std::make_unique<HostFuncInstance>(store_, TypeIds(type), function.slotCode, function.env);
  made->function = function.code;
  made->caller = instance_->context_.get();
  const abi::FuncRef& reference = *made->reference();
  abi::ImportedFunction bound = {reference.fastEntry, reference.tailEntry, reference.context};
  instance_->hostFuncs_.push_back(std::move(made));
  return bound;
}

void Instantiation::fillFuncRefs() {
  uint32_t imported = descriptor_.counts.importedFunctions;
  for (uint32_t slot = 0; slot < descriptor_.funcRefs.count; ++slot) {
    uint32_t index = descriptor_.funcRefs[slot];
    abi::FuncRef& reference = context_.funcRefs()[slot];
    reference.typeId =
        index < imported ? importedTypeIds_[index] : module_.typeId(module_.typeIndexOf(index));
    if (index < imported) {
      const abi::ImportedFunction& source = context_.importedFunctions()[index];
      reference.fastEntry = source.fastEntry;
      reference.tailEntry = source.tailEntry;
      reference.context = source.context;
    } else {
      // A function with a thunk makes tail calls: its own code is the tail entry.
      const abi::Function& function = descriptor_.functions[index - imported];
      bool hasThunk = !function.fastThunk.isNull();
      reference.fastEntry = hasThunk ? function.fastThunk.get() : function.code.get();
      reference.tailEntry = hasThunk ? function.code.get() : nullptr;
      reference.context = instance_->context_.get();
    }
  }
}

void Instantiation::createTags() {
  for (const abi::Tag& declared : descriptor_.tags) {
    auto index = static_cast<uint32_t>(instance_->tags_.size());
    instance_->tags_.push_back(
        store_.createTag(module_.typeId(declared.typeIndex), module_.tagName(index)));
  }
  std::copy(instance_->tags_.begin(), instance_->tags_.end(), context_.tags());
}

base::Result<void> Instantiation::allocateMemories() {
  TRY_ASSIGN(const ImageSource image, module_.imageSource());
  for (uint32_t i = 0; i < descriptor_.memories.count; ++i) {
    const abi::Memory& declared = descriptor_.memories[i];
    TRY_ASSIGN(Memory * memory, store_.createMemory(declared.type, module_.memoryPool(i)));
    instance_->memories_.push_back(memory);
    TRY(memory->applyImage(declared, image));
  }
  for (size_t i = 0; i < instance_->memories_.size(); ++i) {
    Memory& memory = *instance_->memories_[i];
    context_.memories()[i] = {memory.base(), memory.def()};
  }
  if (descriptor_.flags & abi::kNeedsSegmentBase) {
    context_.header().segmentBase = instance_->memories_.front()->base();
  }
  return {};
}

// Replaces the entries of imported functions that need another segment base by thunks that set it.
// All functions preserve the segment base, so no other calls need a thunk. Runs after the memories
// are allocated, as the base of memory 0 is this instance's own segment base, and after the
// FuncRefs are filled, which refer to the functions themselves.
base::Result<void> Instantiation::bindCrossInstanceCalls() {
  uint32_t index = 0;
  for (const abi::Import& import : descriptor_.imports) {
    if (import.kind != abi::ExternKind::Function) continue;
    abi::ImportedFunction& function = context_.importedFunctions()[index++];
    TRY(bindCrossInstanceCall(*instance_, import, function));
  }
  return {};
}

base::Result<void> Instantiation::bindCrossInstanceCall(Instance& instance,
                                                        const abi::Import& import,
                                                        abi::ImportedFunction& function) {
  void* needed = headerOf(function.context).segmentBase;
  if (needed == nullptr || needed == instance.view_.header().segmentBase) return {};
  const abi::ModuleDescriptor& descriptor = instance.module().descriptor();
  void* thunk = descriptor.types[import.typeIndex].crossInstanceThunk.get();
  if (thunk == nullptr) {
    return base::Error{"compiled module",
                       fmt::format("no thunk for function {}", importName(import))};
  }
  instance.crossInstanceCalls_.push_back(std::make_unique<abi::CrossInstanceCall>(
      abi::CrossInstanceCall{function.fastEntry, function.context}));
  function = {thunk, nullptr, instance.crossInstanceCalls_.back().get()};
  return {};
}

base::Result<void> Instantiation::rebind(Instance& instance, uint32_t import,
                                         const Func& function) {
  const Module& module = instance.module();
  const auto& imports = module.descriptor().imports;
  const abi::Import& row = imports[import];
  TRY(checkMatches(module, row, function));
  auto index = static_cast<uint32_t>(std::count_if(
      imports.begin(), imports.begin() + import,
      [](const abi::Import& each) { return each.kind == abi::ExternKind::Function; }));
  const abi::FuncRef& reference = *function.reference();
  if (abi::FuncRef* own = instance.funcRef(index)) *own = reference;
  abi::ImportedFunction& target = instance.view_.importedFunctions()[index];
  target = {reference.fastEntry, reference.tailEntry, reference.context};
  return bindCrossInstanceCall(instance, row, target);
}

Expected<void, Trap> Instantiation::initGlobals() {
  for (uint32_t i = 0; i < descriptor_.globals.count; ++i) {
    const abi::Global& declared = descriptor_.globals[i];
    abi::Slot* cell = context_.globals() + i;
    // The expression may read the globals before this one, which are in scope_ already.
    TRY_ASSIGN(*cell, evaluate(declared.init, scope_));
    auto global = std::make_unique<Global>(store_, module_.canonical(declared.type), cell);
    instance_->globals_.push_back(store_.add(std::move(global)));
  }
  return {};
}

Expected<void, Failure> Instantiation::allocateTables() {
  for (const abi::Table& declared : descriptor_.tables) {
    abi::Slot initial{};
    if (declared.init.count != 0) {
      TRY_ASSIGN(initial, evaluate(declared.init, scope_));
    }
    TRY_ASSIGN(Table * table, store_.createTable(module_.canonical(declared.type), initial.ref));
    instance_->tables_.push_back(table);
  }
  for (size_t i = 0; i < instance_->tables_.size(); ++i) {
    context_.tables()[i] = instance_->tables_[i]->def();
  }
  return {};
}

Expected<void, Trap> Instantiation::evaluateElements() {
  for (uint32_t i = 0; i < descriptor_.elements.count; ++i) {
    const abi::ElementSegment& segment = descriptor_.elements[i];
    if (segment.mode == abi::SegmentMode::Declared) continue;
    Instance::References& references = instance_->elements_[i];
    references.reserve(segment.functions.count + segment.expressions.count);
    for (uint32_t function : segment.functions) references.push_back(instance_->funcRef(function));
    for (const abi::ConstExpr& expression : segment.expressions) {
      TRY_ASSIGN(abi::Slot value, evaluate(expression, scope_));
      references.push_back(value.ref);
    }
  }
  return {};
}

// Moves the instance to the store. It stays there if a later step traps and other instances have
// its functions by then.
void Instantiation::publish() {
  store_.learnEntryThunks(module_);
  // Host functions access this memory without looking up the export at each call.
  Memory* memory = instance_->memory("memory");
  // A position-independent library has that of its program, and exports none.
  bool isLibrary = descriptor_.dylink.count != 0 && !instance_->memories_.empty();
  if (memory == nullptr && isLibrary) memory = &instance_->memoryAt(0);
  instance_->mainMemory_ = memory;
  const abi::MemoryDef* def = memory ? memory->def() : nullptr;
  for (auto& caller : instance_->callers_) caller->memory = def;
  for (auto& function : instance_->hostFuncs_) function->memory = def;
  store_.instances.push_back(std::move(owner_));
}

// Element segments come before data segments, each in the order of their indices, as the
// specification demands. The first that is out of bounds traps; the ones before remain written.
Expected<void, Trap> Instantiation::runActiveSegments() {
  for (uint32_t i = 0; i < descriptor_.elements.count; ++i) {
    const abi::ElementSegment& segment = descriptor_.elements[i];
    if (segment.mode != abi::SegmentMode::Active) continue;
    TRY_ASSIGN(uint64_t to,
               offset(segment.offset, instance_->tables_[segment.table]->type().flags));
    uint64_t count = instance_->elements_[i].size();
    abi::TrapCode code = instance_->tableInit(segment.table, i, to, 0, count);
    if (code != abi::TrapCode::None) return trapOf(code);
    // An active segment is dropped, so that a later table.init of it traps.
    instance_->elemDrop(i);
  }
  for (uint32_t i = 0; i < descriptor_.data.count; ++i) {
    const abi::DataSegment& segment = descriptor_.data[i];
    if (segment.mode == abi::SegmentMode::Active) {
      TRY_ASSIGN(uint64_t to,
                 offset(segment.offset, instance_->memories_[segment.memory]->type().flags));
      abi::TrapCode code = instance_->memoryInit(segment.memory, i, to, 0, segment.bytes.count);
      if (code != abi::TrapCode::None) return trapOf(code);
    }
    // A segment in the image was active in the module, and active segments are dropped.
    if (segment.mode != abi::SegmentMode::Passive) instance_->dataDrop(i);
  }
  return {};
}

Expected<void, Trap> Instantiation::callStart() {
  if (descriptor_.startFunction == abi::kNoFunction) return {};
  abi::FuncRef* start = instance_->funcRef(descriptor_.startFunction);
  CHECK(start != nullptr);
  return Func(store_, start).callSlots(nullptr);
}

Expected<uint64_t, Trap> Instantiation::offset(const abi::ConstExpr& expression,
                                               uint32_t limitFlags) const {
  TRY_ASSIGN(abi::Slot value, evaluate(expression, scope_));
  return limitFlags & abi::kIndex64 ? value.i64 : value.i32;
}

}  // namespace runtime
