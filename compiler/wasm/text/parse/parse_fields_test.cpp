#include "compiler/wasm/text/parse/parse_fields.h"

#include <gtest/gtest.h>

#include <string>

#include "compiler/wasm/testing/from_text.h"

namespace wasm {
namespace {

// Expects that two texts denote the same module.
void expectSame(const std::string& a, const std::string& b) {
  base::Bytes bytes = encoded(a);
  EXPECT_FALSE(bytes.empty()) << a << '\n' << problemOf(a);
  EXPECT_EQ(bytes, encoded(b)) << a;
}

TEST(ParseFields, InlineExportsAndImports) {
  expectSame("(func $f (export \"a\") (export \"b\"))",
             "(func $f) (export \"a\" (func $f)) (export \"b\" (func 0))");
  expectSame("(func (export \"e\") (import \"m\" \"f\") (param i32))",
             "(import \"m\" \"f\" (func (param i32))) (export \"e\" (func 0))");
  expectSame(
      "(table (import \"m\" \"t\") 1 funcref) (memory (import \"m\" \"m\") i64 1)"
      "(global (import \"m\" \"g\") (mut i32)) (tag (import \"m\" \"x\") (param i32))",
      "(import \"m\" \"t\" (table 1 funcref)) (import \"m\" \"m\" (memory i64 1))"
      "(import \"m\" \"g\" (global (mut i32))) (import \"m\" \"x\" (tag (param i32)))");
}

TEST(ParseFields, CompactImports) {
  expectSame("(import \"m\" (item \"a\" (func $a)) (item \"b\" (global $b i32))) (start $a)",
             "(import \"m\" \"a\" (func)) (import \"m\" \"b\" (global i32)) (start 0)");
  expectSame(
      "(import \"m\" (item \"a\") (item \"b\") (global i32)) (global $g i32 (i32.const 1))"
      "(export \"g\" (global $g))",
      "(import \"m\" \"a\" (global i32)) (import \"m\" \"b\" (global i32))"
      "(global i32 (i32.const 1)) (export \"g\" (global 2))");
  EXPECT_EQ(problemOf("(import \"m\" (item \"a\") (func $f))"),
            "1:30: identifier not allowed: the type is that of several imports");
}

TEST(ParseFields, ImportsPrecedeDefinitions) {
  for (std::string kind : {"func", "memory 1", "table 1 funcref", "tag"}) {
    std::string keyword = kind.substr(0, kind.find(' '));
    std::string text = "(" + kind + ") (import \"m\" \"f\" (func))";
    EXPECT_NE(problemOf(text).find("import after " + keyword), std::string::npos) << text;
    text = "(" + kind + ") (func (import \"m\" \"f\"))";
    EXPECT_NE(problemOf(text).find("import after " + keyword), std::string::npos) << text;
  }
  EXPECT_EQ(problemOf("(global i32 (i32.const 0)) (import \"m\" \"f\" (func))"),
            "1:28: import after global: imports must come before all definitions");
}

TEST(ParseFields, Start) {
  expectSame("(start $f) (func) (func $f)", "(func) (func) (start 1)");
  EXPECT_EQ(problemOf("(func) (start 0) (start 0)"), "1:18: multiple start sections");
}

TEST(ParseFields, Tables) {
  expectSame("(table $t funcref (elem $f 0)) (func $f)",
             "(table 2 2 funcref) (elem (table 0) (offset i32.const 0) func 0 0) (func)");
  expectSame("(table i64 funcref (elem (ref.null func) (item ref.func 0))) (func)",
             "(table i64 2 2 funcref) (elem (i64.const 0) funcref (ref.null func) (ref.func 0))"
             "(func)");
  expectSame("(type $t (func)) (table (ref null $t) (elem $f)) (func $f)",
             "(type (func)) (table 1 1 (ref null 0))"
             "(elem (i32.const 0) (ref null 0) (ref.func 0)) (func)");
  EXPECT_EQ(problemOf("(table 1 (ref func) (ref.func $f)) (func $f)"), "");
}

TEST(ParseFields, Memories) {
  expectSame("(memory (data \"a\" \"\\00b\"))", "(memory 1 1) (data (i32.const 0) \"a\\00b\")");
  expectSame("(memory (data))", "(memory 0 0) (data (i32.const 0))");
  expectSame("(memory i64 (pagesize 1) (data \"abc\"))",
             "(memory i64 3 3 (pagesize 1)) (data (i64.const 0) \"abc\")");
}

TEST(ParseFields, SegmentsInsideCountInTheirSpaces) {
  expectSame(
      "(memory (data)) (table funcref (elem)) (data $d) (elem $e func)"
      "(func data.drop $d elem.drop $e)",
      "(memory 0 0) (table 0 0 funcref) (data (i32.const 0)) (data)"
      "(elem (i32.const 0) func) (elem func) (func data.drop 1 elem.drop 1)");
}

TEST(ParseFields, Elements) {
  const std::string rest = " (table $t 9 funcref) (table $u 9 funcref) (func $f)";
  expectSame("(elem (i32.const 0) $f 0)" + rest, "(elem (table 0) (i32.const 0) func 0 0)" + rest);
  expectSame("(elem (table $u) (offset i32.const 1) func $f)" + rest,
             "(elem (table 1) (i32.const 1) func 0)" + rest);
  expectSame("(elem (ref null func) (ref.func $f) (item (ref.null func)))" + rest,
             "(elem funcref (item ref.func 0) (item ref.null func))" + rest);
  expectSame("(elem declare func $f)" + rest, "(elem declare func 0)" + rest);
  EXPECT_EQ(problemOf("(elem declare $f)" + rest),
            "1:15: unexpected token: found $f, expected a value type");
  EXPECT_EQ(problemOf("(elem (table 0) (i32.const 0) 0)" + rest),
            "1:31: unexpected token: found 0, expected a value type");
}

TEST(ParseFields, Data) {
  expectSame("(memory 1) (memory $m 1) (data $d (memory $m) (offset i32.const 1) \"x\" \"y\")",
             "(memory 1) (memory 1) (data (memory 1) (i32.const 1) \"xy\")");
  expectSame("(data)", "(data \"\")");
  EXPECT_EQ(problemOf("(memory 1) (data (i32.const 0) (i32.const 0))"),
            "1:32: unexpected token: found (, expected )");
}

TEST(ParseFields, Functions) {
  expectSame(
      "(func (param $a i32) (param i64) (result i32) (local $b f32) (local f32 f32 i32)"
      "local.get $a local.get $b drop)",
      "(func (param i32 i64) (result i32) (local f32) (local f32) (local f32) (local i32)"
      "local.get 0 local.get 2 drop)");
  expectSame(
      "(type $t (func (param i32))) (func (type $t) (local $l i32) (local.set $l (local.get "
      "0)))",
      "(func (param i32) (local i32) local.get 0 local.set 1)");
  EXPECT_EQ(problemOf("(func (param $x i32) (local $x i32))"), "1:29: duplicate local $x");
  EXPECT_EQ(problemOf("(func (type 0) (param i32)) (type (func))"),
            "1:7: inline function type [i32] -> [] does not match type 0, which is [] -> []");
  EXPECT_EQ(problemOf("(func (local i32) (param i32))"),
            "1:20: unexpected token: found param, expected an instruction");
  EXPECT_EQ(problemOf("(func (param $x i32)) (func local.get $x)"), "1:39: unknown local $x");
}

TEST(ParseFields, ManyLocals) {
  std::string text = "(func (local";
  for (int i = 0; i < 50'000; ++i) text += " i32";
  EXPECT_EQ(problemOf(text + "))"), "");
  EXPECT_NE(problemOf(text + ") (local i64))").find("too many locals: at most 50000"),
            std::string::npos);
}

TEST(ParseFields, Duplicates) {
  EXPECT_EQ(problemOf("(memory $a 1) (func $a) (memory $\"a\" 1)"), "1:33: duplicate memory $a");
  EXPECT_EQ(problemOf("(import \"m\" \"g\" (global $g i32)) (global $g i32 (i32.const 0))"),
            "1:42: duplicate global $g");
  EXPECT_EQ(problemOf("(data $d) (data $d)"), "1:17: duplicate data $d");
}

TEST(ParseFields, NamesAreUtf8) {
  EXPECT_EQ(problemOf("(func (export \"\\ff\"))"), "1:15: malformed UTF-8 encoding");
  EXPECT_EQ(problemOf("(import \"\\ff\" \"\" (func))"), "1:9: malformed UTF-8 encoding");
  EXPECT_EQ(problemOf("(data \"\\ff\")"), "");
}

std::string customs(const std::string& text) {
  base::Result<TextModule> parsed = parseModule("a.wat", text);
  if (!parsed.ok()) return parsed.error().message.substr(0, parsed.error().message.find('\n'));
  std::string out;
  for (const CustomSection& custom : parsed->module.customs) {
    out += std::to_string(custom.place) + std::string(custom.name) + "=" +
           std::string(base::asText(custom.bytes)) + " ";
  }
  return out;
}

TEST(ParseFields, CustomSections) {
  EXPECT_EQ(customs("(@custom \"a\" \"x\" \"\\79\") (@custom \"b\" (after func)) (func)"
                    "(@custom \"c\" (before first) \"z\") (@custom \"d\" (before code))"
                    "(@custom \"e\" (after last))"),
            "0c=z 3b= 11d= 13a=xy 13e= ");
  EXPECT_EQ(customs("(@custom)"), "@custom annotation: missing section name, found )");
  EXPECT_EQ(customs("(@custom \"\\df\")").substr(0, 43),
            "@custom annotation: malformed UTF-8 encodin");
  EXPECT_EQ(customs("(@custom \"a\" here)"), "@custom annotation: unexpected token, found here");
  EXPECT_EQ(customs("(@custom \"a\" (after types))"),
            "@custom annotation: malformed section kind, found types");
  EXPECT_EQ(customs("(@custom \"a\" (type))"), "@custom annotation: malformed placement, found (");
  EXPECT_EQ(customs("(type (@custom \"a\") (func))").substr(0, 28), "misplaced @custom annotation");
}

// This is the position where most tools write the name section.
TEST(ParseFields, NamesPrecedeCustomSectionsAtTheEnd) {
  EXPECT_EQ(customs("(@custom \"z\") (@custom \"a\" (before data)) (func $f)").substr(0, 12),
            "12a= 13name=");
}

TEST(ParseFields, ModuleNames) {
  EXPECT_EQ(problemOf("(module (@name \"a\") (@name \"b\"))"),
            "1:21: @name annotation: multiple module names");
  EXPECT_EQ(problemOf("(module (func) (@name \"a\"))"),
            "1:16: misplaced @name annotation: expected before the module's fields");
  EXPECT_EQ(problemOf("(module (start $f (@name \"a\")) (func $f))"),
            "1:19: misplaced @name annotation, expected )");
}

}  // namespace
}  // namespace wasm
