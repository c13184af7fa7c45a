#include <gtest/gtest.h>

#include "compiler/wasm/testing/playground.h"

namespace wasm {
namespace {

// The code of `end`, and references to the types of playground.h.
constexpr uint8_t kEnd = 0x0b;
const ValueType kStruct = ValueType::ref(HeapType::concrete(kStructType), true);
const ValueType kNewStruct = ValueType::ref(HeapType::concrete(kStructType), false);
const ValueType kSub = ValueType::ref(HeapType::concrete(kSubStruct), false);
const ValueType kShorts = ValueType::ref(HeapType::concrete(kArrayType), true);
const ValueType kNewShorts = ValueType::ref(HeapType::concrete(kArrayType), false);
const ValueType kConstants = ValueType::ref(HeapType::concrete(kConstArray), true);
const ValueType kFuncs = ValueType::ref(HeapType::concrete(kFuncArray), true);
const ValueType kAnyRef = ValueType::ref(HeapType::kAny, true);

void checkAll(std::span<const CodeCase> cases) {
  for (const CodeCase& item : cases) {
    EXPECT_EQ(validateCode(item.params, item.results, item.code), item.message) << item.what;
  }
}

// 0xfb is the prefix of the instructions on aggregates; 0x20 is local.get.
TEST(SpecialGc, Structs) {
  const CodeCase kCases[] = {
      {"new", {kI32, kF64}, {kNewStruct}, {0x20, 0, 0x20, 0, 0x20, 1, 0xfb, 0, kStructType}, ""},
      {"new with a field missing",
       {kF64},
       {kNewStruct},
       {0x20, 0, 0xfb, 0, kStructType},
       "struct.new expects i32, found nothing"},
      {"new of an array",
       {},
       {},
       {0xfb, 0, kArrayType},
       "struct.new expects a struct type, found type 4"},
      {"new_default", {}, {kNewStruct}, {0xfb, 1, kStructType}, ""},
      {"get", {kStruct}, {kF64}, {0x20, 0, 0xfb, 2, kStructType, 2}, ""},
      {"get of a subtype", {kSub}, {kI32}, {0x20, 0, 0xfb, 2, kStructType, 0}, ""},
      {"get of an unknown field",
       {kStruct},
       {},
       {0x20, 0, 0xfb, 2, kStructType, 3},
       "unknown field 3"},
      {"get of a packed field",
       {kStruct},
       {kI32},
       {0x20, 0, 0xfb, 2, kStructType, 1},
       "field is packed: struct.get expects an unpacked one"},
      {"get_s", {kStruct}, {kI32}, {0x20, 0, 0xfb, 3, kStructType, 1}, ""},
      {"get_u of an unpacked field",
       {kStruct},
       {kI32},
       {0x20, 0, 0xfb, 4, kStructType, 0},
       "field is unpacked: struct.get_u expects a packed one"},
      {"set", {kStruct}, {}, {0x20, 0, 0x41, 1, 0xfb, 5, kStructType, 0}, ""},
      {"set of an immutable field",
       {kStruct},
       {},
       {0x20, 0, 0x41, 1, 0xfb, 5, kStructType, 1},
       "struct.set expects a mutable field or array, found an immutable one"},
      {"get of an array",
       {},
       {},
       {0xfb, 2, kArrayType, 0},
       "struct.get expects a struct type, found type 4"},
  };
  checkAll(kCases);
}

TEST(SpecialGc, NewArrays) {
  const CodeCase kCases[] = {
      {"new", {kI32}, {kNewShorts}, {0x41, 1, 0x20, 0, 0xfb, 6, kArrayType}, ""},
      {"new of a struct",
       {kI32},
       {},
       {0x41, 1, 0x20, 0, 0xfb, 6, kStructType},
       "array.new expects an array type, found type 3"},
      {"new_default", {kI32}, {kNewShorts}, {0x20, 0, 0xfb, 7, kArrayType}, ""},
      {"new_default without default",
       {kI32},
       {},
       {0x20, 0, 0xfb, 7, kConstArray, 0x1a},
       "array type is not defaultable: (ref func)"},
      {"new_fixed", {kI32}, {kNewShorts}, {0x20, 0, 0x20, 0, 0xfb, 8, kArrayType, 2}, ""},
      {"new_fixed of too few",
       {kI32},
       {kNewShorts},
       {0x20, 0, 0xfb, 8, kArrayType, 2},
       "array.new_fixed expects i32, found nothing"},
      {"new_fixed of too many",
       {},
       {},
       {0x00, 0xfb, 8, kArrayType, 0x91, 0x4e},
       "array.new_fixed of 10001 elements, at most 10000 are supported"},
      {"new_data", {kI32}, {kNewShorts}, {0x20, 0, 0x20, 0, 0xfb, 9, kArrayType, 0}, ""},
      {"new_data of references",
       {kI32},
       {},
       {0x20, 0, 0x20, 0, 0xfb, 9, kFuncArray, 0, 0x1a},
       "array type is not numeric or vector: funcref"},
      {"new_elem", {kI32}, {kFuncs}, {0x20, 0, 0x20, 0, 0xfb, 10, kFuncArray, 0}, ""},
      {"new_elem of other elements",
       {kI32},
       {},
       {0x20, 0, 0x20, 0, 0xfb, 10, kFuncArray, 1, 0x1a},
       "array.new_elem expects elements of funcref, found externref"},
  };
  checkAll(kCases);
}

TEST(SpecialGc, Arrays) {
  const CodeCase kCases[] = {
      {"get_s", {kShorts, kI32}, {kI32}, {0x20, 0, 0x20, 1, 0xfb, 12, kArrayType}, ""},
      {"get of packed elements",
       {kShorts, kI32},
       {kI32},
       {0x20, 0, 0x20, 1, 0xfb, 11, kArrayType},
       "field is packed: array.get expects an unpacked one"},
      {"set", {kShorts, kI32}, {}, {0x20, 0, 0x20, 1, 0x20, 1, 0xfb, 14, kArrayType}, ""},
      {"set of an immutable array",
       {kConstants, kI32},
       {},
       {0x20, 0, 0x20, 1, 0xd2, 1, 0xfb, 14, kConstArray},
       "array.set expects a mutable field or array, found an immutable one"},
      {"len", {kShorts}, {kI32}, {0x20, 0, 0xfb, 15}, ""},
      {"len of a struct",
       {kStruct},
       {kI32},
       {0x20, 0, 0xfb, 15},
       "array.len expects arrayref, found (ref null 3)"},
      {"fill", {kShorts, kI32}, {}, {0x20, 0, 0x20, 1, 0x20, 1, 0x20, 1, 0xfb, 16, kArrayType}, ""},
      {"copy",
       {kShorts, kI32},
       {},
       {0x20, 0, 0x20, 1, 0x20, 0, 0x20, 1, 0x20, 1, 0xfb, 17, kArrayType, kArrayType},
       ""},
      {"copy of a subtype",
       {kFuncs, kI32, kConstants},
       {},
       {0x20, 0, 0x20, 1, 0x20, 2, 0x20, 1, 0x20, 1, 0xfb, 17, kFuncArray, kConstArray},
       ""},
      {"copy of another type",
       {kFuncs, kI32, kShorts},
       {},
       {0x20, 0, 0x20, 1, 0x20, 2, 0x20, 1, 0x20, 1, 0xfb, 17, kFuncArray, kArrayType},
       "array types do not match: i32 into funcref"},
      {"init_data",
       {kShorts, kI32},
       {},
       {0x20, 0, 0x20, 1, 0x20, 1, 0x20, 1, 0xfb, 18, kArrayType, 0},
       ""},
      {"init_elem",
       {kFuncs, kI32},
       {},
       {0x20, 0, 0x20, 1, 0x20, 1, 0x20, 1, 0xfb, 19, kFuncArray, 0},
       ""},
      {"init_elem of an immutable array",
       {kConstants, kI32},
       {},
       {0x20, 0, 0x20, 1, 0x20, 1, 0x20, 1, 0xfb, 19, kConstArray, 0},
       "array.init_elem expects a mutable field or array, found an immutable one"},
  };
  checkAll(kCases);
}

TEST(SpecialGc, Casts) {
  const CodeCase kCases[] = {
      {"ref.test", {kAnyRef}, {kI32}, {0x20, 0, 0xfb, 20, kStructType}, ""},
      {"ref.test in another hierarchy",
       {kFuncRef},
       {kI32},
       {0x20, 0, 0xfb, 20, kStructType},
       "ref.test expects anyref, found funcref"},
      {"ref.cast", {kAnyRef}, {kNewStruct}, {0x20, 0, 0xfb, 22, kStructType}, ""},
      {"ref.cast null",
       {kAnyRef},
       {kNewStruct},
       {0x20, 0, 0xfb, 23, kStructType},
       "end expects (ref 3), found (ref null 3)"},
      {"br_on_cast",
       {kAnyRef},
       {kNewStruct},
       {0x20, 0, 0xfb, 24, 1, 0, 0x6e, kStructType, 0x1a, 0x00},
       ""},
      {"br_on_cast upwards",
       {kStruct},
       {kAnyRef},
       {0x20, 0, 0xfb, 24, 3, 0, kStructType, 0x6e},
       "br_on_cast expects a target below (ref null 3), found anyref"},
      {"br_on_cast to another label",
       {kAnyRef},
       {kI32},
       {0x20, 0, 0xfb, 24, 1, 0, 0x6e, kStructType, 0x1a, 0x41, 0},
       "br_on_cast carries (ref 3) to label 0, which expects i32"},
      {"br_on_cast_fail", {kAnyRef}, {kAnyRef}, {0x20, 0, 0xfb, 25, 1, 0, 0x6e, kStructType}, ""},
      {"br_on_cast_fail takes null out",
       {kAnyRef},
       {ValueType::ref(HeapType::kAny, false)},
       {0x20, 0, 0xfb, 25, 3, 0, 0x6e, kStructType, 0x1a, 0x00},
       ""},
      {"conversions", {kExternRef}, {kExternRef}, {0x20, 0, 0xfb, 26, 0xfb, 27}, ""},
      {"any.convert_extern of a function",
       {kFuncRef},
       {},
       {0x20, 0, 0xfb, 26, 0x1a},
       "any.convert_extern expects externref, found funcref"},
      {"i31", {kI32}, {kI32}, {0x20, 0, 0xfb, 28, 0xfb, 29}, ""},
      {"casts in unreachable code", {}, {kNewStruct}, {0x00, 0xfb, 22, kStructType}, ""},
  };
  checkAll(kCases);
}

TEST(SpecialGc, BlocksOfReferences) {
  EXPECT_EQ(validateCode({kAnyRef}, {kAnyRef}, {0x02, 0x6e, 0x20, 0, kEnd}), "");
  EXPECT_EQ(validateCode({}, {}, {0x02, 0x63, 33, 0x00, kEnd, 0x1a}), "unknown type 33");
}

}  // namespace
}  // namespace wasm
