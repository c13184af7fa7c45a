#include "runtime/instance/instance.h"

#include <cstring>

#include "runtime/types/type_descriptors.h"

namespace runtime {

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

abi::FuncRef* Instance::funcRef(uint32_t functionIndex) const {
  std::optional<uint32_t> slot = module_->funcRefSlot(functionIndex);
  return slot ? view().funcRefs() + *slot : nullptr;
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
  abi::MemoryDef& target = *memories_[memory]->def();
  if (!source || to > target.byteSize || count > target.byteSize - to) {
    return abi::TrapCode::MemoryOutOfBounds;
  }
  // An empty segment has a null pointer, which memcpy() must not be given.
  if (count != 0) std::memcpy(target.base + to, source->data(), count);
  return abi::TrapCode::None;
}

abi::TrapCode Instance::tableInit(uint32_t table, uint32_t segment, uint64_t to, uint64_t from,
                                  uint64_t count) {
  auto source = elementsIn(segment, from, count);
  Table& target = *tables_[table];
  if (!source || !target.contains(to, count)) return abi::TrapCode::TableOutOfBounds;
  // The bounds are checked first: an instruction that traps must not have written anything.
  for (uint64_t i = 0; i < count; ++i) target.setReference(to + i, (*source)[i]);
  return abi::TrapCode::None;
}

void Instance::visitRoots(RootVisitor& visitor) const {
  for (size_t i = 0; i < elements_.size(); ++i) {
    if (!isTraced(module_->descriptor().elements[i].element)) continue;
    for (void* reference : elements_[i]) visitor.reference(reinterpret_cast<uint64_t>(reference));
  }
}

}  // namespace runtime
