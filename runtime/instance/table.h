// A table (the specification's table instance), laid out as compiled code reads it: an element of a
// table of functions holds the function's entry itself, any other only the reference.
#pragma once

#include <memory>
#include <optional>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"
#include "runtime/instance/limits.h"
#include "runtime/types/value.h"

namespace runtime {

// Returns the element for a function reference, or the null element for null.
inline abi::FuncElement funcElement(abi::FuncRef* reference) {
  if (reference == nullptr) return {nullptr, nullptr, abi::kNullTypeId, 0, nullptr};
  return {reference->fastEntry, reference->context, reference->typeId, 0, reference};
}

// Owns its elements; what they refer to belongs to the store.
class Table {
 public:
  // Creates type.min elements, all `initial` (null or a reference of the element type). Fails where
  // memory or the budget does not suffice. The budget outlives the table.
  static base::Result<std::unique_ptr<Table>> create(const abi::TableType& type, void* initial,
                                                     Budget& budget);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  uint64_t size() const { return def_.size; }
  const abi::TableType& type() const { return type_; }
  // The type with the present size as its minimum, as imports are matched against it.
  abi::TableType currentType() const;

  // Access from the host. Fail where the index is not in the table, or the value does not fit.
  base::Result<Value> get(uint64_t index) const;
  base::Result<void> set(uint64_t index, const Value& value);

  // Access without checks; `index` is in range.
  void* reference(uint64_t index) const;
  void setReference(uint64_t index, void* reference) { fill(index, reference, 1); }
  // Sets [index, index + count), which is in range.
  void fill(uint64_t index, void* reference, uint64_t count);
  // Both ranges are in range and may overlap; the source's element type matches this table's.
  void copyFrom(const Table& source, uint64_t to, uint64_t from, uint64_t count);
  // Returns whether [index, index + count) is in range, for any numbers.
  bool contains(uint64_t index, uint64_t count) const {
    return index <= def_.size && count <= def_.size - index;
  }

  // Returns the old size in elements; nothing where a limit or the system refuses.
  std::optional<uint64_t> grow(uint64_t delta, void* initial);

  abi::TableDef* def() { return &def_; }

 private:
  Table(const abi::TableType& type, Budget& budget) : budget_(&budget), type_(type) {}
  base::Result<void> growBy(uint64_t delta, void* initial);
  bool makeRoom(uint64_t elements);
  Demand demandOf(uint64_t elements) const {
    return {.tableElements = elements, .hostBytes = elements * elementSize()};
  }
  uint64_t capacity() const { return def_.elements == nullptr ? 0 : def_.indexMask + 1; }
  bool holdsFunctions() const { return type_.element.kind == abi::ValueKind::FuncRef; }
  size_t elementSize() const {
    return holdsFunctions() ? sizeof(abi::FuncElement) : sizeof(abi::RefElement);
  }
  abi::FuncElement* functions() const { return static_cast<abi::FuncElement*>(def_.elements); }
  abi::RefElement* references() const { return static_cast<abi::RefElement*>(def_.elements); }

  Budget* budget_;
  abi::TableType type_;
  abi::TableDef def_{};
};

}  // namespace runtime
