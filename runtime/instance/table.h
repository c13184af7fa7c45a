// A table (the specification's table instance), in the layout that compiled code reads: an
// abi::FuncElement, which has the entry of the function, for each element of a table of functions,
// and an abi::RefElement for each element of any other table.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"
#include "runtime/gc/heap.h"
#include "runtime/instance/limits.h"
#include "runtime/types/value.h"

namespace runtime {

// Returns the element for a function reference, or the null element for null.
inline abi::FuncElement funcElement(abi::FuncRef* reference) {
  if (reference == nullptr) return {nullptr, nullptr, abi::kNullTypeId, 0, nullptr};
  return {reference->fastEntry, reference->context, reference->typeId, 0, reference};
}

// A table. It owns the array of elements but not the functions and objects that they refer to.
// References are pointers to abi::FuncRef in a table of functions, else opaque; null is the null
// reference. Sizes and indices are in elements.
class Table {
 public:
  // Creates a table of type.min elements, all equal to `initial`, which must be null or a reference
  // of the element type. The type index of the element type is a canonical id. Takes the elements
  // from `budget`, which must outlive the table. Fails if a limit is exceeded or the system refuses
  // memory.
  static base::Result<std::unique_ptr<Table>> create(const abi::TableType& type, void* initial,
                                                     Budget& budget);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  uint64_t size() const { return def_.size; }
  // Returns whether the table takes its elements from `budget`, which identifies its store.
  bool takesFrom(const Budget& budget) const { return budget_ == &budget; }
  const abi::TableType& type() const { return type_; }
  // Returns the type with the current size as its minimum, which imports are matched against.
  abi::TableType currentType() const;

  // Access of the host. They fail if the index is out of bounds, or if the value does not fit the
  // element type.
  base::Result<Value> get(uint64_t index) const;
  base::Result<void> set(uint64_t index, const Value& value);

  // Access without checks. Indices must be in bounds, and references of the element type.
  void* reference(uint64_t index) const;
  void setReference(uint64_t index, void* reference) { fill(index, reference, 1); }
  // Sets the elements [index, index + count) to `reference`.
  void fill(uint64_t index, void* reference, uint64_t count);
  // Sets the elements from `index` on to these references.
  void copyReferences(uint64_t index, std::span<void* const> references);
  // Copies `count` elements. The ranges may overlap (table.copy). The element type of `source` must
  // match that of this table.
  void copyFrom(const Table& source, uint64_t to, uint64_t from, uint64_t count);
  // Returns whether [index, index + count) is in bounds, for any numbers.
  bool contains(uint64_t index, uint64_t count) const {
    return index <= def_.size && count <= def_.size - index;
  }

  // Adds `delta` elements, all equal to `initial`. The elements may move. Returns the previous
  // size; returns nothing and changes nothing if the maximum or a limit would be exceeded or the
  // system refuses memory.
  std::optional<uint64_t> grow(uint64_t delta, void* initial);

  // Passes the elements to `visitor` if they are references to objects.
  void visitRoots(RootVisitor& visitor);

  // Returns the elements as words.
  WordRange words() const;

  // Returns what compiled code sees of the table. Its address does not change.
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
