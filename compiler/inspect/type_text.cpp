#include "compiler/inspect/type_text.h"

#include <fmt/format.h>

#include <iterator>
#include <vector>

#include "runtime/abi/heap_names.h"
#include "runtime/base/check.h"

namespace inspect {
namespace {

std::string valueText(const abi::ValueType& type) {
  switch (type.kind) {
    case abi::ValueKind::I32:
      return "i32";
    case abi::ValueKind::I64:
      return "i64";
    case abi::ValueKind::F32:
      return "f32";
    case abi::ValueKind::F64:
      return "f64";
    case abi::ValueKind::V128:
      return "v128";
    default:
      break;
  }
  if (type.heap == abi::HeapKind::Concrete) {
    return fmt::format("(ref {}{})", type.isNullable ? "null " : "", type.typeIndex);
  }
  CHECK(static_cast<size_t>(type.heap) < std::size(abi::kHeapNames));
  const abi::HeapName& name = abi::kHeapNames[static_cast<size_t>(type.heap)];
  return type.isNullable ? name.nullable : fmt::format("(ref {})", name.heap);
}

std::string listText(const char* keyword, const abi::Array<abi::ValueType>& types) {
  if (types.count == 0) return "";
  std::string text = fmt::format(" ({}", keyword);
  for (const abi::ValueType& type : types) text += " " + valueText(type);
  return text + ")";
}

std::string limitsText(uint32_t flags, uint64_t min, uint64_t max) {
  std::string text = flags & abi::kIndex64 ? " i64" : "";
  text += fmt::format(" {}", min);
  if (flags & abi::kHasMax) text += fmt::format(" {}", max);
  return text;
}

// Returns the import with an index of the index space of its kind, in which imports come first;
// null if it is none. Sets `index` to the index among the definitions.
const abi::Import* importAt(const abi::ModuleDescriptor& module, abi::ExternKind kind,
                            uint32_t& index) {
  for (const abi::Import& import : module.imports) {
    if (import.kind == kind && index-- == 0) return &import;
  }
  return nullptr;
}

}  // namespace

std::string functionText(const abi::ModuleDescriptor& module, uint32_t typeIndex) {
  const abi::SubType& type = module.types[typeIndex];
  return "func" + listText("param", type.params) + listText("result", type.results);
}

std::string tagText(const abi::ModuleDescriptor& module, uint32_t typeIndex) {
  return "tag" + listText("param", module.types[typeIndex].params);
}

std::string tableText(const abi::TableType& type) {
  return fmt::format("table{} {}", limitsText(type.flags, type.min, type.max),
                     valueText(type.element));
}

std::string memoryText(const abi::MemoryType& type) {
  std::string text = "memory" + limitsText(type.flags, type.min, type.max);
  if (type.flags & abi::kShared) text += " shared";
  uint64_t pageSize = uint64_t{1} << type.pageSizeLog2;
  return pageSize == abi::kPageSize ? text : text + fmt::format(" (pagesize {})", pageSize);
}

std::string globalText(const abi::GlobalType& type) {
  return type.isMutable ? fmt::format("global (mut {})", valueText(type.value))
                        : "global " + valueText(type.value);
}

std::string importText(const abi::ModuleDescriptor& module, const abi::Import& import) {
  switch (import.kind) {
    case abi::ExternKind::Function:
      return functionText(module, import.typeIndex);
    case abi::ExternKind::Table:
      return tableText(import.table);
    case abi::ExternKind::Memory:
      return memoryText(import.memory);
    case abi::ExternKind::Global:
      return globalText(import.global);
    case abi::ExternKind::Tag:
      return tagText(module, import.typeIndex);
  }
  base::checkFailed(__FILE__, __LINE__, "verifyArtifact() refuses other kinds");
}

std::string exportText(const abi::ModuleDescriptor& module, const abi::Export& entry) {
  uint32_t index = entry.index;
  if (const abi::Import* import = importAt(module, entry.kind, index)) {
    return importText(module, *import);
  }
  switch (entry.kind) {
    case abi::ExternKind::Function:
      return functionText(module, module.functions[index].typeIndex);
    case abi::ExternKind::Table:
      return tableText(module.tables[index].type);
    case abi::ExternKind::Memory:
      return memoryText(module.memories[index].type);
    case abi::ExternKind::Global:
      return globalText(module.globals[index].type);
    case abi::ExternKind::Tag:
      return tagText(module, module.tags[index].typeIndex);
  }
  base::checkFailed(__FILE__, __LINE__, "verifyArtifact() refuses other kinds");
}

}  // namespace inspect
