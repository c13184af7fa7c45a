#include "runtime/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "runtime/type_match.h"

namespace runtime {

base::Result<std::unique_ptr<Table>> Table::create(const abi::TableType& type, void* initial) {
  std::unique_ptr<Table> table(new Table(type));
  if (!table->grow(type.min, initial)) {
    return base::Error{"", fmt::format("cannot allocate a table of {} elements", type.min)};
  }
  return table;
}

Table::~Table() { std::free(def_.elements); }

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

void Table::copyFrom(const Table& source, uint64_t to, uint64_t from, uint64_t count) {
  CHECK(source.holdsFunctions() == holdsFunctions());
  if (count == 0) return;
  size_t size = elementSize();
  std::memmove(static_cast<uint8_t*>(def_.elements) + to * size,
               static_cast<const uint8_t*>(source.def_.elements) + from * size, count * size);
}

std::optional<uint64_t> Table::grow(uint64_t delta, void* initial) {
  uint64_t oldSize = def_.size;
  uint64_t limit = kMaxTableElements;
  if (type_.flags & abi::kHasMax) limit = std::min(limit, type_.max);
  if (oldSize > limit || delta > limit - oldSize) return std::nullopt;
  uint64_t newSize = oldSize + delta;
  if (newSize > capacity_) {
    // Doubling keeps growth by one linear; a table's first size is exact.
    uint64_t capacity = std::max(newSize, std::min(2 * capacity_, limit));
    void* elements = std::realloc(def_.elements, capacity * elementSize());
    if (elements == nullptr) return std::nullopt;
    def_.elements = elements;
    capacity_ = capacity;
  }
  def_.size = newSize;
  fill(oldSize, initial, delta);
  return oldSize;
}

}  // namespace runtime
