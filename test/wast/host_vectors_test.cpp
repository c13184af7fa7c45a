// Tests of passing vectors between compiled code and typed functions of the host. LLVM and the C++
// compiler must use the same registers, the same stack slots for further vectors, and the results
// buffer.
#include <gtest/gtest.h>
#include <unistd.h>

#include "runtime/linker.h"
#include "test/wast/compiler/module_compiler.h"
#include "test/wast/front_end.h"

namespace wast {
namespace {

using runtime::Caller;
using runtime::V128;
using runtime::Value;

constexpr char kModule[] = R"(
  (type $several (func (param i32) (result v128 v128 i32)))
  (import "host" "add" (func $add (param v128 v128) (result v128)))
  (import "host" "many" (func $many (param i64 i64 i64 i64 i64 i64 v128 v128 v128 v128 v128 v128
    v128 v128 v128 f32 v128) (result v128)))
  (import "host" "several" (func $several (type $several)))
  (import "host" "nest" (func $nest (param v128) (result v128)))
  (table funcref (elem $add))
  (func (export "add") (param v128 v128) (result v128)
    (v128.xor (v128.not (local.get 1)) (v128.not (call $add (local.get 0) (local.get 1)))))
  (func (export "indirect") (param v128 v128) (result v128)
    (call_indirect (param v128 v128) (result v128) (local.get 0) (local.get 1) (i32.const 0)))
  (func (export "tail") (param v128 v128) (result v128)
    (return_call $add (local.get 0) (local.get 1)))
  (func (export "many") (param v128 v128) (result v128)
    (call $many (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6)
      (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1) (local.get 1)
      (local.get 1) (local.get 1) (local.get 0) (f32.const 16) (v128.not (local.get 0))))
  (func (export "nest") (param v128) (result v128)
    (v128.xor (local.get 0) (call $nest (local.get 0))))
  (func (export "several") (param i32) (result v128 v128 i32) (call $several (local.get 0))))";

// Checks that the caller has aligned the stack to 16 bytes, which vectors on the stack need.
void checkStack() {
  alignas(16) volatile uint8_t bytes[16];
  EXPECT_EQ(reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) % 16, 0u);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(bytes) % 16, 0u);
}

V128 add(Caller*, V128 left, V128 right) {
  checkStack();
  return left + right;
}

V128 many(Caller*, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t sixth, V128, V128,
          V128, V128, V128, V128, V128, V128 eighth, V128 ninth, float number, V128 last) {
  checkStack();
  V128 result = eighth + (ninth | last);
  result[0] = static_cast<uint8_t>(sixth);
  result[1] = static_cast<uint8_t>(number);
  return result;
}

void several(Caller* caller, uint32_t number) {
  abi::Slot* results = caller->state->results;
  results[0] = Value::v128(V128{} + static_cast<uint8_t>(number)).slot;
  results[1] = Value::v128(V128{1, 2, 3}).slot;
  results[2] = Value::i32(number + 1).slot;
}

V128 lanesOf(const Value& value) {
  V128 lanes;
  std::memcpy(&lanes, value.slot.v128, sizeof lanes);
  return lanes;
}

// Calls the guest recursively, on its current stack, as many times as lane 0 says.
V128 nest(Caller* caller, V128 lanes) {
  checkStack();
  if (lanes[0] == 0) return lanes;
  --lanes[0];
  auto* instance = *static_cast<runtime::Instance**>(caller->env);
  auto outcome = instance->function("nest")->call({Value::v128(lanes)});
  EXPECT_TRUE(outcome.ok());
  return lanesOf(outcome->front());
}

bool areEqual(V128 a, V128 b) { return std::memcmp(&a, &b, sizeof a) == 0; }

class HostVectors : public ::testing::TestWithParam<codegen::OptLevel> {
 protected:
  void SetUp() override {
    options_.optLevel = GetParam();
    auto checked = checkModule("t.wat", "", {.form = ModuleForm::Quote, .content = kModule});
    ASSERT_TRUE(std::holds_alternative<CheckedModule>(checked));
    auto compiler = ModuleCompiler::create(options_);
    ASSERT_TRUE(compiler.ok());
    auto module = (*compiler)->compile(std::get<CheckedModule>(checked).valid);
    ASSERT_TRUE(module.ok());
    runtime::Linker linker;
    linker.define("host", "add", runtime::hostFunction(add));
    linker.define("host", "many", runtime::hostFunction(many));
    linker.define("host", "nest", runtime::hostFunction(nest, &instance_));
    runtime::HostFunction buffered{{{abi::kI32}, {abi::kV128, abi::kV128, abi::kI32}},
                                   reinterpret_cast<void*>(&several)};
    linker.define("host", "several", buffered);
    auto instance = linker.instantiate(store_, *module);
    ASSERT_TRUE(instance.ok());
    instance_ = *instance;
  }

  std::vector<Value> call(const char* name, std::initializer_list<Value> arguments) {
    auto outcome = instance_->function(name)->call(arguments);
    EXPECT_TRUE(outcome.ok());
    return *outcome;
  }

  codegen::Options options_;
  runtime::Store store_;
  runtime::Instance* instance_ = nullptr;
};

TEST_P(HostVectors, InRegisters) {
  Value left = Value::v128(V128{1, 2, 3, 4, 5});
  Value right = Value::v128(V128{} + 10);
  V128 sum = V128{1, 2, 3, 4, 5} + 10;
  EXPECT_TRUE(areEqual(lanesOf(call("add", {left, right})[0]), sum ^ (V128{} + 10)));
  EXPECT_TRUE(areEqual(lanesOf(call("indirect", {left, right})[0]), sum));
  EXPECT_TRUE(areEqual(lanesOf(call("tail", {left, right})[0]), sum));
}

TEST_P(HostVectors, OnTheStack) {
  V128 result = lanesOf(call("many", {Value::v128(V128{9, 8, 7}), Value::v128(V128{} + 5)})[0]);
  V128 expected = V128{} + 4;  // -1 in all lanes, plus 5
  expected[0] = 6;
  expected[1] = 16;
  EXPECT_TRUE(areEqual(result, expected));
}

TEST_P(HostVectors, AcrossNestedCalls) {
  V128 result = lanesOf(call("nest", {Value::v128(V128{3, 9, 8, 7})})[0]);
  EXPECT_TRUE(areEqual(result, V128{3 ^ 2 ^ 1, 9, 8, 7}));
}

TEST_P(HostVectors, ThroughTheBuffer) {
  std::vector<Value> results = call("several", {Value::i32(7)});
  EXPECT_TRUE(areEqual(lanesOf(results[0]), V128{} + 7));
  EXPECT_TRUE(areEqual(lanesOf(results[1]), V128{1, 2, 3}));
  EXPECT_EQ(results[2].slot.i32, 8u);
}

INSTANTIATE_TEST_SUITE_P(Levels, HostVectors,
                         ::testing::Values(codegen::OptLevel::O0, codegen::OptLevel::O2));

}  // namespace
}  // namespace wast
