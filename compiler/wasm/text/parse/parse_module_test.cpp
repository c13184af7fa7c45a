#include "compiler/wasm/text/parse/parse_module.h"

#include <gtest/gtest.h>

#include <string>

#include "compiler/wasm/binary/name_section.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/testing/from_text.h"

namespace wasm {
namespace {

TEST(ParseModule, Empty) {
  EXPECT_EQ(problemOf(""), "");
  EXPECT_EQ(problemOf("(module)"), "");
  EXPECT_EQ(problemOf("(module $m)"), "");
}

TEST(ParseModule, FieldsOfAFile) {
  EXPECT_EQ(encoded("(func) (memory 1)"), encoded("(module (func) (memory 1))"));
  EXPECT_EQ(problemOf("(module) x"), "1:10: unknown operator x, expected the end of the text");
  EXPECT_EQ(problemOf("(module"), "1:8: unexpected token: found the end of the text, expected )");
}

TEST(ParseModule, ErrorsShowTheLine) {
  base::Result<TextModule> parsed = parseModule("a.wat", "(module\n  (func $f)\n  (func $f))");
  ASSERT_FALSE(parsed.ok());
  EXPECT_EQ(parsed.error().text(), "a.wat:3:9: duplicate func $f\n  (func $f))\n        ^");
}

TEST(ParseModule, ErrorsOfTheValidatorHaveLinesAndColumns) {
  EXPECT_EQ(problemOf("(func (result i32)\n  (i32.add\n    (i32.const 1)\n    (i64.const 2)))"),
            "2:3: i32.add expects i32, found i64");
  EXPECT_EQ(problemOf("(func)\n (export \"a\" (func 1))"), "2:2: unknown function 1");
  EXPECT_EQ(problemOf("(memory 1)\n(data (i32.const 0))\n(data (memory 1) (i32.const 0))"),
            "3:1: unknown memory 1");
}

TEST(ParseModule, InsideAScript) {
  auto strings = std::make_shared<StringPool>();
  TextCursor in("(module $\"m\\31\" (func $f)) rest", strings);
  ASSERT_TRUE(in.takeList("module"));
  std::string_view name = in.takeIdentifier().value_or("");
  base::Result<TextModule> parsed = parseModuleFields("a.wast", in, name);
  ASSERT_TRUE(parsed.ok());
  EXPECT_TRUE(in.takeClose());
  EXPECT_TRUE(in.atKeyword("rest"));
  EXPECT_EQ(parsed->module.names.module, "m1");
  EXPECT_EQ(parsed->module.functions.size(), 1u);
}

// A script can be parsed further after an invalid module.
TEST(ParseModule, ErrorsOfValidityLeaveTheCursorAlone) {
  TextCursor in("(func (@metadata.code.branch_hint \"\\00\") nop)) rest",
                std::make_shared<StringPool>());
  base::Result<TextModule> parsed = parseModuleFields("a.wast", in, "");
  EXPECT_FALSE(parsed.ok());
  EXPECT_TRUE(in.ok());
  EXPECT_TRUE(in.takeClose());
  EXPECT_TRUE(in.atKeyword("rest"));
}

TEST(ParseModule, ImplicitTypesFollowInTheOrderOfTheirUse) {
  EXPECT_EQ(encoded("(func (param i64)) (func (block (param i32) drop)) (func (param i32))"
                    "(type (func)) (func (type 0)) (func (type 1)) (func (type 2))"),
            encoded("(type (func)) (type (func (param i64))) (type (func (param i32)))"
                    "(func (type 1)) (func (type 0) (block (type 2) drop)) (func (type 2))"
                    "(func (type 0)) (func (type 1)) (func (type 2))"));
  EXPECT_EQ(
      problemOf("(func (type 0) (local $l i64)) (func (param i32))"),
      "1:50: unknown type: 0 is the index of a function's type, but that type only comes of a "
      "signature further below");
  EXPECT_EQ(problemOf("(func (type 3))"), "1:1: unknown type 3");
}

ModuleNames namesOf(const TextModule& parsed) {
  for (const CustomSection& custom : parsed.module.customs) {
    if (custom.name == "name") return *readNameSection(custom.bytes);
  }
  return {};
}

TEST(ParseModule, IdentifiersBecomeNames) {
  base::Result<TextModule> parsed = parseModule("a.wat", R"(
    (module $m
      (type $t (struct (field i32) (field $x i32)))
      (import "a" "b" (func $imported (param $p i32)))
      (table $tab 1 funcref) (memory $mem 1) (global $g i32 (i32.const 0)) (tag $"a tag")
      (elem $e func) (data $d "")
      (func $f (param i32) (param $second i32) (local $third i64)
        (if (block $in (result i32) (i32.const 0)) (then))
        (block $out (loop $again)))))");
  ASSERT_TRUE(parsed.ok());
  ModuleNames expected;
  expected.module = "m";
  expected.types = {{0, "t"}};
  expected.fields = {{0, {{1, "x"}}}};
  expected.functions = {{0, "imported"}, {1, "f"}};
  expected.locals = {{0, {{0, "p"}}}, {1, {{1, "second"}, {2, "third"}}}};
  expected.labels = {{1, {{0, "in"}, {2, "out"}, {3, "again"}}}};
  expected.tables = {{0, "tab"}};
  expected.memories = {{0, "mem"}};
  expected.globals = {{0, "g"}};
  expected.tags = {{0, "a tag"}};
  expected.elements = {{0, "e"}};
  expected.data = {{0, "d"}};
  EXPECT_EQ(namesOf(*parsed), expected);
  EXPECT_EQ(parsed->module.names.functions, expected.functions);
}

TEST(ParseModule, AnnotationsNameThings) {
  base::Result<TextModule> parsed = parseModule(
      "a.wat", "(module $m (@name \"M 1\") (func (@name \"F\")) (func $g (@name \"\\47\")))");
  ASSERT_TRUE(parsed.ok());
  ModuleNames expected;
  expected.module = "M 1";
  expected.functions = {{0, "F"}, {1, "G"}};
  EXPECT_EQ(namesOf(*parsed), expected);
}

TEST(ParseModule, AnnotationsNameParametersLocalsAndFields) {
  base::Result<TextModule> parsed = parseModule(
      "a.wat",
      "(type (struct (field (@name \"x y\") i32) (field $z (@name \"Z\") i64)))"
      "(func (param (@name \"p q\") i32) (local $l (@name \"L\") i64) (drop (local.get $l)))");
  ASSERT_TRUE(parsed.ok()) << parsed.error().text();
  ModuleNames expected;
  expected.locals = {{0, {{0, "p q"}, {1, "L"}}}};
  expected.fields = {{0, {{0, "x y"}, {1, "Z"}}}};
  EXPECT_EQ(namesOf(*parsed), expected);
}

TEST(ParseModule, ACustomSectionReplacesTheNames) {
  base::Result<TextModule> parsed =
      parseModule("a.wat", "(module $m (func $f) (@custom \"name\" \"\\00\\02\\01n\"))");
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->module.customs.size(), 1u);
  EXPECT_EQ(parsed->module.names.module, "n");
  EXPECT_TRUE(parsed->module.names.functions.empty());
}

TEST(ParseModule, AnEmptyCustomSectionIsThePlaceOfTheNames) {
  base::Result<TextModule> parsed =
      parseModule("a.wat", "(@custom \"name\" (after func)) (func $f)");
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->module.customs.size(), 1u);
  EXPECT_EQ(parsed->module.customs[0].place, 3u);
  EXPECT_EQ(parsed->module.names.functions.at(0), "f");
}

