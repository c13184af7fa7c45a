#include "compiler/wasm/validate/module_context.h"

#include <fmt/format.h>

#include "compiler/wasm/diagnostic.h"

namespace wasm {

base::Result<void> ModuleContext::checkType(ValueType type, uint32_t offset) {
  noteType(type, offset);
  if (type.isRef()) TRY(checkHeapType(type.heap, offset));
  return {};
}

base::Result<void> ModuleContext::checkHeapType(HeapType type, uint32_t offset) {
  noteHeapType(type, offset);
  if (isKnown(type)) return {};
  return errorAt(module, offset, fmt::format("unknown type {}", type.typeIndex()));
}

void ModuleContext::noteType(ValueType type, uint32_t offset) {
  if (type.kind == ValueKind::V128) features.noteDeclaration(Feature::simd, offset, "v128");
  if (!type.isRef()) return;
  features.noteDeclaration(Feature::referenceTypes, offset, "reference type");
  if (!type.nullable)
    features.noteDeclaration(Feature::typedReferences, offset, "non-null reference");
  noteHeapType(type.heap, offset);
}

void ModuleContext::noteHeapType(HeapType type, uint32_t offset) {
  if (type.isConcrete())
    return features.noteDeclaration(Feature::typedReferences, offset, "typed reference");
  // `func` and `extern` need no proposal beyond reference types, which noteType() records.
  switch (type.abstract()) {
    case HeapType::kFunc:
    case HeapType::kExtern:
    case HeapType::kBottom:
      return;
    case HeapType::kExn:
    case HeapType::kNoExn:
      return features.noteDeclaration(Feature::exceptions, offset, "exception reference");
    default:
      return features.noteDeclaration(Feature::gc, offset,
                                      "reference to a garbage-collected object");
  }
}

}  // namespace wasm
