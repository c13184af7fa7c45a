#include "runtime/types/type_match.h"

#include <gtest/gtest.h>

#include "runtime/fixture/module_builder.h"
#include "runtime/types/type_registry.h"

namespace runtime {
namespace {

using abi::HeapKind;
using abi::ValueKind;
using abi::ValueType;

ValueType nullable(ValueKind kind, HeapKind heap, uint32_t typeId = 0) {
  return {kind, heap, 1, 0, typeId};
}

ValueType nonNull(ValueType type) {
  type.isNullable = 0;
  return type;
}

TEST(TypeMatch, NumbersMatchThemselves) {
  EXPECT_TRUE(isSubtype(abi::kI32, abi::kI32));
  EXPECT_FALSE(isSubtype(abi::kI32, abi::kI64));
  EXPECT_FALSE(isSubtype(abi::kI32, abi::kFuncRef));
}

TEST(TypeMatch, NullabilityOnlyWidens) {
  EXPECT_TRUE(isSubtype(nonNull(abi::kFuncRef), abi::kFuncRef));
  EXPECT_FALSE(isSubtype(abi::kFuncRef, nonNull(abi::kFuncRef)));
}

TEST(TypeMatch, AbstractHierarchies) {
  using enum HeapKind;
  auto any = [](HeapKind heap) { return nullable(ValueKind::AnyRef, heap); };
  for (HeapKind heap : {Any, Eq, I31, Struct, Array, None}) {
    EXPECT_TRUE(isSubtype(any(heap), any(Any)));
    EXPECT_TRUE(isSubtype(any(None), any(heap)));
    EXPECT_EQ(isSubtype(any(heap), any(Eq)), heap != Any);
    EXPECT_EQ(isSubtype(any(heap), any(I31)), heap == I31 || heap == None);
    EXPECT_EQ(isSubtype(any(heap), any(None)), heap == None);
    EXPECT_FALSE(isSubtype(any(heap), abi::kFuncRef));
    EXPECT_FALSE(isSubtype(any(heap), abi::kExternRef));
  }
  EXPECT_FALSE(isSubtype(any(Struct), any(Array)));
  EXPECT_TRUE(isSubtype(nullable(ValueKind::FuncRef, NoFunc), abi::kFuncRef));
  EXPECT_FALSE(isSubtype(abi::kFuncRef, nullable(ValueKind::FuncRef, NoFunc)));
  EXPECT_TRUE(isSubtype(nullable(ValueKind::ExternRef, NoExtern), abi::kExternRef));
  EXPECT_TRUE(isSubtype(nullable(ValueKind::ExnRef, NoExn), nullable(ValueKind::ExnRef, Exn)));
  EXPECT_FALSE(isSubtype(nullable(ValueKind::ExnRef, NoExn), abi::kExternRef));
}

TEST(TypeMatch, ConcreteTypesStandBelowTheirKind) {
  fixture::ModuleBuilder builder;
  builder.addType({}, nullptr, nullptr);
  builder.open();
  builder.addType({}, nullptr, nullptr);
  builder.open(0);
  builder.addStruct({});
  auto module = builder.build();
  auto function = [&](uint32_t index) {
    return nullable(ValueKind::FuncRef, HeapKind::Concrete, module->typeId(index));
  };
  EXPECT_TRUE(isSubtype(function(1), function(0)));
  EXPECT_FALSE(isSubtype(function(0), function(1)));
  EXPECT_TRUE(isSubtype(function(1), abi::kFuncRef));
  EXPECT_FALSE(isSubtype(abi::kFuncRef, function(0)));
  EXPECT_TRUE(isSubtype(nullable(ValueKind::FuncRef, HeapKind::NoFunc), function(0)));

  ValueType structure = nullable(ValueKind::AnyRef, HeapKind::Concrete, module->typeId(2));
  for (HeapKind heap : {HeapKind::Struct, HeapKind::Eq, HeapKind::Any}) {
    EXPECT_TRUE(isSubtype(structure, nullable(ValueKind::AnyRef, heap)));
    EXPECT_FALSE(isSubtype(nullable(ValueKind::AnyRef, heap), structure));
  }
  EXPECT_FALSE(isSubtype(structure, nullable(ValueKind::AnyRef, HeapKind::Array)));
  EXPECT_FALSE(isSubtype(structure, nullable(ValueKind::AnyRef, HeapKind::None)));
}

TEST(TypeMatch, ValuesFitByWhatTheyAre) {
  abi::FuncRef reference{};
  TypeIds ofOwn(FuncType{{abi::kI32}, {}}), ofOther(FuncType{{abi::kI64}, {}});
  reference.typeId = ofOwn[0];
  ValueType own = nullable(ValueKind::FuncRef, HeapKind::Concrete, reference.typeId);
  ValueType other = nullable(ValueKind::FuncRef, HeapKind::Concrete, ofOther[0]);
  EXPECT_TRUE(fits(Value::funcRef(&reference), nonNull(own)));
  EXPECT_FALSE(fits(Value::funcRef(&reference), other));
  EXPECT_TRUE(fits(Value::funcRef(nullptr), other));
  EXPECT_FALSE(fits(Value::funcRef(nullptr), nonNull(own)));
  EXPECT_FALSE(fits(Value::externRef(nullptr), own));
  EXPECT_TRUE(fits(Value::i32(1), abi::kI32));
}

}  // namespace
}  // namespace runtime
