// Compares the text of each shape of immediates with its encoding.
#include <gtest/gtest.h>

#include <string>

#include "compiler/wasm/testing/from_text.h"

namespace wasm {
namespace {

// Returns the encoding of an instruction in a function of a module that has at least two items of
// each index space, with the identifiers $x and $y.
std::string encodingOf(const std::string& instruction) {
  std::string body = bodyOf(R"((module
    (type $x (struct (field $a i32) (field $b i32))) (type $y (array i32))
    (table $x 0 funcref) (table $y 0 funcref) (memory $x 1) (memory $y 1)
    (global $x i32 (i32.const 0)) (global $y i32 (i32.const 0)) (tag $x) (tag $y)
    (elem $x func) (elem $y func) (data $x) (data $y)
    (func $x) (func $y (param $x i32) (local $y i32)
)" + instruction + "))");
  if (!body.ends_with(" 0b")) return body.substr(body.find(' ') + 1);
  return body.substr(0, body.size() - 3);
}

struct Case {
  const char* text;
  const char* encoding;
};

void check(std::initializer_list<Case> cases) {
  for (const Case& each : cases) EXPECT_EQ(encodingOf(each.text), each.encoding) << each.text;
}

TEST(ParseImmediates, Indices) {
  check({{"call $y", "10 01"},
         {"call 7", "10 07"},
         {"local.get $y", "20 01"},
         {"global.set $y", "24 01"},
         {"throw $y", "08 01"},
         {"elem.drop $y", "fc 0d 01"},
         {"data.drop $y", "fc 09 01"},
         {"ref.func $y", "d2 01"},
         {"call_ref $x", "14 00"},
         {"call $z", "unknown function $z"},
         {"local.get $z", "unknown local $z"},
         {"call -1", "unexpected token: found -1, expected a function index"},
         {"call 4294967296",
          "constant out of range: 4294967296 for a function index, expected at most "
          "4294967295"}});
}

TEST(ParseImmediates, TablesAndMemoriesMayBeLeftOut) {
  check({{"table.get", "25 00"},
         {"table.get $y", "25 01"},
         {"memory.size", "3f 00"},
         {"memory.grow $y", "40 01"},
         {"table.init $y", "fc 0c 01 00"},
         {"table.init $x $y", "fc 0c 01 00"},
         {"table.init $y $x", "fc 0c 00 01"},
         {"memory.init 1", "fc 08 01 00"},
         {"memory.init 1 0", "fc 08 00 01"},
         {"table.copy", "fc 0e 00 00"},
         {"table.copy $y $x", "fc 0e 01 00"},
         {"memory.copy $x $y", "fc 0a 00 01"},
         {"memory.copy $x", "unexpected token: found ), expected a memory index"}});
}

TEST(ParseImmediates, IndirectCalls) {
  check({{"call_indirect", "11 02 00"},
         {"call_indirect $y (type 3)", "11 03 01"},
         {"return_call_indirect (param i32)", "13 03 00"},
         {"call_indirect (param $p i32)",
          "unexpected token: found $p, but parameters have no names here"},
         {"call_indirect (type 3) (param i64)",
          "inline function type [i64] -> [] does not match type 3, which is [i32] -> []"},
         {"call_indirect (type $y) (param i64)",
          "inline function type [i64] -> [] does not match type 1, which is no function type at "
          "all"}});
}

TEST(ParseImmediates, Branches) {
  check({{"block br_table 0 1 0 end", "02 40 0e 02 00 01 00 0b"},
         {"br_table 1", "0e 00 01"},
         {"br_table", "unexpected token: found ), expected a label"},
         {"br_on_cast 0 anyref (ref $x)", "fb 18 01 00 6e 00"},
         {"br_on_cast_fail 0 (ref any) (ref null i31)", "fb 19 02 00 6e 6c"},
         {"block $l try_table (catch $y $l) (catch_all 0) end end",
          "02 40 1f 40 02 00 01 00 02 00 0b 0b"}});
}

TEST(ParseImmediates, References) {
  check({{"ref.null func", "d0 70"},
         {"ref.null $y", "d0 01"},
         {"ref.test (ref $x)", "fb 14 00"},
         {"ref.test (ref null $x)", "fb 15 00"},
         {"ref.cast i31ref", "fb 17 6c"},
         {"ref.cast (ref i31)", "fb 16 6c"},
         {"ref.cast i32", "unexpected token: found i32, expected a reference type"},
         {"select", "1b"},
         {"select (result i32)", "1c 01 7f"},
         {"select (result) (result i32 i64)", "1c 02 7f 7e"}});
}

TEST(ParseImmediates, Aggregates) {
  check({{"struct.get $x $b", "fb 02 00 01"},
         {"struct.set 0 1", "fb 05 00 01"},
         {"struct.get $x $c", "unknown field $c"},
         {"array.new_fixed $y 3", "fb 08 01 03"},
         {"array.copy $y 1", "fb 11 01 01"},
         {"array.new_data $y $y", "fb 09 01 01"},
         {"array.init_elem 1 $x", "fb 13 01 00"}});
}

TEST(ParseImmediates, Constants) {
  check({{"i32.const -1", "41 7f"},
         {"i32.const 0xffffffff", "41 7f"},
         {"i64.const -0x8000_0000_0000_0000", "42 80 80 80 80 80 80 80 80 80 7f"},
         {"f32.const 1", "43 00 00 80 3f"},
         {"f64.const -nan:0x1", "44 01 00 00 00 00 00 f0 ff"},
         {"i32.const 0x1_0000_0000", "constant out of range: 0x1_0000_0000 does not fit into i32"},
         {"i32.const 1.0", "unexpected token: found 1.0, expected an i32 number"},
         {"f32.const 1e39", "constant out of range: 1e39 does not fit into f32"}});
}

TEST(ParseImmediates, Vectors) {
  check({{"v128.const i32x4 1 -1 0x10 0", "fd 0c 01 00 00 00 ff ff ff ff 10 00 00 00 00 00 00 00"},
         {"v128.const f64x2 1 inf", "fd 0c 00 00 00 00 00 00 f0 3f 00 00 00 00 00 00 f0 7f"},
         {"v128.const i64x2 1", "wrong number of lane literals: found 1, expected 2 for i64x2"},
         {"v128.const i64x2 1 2 3",
          "wrong number of lane literals: found more, expected 2 for i64x2"},
         {"v128.const i8x16 256 0", "constant out of range: 256 does not fit into i8"},
         {"v128.const 1", "unexpected token: found 1, expected a vector shape such as i32x4"},
         {"i8x16.extract_lane_s 15", "fd 15 0f"},
         {"i8x16.extract_lane_s 256", "i8 constant out of range: lane 256, expected at most 255"},
         {"i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31",
          "fd 0d 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 1f"},
         {"i8x16.shuffle 0 1", "invalid lane length: found 2 lanes, expected 16"}});
}

TEST(ParseImmediates, Memory) {
  check({{"i32.load", "28 02 00"},
         {"i32.load offset=16", "28 02 10"},
         {"i32.load $y offset=0x10 align=1", "28 40 01 10"},
         {"i32.load 1", "28 42 01 00"},
         {"i64.store8 align=1", "3c 00 00"},
         {"i32.load align=3", "alignment must be a power of two, found 3"},
         {"i32.load align=0", "alignment must be a power of two, found 0"},
         {"i32.load offset=-1", "unknown operator offset=-1, expected a number after offset="},
         {"i32.load align=1 offset=1", "unknown operator offset=1, expected an instruction"},
         {"i32.atomic.load", "fe 10 02 00"},
         {"atomic.fence", "fe 03 00"}});
}

TEST(ParseImmediates, ASingleNumberIsTheLaneNotTheMemory) {
  check({{"v128.load8_lane 3", "fd 54 00 00 03"},
         {"v128.load8_lane 1 3", "fd 54 40 01 00 03"},
         {"v128.load8_lane $y 3", "fd 54 40 01 00 03"},
         {"v128.load8_lane 1 offset=4 3", "fd 54 40 01 04 03"},
         {"v128.load8_lane offset=4 align=1 3", "fd 54 00 04 03"}});
}

}  // namespace
}  // namespace wasm
