#include "loader/embed/types/extern_type.h"

#include <fmt/format.h>

#include <bit>

#include "loader/embed/types/func_type.h"
#include "runtime/abi/memory_limits.h"
#include "runtime/types/type_registry.h"

namespace embed {
namespace {

static_assert(static_cast<int>(abi::ExternKind::Function) == WASM2OBJ_FUNC &&
              static_cast<int>(abi::ExternKind::Table) == WASM2OBJ_TABLE &&
              static_cast<int>(abi::ExternKind::Memory) == WASM2OBJ_MEMORY &&
              static_cast<int>(abi::ExternKind::Global) == WASM2OBJ_GLOBAL &&
              static_cast<int>(abi::ExternKind::Tag) == WASM2OBJ_TAG);

// Sets what the types of memories and tables have in common.
template <class Type>
void describeLimits(const Type& type, wasm2obj_extern_type_t& described) {
  described.is_64 = (type.flags & abi::kIndex64) != 0;
  described.is_shared = (type.flags & abi::kShared) != 0;
  described.has_max = (type.flags & abi::kHasMax) != 0;
  described.min = type.min;
  described.max = described.has_max ? type.max : 0;
}

// Reads what describeLimits() sets. `most` is the largest number of pages or elements.
template <class Type>
base::Result<void> readLimits(const wasm2obj_extern_type_t& described, uint64_t most, Type& type) {
  if (described.is_shared) return base::Error{"", "shared memories are not supported"};
  type.min = described.min;
  if (described.has_max) {
    type.flags |= abi::kHasMax;
    type.max = described.max;
  }
  uint64_t max = described.has_max ? described.max : described.min;
  if (described.min > max) return base::Error{"", "the minimum is larger than the maximum"};
  if (max > most) return base::Error{"", fmt::format("the limit {} is larger than {}", max, most)};
  return {};
}

base::Result<abi::ValueType> readValueType(char letter) {
  if (auto type = valueTypeOf(letter, Letters::All)) return *type;
  // The letter is 0 if the program has not set it.
  return base::Error{"", fmt::format("the type of the value is {:?}, which nothing can be made of",
                                     std::string_view(&letter, 1))};
}

}  // namespace

wasm2obj_extern_type_t describe(const runtime::ExternType& type, ExternTypeTexts& texts) {
  texts.text = runtime::describe(type);
  wasm2obj_extern_type_t described{};
  described.kind = static_cast<wasm2obj_kind_t>(type.kind);
  described.text = texts.text.c_str();
  switch (type.kind) {
    case abi::ExternKind::Function:
    case abi::ExternKind::Tag:
      texts.function = funcTypeText(runtime::canonicalType(type.typeId).func);
      described.function = texts.function.c_str();
      break;
    case abi::ExternKind::Table:
      describeLimits(type.table, described);
      described.value = letterOf(type.table.element);
      break;
    case abi::ExternKind::Memory:
      describeLimits(type.memory, described);
      described.page_size = uint32_t{1} << type.memory.pageSizeLog2;
      break;
    case abi::ExternKind::Global:
      described.value = letterOf(type.global.value);
      described.is_mutable = type.global.isMutable != 0;
      break;
  }
  return described;
}

base::Result<abi::MemoryType> memoryTypeOf(const wasm2obj_extern_type_t& described) {
  uint64_t pageSize = described.page_size == 0 ? abi::kPageSize : described.page_size;
  if (pageSize != 1 && pageSize != abi::kPageSize) {
    return base::Error{"", fmt::format("the page size is {}, expected 1 or 65536", pageSize)};
  }
  abi::MemoryType type{};
  type.pageSizeLog2 = static_cast<uint32_t>(std::countr_zero(pageSize));
  if (described.is_64) type.flags |= abi::kIndex64;
  TRY(readLimits(described, abi::maxPages(type), type));
  return type;
}

base::Result<abi::TableType> tableTypeOf(const wasm2obj_extern_type_t& described) {
  abi::TableType type{};
  TRY_ASSIGN(type.element, readValueType(described.value));
  if (!type.element.isReference())
    return base::Error{"", "a table has elements that are references"};
  if (described.is_64) type.flags |= abi::kIndex64;
  TRY(readLimits(described, described.is_64 ? UINT64_MAX : UINT32_MAX, type));
  return type;
}

base::Result<abi::GlobalType> globalTypeOf(const wasm2obj_extern_type_t& described) {
  abi::GlobalType type{};
  TRY_ASSIGN(type.value, readValueType(described.value));
  type.isMutable = described.is_mutable ? 1 : 0;
  return type;
}

}  // namespace embed
