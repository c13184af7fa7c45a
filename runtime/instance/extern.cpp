#include "runtime/instance/extern.h"

#include <fmt/format.h>

#include <iterator>

#include "runtime/module/module.h"
#include "runtime/types/type_match.h"
#include "runtime/types/type_registry.h"

namespace runtime {
namespace {

std::string describeLimits(uint32_t flags, uint64_t min, uint64_t max) {
  std::string out = flags & abi::kIndex64 ? "(64-bit, " : "(";
  out += fmt::format("min {}", min);
  if (flags & abi::kHasMax) out += fmt::format(", max {}", max);
  if (flags & abi::kShared) out += ", shared";
  return out + ")";
}

// Different types can have the same parameters and results: subtypes, and members of recursive
// groups. The type id tells them apart in a message. It is left out for the most common type, a
// final one in a group of its own.
std::string describeFunction(uint32_t typeId) {
  const FuncType& type = canonicalType(typeId).func;
  std::string out = "function " + text(type);
  return typeId == TypeIds(type)[0] ? out : fmt::format("{} (type ${})", out, typeId);
}

std::string describeType(const abi::TableType& type) {
  return fmt::format("table {} of {}", describeLimits(type.flags, type.min, type.max),
                     text(type.element));
}

std::string describeType(const abi::MemoryType& type) {
  std::string out = "memory " + describeLimits(type.flags, type.min, type.max);
  if (uint64_t{1} << type.pageSizeLog2 == abi::kPageSize) return out;
  return fmt::format("{} with pages of {}", out, uint64_t{1} << type.pageSizeLog2);
}

std::string describeType(const abi::GlobalType& type) {
  return fmt::format("global {}{}", type.isMutable ? "mutable " : "", text(type.value));
}

std::string describeTag(uint32_t typeId) { return "tag " + text(canonicalType(typeId).func); }

struct Describe {
  std::string operator()(const HostFunction& function) const {
    TypeIds held(function.type);
    return describeFunction(held[0]);
  }
  std::string operator()(const Func& function) const {
    return describeFunction(function.reference()->typeId);
  }
  std::string operator()(const Table* table) const { return describeType(table->currentType()); }
  std::string operator()(const Memory* memory) const { return describeType(memory->currentType()); }
  std::string operator()(const Global* global) const { return describeType(global->type()); }
  std::string operator()(const Tag* tag) const { return describeTag(tag->typeId()); }
};

// Returns whether the limits `actual` match `wanted` (section "Matching: Limits"): the range of
// sizes must be included. Address type and sharing must be equal.
template <class Type>
bool limitsMatch(const Type& wanted, const Type& actual) {
  constexpr uint32_t kExact = abi::kIndex64 | abi::kShared;
  if ((wanted.flags & kExact) != (actual.flags & kExact) || actual.min < wanted.min) return false;
  if ((wanted.flags & abi::kHasMax) == 0) return true;
  return (actual.flags & abi::kHasMax) != 0 && actual.max <= wanted.max;
}

struct Matches {
  const Module& module;
  const abi::Import& import;

  bool operator()(const HostFunction& function) const {
    TypeIds held(function.type);
    return import.kind == abi::ExternKind::Function &&
           isSubtype(held[0], module.typeId(import.typeIndex));
  }
  bool operator()(const Func& function) const {
    return import.kind == abi::ExternKind::Function &&
           isSubtype(function.reference()->typeId, module.typeId(import.typeIndex));
  }
  bool operator()(const Table* table) const {
    // Tables can be written to, so that the element types must be equal.
    return import.kind == abi::ExternKind::Table &&
           table->type().element == module.canonical(import.table).element &&
           limitsMatch(import.table, table->currentType());
  }
  bool operator()(const Memory* memory) const {
    return import.kind == abi::ExternKind::Memory &&
           memory->type().pageSizeLog2 == import.memory.pageSizeLog2 &&
           limitsMatch(import.memory, memory->currentType());
  }
  bool operator()(const Global* global) const {
    if (import.kind != abi::ExternKind::Global) return false;
    abi::GlobalType wanted = module.canonical(import.global);
    const abi::GlobalType& actual = global->type();
    if (actual.isMutable != wanted.isMutable) return false;
    // Covariant for constants, invariant for variables.
    return wanted.isMutable ? actual.value == wanted.value : isSubtype(actual.value, wanted.value);
  }
  bool operator()(const Tag* tag) const {
    return import.kind == abi::ExternKind::Tag && tag->typeId() == module.typeId(import.typeIndex);
  }
};

}  // namespace

std::string describe(const Extern& value) { return std::visit(Describe{}, value); }

std::string describe(const Module& module, const abi::Import& import) {
  switch (import.kind) {
    case abi::ExternKind::Function:
      return describeFunction(module.typeId(import.typeIndex));
    case abi::ExternKind::Table:
      return describeType(module.canonical(import.table));
    case abi::ExternKind::Memory:
      return describeType(import.memory);
    case abi::ExternKind::Global:
      return describeType(module.canonical(import.global));
    case abi::ExternKind::Tag:
      return describeTag(module.typeId(import.typeIndex));
  }
  base::checkFailed(__FILE__, __LINE__, "Module::create refuses other kinds");
}

bool matches(const Module& module, const abi::Import& import, const Extern& value) {
  return std::visit(Matches{module, import}, value);
}

}  // namespace runtime
