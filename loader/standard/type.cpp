#include "loader/standard/type.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "runtime/types/value.h"

namespace standard {
namespace {

using abi::ValueKind;
using TypePtr = std::unique_ptr<wasm_valtype_t>;

constexpr uint8_t kDefaultPageSizeLog2 = 16;

TypePtr newValueType(const abi::ValueType& type) {
  TypePtr made(new wasm_valtype_t{type, nullptr});
  if (type.isReference() && type.heap == abi::HeapKind::Concrete) {
    made->held = std::make_shared<const runtime::TypeIds>(type);
  }
  return made;
}

wasm_valtype_vec_t newTypes(const std::vector<abi::ValueType>& types) {
  wasm_valtype_vec_t made;
  wasm_valtype_vec_new_uninitialized(&made, types.size());
  for (size_t i = 0; i < made.size; ++i) made.data[i] = newValueType(types[i]).release();
  return made;
}

std::vector<abi::ValueType> typesOf(const wasm_valtype_vec_t& types) {
  std::vector<abi::ValueType> values;
  for (const wasm_valtype_t* type : std::span(types.data, types.size)) values.push_back(type->type);
  return values;
}

bool hasNull(const wasm_valtype_vec_t* types) {
  return types == nullptr || std::ranges::count(std::span(types->data, types->size), nullptr) != 0;
}

// The limits of a table or a memory for programs.
template <class Type>
wasm_limits_t limitsOf(const Type& type) {
  auto clamp = [](uint64_t limit) {
    return static_cast<uint32_t>(std::min<uint64_t>(limit, std::numeric_limits<uint32_t>::max()));
  };
  bool hasMax = (type.flags & abi::kHasMax) != 0;
  return {clamp(type.min), hasMax ? clamp(type.max) : wasm_limits_max_default};
}

template <class Type>
void setLimits(Type& type, const wasm_limits_t& limits) {
  type.min = limits.min;
  if (limits.max == wasm_limits_max_default) return;
  type.flags |= abi::kHasMax;
  type.max = limits.max;
}

wasm_functype_t* functionType(uint32_t typeId) {
  return newType(runtime::canonicalType(typeId).func);
}

wasm_tagtype_t* tagType(uint32_t typeId) {
  return new wasm_tagtype_t(std::unique_ptr<wasm_functype_t>(functionType(typeId)));
}

template <class Type>
Type* copyOf(const Type* type) {
  return type == nullptr ? nullptr : static_cast<Type*>(type->copy());
}

template <class To, class From>
To* typeAs(From* type, wasm_externkind_t kind) {
  return type == nullptr || type->kind != kind ? nullptr : static_cast<To*>(type);
}

}  // namespace

wasm_valkind_t kindOf(const abi::ValueType& type) {
  switch (type.kind) {
    case ValueKind::I32:
      return WASM_I32;
    case ValueKind::I64:
      return WASM_I64;
    case ValueKind::F32:
      return WASM_F32;
    case ValueKind::F64:
      return WASM_F64;
    case ValueKind::V128:
      return WASM_V128;
    case ValueKind::FuncRef:
      return WASM_FUNCREF;
    default:
      return WASM_EXTERNREF;
  }
}

wasm_functype_t* newType(const runtime::FuncType& type) {
  return new wasm_functype_t(newTypes(type.params), newTypes(type.results));
}

wasm_globaltype_t* newType(const abi::GlobalType& type) {
  wasm_mutability_t mutability = type.isMutable ? WASM_VAR : WASM_CONST;
  return new wasm_globaltype_t(newValueType(type.value), mutability);
}

wasm_tabletype_t* newType(const abi::TableType& type) {
  return new wasm_tabletype_t(newValueType(type.element), type);
}

wasm_externtype_t* newType(const runtime::Extern& value) {
  const auto* function = std::get_if<runtime::HostFunction>(&value);
  return function == nullptr ? newType(runtime::typeOf(value)) : newType(function->type);
}

wasm_externtype_t* newType(const runtime::ExternType& type) {
  switch (type.kind) {
    case abi::ExternKind::Function:
      return functionType(type.typeId);
    case abi::ExternKind::Table:
      return newType(type.table);
    case abi::ExternKind::Memory:
      return newType(type.memory);
    case abi::ExternKind::Global:
      return newType(type.global);
    case abi::ExternKind::Tag:
      break;
  }
  return tagType(type.typeId);
}

}  // namespace standard

using standard::copyOf;
using standard::typeAs;

wasm_functype_t::~wasm_functype_t() {
  wasm_valtype_vec_delete(&params);
  wasm_valtype_vec_delete(&results);
}

wasm_externtype_t* wasm_functype_t::copy() const { return standard::newType(type()); }

runtime::FuncType wasm_functype_t::type() const {
  return {standard::typesOf(params), standard::typesOf(results)};
}

