#include "runtime/instance/instance.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "runtime/types/type_descriptors.h"

namespace runtime {
namespace {

// Returns the words of an object of the host.
template <class T>
WordRange wordsOf(const T* object) {
  static_assert(sizeof(T) % sizeof(uintptr_t) == 0);
  auto begin = reinterpret_cast<const uintptr_t*>(object);
  return {begin, begin + sizeof(T) / sizeof(uintptr_t)};
}

// Returns the items without the imports, which are the first items. There may be fewer.
template <class T>
std::span<T* const> behindImports(const std::vector<T*>& items, uint32_t imports) {
  return std::span(items).subspan(std::min<size_t>(imports, items.size()));
}

}  // namespace

ContextOwner allocateContext(const abi::ContextCounts& counts) {
  uint64_t size = abi::layoutContext(counts).size;
  void* memory = ::operator new (size, std::align_val_t{alignof(abi::Slot)});
  std::memset(memory, 0, size);
  return ContextOwner(static_cast<abi::VMContext*>(memory));
}

Instance::Instance(GuestState& state, std::shared_ptr<const Module> module)
    : state_(&state),
      module_(std::move(module)),
      context_(allocateContext(module_->descriptor().counts)),
      view_(context_.get(), module_->descriptor().counts),
      elements_(module_->descriptor().elements.count),
      dataDropped_(module_->descriptor().data.count, false) {}

std::optional<Extern> Instance::exportNamed(std::string_view name) const {
  for (const abi::Export& entry : module_->descriptor().exports) {
    if (toView(entry.name) == name) return exported(entry);
  }
  return std::nullopt;
}

const abi::Export* Instance::findExport(std::string_view name, abi::ExternKind kind) const {
  for (const abi::Export& entry : module_->descriptor().exports) {
    // Names of exports are unique, so there is no other one to look for.
    if (toView(entry.name) == name) return entry.kind == kind ? &entry : nullptr;
  }
  return nullptr;
}

std::optional<Func> Instance::function(std::string_view name) const {
  const abi::Export* entry = findExport(name, abi::ExternKind::Function);
  if (entry == nullptr) return std::nullopt;
  return std::get<Func>(exported(*entry));
}

Memory* Instance::memory(std::string_view name) const {
  const abi::Export* entry = findExport(name, abi::ExternKind::Memory);
  return entry == nullptr ? nullptr : memories_[entry->index];
}

Table* Instance::table(std::string_view name) const {
  const abi::Export* entry = findExport(name, abi::ExternKind::Table);
  return entry == nullptr ? nullptr : tables_[entry->index];
}

Global* Instance::global(std::string_view name) const {
  const abi::Export* entry = findExport(name, abi::ExternKind::Global);
  return entry == nullptr ? nullptr : globals_[entry->index];
}

Tag* Instance::tag(std::string_view name) const {
  const abi::Export* entry = findExport(name, abi::ExternKind::Tag);
  return entry == nullptr ? nullptr : tags_[entry->index];
}

Extern Instance::exported(const abi::Export& entry) const {
  switch (entry.kind) {
    case abi::ExternKind::Function: {
      abi::FuncRef* reference = funcRef(entry.index);
      CHECK(reference != nullptr);
      return Func(*state_, reference);
    }
    case abi::ExternKind::Table:
      return tables_[entry.index];
    case abi::ExternKind::Memory:
      return memories_[entry.index];
    case abi::ExternKind::Global:
      return globals_[entry.index];
    case abi::ExternKind::Tag:
      return tags_[entry.index];
  }
  base::checkFailed(__FILE__, __LINE__, "Module::create refuses other kinds");
}

std::optional<uint32_t> Instance::functionIndexOf(const abi::FuncRef* reference) const {
  const abi::Array<uint32_t>& functions = module_->descriptor().funcRefs;
  const abi::FuncRef* own = view_.funcRefs();
  std::less<const abi::FuncRef*> isBefore;
  if (isBefore(reference, own) || !isBefore(reference, own + functions.count)) return std::nullopt;
  return functions[static_cast<uint32_t>(reference - own)];
}

// Differences instead of sums, which may overflow.
std::optional<std::span<const uint8_t>> Instance::dataIn(uint32_t segment, uint64_t from,
                                                         uint64_t count) const {
  const abi::Array<uint8_t>& bytes = module_->descriptor().data[segment].bytes;
  uint64_t available = dataDropped_[segment] ? 0 : bytes.count;
  if (from > available || count > available - from) return std::nullopt;
  return std::span(bytes.begin(), bytes.count).subspan(from, count);
}

std::optional<std::span<void* const>> Instance::elementsIn(uint32_t segment, uint64_t from,
                                                           uint64_t count) const {
  const References& references = elements_[segment];
  if (from > references.size() || count > references.size() - from) return std::nullopt;
  return std::span(references).subspan(from, count);
}

abi::TrapCode Instance::memoryInit(uint32_t memory, uint32_t segment, uint64_t to, uint64_t from,
                                   uint64_t count) {
  auto source = dataIn(segment, from, count);
  std::span<uint8_t> target = memories_[memory]->bytes();
  if (!source || to > target.size() || count > target.size() - to) {
    return abi::TrapCode::MemoryOutOfBounds;
  }
  // An empty segment has a null pointer, which memcpy() must not be given.
  if (count != 0) std::memcpy(target.data() + to, source->data(), count);
  return abi::TrapCode::None;
}

abi::TrapCode Instance::tableInit(uint32_t table, uint32_t segment, uint64_t to, uint64_t from,
                                  uint64_t count) {
  auto source = elementsIn(segment, from, count);
  Table& target = *tables_[table];
  if (!source || !target.contains(to, count)) return abi::TrapCode::TableOutOfBounds;
  // The bounds are checked first: an instruction that traps must not have written anything.
  target.copyReferences(to, *source);
  return abi::TrapCode::None;
}

std::span<Memory* const> Instance::ownMemories() const {
  const abi::ModuleDescriptor& descriptor = module_->descriptor();
  return behindImports(memories_, descriptor.counts.memories - descriptor.memories.count);
}

std::span<Table* const> Instance::ownTables() const {
  const abi::ModuleDescriptor& descriptor = module_->descriptor();
  return behindImports(tables_, descriptor.counts.tables - descriptor.tables.count);
}

std::span<Global* const> Instance::ownGlobals() const {
  return behindImports(globals_, module_->descriptor().counts.importedGlobals);
}

std::span<Tag* const> Instance::ownTags() const {
  const abi::ModuleDescriptor& descriptor = module_->descriptor();
  return behindImports(tags_, descriptor.counts.tags - descriptor.tags.count);
}

std::vector<WordRange> Instance::parts() const {
  std::vector<WordRange> parts = callParts();
  auto add = [&parts](const auto& item) { parts.push_back(wordsOf(&*item)); };
  std::ranges::for_each(ownMemories(), add);
  std::ranges::for_each(ownTables(), add);
  std::ranges::for_each(ownGlobals(), add);
  std::ranges::for_each(ownTags(), add);
  return parts;
}

// Returns the context and what its imported functions refer to.
std::vector<WordRange> Instance::callParts() const {
  auto context = reinterpret_cast<const uintptr_t*>(context_.get());
  uint64_t contextSize = abi::layoutContext(module_->descriptor().counts).size;
  std::vector<WordRange> parts = {{context, context + contextSize / sizeof(uintptr_t)}};
  auto add = [&parts](const auto& item) { parts.push_back(wordsOf(&*item)); };
  std::ranges::for_each(callers_, add);
  std::ranges::for_each(hostFuncs_, add);
  std::ranges::for_each(crossInstanceCalls_, add);
  return parts;
}

// Memories, tags and the other members of tables refer to no instance. Between these members may be
// old words of the allocator.
std::vector<WordRange> Instance::words() const {
  std::vector<WordRange> words = callParts();
  for (const Table* table : ownTables()) words.push_back(table->words());
  for (const Global* global : ownGlobals()) words.push_back(global->words());
  for (const References& references : elements_) {
    auto begin = reinterpret_cast<const uintptr_t*>(references.data());
    words.push_back({begin, begin + references.size()});
  }
  return words;
}

Demand Instance::demand() const {
  const abi::ModuleDescriptor& descriptor = module_->descriptor();
  uint64_t references = 0;
  for (const abi::ElementSegment& segment : descriptor.elements) {
    references += segment.functions.count + segment.expressions.count;
  }
  uint64_t bytes = sizeof(Instance) + abi::layoutContext(descriptor.counts).size +
                   references * sizeof(void*) + descriptor.globals.count * sizeof(Global) +
                   descriptor.imports.count * sizeof(Caller);
  return {.instances = 1, .hostBytes = bytes};
}

void Instance::visitRoots(RootVisitor& visitor) {
  for (size_t i = 0; i < elements_.size(); ++i) {
    if (!isTraced(module_->descriptor().elements[i].element)) continue;
    for (void*& reference : elements_[i]) visitPointer(visitor, reference);
  }
}

}  // namespace runtime
