#include "runtime/types/value.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "runtime/types/type_registry.h"

namespace runtime {
namespace {

using abi::HeapKind;
using abi::ValueKind;

TEST(Value, TypesAreWrittenAsInTheSpecification) {
  EXPECT_STREQ(text(abi::ValueKind::ExnRef), "exnref");
  EXPECT_EQ(text(abi::kI32), "i32");
  EXPECT_EQ(text(abi::kExternRef), "externref");
  EXPECT_EQ(text(abi::ValueType{ValueKind::AnyRef, HeapKind::I31, 0, 0, 0}), "(ref i31)");
  EXPECT_EQ(text(abi::ValueType{ValueKind::AnyRef, HeapKind::None, 1, 0, 0}), "nullref");
  EXPECT_EQ(text(FuncType{}), "[] -> []");
  EXPECT_EQ(text(FuncType{{abi::kI32, abi::kI64}, {abi::kF32}}), "[i32 i64] -> [f32]");
}

TEST(Value, ConcreteTypesAreWrittenOutOnce) {
  TypeIds inner(FuncType{{abi::kI32}, {}});
  abi::ValueType reference{ValueKind::FuncRef, HeapKind::Concrete, 1, 0, inner[0]};
  EXPECT_EQ(text(reference), "(ref null (func [i32] -> []))");
  TypeIds outer(FuncType{{reference}, {}});
  EXPECT_EQ(text(FuncType{{reference}, {}}), "[(ref null (func [i32] -> []))] -> []");
  reference.typeIndex = outer[0];
  reference.isNullable = 0;
  EXPECT_EQ(text(reference), fmt::format("(ref (func [(ref null ${})] -> []))", inner[0]));
}

TEST(Value, NullHasTheLowestTypeOfItsHierarchy) {
  EXPECT_EQ(text(typeOf(Value::funcRef(nullptr))), "nullfuncref");
  EXPECT_EQ(text(typeOf(Value::externRef(nullptr))), "nullexternref");
  EXPECT_EQ(text(typeOf({ValueKind::AnyRef, {}})), "nullref");
  EXPECT_EQ(text(typeOf({ValueKind::ExnRef, {}})), "nullexnref");
  int word = 0;
  EXPECT_EQ(text(typeOf(Value::externRef(&word))), "(ref extern)");
  abi::FuncRef function{};
  TypeIds held(FuncType{{abi::kI64}, {}});
  function.typeId = held[0];
  EXPECT_EQ(text(typeOf(Value::funcRef(&function))), "(ref (func [i64] -> []))");
  EXPECT_EQ(typeOf(Value::f32(1)), abi::kF32);
}

}  // namespace
}  // namespace runtime
