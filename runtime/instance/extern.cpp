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

// Returns the import with an index of the index space of a kind; null for what the module defines,
// whose index without imports `index` is then.
const abi::Import* importAt(const Module& module, abi::ExternKind kind, uint32_t& index) {
  for (const abi::Import& import : module.descriptor().imports) {
    if (import.kind == kind && index-- == 0) return &import;
  }
  return nullptr;
}

struct TypeOf {
  ExternType operator()(const HostFunction&) const {
    base::checkFailed(__FILE__, __LINE__, "a HostFunction has no type id");
  }
  ExternType operator()(const Func& function) const {
    return {.kind = abi::ExternKind::Function, .typeId = function.reference()->typeId};
  }
  ExternType operator()(const Table* table) const {
    return {.kind = abi::ExternKind::Table, .table = table->currentType()};
  }
  ExternType operator()(const Memory* memory) const {
    return {.kind = abi::ExternKind::Memory, .memory = memory->currentType()};
  }
  ExternType operator()(const Global* global) const {
    return {.kind = abi::ExternKind::Global, .global = global->type()};
  }
  ExternType operator()(const Tag* tag) const {
    return {.kind = abi::ExternKind::Tag, .typeId = tag->typeId()};
  }
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

  // The type of a host function has no supertypes, so that it matches itself alone. It needs no id
  // for that, which would take a lock of the process.
  bool operator()(const HostFunction& function) const {
    if (import.kind != abi::ExternKind::Function || function.isOfAnyType) {
      return import.kind == abi::ExternKind::Function;
    }
    const CanonicalType& wanted = canonicalType(module.typeId(import.typeIndex));
    return wanted.isPlainFunc && wanted.func == function.type;
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

ExternType typeOf(const Module& module, const abi::Import& import) {
  ExternType type{.kind = import.kind};
  switch (import.kind) {
    case abi::ExternKind::Function:
    case abi::ExternKind::Tag:
      type.typeId = module.typeId(import.typeIndex);
      break;
    case abi::ExternKind::Table:
      type.table = module.canonical(import.table);
      break;
    case abi::ExternKind::Memory:
      type.memory = import.memory;
      break;
    case abi::ExternKind::Global:
      type.global = module.canonical(import.global);
      break;
  }
  return type;
}

ExternType typeOf(const Module& module, const abi::Export& entry) {
  uint32_t index = entry.index;  // without imports, if it is none of them
  if (const abi::Import* import = importAt(module, entry.kind, index)) {
    return typeOf(module, *import);
  }
  const abi::ModuleDescriptor& descriptor = module.descriptor();
  ExternType type{.kind = entry.kind};
  switch (entry.kind) {
    case abi::ExternKind::Function:
      type.typeId = module.typeId(descriptor.functions[index].typeIndex);
      break;
    case abi::ExternKind::Table:
      type.table = module.canonical(descriptor.tables[index].type);
      break;
    case abi::ExternKind::Memory:
      type.memory = descriptor.memories[index].type;
      break;
    case abi::ExternKind::Global:
      type.global = module.canonical(descriptor.globals[index].type);
      break;
    case abi::ExternKind::Tag:
      type.typeId = module.typeId(descriptor.tags[index].typeIndex);
      break;
  }
  return type;
}

ExternType typeOf(const Extern& value) { return std::visit(TypeOf{}, value); }

std::string describe(const ExternType& type) {
  switch (type.kind) {
    case abi::ExternKind::Function:
      return describeFunction(type.typeId);
    case abi::ExternKind::Table:
      return describeType(type.table);
    case abi::ExternKind::Memory:
      return describeType(type.memory);
    case abi::ExternKind::Global:
      return describeType(type.global);
    case abi::ExternKind::Tag:
      return "tag " + text(canonicalType(type.typeId).func);
  }
  base::checkFailed(__FILE__, __LINE__, "Module::create refuses other kinds");
}

std::string describe(const Extern& value) {
  const auto* function = std::get_if<HostFunction>(&value);
  if (function == nullptr) return describe(typeOf(value));
  if (function->isOfAnyType) return "function of any type";
  TypeIds held(function->type);
  return describeFunction(held[0]);
}

bool matches(const Module& module, const abi::Import& import, const Extern& value) {
  return std::visit(Matches{module, import}, value);
}

base::Result<void> checkMatches(const Module& module, const abi::Import& import,
                                const Extern& value) {
  if (matches(module, import, value)) return {};
  return base::Error{
      "", fmt::format("incompatible import type for {}: expected {}, found {}", importName(import),
                      describe(module, import), describe(value))};
}

std::string importName(const abi::Import& import) {
  return fmt::format("{}.{}", toView(import.module), toView(import.name));
}

}  // namespace runtime
