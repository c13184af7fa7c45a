#include "compiler/wasm/text/parse/parse_types.h"

#include <gtest/gtest.h>

#include <string>

#include "compiler/wasm/testing/from_text.h"

namespace wasm {
namespace {

Module parsed(std::string_view text) {
  base::Result<TextModule> result = parseModule("a.wat", text);
  EXPECT_TRUE(result.ok()) << text << '\n' << (result.ok() ? "" : result.error().text());
  return result.ok() ? std::move(result->module) : Module();
}

TEST(ParseTypes, ValueTypes) {
  Module module = parsed(
      "(type $t (func (param i32 i64 f32 f64 v128 funcref nullexternref (ref $t) (ref null "
      "exn))))");
  ASSERT_EQ(module.types.size(), 1u);
  ValueTypes expected = {kI32,
                         kI64,
                         kF32,
                         kF64,
                         kV128,
                         kFuncRef,
                         ValueType::ref(HeapType::kNoExtern, true),
                         ValueType::ref(HeapType::concrete(0), false),
                         ValueType::ref(HeapType::kExn, true)};
  EXPECT_EQ(module.types[0].func.params, expected);
}

TEST(ParseTypes, CompositeTypes) {
  Module module = parsed(
      "(type (struct (field) (field i8 (mut i16)) (field $x (mut f32))))"
      "(type (array (mut (ref null 0))))"
      "(type (func (param i32) (param) (param $p i64) (result f32) (result f64)))");
  ASSERT_EQ(module.types.size(), 3u);
  EXPECT_EQ(module.types[0].fields, (std::vector<FieldType>{{kI32, PackedKind::I8, false},
                                                            {kI32, PackedKind::I16, true},
                                                            {kF32, PackedKind::None, true}}));
  EXPECT_EQ(module.types[1].kind, CompositeKind::Array);
  EXPECT_EQ(module.types[2].func, (FuncType{{kI32, kI64}, {kF32, kF64}}));
}

TEST(ParseTypes, Groups) {
  Module module = parsed(
      "(rec) (type $a (sub (func))) (rec (type $b (sub final $a (func))) (type $c (sub $d (func))) "
      "(type $d (sub (func))))");
  ASSERT_EQ(module.types.size(), 4u);
  EXPECT_FALSE(module.types[0].isFinal);
  EXPECT_EQ(module.types[0].groupSize, 1u);
  EXPECT_TRUE(module.types[1].isFinal);
  EXPECT_EQ(module.types[1].supertype, 0u);
  EXPECT_EQ(module.types[2].supertype, 3u);
  for (size_t i = 1; i < 4; ++i) {
    EXPECT_EQ(module.types[i].group, 1u);
    EXPECT_EQ(module.types[i].groupSize, 3u);
  }
}

TEST(ParseTypes, Problems) {
  EXPECT_EQ(problemOf("(type (fun))"),
            "1:7: unexpected token: found (, expected a function, struct or array type");
  EXPECT_EQ(problemOf("(type (func (param $x)))"),
            "1:22: unexpected token: found ), expected a value type");
  EXPECT_EQ(problemOf("(type (func (result i32) (param i32)))"),
            "1:26: unexpected token: found (, expected parameters before results");
  EXPECT_EQ(problemOf("(type $t (func)) (type $t (func))"), "1:24: duplicate type $t");
  EXPECT_EQ(problemOf("(type (struct (field $a i32) (field $a i32)))"), "1:37: duplicate field $a");
  EXPECT_EQ(problemOf("(type (array (ref $u)))"), "1:19: unknown type $u");
  EXPECT_EQ(problemOf("(type (array (ref 4294967295)))"), "1:19: unknown type 4294967295");
  EXPECT_EQ(problemOf("(type (sub 0 1 (func)))"),
            "1:14: sub type: a type has at most one supertype");
  EXPECT_EQ(problemOf("(func (local bottom))"), "1:14: unknown operator bottom, expected )");
}

TEST(ParseTypes, Bounds) {
  std::string params, fields;
  for (int i = 0; i < 1001; ++i) params += " i32";
  for (int i = 0; i < 10'001; ++i) fields += " i32";
  EXPECT_NE(problemOf("(func (param" + params + "))").find("too many parameters: at most 1000"),
            std::string::npos);
  EXPECT_NE(problemOf("(func (result" + params + "))").find("too many results: at most 1000"),
            std::string::npos);
  EXPECT_NE(
      problemOf("(type (struct (field" + fields + ")))").find("too many fields: at most 10000"),
      std::string::npos);
}

TEST(ParseTypes, MemoriesAndTables) {
  Module module = parsed(
      "(memory 1) (memory i64 1 2) (memory i32 3 4 shared) (memory 0 (pagesize 1))"
      "(table 1 funcref) (table i64 2 3 (ref null any))");
  ASSERT_EQ(module.memories.size(), 4u);
  EXPECT_EQ(module.memories[0].type.limits.max, std::nullopt);
  EXPECT_TRUE(module.memories[1].type.limits.is64);
  EXPECT_EQ(module.memories[1].type.limits.max, 2u);
  EXPECT_TRUE(module.memories[2].type.limits.isShared);
  EXPECT_EQ(module.memories[3].type.pageSizeLog2, 0u);
  ASSERT_EQ(module.tables.size(), 2u);
  EXPECT_TRUE(module.tables[1].type.limits.is64);
  EXPECT_EQ(module.tables[1].type.element, ValueType::ref(HeapType::kAny, true));
  EXPECT_EQ(problemOf("(memory 0 (pagesize 3))"),
            "1:21: invalid custom page size 3, expected a power of two");
  EXPECT_EQ(problemOf("(table 1 i32)"),
            "1:10: unexpected token: found i32, expected a reference type");
}

}  // namespace
}  // namespace wasm