wasm_externtype_t* wasm_globaltype_t::copy() const {
  return new wasm_globaltype_t(std::make_unique<wasm_valtype_t>(*content), mutability);
}

wasm_tabletype_t::wasm_tabletype_t(std::unique_ptr<wasm_valtype_t> ofElement,
                                   const abi::TableType& ofType)
    : wasm_externtype_t(WASM_EXTERN_TABLE),
      element(std::move(ofElement)),
      type(ofType),
      limits(standard::limitsOf(type)) {}

wasm_externtype_t* wasm_tabletype_t::copy() const {
  return new wasm_tabletype_t(std::make_unique<wasm_valtype_t>(*element), type);
}

wasm_memorytype_t::wasm_memorytype_t(const abi::MemoryType& ofType)
    : wasm_externtype_t(WASM_EXTERN_MEMORY), type(ofType), limits(standard::limitsOf(type)) {}

wasm_externtype_t* wasm_tagtype_t::copy() const {
  return new wasm_tagtype_t(std::unique_ptr<wasm_functype_t>(copyOf(functype.get())));
}

wasm_importtype_t::~wasm_importtype_t() {
  wasm_name_delete(&module);
  wasm_name_delete(&name);
}

wasm_exporttype_t::~wasm_exporttype_t() { wasm_name_delete(&name); }

wasm_valtype_t* wasm_valtype_new(wasm_valkind_t kind) {
  switch (kind) {
    case WASM_I32:
      return new wasm_valtype_t{abi::kI32, nullptr};
    case WASM_I64:
      return new wasm_valtype_t{abi::kI64, nullptr};
    case WASM_F32:
      return new wasm_valtype_t{abi::kF32, nullptr};
    case WASM_F64:
      return new wasm_valtype_t{abi::kF64, nullptr};
    case WASM_V128:
      return new wasm_valtype_t{abi::kV128, nullptr};
    case WASM_EXTERNREF:
      return new wasm_valtype_t{abi::kExternRef, nullptr};
    case WASM_FUNCREF:
      return new wasm_valtype_t{abi::kFuncRef, nullptr};
    default:
      return nullptr;
  }
}

void wasm_valtype_delete(wasm_valtype_t* type) { delete type; }

wasm_valtype_t* wasm_valtype_copy(const wasm_valtype_t* type) {
  return type == nullptr ? nullptr : new wasm_valtype_t(*type);
}

wasm_valkind_t wasm_valtype_kind(const wasm_valtype_t* type) {
  return type == nullptr ? wasm_valkind_t{WASM_I32} : standard::kindOf(type->type);
}

wasm_functype_t* wasm_functype_new(wasm_valtype_vec_t* params, wasm_valtype_vec_t* results) {
  if (standard::hasNull(params) || standard::hasNull(results)) {
    wasm_valtype_vec_delete(params);
    wasm_valtype_vec_delete(results);
    return nullptr;
  }
  // The vectors have been given away: they are empty now.
  return new wasm_functype_t(std::exchange(*params, {}), std::exchange(*results, {}));
}

const wasm_valtype_vec_t* wasm_functype_params(const wasm_functype_t* type) {
  return type == nullptr ? nullptr : &type->params;
}

const wasm_valtype_vec_t* wasm_functype_results(const wasm_functype_t* type) {
  return type == nullptr ? nullptr : &type->results;
}

wasm_globaltype_t* wasm_globaltype_new(wasm_valtype_t* content, wasm_mutability_t mutability) {
  if (content == nullptr) return nullptr;
  return new wasm_globaltype_t(standard::TypePtr(content), mutability);
}

const wasm_valtype_t* wasm_globaltype_content(const wasm_globaltype_t* type) {
  return type == nullptr ? nullptr : type->content.get();
}

wasm_mutability_t wasm_globaltype_mutability(const wasm_globaltype_t* type) {
  return type == nullptr ? wasm_mutability_t{WASM_CONST} : type->mutability;
}

wasm_tabletype_t* wasm_tabletype_new(wasm_valtype_t* element, const wasm_limits_t* limits) {
  standard::TypePtr owned(element);
  if (element == nullptr || limits == nullptr) return nullptr;
  abi::TableType type{};
  type.element = element->type;
  standard::setLimits(type, *limits);
  return new wasm_tabletype_t(std::move(owned), type);
}

const wasm_valtype_t* wasm_tabletype_element(const wasm_tabletype_t* type) {
  return type == nullptr ? nullptr : type->element.get();
}

const wasm_limits_t* wasm_tabletype_limits(const wasm_tabletype_t* type) {
  return type == nullptr ? nullptr : &type->limits;
}

wasm_memorytype_t* wasm_memorytype_new(const wasm_limits_t* limits) {
  if (limits == nullptr) return nullptr;
  abi::MemoryType type{};
  type.pageSizeLog2 = standard::kDefaultPageSizeLog2;
  standard::setLimits(type, *limits);
  return new wasm_memorytype_t(type);
}

