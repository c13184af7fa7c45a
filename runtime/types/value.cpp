#include "runtime/types/value.h"

#include <fmt/format.h>

#include "runtime/abi/heap_names.h"
#include "runtime/base/check.h"
#include "runtime/types/type_descriptors.h"
#include "runtime/types/type_registry.h"

namespace runtime {
namespace {

using abi::HeapKind;
using abi::ValueKind;

// The names of the kinds, in the order of abi::ValueKind.
constexpr const char* kKindNames[] = {"i32",     "i64",       "f32",    "f64",   "v128",
                                      "funcref", "externref", "anyref", "exnref"};

// How much of a concrete type is written. Types may be recursive, so only the outermost is written
// in full, and those in it by their ids.
enum class Detail { Full, IdOnly };

std::string text(const abi::ValueType& type, Detail detail);

std::string list(const std::vector<abi::ValueType>& types, Detail detail) {
  std::string out = "[";
  for (const abi::ValueType& type : types) {
    if (out.size() > 1) out += ' ';
    out += text(type, detail);
  }
  return out + ']';
}

std::string text(const FuncType& type, Detail detail) {
  return fmt::format("{} -> {}", list(type.params, detail), list(type.results, detail));
}

std::string concreteText(uint32_t typeId, Detail detail) {
  const CanonicalType& type = canonicalType(typeId);
  if (detail == Detail::IdOnly || type.kind != abi::CompositeKind::Func) {
    return fmt::format("${}", typeId);
  }
  return fmt::format("(func {})", text(type.func, Detail::IdOnly));
}

std::string text(const abi::ValueType& type, Detail detail) {
  if (!type.isReference()) return runtime::text(type.kind);
  if (type.heap == HeapKind::Concrete) {
    return fmt::format("(ref {}{})", type.isNullable ? "null " : "",
                       concreteText(type.typeIndex, detail));
  }
  const abi::HeapName& name = abi::kHeapNames[static_cast<size_t>(type.heap)];
  return type.isNullable ? name.nullable : fmt::format("(ref {})", name.heap);
}

// Returns the type of a non-null reference of the any hierarchy.
abi::ValueType objectType(uint64_t word) {
  switch (referentKind(word)) {
    case ReferentKind::I31:
      return {ValueKind::AnyRef, HeapKind::I31, 0, 0, 0};
    case ReferentKind::Struct:
    case ReferentKind::Array:
      return {ValueKind::AnyRef, HeapKind::Concrete, 0, 0,
              abi::typeIdOf(reinterpret_cast<const abi::ObjectHeader*>(word)->type)};
    default:
      return {ValueKind::AnyRef, HeapKind::Any, 0, 0, 0};
  }
}

// Returns the type of a reference whose hierarchy has no types besides the top and the bottom.
abi::ValueType opaqueType(const Value& value, HeapKind heap, HeapKind bottom) {
  bool isNull = value.slot.ref == nullptr;
  return {value.kind, isNull ? bottom : heap, isNull, 0, 0};
}

}  // namespace

const char* text(abi::ValueKind kind) { return kKindNames[static_cast<size_t>(kind)]; }

std::string text(const abi::ValueType& type) { return text(type, Detail::Full); }

std::string text(const FuncType& type) { return text(type, Detail::Full); }

ReferentKind referentKind(uint64_t word) {
  if (word == 0) return ReferentKind::Null;
  if (abi::isI31(word)) return ReferentKind::I31;
  if (abi::isHostWord(word)) return ReferentKind::Host;
  switch (typeDescriptor(reinterpret_cast<const abi::ObjectHeader*>(word)->type).kind) {
    case abi::ObjectKind::Struct:
      return ReferentKind::Struct;
    case abi::ObjectKind::Array:
      return ReferentKind::Array;
    case abi::ObjectKind::Rope:
    case abi::ObjectKind::String:
      return ReferentKind::String;
    case abi::ObjectKind::HostBox:
      return ReferentKind::Host;
    case abi::ObjectKind::Exception:
      break;
  }
  return ReferentKind::Exception;
}

void* hostPointerOf(uint64_t word) {
  if (abi::isHostWord(word)) return reinterpret_cast<void*>(abi::hostPointer(word));
  if (referentKind(word) != ReferentKind::Host) return nullptr;
  return reinterpret_cast<void*>(reinterpret_cast<const abi::HostBox*>(word)->pointer);
}

abi::ValueType typeOf(const Value& value) {
  switch (value.kind) {
    case ValueKind::I32:
    case ValueKind::I64:
    case ValueKind::F32:
    case ValueKind::F64:
    case ValueKind::V128:
      return {value.kind, {}, 0, 0, 0};
    case ValueKind::FuncRef:
      // A function has its own type, which is more specific than that of the place it comes from.
      if (value.slot.ref == nullptr) return {value.kind, HeapKind::NoFunc, 1, 0, 0};
      return {value.kind, HeapKind::Concrete, 0, 0,
              static_cast<const abi::FuncRef*>(value.slot.ref)->typeId};
    case ValueKind::ExternRef:
      return opaqueType(value, HeapKind::Extern, HeapKind::NoExtern);
    case ValueKind::AnyRef:
      if (value.slot.ref == nullptr) return {value.kind, HeapKind::None, 1, 0, 0};
      return objectType(value.slot.i64);
    case ValueKind::ExnRef:
      return opaqueType(value, HeapKind::Exn, HeapKind::NoExn);
  }
  base::checkFailed(__FILE__, __LINE__, "a known ValueKind");
}

}  // namespace runtime
