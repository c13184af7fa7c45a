#include "compiler/wasm/text/parse/code_parser.h"

#include <gtest/gtest.h>

#include <string>

#include "compiler/wasm/testing/from_text.h"

namespace wasm {
namespace {

std::string code(const std::string& instructions) { return bodyOf("(func " + instructions + ")"); }

TEST(CodeParser, FlatAndFolded) {
  EXPECT_EQ(code(""), "0b");
  EXPECT_EQ(code("i32.const 1 i32.const 2 i32.add drop"), "41 01 41 02 6a 1a 0b");
  EXPECT_EQ(code("(drop (i32.add (i32.const 1) (i32.const 2)))"), "41 01 41 02 6a 1a 0b");
  EXPECT_EQ(code("i32.const 1 (i32.add (i32.const 2)) (drop)"), "41 01 41 02 6a 1a 0b");
}

TEST(CodeParser, Blocks) {
  EXPECT_EQ(code("block $a loop br $a br 0 end end $a"), "02 40 03 40 0c 01 0c 00 0b 0b 0b");
  EXPECT_EQ(code("(block $a (loop (br $a) br 0))"), "02 40 03 40 0c 01 0c 00 0b 0b 0b");
  EXPECT_EQ(code("block (result i32) i32.const 0 end drop"), "02 7f 41 00 0b 1a 0b");
  EXPECT_EQ(code("(drop (block (result i32) i32.const 0))"), "02 7f 41 00 0b 1a 0b");
  EXPECT_EQ(code("(block (param i32 i64))"), "02 01 0b 0b");
  EXPECT_EQ(code("(block (type 0))"), "02 00 0b 0b");
}

TEST(CodeParser, If) {
  EXPECT_EQ(code("i32.const 1 if $l nop else $l br $l end $l"), "41 01 04 40 01 05 0c 00 0b 0b");
  EXPECT_EQ(code("(if $l (i32.const 1) (then nop) (else (br $l)))"),
            "41 01 04 40 01 05 0c 00 0b 0b");
  EXPECT_EQ(code("(if (then))"), "04 40 0b 0b");
  EXPECT_EQ(code("(if (result i32) (i32.const 1) (then (i32.const 2)) (else (i32.const 3))) drop"),
            "41 01 04 7f 41 02 05 41 03 0b 1a 0b");
  // The label of an `if` is not in scope in its condition.
  EXPECT_EQ(code("(block $l (if $l (block (result i32) (br $l)) (then)))"),
            "02 40 02 7f 0c 01 0b 04 40 0b 0b 0b");
  EXPECT_EQ(code("(if (i32.const 0) (else))"),
            "1:25: unexpected token: found else, which belongs to no block here");
}

TEST(CodeParser, LegacyExceptions) {
  const std::string tag = "(tag $t) (func ";
  std::string flat = "try $l call 0 catch $t rethrow $l catch_all end $l)";
  std::string folded = "(try $l (do (call 0)) (catch $t (rethrow $l)) (catch_all)))";
  EXPECT_EQ(bodyOf(tag + flat), "06 40 10 00 07 00 09 00 19 0b 0b");
  EXPECT_EQ(bodyOf(tag + folded), bodyOf(tag + flat));
  std::string delegates = "(block $b (try (do) (delegate $b))))";
  EXPECT_EQ(bodyOf(tag + delegates), "02 40 06 40 18 00 0b 0b");
  EXPECT_EQ(bodyOf(tag + "block $b try delegate $b end)"), bodyOf(tag + delegates));
  EXPECT_EQ(bodyOf(tag + "(try (do) (delegate 0) (catch 0)))"),
            "1:39: unexpected token: found (, expected )");
}

TEST(CodeParser, Labels) {
  EXPECT_EQ(code("block $l block $l br $l end br $l end"), "02 40 02 40 0c 00 0b 0c 00 0b 0b");
  EXPECT_EQ(code("block $l end br $l"), "1:23: unknown label $l");
  EXPECT_EQ(code("block $a end $b"), "1:20: mismatching label: found $b, expected $a");
  EXPECT_EQ(code("block end $b"),
            "1:17: mismatching label: found $b, expected none, as the block has none");
  EXPECT_EQ(code("i32.const 0 if $a else $b end"),
            "1:30: mismatching label: found $b, expected $a");
}

TEST(CodeParser, WhatBelongsToNoBlock) {
  EXPECT_EQ(code("end").substr(0, 29), "1:7: unexpected token: found ");
  EXPECT_EQ(code("(block end)").substr(0, 30), "1:14: unexpected token: found ");
  EXPECT_EQ(code("block else end").substr(0, 30), "1:13: unexpected token: found ");
  EXPECT_EQ(code("block catch_all end").substr(0, 30), "1:13: unexpected token: found ");
  EXPECT_EQ(code("block"), "1:12: unexpected token: found ), expected an instruction or end");
  EXPECT_EQ(code("(nop i32.const 0)"),
            "1:12: unexpected token: found i32.const, expected a folded instruction or )");
}

TEST(CodeParser, UnknownOperators) {
  EXPECT_EQ(code("i32.ad"),
            "1:7: unknown operator i32.ad, expected an instruction; did you mean i32.add?");
  EXPECT_EQ(code("i32x4"), "1:7: unexpected token: found i32x4, expected an instruction");
  EXPECT_EQ(code("(get_local 0)").substr(0, 31), "1:8: unknown operator get_local");
  EXPECT_EQ(code("0x"), "1:7: unknown operator 0x, expected an instruction or )");
  EXPECT_EQ(code("nop (param i32)"),
            "1:12: unexpected token: found param, expected an instruction");
}

std::string hintsOf(const std::string& instructions) {
  base::Result<TextModule> parsed = parseModule("a.wat", "(func) (func " + instructions + ")");
  if (!parsed.ok()) return parsed.error().message.substr(0, parsed.error().message.find('\n'));
  std::string out;
  for (const BranchHint& hint : parsed->module.branchHints) {
    uint32_t at = hint.offset - parsed->module.functions[hint.function].body.begin;
    out += std::to_string(at) + (hint.isLikely ? "+" : "-");
  }
  return out;
}

TEST(CodeParser, BranchHints) {
  const std::string likely = "(@metadata.code.branch_hint \"\\01\")";
  const std::string unlikely = "(@metadata.code.branch_hint \"\\00\")";
  EXPECT_EQ(hintsOf("i32.const 0 " + likely + " if end"), "2+");
  EXPECT_EQ(hintsOf(likely + "(if (i32.const 0) (then " + unlikely + "(br_if 0 (i32.const 1))))"),
            "2+6-");
  EXPECT_EQ(hintsOf(likely + likely + "nop"),
            "@metadata.code.branch_hint annotation: duplicate annotation");
  EXPECT_EQ(hintsOf(likely + "nop"),
            "@metadata.code.branch_hint annotation: invalid target, expected an if or br_if");
  EXPECT_EQ(hintsOf(likely),
            "@metadata.code.branch_hint annotation: expected an instruction behind it");
  EXPECT_EQ(hintsOf("(if (i32.const 0) " + likely + "(then nop))"),
            "@metadata.code.branch_hint annotation: expected an instruction behind it");
  EXPECT_EQ(hintsOf("(@metadata.code.branch_hint \"\\02\") if end"),
            "@metadata.code.branch_hint annotation: expected \"\\00\" or \"\\01\"");
  EXPECT_EQ(problemOf("(module " + likely + ")"),
            "1:9: @metadata.code.branch_hint annotation: not in a function");
  EXPECT_EQ(problemOf("(global i32 " + likely + " (i32.const 0))"),
            "1:13: @metadata.code.branch_hint annotation: not in a function");
}

TEST(CodeParser, AnnotationsElsewhereAreMisplaced) {
  EXPECT_EQ(code("nop (@custom \"x\")"),
            "1:11: misplaced @custom annotation, expected an instruction or )");
}

}  // namespace
}  // namespace wasm
