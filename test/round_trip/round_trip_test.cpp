#include "test/round_trip/round_trip.h"

#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/testing/module_builder.h"
#include "compiler/wasm/testing/playground.h"
#include "compiler/wasm/text/parse/parse_module.h"
#include "compiler/wasm/validate/validate.h"

namespace round_trip {
namespace {

// Returns an empty string if the module is valid and passes.
std::string problemOf(const base::Bytes& bytes) {
  base::Result<wasm::Module> read = wasm::readModule("a.wasm", bytes);
  if (!read) return read.error().text();
  base::Result<wasm::ValidModule> module = wasm::validate(std::move(*read));
  if (!module) return module.error().text();
  base::Result<void> result = checkRoundTrip(**module);
  return result.ok() ? "" : result.error().text();
}

TEST(RoundTrip, Samples) {
  EXPECT_EQ(problemOf(wasm::ModuleBuilder().build()), "");
  EXPECT_EQ(problemOf(wasm::sampleModule()), "");
  EXPECT_EQ(problemOf(wasm::everyInstructionModule()), "");
  EXPECT_EQ(problemOf(wasm::playground().build()), "");
}

// Returns the same for a module in the text format, or its error if it is malformed.
std::string problemOfText(std::string_view text) {
  base::Result<wasm::TextModule> parsed = wasm::parseModule("a.wat", text);
  if (!parsed) return parsed.error().text();
  base::Result<wasm::ValidModule> module = wasm::validate(std::move(parsed->module));
  if (!module) return module.error().text();
  base::Result<base::Bytes> bytes = wasm::writeModule(**module);
  return bytes.ok() ? problemOf(*bytes) : bytes.error().text();
}

TEST(RoundTrip, Types) {
  EXPECT_EQ(problemOfText(R"(
    (rec) (rec (type (func))) (type (func)) (type $open (sub (func)))
    (type $s (sub (struct (field i8) (field (mut (ref null $s))) (field $x anyref))))
    (rec (type $a (array (mut (ref null $b)))) (type $b (sub final $s (struct (field i8)
      (field (mut (ref null $s))) (field anyref) (field i16)))))
    (import "" "\00" (func (type $open)))
    (func (type 1)) (func (type 2))
    (func (param i32 i64) (result f32 f64) (local i32) (local i32 i64) unreachable))"),
            "");
}

TEST(RoundTrip, MemoriesTablesGlobalsTags) {
  EXPECT_EQ(problemOfText(R"(
    (import "m" "t" (tag)) (import "m" "u" (table i64 1 2 funcref)) (import "m" "v" (global i32))
    (memory i64 0 0x1_0000_0000_0000) (memory 0 1 shared) (memory 3 (pagesize 1)) (memory 0 0)
    (table 1 funcref) (table i64 0 0xffff_ffff_ffff_ffff externref)
    (table 2 (ref func) (ref.func $f)) (func $f) (elem declare func $f)
    (global (mut v128) v128.const f32x4 nan inf -0 0x1p-149) (global i64 (i64.mul (i64.const 2)
      (i64.const -1))) (tag) (tag $t (param i32 i64))
    (func $g (result i64) (i64.load 0 offset=0xffff_ffff_ffff_ffff (i64.const 0)))
    (func (drop (i32.load 2 offset=1 align=1 (i32.const 0))) (memory.copy 1 2 (i32.const 0)
      (i32.const 0) (i32.const 0)) (drop (memory.size 3)))
    (export "g" (func $g)) (export "f" (func $f)) (export "" (memory 1)) (start $f))"),
            "");
}

TEST(RoundTrip, Segments) {
  EXPECT_EQ(problemOfText(R"(
    (table $t 9 funcref) (table 9 externref) (table 9 (ref null $v)) (type $v (func)) (func $f)
    (memory 1) (memory i64 1)
    (elem (i32.const 0)) (elem (i32.const 0) $f) (elem func) (elem func $f $f) (elem declare func)
    (elem (table 0) (i32.const 1) funcref) (elem (table 1) (i32.const 0) externref
      (ref.null extern)) (elem funcref (ref.func $f) (item (ref.null func)))
    (elem (ref func) (ref.func $f)) (elem (ref func)) (elem declare (ref null $v) (ref.null $v))
    (elem (table 2) (offset (i32.add (i32.const 1) (i32.const 1))) (ref $v) (ref.func $f))
    (data) (data (i32.const 0) "a" "\ff\"\\n\u{1f600}") (data (memory 1) (i64.const 1) "")
    (func (data.drop 0) (elem.drop 1)))"),
            "");
}

TEST(RoundTrip, Control) {
  EXPECT_EQ(problemOfText(R"(
    (type $i (func (result i32))) (tag $e) (tag $x (param i32)) (table 1 funcref)
    (func (param i32) (result i32)
      (block (type $i) (i32.const 1)) (if (type $i) (then (i32.const 1)) (else (i32.const 2)))
      (drop) (loop $l (block $l (br_if $l (local.get 0)) (br 1)))
      (block $h (try_table (catch $e $h) (catch_all 0)))
      (block $p (result i32) (try_table $p (catch $x 1) (catch $x 0)) (i32.const 3)) (drop)
      (select (result i32) (i32.const 1) (i32.const 2) (local.get 0))
      (br_table 0 0 (local.get 0)) (call_indirect (type $i) (i32.const 0))
      (return_call_indirect 0 (type $i) (i32.const 0)) (unreachable))
    (func try $a try nop catch $e rethrow 0 catch_all rethrow 0 end
      try nop delegate $a try nop delegate 1 catch_all rethrow $a end))"),
            "");
}

TEST(RoundTrip, References) {
  EXPECT_EQ(problemOfText(R"(
    (type $s (struct (field $a i32) (field $b (mut i8)))) (type $v (array (mut i32)))
    (func (param (ref null $s) anyref)
      (struct.set $s $b (local.get 0) (struct.get $s $a (local.get 0)))
      (drop (ref.cast (ref $s) (local.get 1))) (drop (ref.cast structref (local.get 1)))
      (drop (ref.test (ref null $s) (local.get 1))) (drop (ref.test (ref none) (local.get 1)))
      (drop (block $l (result (ref $s)) (drop (br_on_cast $l anyref (ref $s) (local.get 1)))
        (unreachable)))
      (drop (ref.null $s)) (drop (ref.null none)) (drop (array.new_fixed $v 2 (i32.const 1)
        (i32.const 2))) (array.copy $v $v (ref.null $v) (i32.const 0) (ref.null $v) (i32.const 0)
        (i32.const 0))))"),
            "");
}

TEST(RoundTrip, Names) {
  constexpr std::string_view kFields = R"(
    (type $t (func)) (type $"a type" (struct (field $f i32) (field i32)))
    (import "m" "f" (func $"" (param $"p p" i32))))";
  EXPECT_NE(problemOfText(kFields), "");  // an identifier cannot be empty
  EXPECT_EQ(problemOfText(R"((module $"a module"
    (type $t (func)) (type $"a type" (struct (field $f i32) (field i32)))
    (import "m" "f" (func $"quoted \u{fc}\0a\"" (param $"p p" i32) (param i32)))
    (func $f (param i32) (param $y i32) (local i32) (local $z i32) (local i64 i64)
      (block $b (loop $b (br $b) (br 1))) (block) (if $i (local.get $z) (then (br $i))))
    (table $t 1 funcref) (memory $m 1) (global $g i32 (i32.const 0)) (tag $e) (elem $s func $f)
    (data $d "")))"),
            "");
  for (const char* customs : {
           R"((@custom "a") (@custom "b" (after last) "x"))",
           R"((@custom "a") (@custom "name") (@custom "b"))",
           R"((@custom "name" (before first)))",
           R"((@custom "name" (after func)) (@custom "c" (after func)))",
           R"((@custom "name" "\01\07\02\00\01f\01\01f"))",  // the same name twice
           R"((@custom "name" "\01\04\01\05\01f"))",         // for a function that does not exist
           R"((@custom "name" "\01\84\00\01\00\01f"))",      // a number in long form
           R"((@custom "name" "") (@custom "name" (after type) "\00\02\01m"))",
           R"((@custom "name" "\00\02\01m") (@custom "name" ""))",
           R"((@custom "name" "nonsense"))",
       }) {
    EXPECT_EQ(problemOfText(std::string("(func $f) (func) (data \"\")") + customs), "") << customs;
    EXPECT_EQ(problemOfText(std::string("(type (func))") + customs), "") << customs;
  }
}

TEST(RoundTrip, BranchHints) {
  constexpr std::string_view kFunction = R"((type (func))
    (func (local i64) i32.const 0 (@metadata.code.branch_hint "\00") if else end
      i32.const 0 (@metadata.code.branch_hint "\01") br_if 0))";
  for (const char* customs : {
           "",
           R"((@custom "a" (before code)))",
           R"((@custom "metadata.code.branch_hint" (after type)))",
           R"((@custom "metadata.code.branch_hint" (before code)) (@custom "a" (before code)))",
           R"((@custom "metadata.code.branch_hint" (after code) "\01"))",
           R"((@custom "metadata.code.branch_hint" "\00"))",
       }) {
    EXPECT_EQ(problemOfText(std::string(kFunction) + customs), "") << customs;
  }
}

TEST(RoundTrip, DeepNesting) {
  constexpr size_t kDepth = 100'000;
  base::Bytes code;
  for (size_t i = 0; i < kDepth; ++i) code.insert(code.end(), {0x02, 0x40});
  code.insert(code.end(), kDepth, 0x0b);
  wasm::ModuleBuilder builder;
  builder.function(builder.type({}, {}), code);
  EXPECT_EQ(problemOf(builder.build()), "");
}

}  // namespace
}  // namespace round_trip
