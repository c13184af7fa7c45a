// Reading and writing of objects: the fields of structs, the elements of arrays, and the arguments
// of exceptions.
#include <string>
#include <vector>

#include "loader/embed/error.h"
#include "loader/embed/ref.h"
#include "loader/embed/types/value.h"
#include "runtime/objects/exception.h"
#include "runtime/objects/objects.h"
#include "runtime/types/type_descriptors.h"

namespace {

using embed::makeError;
using runtime::Value;

// The object of a reference, which is alive as long as this is.
struct Object {
  std::shared_ptr<runtime::Store> store;
  abi::ObjectHeader* header;
  wasm2obj_ref_kind_t kind;
};

base::Result<Object> openObject(const wasm2obj_ref_t* ref) {
  wasm2obj_ref_kind_t kind = wasm2obj_ref_kind(ref);
  if (kind != WASM2OBJ_REF_STRUCT && kind != WASM2OBJ_REF_ARRAY && kind != WASM2OBJ_REF_EXCEPTION) {
    return base::Error{"", "the reference is not to a struct, an array or an exception"};
  }
  TRY_ASSIGN(auto store, embed::storeOf(*ref));
  return Object{std::move(store), &embed::objectOf(*ref), kind};
}

const std::vector<abi::ValueType>& parametersOf(const Object& exception) {
  return runtime::canonicalType(runtime::tagOf(*exception.header).typeId()).func.params;
}

size_t partsOf(const Object& object) {
  switch (object.kind) {
    case WASM2OBJ_REF_STRUCT:
      return runtime::typeOf(*object.header).fields.size();
    case WASM2OBJ_REF_ARRAY:
      return object.header->length;
    default:
      return parametersOf(object).size();
  }
}

// Returns the type of a part, whose index must be in bounds.
abi::FieldType typeOfPart(const Object& object, size_t index) {
  switch (object.kind) {
    case WASM2OBJ_REF_STRUCT:
      return runtime::typeOf(*object.header).fields[index];
    case WASM2OBJ_REF_ARRAY:
      return runtime::typeOf(*object.header).fields[0];
    default:
      return {.value = parametersOf(object)[index], .packed = {}, .isMutable = 0, .reserved = {}};
  }
}

// Returns the address of a part of a struct or an array.
void* addressOfPart(const Object& object, size_t index) {
  auto part = static_cast<uint32_t>(index);
  return object.kind == WASM2OBJ_REF_STRUCT ? runtime::fieldAddress(*object.header, part)
                                            : runtime::elementAddress(*object.header, part);
}

// Opens the object if it has a part with the index.
base::Result<Object> openPart(const wasm2obj_ref_t* ref, size_t index) {
  TRY_ASSIGN(Object object, openObject(ref));
  size_t count = partsOf(object);
  if (index < count) return object;
  return base::Error{
      "", "the index " + std::to_string(index) + " is not less than " + std::to_string(count)};
}

Value readPart(const Object& object, size_t index) {
  if (object.kind == WASM2OBJ_REF_EXCEPTION) return runtime::argumentsOf(*object.header)[index];
  abi::FieldType type = typeOfPart(object, index);
  return {type.value.kind, runtime::loadSlot(addressOfPart(object, index), type)};
}

base::Result<void> writePart(const Object& object, size_t index, const wasm2obj_value_t& given) {
  abi::FieldType type = typeOfPart(object, index);
  if (!type.isMutable) return base::Error{"", "the value is immutable"};
  TRY_ASSIGN(Value value, embed::toFitting(given, type.value, *object.store));
  void* address = addressOfPart(object, index);
  runtime::initSlot(address, type, value.slot);
  if (runtime::isTraced(type.value)) {
    runtime::markCards(object.store->state(), address, sizeof(uint64_t));
  }
  return {};
}

}  // namespace

size_t wasm2obj_ref_size(const wasm2obj_ref_t* ref) {
  auto object = openObject(ref);
  return object ? partsOf(*object) : 0;
}

wasm2obj_error_t* wasm2obj_ref_part(const wasm2obj_ref_t* ref, size_t index,
                                    wasm2obj_part_t* part) {
  auto object = openPart(ref, index);
  if (!object) return makeError(object.error());
  abi::FieldType type = typeOfPart(*object, index);
  *part = {embed::typeOf(type.value), runtime::storageSize(type), type.isMutable != 0};
  return nullptr;
}

wasm2obj_error_t* wasm2obj_ref_get(const wasm2obj_ref_t* ref, size_t index,
                                   wasm2obj_value_t* value) {
  auto object = openPart(ref, index);
  if (!object) return makeError(object.error());
  *value = embed::fromValue(readPart(*object, index), object->store);
  return nullptr;
}

wasm2obj_error_t* wasm2obj_ref_set(const wasm2obj_ref_t* ref, size_t index,
                                   const wasm2obj_value_t* value) {
  auto object = openPart(ref, index);
  if (!object) return makeError(object.error());
  auto written = writePart(*object, index, *value);
  return written ? nullptr : makeError(written.error());
}

const char* wasm2obj_ref_tag(const wasm2obj_ref_t* ref) {
  auto object = openObject(ref);
  if (!object || object->kind != WASM2OBJ_REF_EXCEPTION) return nullptr;
  return runtime::tagOf(*object->header).name().c_str();
}