const wasm_limits_t* wasm_memorytype_limits(const wasm_memorytype_t* type) {
  return type == nullptr ? nullptr : &type->limits;
}

wasm_tagtype_t* wasm_tagtype_new(wasm_functype_t* type) {
  if (type == nullptr) return nullptr;
  return new wasm_tagtype_t(std::unique_ptr<wasm_functype_t>(type));
}

const wasm_functype_t* wasm_tagtype_functype(const wasm_tagtype_t* type) {
  return type == nullptr ? nullptr : type->functype.get();
}

wasm_externkind_t wasm_externtype_kind(const wasm_externtype_t* type) {
  return type == nullptr ? wasm_externkind_t{WASM_EXTERN_FUNC} : type->kind;
}

void wasm_externtype_delete(wasm_externtype_t* type) { delete type; }

wasm_externtype_t* wasm_externtype_copy(const wasm_externtype_t* type) { return copyOf(type); }

// A family of functions for each kind of external type.
#define DEFINE_EXTERN_TYPE(name, kind)                                                      \
  void wasm_##name##_delete(wasm_##name##_t* type) { delete type; }                         \
  wasm_##name##_t* wasm_##name##_copy(const wasm_##name##_t* type) { return copyOf(type); } \
  wasm_externtype_t* wasm_##name##_as_externtype(wasm_##name##_t* type) { return type; }    \
  const wasm_externtype_t* wasm_##name##_as_externtype_const(const wasm_##name##_t* type) { \
    return type;                                                                            \
  }                                                                                         \
  wasm_##name##_t* wasm_externtype_as_##name(wasm_externtype_t* type) {                     \
    return typeAs<wasm_##name##_t>(type, kind);                                             \
  }                                                                                         \
  const wasm_##name##_t* wasm_externtype_as_##name##_const(const wasm_externtype_t* type) { \
    return typeAs<const wasm_##name##_t>(type, kind);                                       \
  }

DEFINE_EXTERN_TYPE(functype, WASM_EXTERN_FUNC)
DEFINE_EXTERN_TYPE(globaltype, WASM_EXTERN_GLOBAL)
DEFINE_EXTERN_TYPE(tabletype, WASM_EXTERN_TABLE)
DEFINE_EXTERN_TYPE(memorytype, WASM_EXTERN_MEMORY)
DEFINE_EXTERN_TYPE(tagtype, WASM_EXTERN_TAG)

wasm_importtype_t* wasm_importtype_new(wasm_name_t* module, wasm_name_t* name,
                                       wasm_externtype_t* type) {
  std::unique_ptr<wasm_externtype_t> owned(type);
  if (module == nullptr || name == nullptr || type == nullptr) {
    wasm_name_delete(module);
    wasm_name_delete(name);
    return nullptr;
  }
  return new wasm_importtype_t(std::exchange(*module, {}), std::exchange(*name, {}),
                               std::move(owned));
}

void wasm_importtype_delete(wasm_importtype_t* type) { delete type; }

wasm_importtype_t* wasm_importtype_copy(const wasm_importtype_t* type) {
  if (type == nullptr) return nullptr;
  wasm_name_t module, name;
  wasm_name_copy(&module, &type->module);
  wasm_name_copy(&name, &type->name);
  return wasm_importtype_new(&module, &name, copyOf(type->type.get()));
}

const wasm_name_t* wasm_importtype_module(const wasm_importtype_t* type) {
  return type == nullptr ? nullptr : &type->module;
}

const wasm_name_t* wasm_importtype_name(const wasm_importtype_t* type) {
  return type == nullptr ? nullptr : &type->name;
}

const wasm_externtype_t* wasm_importtype_type(const wasm_importtype_t* type) {
  return type == nullptr ? nullptr : type->type.get();
}

wasm_exporttype_t* wasm_exporttype_new(wasm_name_t* name, wasm_externtype_t* type) {
  std::unique_ptr<wasm_externtype_t> owned(type);
  if (name == nullptr || type == nullptr) {
    wasm_name_delete(name);
    return nullptr;
  }
  return new wasm_exporttype_t(std::exchange(*name, {}), std::move(owned));
}

void wasm_exporttype_delete(wasm_exporttype_t* type) { delete type; }

wasm_exporttype_t* wasm_exporttype_copy(const wasm_exporttype_t* type) {
  if (type == nullptr) return nullptr;
  wasm_name_t name;
  wasm_name_copy(&name, &type->name);
  return wasm_exporttype_new(&name, copyOf(type->type.get()));
}

const wasm_name_t* wasm_exporttype_name(const wasm_exporttype_t* type) {
  return type == nullptr ? nullptr : &type->name;
}

const wasm_externtype_t* wasm_exporttype_type(const wasm_exporttype_t* type) {
  return type == nullptr ? nullptr : type->type.get();
}
