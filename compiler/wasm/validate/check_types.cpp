#include "compiler/wasm/validate/check_types.h"

#include <fmt/format.h>

#include "compiler/wasm/diagnostic.h"
#include "compiler/wasm/limits.h"

namespace wasm {
namespace {

// Checks the types in the order of their indices. Errors are at the offset of the type.
class TypeChecker {
 public:
  explicit TypeChecker(ModuleContext& context) : context_(context), types_(context.module.types) {}

  base::Result<void> check() {
    // All indices are checked first, since TypeRelations relies on them.
    for (uint32_t i = 0; i < types_.size(); ++i) TRY(checkIndices(i));
    context_.relations = TypeRelations(types_);
    depths_.resize(types_.size());
    for (uint32_t i = 0; i < types_.size(); ++i) TRY(checkSupertype(i));
    return {};
  }

 private:
  // A type may refer to its own recursive group and to types before it. A supertype must come
  // before the type even inside of a group (section 3.2.11), so that chains of supertypes end.
  base::Result<void> checkIndices(uint32_t index) {
    const SubType& type = types_[index];
    if (type.supertype && *type.supertype >= index) return unknown(type, *type.supertype);
    for (const ValueType& param : type.func.params) TRY(checkValue(type, param));
    for (const ValueType& result : type.func.results) TRY(checkValue(type, result));
    for (const FieldType& field : type.fields) TRY(checkValue(type, field.type));
    noteFeatures(type);
    return {};
  }

  // References inside of a group may point forward, up to the end of the group.
  base::Result<void> checkValue(const SubType& type, ValueType value) {
    bool isConcrete = value.isRef() && value.heap.isConcrete();
    if (isConcrete && value.heap.typeIndex() >= type.group + type.groupSize) {
      return unknown(type, value.heap.typeIndex());
    }
    context_.noteType(value, type.offset);
    return {};
  }

  void noteFeatures(const SubType& type) {
    if (type.kind == CompositeKind::Struct) note(Feature::gc, type, "struct type");
    if (type.kind == CompositeKind::Array) note(Feature::gc, type, "array type");
    if (type.supertype || !type.isFinal) note(Feature::gc, type, "sub type");
    if (type.groupSize != 1) note(Feature::gc, type, "recursive types");
    if (type.func.results.size() > 1) note(Feature::multiValue, type, "function type");
  }

  void note(Feature feature, const SubType& type, std::string_view what) {
    context_.features.noteDeclaration(feature, type.offset, what);
  }

  // A supertype has a smaller index, so its depth is already computed.
  base::Result<void> checkSupertype(uint32_t index) {
    const SubType& type = types_[index];
    if (!type.supertype) return {};
    depths_[index] = depths_[*type.supertype] + 1;
    if (depths_[index] > kMaxSubtypeDepth) {
      return error(type, fmt::format("type {} has more than {} supertypes above it", index,
                                     kMaxSubtypeDepth));
    }
    const SubType& super = types_[*type.supertype];
    if (super.isFinal || !context_.relations.isSubtype(type, super)) {
      return error(type, fmt::format("sub type {} does not match super type {}{}", index,
                                     *type.supertype, super.isFinal ? ", which is final" : ""));
    }
    return {};
  }

  base::Error unknown(const SubType& type, uint32_t index) const {
    return error(type, fmt::format("unknown type {}", index));
  }

  base::Error error(const SubType& type, std::string message) const {
    return errorAt(context_.module, type.offset, std::move(message));
  }

  ModuleContext& context_;
  const std::vector<SubType>& types_;
  std::vector<uint32_t> depths_;
};

}  // namespace

base::Result<void> checkTypes(ModuleContext& context) { return TypeChecker(context).check(); }

}  // namespace wasm
