#include "runtime/strings/builtin_types.h"

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/check.h"
#include "runtime/types/type_registry.h"

namespace strings {
namespace {

// A final array type in a recursive group of its own, as a module describes it. The descriptor is
// in static storage since it refers to its parts by relative addresses.
template <abi::PackedKind element>
uint32_t hold() {
  static constexpr abi::FieldType kField = {abi::kI32, element, 1, {}};
  static abi::SubType type{};
  static abi::Array<abi::SubType> types{};
  static auto* const held = [] {
    type.kind = abi::CompositeKind::Array;
    type.isFinal = 1;
    type.supertype = abi::kNoType;
    type.groupSize = 1;
    type.fields.count = 1;
    types.count = 1;
    CHECK(type.fields.data.set(&kField) && types.data.set(&type));
    return new runtime::TypeIds(types);
  }();
  return (*held)[0];
}

}  // namespace

uint32_t charArrayType() { return hold<abi::PackedKind::I16>(); }
uint32_t byteArrayType() { return hold<abi::PackedKind::I8>(); }

}  // namespace strings
