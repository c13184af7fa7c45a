#include "loader/verify/verify_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace loader {
namespace {

using abi::CompositeKind;
using abi::HeapKind;
using abi::ValueKind;
using base::Error;
using base::Result;

// The representation of a reference to an abstract heap type, in the order of abi::HeapKind.
constexpr ValueKind kKindOfHeap[] = {
    ValueKind::FuncRef, ValueKind::FuncRef, ValueKind::ExternRef, ValueKind::ExternRef,
    ValueKind::AnyRef,  ValueKind::AnyRef,  ValueKind::AnyRef,    ValueKind::AnyRef,
    ValueKind::AnyRef,  ValueKind::AnyRef,  ValueKind::ExnRef,    ValueKind::ExnRef,
};

template <class... Args>
Error damaged(fmt::format_string<Args...> format, Args&&... args) {
  return Error{"", "damaged descriptor: " + fmt::format(format, std::forward<Args>(args)...)};
}

// Returns whether the members of a reference type agree with each other.
bool isReferenceType(const abi::ValueType& type, std::span<const abi::SubType> types) {
  if (type.isNullable > 1) return false;
  if (type.heap != HeapKind::Concrete) {
    auto row = static_cast<size_t>(type.heap);
    return row < std::size(kKindOfHeap) && type.kind == kKindOfHeap[row] && type.typeIndex == 0;
  }
  if (type.typeIndex >= types.size()) return false;
  bool isFunction = types[type.typeIndex].kind == CompositeKind::Func;
  return type.kind == (isFunction ? ValueKind::FuncRef : ValueKind::AnyRef);
}

// Checks the types in the order of their indices.
class TypesVerifier {
 public:
  TypesVerifier(const DescriptorReader& reader, std::span<const abi::SubType> types)
      : reader_(reader), types_(types) {}

  Result<void> run() {
    for (size_t i = 0; i < types_.size(); ++i) {
      TRY(checkGroup(i));
      TRY(checkSupertype(i));
      TRY(checkComposite(types_[i]));
    }
    return {};
  }

 private:
  // Every type belongs to a group, and groups follow each other without gaps.
  Result<void> checkGroup(size_t index) {
    const abi::SubType& type = types_[index];
    bool isFirst = index == groupEnd_;
    if (isFirst) {
      if (type.groupSize == 0 || type.groupSize > types_.size() - index)
        return damaged("type {} is in no recursive group", index);
      group_ = index;
      groupEnd_ = index + type.groupSize;
    }
    if (type.group != group_ || type.groupSize != groupEnd_ - group_)
      return damaged("type {} is in no recursive group", index);
    return {};
  }

  Result<void> checkSupertype(size_t index) const {
    const abi::SubType& type = types_[index];
    if (type.kind > CompositeKind::Array || type.isFinal > 1)
      return damaged("type {} is of unknown kind {}", index, static_cast<int>(type.kind));
    if (type.supertype == abi::kNoType) return {};
    // A supertype has a lower index, so that chains of supertypes have no cycles.
    if (type.supertype >= index || types_[type.supertype].kind != type.kind ||
        types_[type.supertype].isFinal != 0)
      return damaged("type {} has no valid supertype", index);
    return {};
  }

  Result<void> checkComposite(const abi::SubType& type) const {
    TRY(checkValues(type.params));
    TRY(checkValues(type.results));
    TRY(checkFields(type.fields));
    // The buffer ExecState::results has kMaxResults slots.
    if (type.results.count > abi::kMaxResults) return damaged("a function has too many results");
    bool isFunction = type.kind == CompositeKind::Func;
    bool hasThunks =
        !type.entryThunk.isNull() || !type.hostThunk.isNull() || !type.crossInstanceThunk.isNull();
    bool isLikeFunction = hasThunks || type.params.count != 0 || type.results.count != 0;
    if (isFunction ? type.fields.count != 0 : isLikeFunction)
      return damaged("a type is of two kinds");
    if (type.kind == CompositeKind::Array && type.fields.count != 1)
      return damaged("an array type has {} fields", type.fields.count);
    // The sizes of thunks are not recorded, so only their first bytes are checked.
    if (!reader_.isCodeOrNull(type.entryThunk) || !reader_.isCodeOrNull(type.hostThunk) ||
        !reader_.isCodeOrNull(type.crossInstanceThunk))
      return damaged("a thunk lies outside the code");
    return {};
  }

  Result<void> checkValues(const abi::Array<abi::ValueType>& array) const {
    TRY_ASSIGN(auto values, reader_.elements(array, "a function type"));
    for (const abi::ValueType& value : values) TRY(checkValueType(value, visible()));
    return {};
  }

  Result<void> checkFields(const abi::Array<abi::FieldType>& array) const {
    TRY_ASSIGN(auto fields, reader_.elements(array, "a type's fields"));
    for (const abi::FieldType& field : fields) {
      TRY(checkValueType(field.value, visible()));
      bool isPacked = field.packed != abi::PackedKind::None;
      if (field.packed > abi::PackedKind::I16 || field.isMutable > 1 ||
          (isPacked && field.value != abi::kI32))
        return damaged("a field of unknown kind");
    }
    return {};
  }

  // Returns the types that the current group may refer to: earlier ones and its own.
  std::span<const abi::SubType> visible() const { return types_.first(groupEnd_); }

  const DescriptorReader& reader_;
  std::span<const abi::SubType> types_;
  size_t group_ = 0;
  size_t groupEnd_ = 0;
};

}  // namespace

Result<std::span<const abi::SubType>> verifyTypes(const DescriptorReader& reader,
                                                  const abi::Array<abi::SubType>& array) {
  TRY_ASSIGN(auto types, reader.elements(array, "types"));
  TRY(TypesVerifier(reader, types).run());
  return types;
}

Result<void> checkValueType(const abi::ValueType& type, std::span<const abi::SubType> types) {
  if (type.kind > ValueKind::ExnRef)
    return damaged("unknown value type {}", static_cast<int>(type.kind));
  bool isNumber = type == abi::ValueType{type.kind, {}, 0, 0, 0};
  if (type.reserved != 0 || !(type.isReference() ? isReferenceType(type, types) : isNumber))
    return damaged("a value type of kind {} contradicts itself", static_cast<int>(type.kind));
  return {};
}

}  // namespace loader
