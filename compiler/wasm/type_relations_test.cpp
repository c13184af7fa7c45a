#include "compiler/wasm/type_relations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace wasm {
namespace {

constexpr HeapType::Abstract kAbstract[] = {
    HeapType::kFunc,  HeapType::kNoFunc, HeapType::kExtern, HeapType::kNoExtern,
    HeapType::kAny,   HeapType::kEq,     HeapType::kI31,    HeapType::kStruct,
    HeapType::kArray, HeapType::kNone,   HeapType::kExn,    HeapType::kNoExn,
};

ValueType ref(HeapType heap) { return ValueType::ref(heap, false); }
ValueType refNull(HeapType heap) { return ValueType::ref(heap, true); }

SubType structType(std::vector<FieldType> fields, uint32_t group, uint32_t size) {
  SubType type;
  type.kind = CompositeKind::Struct;
  type.fields = std::move(fields);
  type.group = group;
  type.groupSize = size;
  return type;
}

SubType funcType(FuncType func, uint32_t group) {
  SubType type;
  type.func = std::move(func);
  type.group = group;
  return type;
}

TEST(TypeRelations, AbstractHierarchies) {
  TypeRelations relations;
  // All proper supertypes of each type.
  const std::vector<std::pair<HeapType::Abstract, std::vector<HeapType::Abstract>>> kAbove = {
      {HeapType::kNoFunc, {HeapType::kFunc}},
      {HeapType::kNoExtern, {HeapType::kExtern}},
      {HeapType::kNoExn, {HeapType::kExn}},
      {HeapType::kEq, {HeapType::kAny}},
      {HeapType::kI31, {HeapType::kEq, HeapType::kAny}},
      {HeapType::kStruct, {HeapType::kEq, HeapType::kAny}},
      {HeapType::kArray, {HeapType::kEq, HeapType::kAny}},
      {HeapType::kNone,
       {HeapType::kI31, HeapType::kStruct, HeapType::kArray, HeapType::kEq, HeapType::kAny}},
  };
  for (HeapType::Abstract sub : kAbstract) {
    for (HeapType::Abstract super : kAbstract) {
      bool expected = sub == super;
      for (const auto& [type, above] : kAbove) {
        if (type == sub) expected |= std::count(above.begin(), above.end(), super) > 0;
      }
      EXPECT_EQ(relations.isSubtype(HeapType(sub), HeapType(super)), expected)
          << text(HeapType(sub)) << " <: " << text(HeapType(super));
    }
    EXPECT_TRUE(relations.isSubtype(HeapType(HeapType::kBottom), HeapType(sub)));
    EXPECT_FALSE(relations.isSubtype(HeapType(sub), HeapType(HeapType::kBottom)));
  }
}

TEST(TypeRelations, Values) {
  TypeRelations relations;
  EXPECT_TRUE(relations.isSubtype(kI32, kI32));
  EXPECT_FALSE(relations.isSubtype(kI32, kI64));
  EXPECT_FALSE(relations.isSubtype(kI32, kFuncRef));
  EXPECT_TRUE(relations.isSubtype(kBottom, kI64));
  EXPECT_TRUE(relations.isSubtype(kBottom, kFuncRef));
  EXPECT_TRUE(relations.isSubtype(ref(HeapType::kFunc), kFuncRef));
  EXPECT_FALSE(relations.isSubtype(kFuncRef, ref(HeapType::kFunc)));
  EXPECT_FALSE(relations.isSubtype(kFuncRef, kExternRef));
}

TEST(TypeRelations, EqualFunctionTypesAreOne) {
  std::vector<SubType> types = {funcType({{kI32}, {}}, 0), funcType({{kI64}, {}}, 1),
                                funcType({{kI32}, {}}, 2)};
  TypeRelations relations(types);
  EXPECT_EQ(relations.canonical(0), 0u);
  EXPECT_EQ(relations.canonical(1), 1u);
  EXPECT_EQ(relations.canonical(2), 0u);
  EXPECT_TRUE(relations.isSubtype(HeapType::concrete(2), HeapType::concrete(0)));
  EXPECT_FALSE(relations.isSubtype(HeapType::concrete(1), HeapType::concrete(0)));
  EXPECT_TRUE(relations.isSubtype(HeapType::concrete(1), HeapType(HeapType::kFunc)));
  EXPECT_TRUE(relations.isSubtype(HeapType(HeapType::kNoFunc), HeapType::concrete(1)));
  EXPECT_FALSE(relations.isSubtype(HeapType(HeapType::kNone), HeapType::concrete(1)));
}

TEST(TypeRelations, EveryPartOfATypeCounts) {
  FieldType field{kI32, PackedKind::None, false};
  FieldType packed{kI32, PackedKind::I8, false};
  FieldType isMutable{kI32, PackedKind::None, true};
  std::vector<SubType> types = {structType({field}, 0, 1),     structType({packed}, 1, 1),
                                structType({isMutable}, 2, 1), structType({field, field}, 3, 1),
                                structType({field}, 4, 1),     structType({field}, 5, 1)};
  types[4].isFinal = false;
  types[5].kind = CompositeKind::Array;
  TypeRelations relations(types);
  for (uint32_t i = 0; i < types.size(); ++i) EXPECT_EQ(relations.canonical(i), i);
}

// (rec (struct (ref null 1)) (struct (ref null 0))) twice, and once with the members swapped.
TEST(TypeRelations, RecursiveGroupsAreComparedAsAWhole) {
  auto field = [](uint32_t index) {
    return FieldType{refNull(HeapType::concrete(index)), PackedKind::None, true};
  };
  std::vector<SubType> types = {
      structType({field(1)}, 0, 2), structType({field(0)}, 0, 2), structType({field(3)}, 2, 2),
      structType({field(2)}, 2, 2), structType({field(4)}, 4, 2), structType({field(5)}, 4, 2),
      structType({field(0)}, 6, 1), structType({field(2)}, 7, 1),
  };
  TypeRelations relations(types);
  EXPECT_EQ(relations.canonical(2), 0u);
  EXPECT_EQ(relations.canonical(3), 1u);
  EXPECT_EQ(relations.canonical(4), 4u);
  EXPECT_EQ(relations.canonical(5), 5u);
  // References to types outside of the group are compared by their canonical index.
  EXPECT_EQ(relations.canonical(6), 6u);
  EXPECT_EQ(relations.canonical(7), 6u);
}

TEST(TypeRelations, DeclaredSupertypes) {
  FieldType field{kI32, PackedKind::None, false};
  std::vector<SubType> types = {structType({}, 0, 1), structType({field}, 1, 1),
                                structType({field, field}, 2, 1), structType({field}, 3, 1)};
  types[0].isFinal = types[1].isFinal = false;
  types[1].supertype = 0;
  types[2].supertype = 1;
  TypeRelations relations(types);
  EXPECT_TRUE(relations.isSubtype(HeapType::concrete(2), HeapType::concrete(0)));
  EXPECT_TRUE(relations.isSubtype(HeapType::concrete(2), HeapType(HeapType::kStruct)));
  EXPECT_TRUE(relations.isSubtype(HeapType::concrete(2), HeapType(HeapType::kEq)));
  EXPECT_FALSE(relations.isSubtype(HeapType::concrete(2), HeapType(HeapType::kArray)));
  EXPECT_FALSE(relations.isSubtype(HeapType::concrete(0), HeapType::concrete(1)));
  // The same fields, but without the declaration of a supertype.
  EXPECT_FALSE(relations.isSubtype(HeapType::concrete(3), HeapType::concrete(0)));
}

TEST(TypeRelations, StructureOfSubtypes) {
  TypeRelations relations;
  FieldType any{refNull(HeapType::kAny), PackedKind::None, false};
  FieldType eq{refNull(HeapType::kEq), PackedKind::None, false};
  FieldType mutableAny{refNull(HeapType::kAny), PackedKind::None, true};
  FieldType mutableEq{refNull(HeapType::kEq), PackedKind::None, true};
  EXPECT_TRUE(relations.isSubtype(eq, any));
  EXPECT_FALSE(relations.isSubtype(any, eq));
  EXPECT_FALSE(relations.isSubtype(mutableEq, mutableAny));
  EXPECT_TRUE(relations.isSubtype(mutableEq, mutableEq));
  EXPECT_FALSE(relations.isSubtype(mutableAny, any));

  SubType narrow = funcType({{refNull(HeapType::kAny)}, {refNull(HeapType::kEq)}}, 0);
  SubType wide = funcType({{refNull(HeapType::kEq)}, {refNull(HeapType::kAny)}}, 0);
  EXPECT_TRUE(relations.isSubtype(narrow, wide));
  EXPECT_FALSE(relations.isSubtype(wide, narrow));
  EXPECT_FALSE(relations.isSubtype(funcType({{kI32}, {}}, 0), funcType({{}, {}}, 0)));

  EXPECT_TRUE(relations.isSubtype(structType({eq, eq}, 0, 1), structType({any}, 0, 1)));
  EXPECT_FALSE(relations.isSubtype(structType({any}, 0, 1), structType({any, any}, 0, 1)));
}

TEST(TypeRelations, Tops) {
  std::vector<SubType> types = {funcType({}, 0), structType({}, 1, 1)};
  TypeRelations relations(types);
  EXPECT_EQ(relations.top(HeapType::concrete(0)), HeapType(HeapType::kFunc));
  EXPECT_EQ(relations.top(HeapType::concrete(1)), HeapType(HeapType::kAny));
  EXPECT_EQ(relations.top(HeapType::kNone), HeapType(HeapType::kAny));
  EXPECT_EQ(relations.top(HeapType::kI31), HeapType(HeapType::kAny));
  EXPECT_EQ(relations.top(HeapType::kNoExtern), HeapType(HeapType::kExtern));
  EXPECT_EQ(relations.top(HeapType::kExn), HeapType(HeapType::kExn));
}

}  // namespace
}  // namespace wasm