TEST(ParseModule, DeepNestingIsAnErrorNotACrash) {
  std::string parentheses(1'000'000, '(');
  EXPECT_EQ(problemOf(parentheses).substr(0, 22), "1:2: unexpected token:");
  std::string blocks = "(func ";
  for (int i = 0; i < 200'000; ++i) blocks += "(block";
  EXPECT_NE(problemOf(blocks), "");
  std::string flat = "(func ";
  for (int i = 0; i < 200'000; ++i) flat += "block $l ";
  EXPECT_NE(problemOf(flat), "");
}

TEST(ParseModule, DeepNestingIsFine) {
  std::string open, close;
  for (int i = 0; i < 100'000; ++i) {
    open += "(block $l";
    close += ")";
  }
  EXPECT_EQ(problemOf("(func " + open + "(br $l)" + close + ")"), "");
  open.clear();
  for (int i = 0; i < 100'000; ++i) open += "(i32.eqz";
  EXPECT_EQ(problemOf("(func (drop " + open + "(i32.const 0)" + close + "))"), "");
}

// Many locals of one function must not slow down the parsing of others.
TEST(ParseModule, ManyFunctionsAfterManyLocals) {
  std::string text = "(func";
  for (int i = 0; i < 50'000; ++i) text += "(local $" + std::to_string(i) + " i32)";
  text += ")";
  for (int i = 0; i < 50'000; ++i) text += "(func(local $a i32))";
  EXPECT_EQ(problemOf(text), "");
}

}  // namespace
}  // namespace wasm
