#include "compiler/codegen/plan/object_layouts.h"

namespace codegen {
namespace {

constexpr uint32_t kTracedWords = 64;

// Returns the topmost supertype of `typeIndex` that has more than `field` fields.
uint32_t declarationOf(const wasm::ValidModule& module, uint32_t typeIndex, size_t field) {
  std::optional<uint32_t> above = module->types[typeIndex].supertype;
  while (above && module->types[*above].fields.size() > field) {
    typeIndex = *above;
    above = module->types[typeIndex].supertype;
  }
  return module.typeRelations().canonical(typeIndex);
}

ObjectLayout arrayLayout(const wasm::ValidModule& module, uint32_t typeIndex) {
  const wasm::FieldType& element = module->types[typeIndex].fields[0];
  ObjectLayout layout;
  layout.fields.push_back({abi::kElements, storageSize(element), isTraced(*module, element.type),
                           declarationOf(module, typeIndex, 0)});
  layout.size = abi::kElements;
  return layout;
}

ObjectLayout placeFields(const wasm::ValidModule& module, uint32_t typeIndex,
                         const std::vector<wasm::FieldType>& fields, abi::FieldPlacer placer) {
  ObjectLayout layout;
  for (size_t i = 0; i < fields.size(); ++i) {
    uint32_t size = storageSize(fields[i]);
    FieldPlace place{placer.place(size), size, isTraced(*module, fields[i].type),
                     declarationOf(module, typeIndex, i)};
    uint32_t word = place.offset / 8;
    if (place.isTraced && word < kTracedWords) layout.tracedWords |= uint64_t{1} << word;
    layout.fields.push_back(place);
  }
  layout.size = placer.size();
  return layout;
}

ObjectLayout layoutOf(const wasm::ValidModule& module, uint32_t typeIndex) {
  const wasm::SubType& type = module->types[typeIndex];
  switch (type.kind) {
    case wasm::CompositeKind::Array:
      return arrayLayout(module, typeIndex);
    case wasm::CompositeKind::Struct:
      return placeFields(module, typeIndex, type.fields, abi::FieldPlacer::forStruct());
    case wasm::CompositeKind::Func:
      break;
  }
  std::vector<wasm::FieldType> arguments;
  for (wasm::ValueType param : type.func.params) arguments.push_back({param});
  return placeFields(module, typeIndex, arguments, abi::FieldPlacer::forException());
}

}  // namespace

ObjectLayouts::ObjectLayouts(const wasm::ValidModule& module) {
  layouts_.reserve(module->types.size());
  depths_.reserve(module->types.size());
  for (uint32_t i = 0; i < module->types.size(); ++i) {
    std::optional<uint32_t> above = module->types[i].supertype;
    depths_.push_back(above ? depths_[*above] + 1 : 0);
    layouts_.push_back(layoutOf(module, i));
  }
}

uint32_t storageSize(const wasm::FieldType& field) {
  if (field.packed == wasm::PackedKind::I8) return 1;
  if (field.packed == wasm::PackedKind::I16) return 2;
  switch (field.type.kind) {
    case wasm::ValueKind::I32:
    case wasm::ValueKind::F32:
      return 4;
    case wasm::ValueKind::V128:
      return 16;
    default:
      return 8;
  }
}

bool isTraced(const wasm::Module& module, wasm::ValueType type) {
  if (!type.isRef()) return false;
  if (type.heap.isConcrete()) {
    return module.types[type.heap.typeIndex()].kind != wasm::CompositeKind::Func;
  }
  return type.heap != wasm::HeapType::kFunc && type.heap != wasm::HeapType::kNoFunc;
}

}  // namespace codegen
