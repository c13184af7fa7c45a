// Tables.
#include <algorithm>
#include <limits>

#include "loader/standard/last_error.h"
#include "loader/standard/type.h"
#include "loader/standard/value.h"
#include "runtime/types/type_match.h"

namespace standard {
namespace {

using runtime::Table;

// Returns the element that a reference is, if it fits.
base::Result<runtime::Value> elementOf(const wasm_ref_t* ref, const abi::ValueType& type,
                                       const Entry& entry) {
  wasm_val_t value = zeroOf(type);
  if (!type.isReference()) return base::Error{"", "the elements are no references"};
  value.of.ref = const_cast<wasm_ref_t*>(ref);
  return toValue(value, type, entry);
}

base::Result<wasm_table_t*> newTable(const wasm_store_t* store, const wasm_tabletype_t* type,
                                     const wasm_ref_t* initial) {
  TRY_ASSIGN(Entry entry, enter(store));
  if (type == nullptr) return base::Error{"", kNull};
  bool isBackward = (type->type.flags & abi::kHasMax) != 0 && type->type.max < type->type.min;
  if (isBackward) return base::Error{"", "the maximum of the table is below its minimum"};
  TRY_ASSIGN(runtime::Value value, elementOf(initial, type->type.element, entry));
  TRY_ASSIGN(Table * table, entry->createTable(type->type, value));
  return static_cast<wasm_table_t*>(newExtern(entry.owner(), table));
}

base::Result<wasm_ref_t*> get(const wasm_table_t* ref, uint32_t index) {
  TRY_ASSIGN(Entry entry, enter(ref));
  TRY_ASSIGN(runtime::Value value, objectOf<Table>(*ref).get(index));
  return newRef(entry.owner(), value);
}

base::Result<void> set(const wasm_table_t* ref, uint32_t index, const wasm_ref_t* element) {
  TRY_ASSIGN(Entry entry, enter(ref));
  auto& table = objectOf<Table>(*ref);
  TRY_ASSIGN(runtime::Value value, elementOf(element, table.type().element, entry));
  return table.set(index, value);
}

base::Result<void> grow(const wasm_table_t* ref, uint32_t delta, const wasm_ref_t* initial) {
  TRY_ASSIGN(Entry entry, enter(ref));
  auto& table = objectOf<Table>(*ref);
  TRY_ASSIGN(runtime::Value value, elementOf(initial, table.type().element, entry));
  if (table.grow(delta, value.slot.ref)) return {};
  return base::Error{"", "the table cannot grow so much"};
}

bool isDone(const base::Result<void>& result) {
  if (!result) setLastError(result.error());
  return result.ok();
}

}  // namespace
}  // namespace standard

wasm_table_t* wasm_table_new(wasm_store_t* store, const wasm_tabletype_t* type,
                             wasm_ref_t* initial) {
  auto made = standard::newTable(store, type, initial);
  if (!made) standard::setLastError(made.error());
  return made ? *made : nullptr;
}

wasm_tabletype_t* wasm_table_type(const wasm_table_t* ref) {
  auto entry = standard::enter(ref);
  if (!entry) return nullptr;
  return standard::newType(standard::objectOf<runtime::Table>(*ref).type());
}

wasm_ref_t* wasm_table_get(const wasm_table_t* ref, wasm_table_size_t index) {
  auto element = standard::get(ref, index);
  if (!element) standard::setLastError(element.error());
  return element ? *element : nullptr;
}

bool wasm_table_set(wasm_table_t* ref, wasm_table_size_t index, wasm_ref_t* element) {
  return standard::isDone(standard::set(ref, index, element));
}

wasm_table_size_t wasm_table_size(const wasm_table_t* ref) {
  auto entry = standard::enter(ref);
  if (!entry) return 0;
  constexpr uint64_t kLargest = std::numeric_limits<wasm_table_size_t>::max();
  uint64_t size = standard::objectOf<runtime::Table>(*ref).size();
  return static_cast<wasm_table_size_t>(std::min(size, kLargest));
}

bool wasm_table_grow(wasm_table_t* ref, wasm_table_size_t delta, wasm_ref_t* initial) {
  return standard::isDone(standard::grow(ref, delta, initial));
}
