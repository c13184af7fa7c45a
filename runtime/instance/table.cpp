#include "runtime/instance/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>

#include "runtime/types/type_match.h"

namespace runtime {

base::Result<std::unique_ptr<Table>> Table::create(const abi::TableType& type, void* initial,
                                                   Budget& budget) {
  std::unique_ptr<Table> table(new Table(type, budget));
  auto made = table->growBy(type.min, initial);
  if (made.ok()) return table;
  return base::Error{"", fmt::format("cannot allocate a table of {} elements: {}", type.min,
                                     made.error().message)};
}

Table::~Table() {
  budget_->giveBack(demandOf(def_.size));
  std::free(def_.elements);
}

abi::TableType Table::currentType() const {
  abi::TableType type = type_;
  type.min = size();
  return type;
}

base::Result<Value> Table::get(uint64_t index) const {
  if (!contains(index, 1)) {
    return base::Error{"", fmt::format("element {} of a table of {}", index, size())};
  }
  Value value;
  value.kind = type_.element.kind;
  value.slot.ref = reference(index);
  return value;
}

base::Result<void> Table::set(uint64_t index, const Value& value) {
  if (!contains(index, 1)) {
    return base::Error{"", fmt::format("element {} of a table of {}", index, size())};
  }
  if (!fits(value, type_.element)) {
    return base::Error{
        "", fmt::format("{} for a table of {}", text(typeOf(value)), text(type_.element))};
  }
  setReference(index, value.slot.ref);
  return {};
}

void* Table::reference(uint64_t index) const {
  return holdsFunctions() ? functions()[index].reference : references()[index].reference;
}

void Table::fill(uint64_t index, void* reference, uint64_t count) {
  if (holdsFunctions()) {
    std::fill_n(functions() + index, count, funcElement(static_cast<abi::FuncRef*>(reference)));
  } else {
    std::fill_n(references() + index, count, abi::RefElement{reference});
  }
}

void Table::copyReferences(uint64_t index, std::span<void* const> from) {
  if (holdsFunctions()) {
    std::ranges::transform(from, functions() + index, [](void* reference) {
      return funcElement(static_cast<abi::FuncRef*>(reference));
    });
  } else {
    std::ranges::transform(from, references() + index,
                           [](void* reference) { return abi::RefElement{reference}; });
  }
}

void Table::copyFrom(const Table& source, uint64_t to, uint64_t from, uint64_t count) {
  // The arrays have different layouts otherwise. Validation compares the types.
  CHECK(source.holdsFunctions() == holdsFunctions());
  if (count == 0) return;
  size_t size = elementSize();
  std::memmove(static_cast<uint8_t*>(def_.elements) + to * size,
               static_cast<const uint8_t*>(source.def_.elements) + from * size, count * size);
}

std::optional<uint64_t> Table::grow(uint64_t delta, void* initial) {
  uint64_t oldSize = def_.size;
  uint64_t limit = (type_.flags & abi::kHasMax) != 0 ? type_.max : UINT64_MAX;
  if (delta > limit - oldSize || !growBy(delta, initial).ok()) return std::nullopt;
  return oldSize;
}

base::Result<void> Table::growBy(uint64_t delta, void* initial) {
  // The budget may be unlimited, but the sizes in bytes must not overflow 64 bits.
  constexpr uint64_t kMostElements = uint64_t{1} << 48;
  if (delta > kMostElements - def_.size) return base::Error{"", "no table is so large"};
  Demand demand = demandOf(delta);
  TRY(budget_->take(demand));
  uint64_t oldSize = def_.size;
  if (!makeRoom(oldSize + delta)) {
    budget_->giveBack(demand);
    return base::Error{"", "out of memory"};
  }
  def_.size = oldSize + delta;
  fill(oldSize, initial, delta);
  return {};
}

// The capacity is a power of two, as abi::TableDef::indexMask requires. So the time of growing by
// one element is constant on average. Elements beyond the size are zero: compiled code may read
// them, but only speculatively.
bool Table::makeRoom(uint64_t elements) {
  if (elements <= capacity() && capacity() != 0) return true;
  uint64_t newCapacity = std::bit_ceil(std::max<uint64_t>(elements, 1));
  // Not realloc(), which would leave the new elements uninitialized.
  void* moved = std::calloc(newCapacity, elementSize());
  if (moved == nullptr) return false;
  if (def_.size != 0) std::memcpy(moved, def_.elements, def_.size * elementSize());
  std::free(def_.elements);
  def_.elements = moved;
  def_.indexMask = newCapacity - 1;
  return true;
}

WordRange Table::words() const {
  auto begin = static_cast<const uintptr_t*>(def_.elements);
  return {begin, begin + def_.size * elementSize() / sizeof(uintptr_t)};
}

void Table::visitRoots(RootVisitor& visitor) {
  if (holdsFunctions()) return;
  for (uint64_t i = 0; i < def_.size; ++i) {
    visitPointer(visitor, references()[i].reference);
  }
}

}  // namespace runtime
