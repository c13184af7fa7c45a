#include <gtest/gtest.h>

#include "compiler/wasm/testing/playground.h"

namespace wasm {
namespace {

// Codes of the binary format that occur in most of the bodies.
constexpr uint8_t kEnd = 0x0b;
constexpr uint8_t kVoid = 0x40;
constexpr uint8_t kI32Code = 0x7f;
const ValueType kExnRef = ValueType::ref(HeapType::kExn, true);
const ValueType kCallable = ValueType::ref(HeapType::concrete(kI32Func), true);
const ValueType kSurelyCallable = ValueType::ref(HeapType::concrete(kI32Func), false);

// Validates each body in the module of playground.h and compares the message.
void checkAll(std::span<const CodeCase> cases) {
  for (const CodeCase& item : cases) {
    EXPECT_EQ(validateCode(item.params, item.results, item.code), item.message) << item.what;
  }
}

// 0x02 is block, 0x00 unreachable. A block cannot pop operands of the outside.
TEST(Special, Blocks) {
  const CodeCase kCases[] = {
      {"empty", {}, {}, {0x02, kVoid, kEnd}, ""},
      {"result", {}, {kI32}, {0x02, kI32Code, 0x41, 0, kEnd}, ""},
      {"no result", {}, {kI32}, {0x02, kI32Code, kEnd}, "end expects i32, found nothing"},
      {"too much",
       {},
       {},
       {0x02, kVoid, 0x41, 0, kEnd},
       "end expects 0 results, found 1 more operands"},
      {"operands of the outside",
       {},
       {kI32},
       {0x41, 0, 0x02, kI32Code, kEnd},
       "end expects i32, found nothing"},
      {"parameters", {kI32}, {kI32}, {0x20, 0, 0x02, kI32Func, kEnd}, ""},
      {"parameters missing",
       {},
       {kI32},
       {0x02, kI32Func, kEnd},
       "block expects i32, found nothing"},
      {"two results", {}, {kI32, kI64}, {0x02, kPairFunc, 0x41, 1, 0x42, 1, kEnd}, ""},
      {"unknown type", {}, {}, {0x02, 0xe3, 0x00, kEnd}, "unknown type 99"},
      {"struct type",
       {},
       {},
       {0x02, kStructType, kEnd},
       "block expects a function type, found type 3"},
      {"unreachable", {}, {kI32}, {0x00}, ""},
      {"unreachable with a wrong operand",
       {},
       {kI32},
       {0x00, 0x42, 0},
       "end expects i32, found i64"},
  };
  checkAll(kCases);
}

// 0x04 is if, 0x05 else.
TEST(Special, IfAndElse) {
  const CodeCase kCases[] = {
      {"both", {kI32}, {kI32}, {0x20, 0, 0x04, kI32Code, 0x41, 1, 0x05, 0x41, 2, kEnd}, ""},
      {"one", {kI32}, {}, {0x20, 0, 0x04, kVoid, kEnd}, ""},
      {"one with a result",
       {kI32},
       {kI32},
       {0x20, 0, 0x04, kI32Code, 0x41, 1, kEnd},
       "if without else must leave what it takes"},
      {"one that leaves what it takes",
       {kI32},
       {kI32},
       {0x20, 0, 0x20, 0, 0x04, kI32Func, kEnd},
       ""},
      {"condition", {kI64}, {}, {0x20, 0, 0x04, kVoid, kEnd}, "if expects i32, found i64"},
      {"arms differ",
       {kI32},
       {kI32},
       {0x20, 0, 0x04, kI32Code, 0x41, 1, 0x05, 0x42, 2, kEnd},
       "end expects i32, found i64"},
      {"else alone", {}, {}, {0x02, kVoid, 0x05, kEnd}, "else without if"},
      {"two elses", {kI32}, {}, {0x20, 0, 0x04, kVoid, 0x05, 0x05, kEnd}, "else without if"},
  };
  checkAll(kCases);
}

// 0x0c is br, 0x0d br_if, 0x0e br_table, 0x0f return, 0x03 loop. In unreachable code the labels of
// a br_table may have different types.
TEST(Special, Branches) {
  const CodeCase kCases[] = {
      {"out of a block", {}, {kI32}, {0x02, kI32Code, 0x41, 1, 0x0c, 0, kEnd}, ""},
      {"out of the function", {}, {kI32}, {0x41, 1, 0x0c, 0}, ""},
      {"without operand", {}, {kI32}, {0x0c, 0}, "br expects i32, found nothing"},
      {"to a loop", {kI64}, {kI32}, {0x20, 0, 0x03, kLoopFunc, 0x0c, 0, kEnd}, ""},
      {"to a loop with its result",
       {kI64},
       {kI32},
       {0x20, 0, 0x03, kLoopFunc, 0x1a, 0x41, 1, 0x0c, 0, kEnd},
       "br expects i64, found i32"},
      {"unknown label", {}, {}, {0x0c, 1}, "unknown label 1"},
      {"br_if", {kI32}, {kI32}, {0x41, 5, 0x20, 0, 0x0d, 0}, ""},
      {"br_if keeps its operand",
       {kI32},
       {},
       {0x02, kI32Code, 0x41, 5, 0x20, 0, 0x0d, 0, kEnd, 0x1a},
       ""},
      {"br_if on i64", {kI64}, {}, {0x20, 0, 0x0d, 0}, "br_if expects i32, found i64"},
      {"br_table", {kI32}, {}, {0x02, kVoid, 0x20, 0, 0x0e, 2, 0, 1, 1, kEnd}, ""},
      {"br_table with other arities",
       {kI32},
       {kI32},
       {0x02, kVoid, 0x41, 0, 0x20, 0, 0x0e, 1, 0, 1, kEnd, 0x41, 0},
       "br_table expects 0 operands for label 0, but 1 for its default"},
      {"br_table with other types",
       {kI32},
       {kI32},
       {0x02, 0x7e, 0x41, 0, 0x20, 0, 0x0e, 1, 0, 1, kEnd, 0x1a, 0x41, 0},
       "br_table expects i64, found i32"},
      {"br_table with other types, unreachable",
       {kI32},
       {kI32},
       {0x02, 0x7e, 0x00, 0x0e, 1, 0, 1, kEnd, 0x1a, 0x41, 0},
       ""},
      {"br_table to nowhere", {kI32}, {}, {0x20, 0, 0x0e, 1, 9, 0}, "unknown label 9"},
      {"return", {}, {kI32}, {0x41, 1, 0x0f}, ""},
      {"return of another type", {}, {kI32}, {0x42, 1, 0x0f}, "return expects i32, found i64"},
  };
  checkAll(kCases);
}

// 0x10 to 0x15 are call, call_indirect, return_call, return_call_indirect, call_ref,
// return_call_ref.
TEST(Special, Calls) {
  const CodeCase kCases[] = {
      {"call", {kI32}, {kI32}, {0x20, 0, 0x10, 1}, ""},
      {"call with two results", {}, {kI32, kI64}, {0x10, 2}, ""},
      {"call without argument", {}, {kI32}, {0x10, 1}, "call expects i32, found nothing"},
      {"unknown function", {}, {}, {0x10, 9}, "unknown function 9"},
      {"call_indirect", {kI32}, {kI32}, {0x20, 0, 0x20, 0, 0x11, kI32Func, 0}, ""},
      {"call_indirect by i64", {kI64}, {}, {0x20, 0, 0x11, kVoidFunc, 2}, ""},
      {"call_indirect through externref",
       {kI32},
       {},
       {0x20, 0, 0x11, kVoidFunc, 1},
       "call_indirect expects a table of functions, found externref"},
      {"call_indirect of a struct",
       {kI32},
       {},
       {0x20, 0, 0x11, kStructType, 0},
       "call_indirect expects a function type, found type 3"},
      {"return_call", {kI32}, {kI32}, {0x20, 0, 0x12, 1}, ""},
      {"return_call with other results",
       {kI32},
       {},
       {0x20, 0, 0x12, 1},
       "return_call expects a callee with the results of its function, found [i32] -> [i32]"},
      {"return_call_indirect", {kI32}, {kI32}, {0x20, 0, 0x20, 0, 0x13, kI32Func, 0}, ""},
      {"call_ref", {kI32, kCallable}, {kI32}, {0x20, 0, 0x20, 1, 0x14, kI32Func}, ""},
      {"call_ref of funcref",
       {kI32, kFuncRef},
       {kI32},
       {0x20, 0, 0x20, 1, 0x14, kI32Func},
       "call_ref expects (ref null 1), found funcref"},
      {"call_ref of a struct",
       {},
       {},
       {0x14, kStructType},
       "call_ref expects a function type, found type 3"},
      {"return_call_ref", {kI32, kCallable}, {kI32}, {0x20, 0, 0x20, 1, 0x15, kI32Func}, ""},
  };
  checkAll(kCases);
}

// 0x1a is drop, 0x1b select, 0x1c select with a list of types.
TEST(Special, DropAndSelect) {
  const CodeCase kCases[] = {
      {"drop", {kFuncRef}, {}, {0x20, 0, 0x1a}, ""},
      {"drop nothing", {}, {}, {0x1a}, "drop expects an operand, found nothing"},
      {"select", {kI64, kI32}, {kI64}, {0x20, 0, 0x20, 0, 0x20, 1, 0x1b}, ""},
      {"select of two types",
       {kI64, kI32},
       {kI64},
       {0x20, 0, 0x20, 1, 0x20, 1, 0x1b},
       "select expects operands of one type, found i64 and i32"},
      {"select of references",
       {kFuncRef, kI32},
       {kFuncRef},
       {0x20, 0, 0x20, 0, 0x20, 1, 0x1b},
       "select without a type expects numbers or vectors, found a reference"},
      {"typed select",
       {kFuncRef, kI32},
       {kFuncRef},
       {0x20, 0, 0x20, 0, 0x20, 1, 0x1c, 1, 0x70},
       ""},
      {"select with two types",
       {kI32},
       {},
       {0x00, 0x1c, 2, 0x7f, 0x7f},
       "invalid result arity: select of 2 types, expected 1"},
      {"select in unreachable code", {}, {kF32}, {0x00, 0x41, 0, 0x1b}, ""},
      {"select of one known operand", {}, {kF32}, {0x00, 0x43, 0, 0, 0, 0, 0x41, 0, 0x1b}, ""},
  };
  checkAll(kCases);
}

// 0xd0 to 0xd6 are ref.null, ref.is_null, ref.func, ref.eq, ref.as_non_null, br_on_null,
// br_on_non_null.
TEST(Special, References) {
  const CodeCase kCases[] = {
      {"ref.null", {}, {kFuncRef}, {0xd0, 0x70}, ""},
      {"ref.null of an unknown type", {}, {}, {0xd0, 40, 0x1a}, "unknown type 40"},
      {"ref.is_null", {kExternRef}, {kI32}, {0x20, 0, 0xd1}, ""},
      {"ref.is_null of a number",
       {kI32},
       {kI32},
       {0x20, 0, 0xd1},
       "ref.is_null expects a reference, found i32"},
      {"ref.func", {}, {kSurelyCallable}, {0xd2, 1}, ""},
      {"ref.func of an undeclared one",
       {},
       {kFuncRef},
       {0xd2, 2},
       "undeclared function reference 2"},
      {"ref.as_non_null", {kCallable}, {kSurelyCallable}, {0x20, 0, 0xd4}, ""},
      {"br_on_null", {kCallable}, {}, {0x20, 0, 0xd5, 0, 0x1a}, ""},
      {"br_on_null leaves it non-null",
       {kCallable},
       {kSurelyCallable},
       {0x02, kVoid, 0x20, 0, 0xd5, 0, 0x0f, kEnd, 0x00},
       ""},
      {"br_on_non_null", {kCallable}, {kSurelyCallable}, {0x20, 0, 0xd6, 0, 0x00}, ""},
      {"br_on_non_null to a label without reference",
       {kCallable},
       {},
       {0x20, 0, 0xd6, 0},
       "br_on_non_null expects a reference for label 0"},
      {"ref.eq", {ValueType::ref(HeapType::kI31, true)}, {kI32}, {0x20, 0, 0x20, 0, 0xd3}, ""},
      {"ref.eq of functions",
       {kFuncRef},
       {kI32},
       {0x20, 0, 0x20, 0, 0xd3},
       "ref.eq expects eqref, found funcref"},
  };
  checkAll(kCases);
}

// 0x08 is throw, 0x0a throw_ref, 0x1f try_table. A clause is its kind, a tag for the kinds 0 and 1,
// and a label.
TEST(Special, Exceptions) {
  const CodeCase kCases[] = {
      {"throw", {}, {}, {0x41, 1, 0x08, 1}, ""},
      {"throw without operand", {}, {}, {0x08, 1}, "throw expects i32, found nothing"},
      {"throw of an unknown tag", {}, {}, {0x08, 7}, "unknown tag 7"},
      {"throw_ref", {kExnRef}, {kI32}, {0x20, 0, 0x0a}, ""},
      {"throw_ref of a function",
       {kFuncRef},
       {},
       {0x20, 0, 0x0a},
       "throw_ref expects exnref, found funcref"},
      {"try_table", {}, {kI32}, {0x1f, kI32Code, 1, 0, 1, 0, 0x41, 1, kEnd}, ""},
      {"catch_all", {}, {}, {0x1f, kVoid, 1, 2, 0, kEnd}, ""},
      {"catch_all_ref", {}, {kExnRef}, {0x1f, kVoid, 1, 3, 0, kEnd, 0x00}, ""},
      {"catch to a label that takes nothing",
       {},
       {},
       {0x1f, kVoid, 1, 0, 1, 0, kEnd},
       "catch clause carries 1 operands that label 0 does not accept"},
      {"catch to its own block",
       {},
       {},
       {0x1f, kI32Code, 1, 0, 1, 0, 0x41, 1, kEnd, 0x1a},
       "catch clause carries 1 operands that label 0 does not accept"},
      {"catch of an unknown tag", {}, {}, {0x1f, kVoid, 1, 0, 9, 0, kEnd}, "unknown tag 9"},
      {"catch to nowhere", {}, {}, {0x1f, kVoid, 1, 2, 9, kEnd}, "unknown label 9"},
  };
  checkAll(kCases);
}

// 0x06 is try, 0x07 catch, 0x09 rethrow, 0x18 delegate, 0x19 catch_all.
TEST(Special, LegacyExceptions) {
  const CodeCase kCases[] = {
      {"try and catch", {}, {kI32}, {0x06, kI32Code, 0x41, 1, 0x07, 1, kEnd}, ""},
      {"catch_all", {}, {}, {0x06, kVoid, 0x07, 0, 0x19, kEnd}, ""},
      {"catch after catch_all", {}, {}, {0x06, kVoid, 0x19, 0x07, 0, kEnd}, "catch without try"},
      {"catch_all alone", {}, {}, {0x02, kVoid, 0x19, kEnd}, "catch_all without try"},
      {"delegate", {}, {kI32}, {0x06, kI32Code, 0x41, 1, 0x18, 0}, ""},
      {"delegate to nowhere", {}, {}, {0x06, kVoid, 0x18, 5}, "unknown label 5"},
      {"delegate of a block", {}, {}, {0x02, kVoid, 0x18, 0}, "delegate without try"},
      {"rethrow", {}, {}, {0x06, kVoid, 0x19, 0x09, 0, kEnd}, ""},
      {"rethrow outside of a catch",
       {},
       {},
       {0x06, kVoid, 0x09, 0, kEnd},
       "invalid rethrow label 0: not a catch"},
  };
  checkAll(kCases);
}

}  // namespace
}  // namespace wasm
