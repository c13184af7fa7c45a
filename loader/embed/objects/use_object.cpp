// The use of memories, tables, globals and tags.
#include <string>
#include <vector>

#include "loader/embed/error.h"
#include "loader/embed/objects/open_object.h"
#include "loader/embed/types/value.h"
#include "runtime/objects/exception.h"
#include "runtime/types/type_match.h"
#include "runtime/types/type_registry.h"

namespace {

using embed::makeError;
using embed::Opened;
using runtime::Value;

// Returns a reference as a value of a table's element type, if it fits.
base::Result<Value> element(const Opened<runtime::Table>& table, const wasm2obj_ref_t* ref) {
  const abi::ValueType& type = table.object->type().element;
  wasm2obj_value_t given{};
  given.type = WASM2OBJ_REF;
  given.of.ref = const_cast<wasm2obj_ref_t*>(ref);
  return embed::toFitting(given, type, *table.store);
}

wasm2obj_error_t* errorOf(const base::Result<void>& result) {
  return result ? nullptr : makeError(result.error());
}

base::Result<wasm2obj_ref_t*> newException(const wasm2obj_tag_t* handle,
                                           std::span<const wasm2obj_value_t> arguments) {
  TRY_ASSIGN(auto tag, embed::openObject<runtime::Tag>(handle));
  const auto& types = runtime::canonicalType(tag.object->typeId()).func.params;
  if (arguments.size() != types.size()) {
    return base::Error{
        "", "the number of arguments is wrong; the tag has " + std::to_string(types.size())};
  }
  std::vector<Value> values;
  for (size_t i = 0; i < types.size(); ++i) {
    auto value = embed::toFitting(arguments[i], types[i], *tag.store);
    if (!value)
      return base::Error{"", "argument " + std::to_string(i) + ": " + value.error().text()};
    values.push_back(*value);
  }
  abi::ObjectHeader* made = runtime::newException(tag.store->state(), *tag.object, values);
  if (made == nullptr) return base::Error{"", "the heap has no room for the exception"};
  Value exception{abi::ValueKind::ExnRef, {}};
  exception.slot.ref = made;
  return embed::newRef(tag.store, exception);
}

}  // namespace

void* wasm2obj_memory_data(const wasm2obj_memory_t* memory, size_t* size) {
  auto opened = embed::openObject<runtime::Memory>(memory);
  *size = opened ? opened->object->byteSize() : 0;
  return opened ? opened->object->base() : nullptr;
}

wasm2obj_error_t* wasm2obj_memory_grow(wasm2obj_memory_t* memory, uint64_t pages,
                                       uint64_t* oldPages) {
  auto opened = embed::openObject<runtime::Memory>(memory);
  if (!opened) return makeError(opened.error());
  auto old = opened->object->grow(pages);
  if (!old) return makeError("the memory cannot grow by " + std::to_string(pages) + " pages");
  if (oldPages != nullptr) *oldPages = *old;
  return nullptr;
}

uint64_t wasm2obj_table_size(const wasm2obj_table_t* table) {
  auto opened = embed::openObject<runtime::Table>(table);
  return opened ? opened->object->size() : 0;
}

wasm2obj_error_t* wasm2obj_table_get(const wasm2obj_table_t* table, uint64_t index,
                                     wasm2obj_ref_t** ref) {
  auto opened = embed::openObject<runtime::Table>(table);
  if (!opened) return makeError(opened.error());
  auto value = opened->object->get(index);
  if (!value) return makeError(value.error());
  *ref = embed::newRef(opened->store, *value);
  return nullptr;
}

wasm2obj_error_t* wasm2obj_table_set(wasm2obj_table_t* table, uint64_t index,
                                     const wasm2obj_ref_t* ref) {
  auto opened = embed::openObject<runtime::Table>(table);
  if (!opened) return makeError(opened.error());
  auto value = element(*opened, ref);
  if (!value) return makeError(value.error());
  return errorOf(opened->object->set(index, *value));
}

wasm2obj_error_t* wasm2obj_table_grow(wasm2obj_table_t* table, uint64_t count,
                                      const wasm2obj_ref_t* initial, uint64_t* oldSize) {
  auto opened = embed::openObject<runtime::Table>(table);
  if (!opened) return makeError(opened.error());
  auto value = element(*opened, initial);
  if (!value) return makeError(value.error());
  auto old = opened->object->grow(count, value->slot.ref);
  if (!old) return makeError("the table cannot grow by " + std::to_string(count) + " elements");
  if (oldSize != nullptr) *oldSize = *old;
  return nullptr;
}

wasm2obj_error_t* wasm2obj_global_get(const wasm2obj_global_t* global, wasm2obj_value_t* value) {
  auto opened = embed::openObject<runtime::Global>(global);
  if (!opened) return makeError(opened.error());
  *value = embed::fromValue(opened->object->get(), opened->store);
  return nullptr;
}

wasm2obj_error_t* wasm2obj_global_set(wasm2obj_global_t* global, const wasm2obj_value_t* value) {
  auto opened = embed::openObject<runtime::Global>(global);
  if (!opened) return makeError(opened.error());
  auto fitting = embed::toFitting(*value, opened->object->type().value, *opened->store);
  if (!fitting) return makeError(fitting.error());
  return errorOf(opened->object->set(*fitting));
}

wasm2obj_error_t* wasm2obj_exception_new(const wasm2obj_tag_t* tag,
                                         const wasm2obj_value_t* arguments, size_t argumentCount,
                                         wasm2obj_ref_t** exception) {
  auto made = newException(tag, {arguments, argumentCount});
  if (!made) return makeError(made.error());
  *exception = *made;
  return nullptr;
}

bool wasm2obj_ref_has_tag(const wasm2obj_ref_t* ref, const wasm2obj_tag_t* tag) {
  if (wasm2obj_ref_kind(ref) != WASM2OBJ_REF_EXCEPTION || ref->store.expired()) return false;
  auto opened = embed::openObject<runtime::Tag>(tag);
  return opened && &runtime::tagOf(embed::objectOf(*ref)) == opened->object;
}
