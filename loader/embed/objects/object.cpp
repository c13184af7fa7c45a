// Where objects come from: the exports of instances, and the program.
#include <fmt/format.h>

#include <optional>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/objects/open_object.h"
#include "loader/embed/types/extern_type.h"
#include "loader/embed/types/func_type.h"
#include "loader/embed/types/value.h"
#include "loader/embed/wasm2obj_objects.h"
#include "runtime/abi/memory_limits.h"

namespace {

using abi::ExternKind;
using embed::makeError;
using embed::Object;

// Returns the row of an export of an instance, if it has one of this kind and name.
std::optional<uint32_t> findExport(const wasm2obj_instance_t& instance, ExternKind kind,
                                   std::string_view name) {
  const auto& exports = instance.instance->module().descriptor().exports;
  for (uint32_t row = 0; row < exports.count; ++row) {
    if (exports[row].kind == kind && runtime::toView(exports[row].name) == name) return row;
  }
  return std::nullopt;
}

// Sets `*handle` to an export. `noun` is its kind for messages.
template <class Handle>
wasm2obj_error_t* find(wasm2obj_instance_t& instance, ExternKind kind, const char* noun,
                       const char* name, Handle** handle) {
  if (auto usable = embed::checkUsable(instance); !usable) return makeError(usable.error());
  if (instance.instance == nullptr) return makeError("the instance is not complete");
  auto row = findExport(instance, kind, name);
  if (!row) return makeError(fmt::format("no {} '{}' is exported", noun, name));
  *handle = static_cast<Handle*>(wasm2obj_linked_object(&instance, *row));
  return nullptr;
}

// Sets `*type` to the type of an object.
wasm2obj_error_t* typeOf(const void* handle, wasm2obj_extern_type_t* type) {
  auto object = embed::checkObject(handle);
  if (!object) return makeError(object.error());
  *type = embed::describe(runtime::typeOf((*object)->value), (*object)->texts);
  return nullptr;
}

// Sets `*handle` to an object that has been made.
template <class Handle, class T>
wasm2obj_error_t* take(wasm2obj_store_t& store, const base::Result<T*>& made, Handle** handle) {
  if (!made) return makeError(made.error());
  auto object = std::make_unique<Object>(Object{store.shared, runtime::Extern(*made)});
  *handle = reinterpret_cast<Handle*>(store.shared->add(std::move(object)));
  return nullptr;
}

base::Result<runtime::Memory*> makeMemory(runtime::Store& store,
                                          const wasm2obj_extern_type_t& described) {
  TRY(embed::checkNotFinalizing(store));
  TRY_ASSIGN(abi::MemoryType type, embed::memoryTypeOf(described));
  return store.createMemory(type);
}

base::Result<runtime::Table*> makeTable(runtime::Store& store,
                                        const wasm2obj_extern_type_t& described,
                                        const wasm2obj_ref_t* initial) {
  TRY(embed::checkNotFinalizing(store));
  TRY_ASSIGN(abi::TableType type, embed::tableTypeOf(described));
  wasm2obj_value_t given{};
  given.type = WASM2OBJ_REF;
  given.of.ref = const_cast<wasm2obj_ref_t*>(initial);
  TRY_ASSIGN(runtime::Value value, embed::toFitting(given, type.element, store));
  return store.createTable(type, value);
}

base::Result<runtime::Global*> makeGlobal(runtime::Store& store,
                                          const wasm2obj_extern_type_t& described,
                                          const wasm2obj_value_t& initial) {
  TRY(embed::checkNotFinalizing(store));
  TRY_ASSIGN(abi::GlobalType type, embed::globalTypeOf(described));
  TRY_ASSIGN(runtime::Value value, embed::toFitting(initial, type.value, store));
  return store.createGlobal(type, value);
}

base::Result<runtime::Tag*> makeTag(runtime::Store& store, const char* text) {
  TRY(embed::checkNotFinalizing(store));
  TRY_ASSIGN(runtime::FuncType type, embed::parseFuncType(text, embed::Letters::All));
  if (!type.results.empty()) {
    return base::Error{"", fmt::format("the type '{}' of the tag has results", text)};
  }
  return store.createTag(type);
}

}  // namespace

base::Result<const embed::Object*> embed::checkObject(const void* handle) {
  const auto* object = static_cast<const Object*>(handle);
  if (object == nullptr) return base::Error{"", "the object is null"};
  if (object->shared.expired()) return base::Error{"", "the store of the object has been deleted"};
  return object;
}

wasm2obj_error_t* wasm2obj_instance_find_memory(wasm2obj_instance_t* instance, const char* name,
                                                wasm2obj_memory_t** memory) {
  return find(*instance, ExternKind::Memory, "memory", name, memory);
}

wasm2obj_error_t* wasm2obj_instance_find_table(wasm2obj_instance_t* instance, const char* name,
                                               wasm2obj_table_t** table) {
  return find(*instance, ExternKind::Table, "table", name, table);
}

wasm2obj_error_t* wasm2obj_instance_find_global(wasm2obj_instance_t* instance, const char* name,
                                                wasm2obj_global_t** global) {
  return find(*instance, ExternKind::Global, "global", name, global);
}

wasm2obj_error_t* wasm2obj_instance_find_tag(wasm2obj_instance_t* instance, const char* name,
                                             wasm2obj_tag_t** tag) {
  return find(*instance, ExternKind::Tag, "tag", name, tag);
}

wasm2obj_error_t* wasm2obj_memory_type(const wasm2obj_memory_t* memory,
                                       wasm2obj_extern_type_t* type) {
  return typeOf(memory, type);
}

wasm2obj_error_t* wasm2obj_table_type(const wasm2obj_table_t* table, wasm2obj_extern_type_t* type) {
  return typeOf(table, type);
}

wasm2obj_error_t* wasm2obj_global_type(const wasm2obj_global_t* global,
                                       wasm2obj_extern_type_t* type) {
  return typeOf(global, type);
}

wasm2obj_error_t* wasm2obj_tag_type(const wasm2obj_tag_t* tag, wasm2obj_extern_type_t* type) {
  return typeOf(tag, type);
}

wasm2obj_error_t* wasm2obj_memory_make(wasm2obj_store_t* store, const wasm2obj_extern_type_t* type,
                                       wasm2obj_memory_t** memory) {
  return take(*store, makeMemory(store->shared->store(), *type), memory);
}

wasm2obj_error_t* wasm2obj_table_make(wasm2obj_store_t* store, const wasm2obj_extern_type_t* type,
                                      const wasm2obj_ref_t* initial, wasm2obj_table_t** table) {
  return take(*store, makeTable(store->shared->store(), *type, initial), table);
}

wasm2obj_error_t* wasm2obj_global_make(wasm2obj_store_t* store, const wasm2obj_extern_type_t* type,
                                       const wasm2obj_value_t* initial,
                                       wasm2obj_global_t** global) {
  return take(*store, makeGlobal(store->shared->store(), *type, *initial), global);
}

wasm2obj_error_t* wasm2obj_tag_make(wasm2obj_store_t* store, const char* type,
                                    wasm2obj_tag_t** tag) {
  return take(*store, makeTag(store->shared->store(), type), tag);
}
