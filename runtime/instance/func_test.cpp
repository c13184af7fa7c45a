#include "runtime/instance/func.h"

#include <gtest/gtest.h>

#include "runtime/fixture/running.h"

namespace runtime {
namespace {

using abi::ExternKind;
using abi::ValueKind;
using fixture::ModuleBuilder;

// An entry thunk of a function with two results, which it writes to consecutive slots.
void twoResults(abi::VMContext*, void*, abi::Slot* values) {
  uint32_t in = values[0].i32;
  values[0] = fixture::toSlot(in + 1);
  values[1] = fixture::toSlot(in * 0.5);
}

class FuncTest : public ::testing::Test {
 protected:
  FuncTest() {
    ModuleBuilder builder;
    auto add = [&](const char* name, uint32_t type, auto* code) {
      builder.exportAs(name, ExternKind::Function, builder.function(type, code, name));
    };
    add("add", builder.type<uint32_t, uint32_t, uint32_t>(), fixture::guestAdd);
    add("negate", builder.type<uint64_t, uint64_t>(), fixture::guestNegate64);
    add("mix", builder.type<double, float, double>(), fixture::guestMix);
    add("xor", builder.type<V128, V128, V128>(), fixture::guestXor);
    add("same", builder.type<abi::FuncRef*, abi::FuncRef*>(), fixture::guestSameRef);
    uint32_t two = builder.addType({{abi::kI32}, {abi::kI32, abi::kF64}},
                                   reinterpret_cast<void*>(&twoResults), nullptr);
    add("two", two, fixture::guestAdd);
    instance_ = &fixture::instantiate(store_, builder.build());
  }

  Func func(const char* name) { return instance_->function(name).value(); }

  Store store_;
  Instance* instance_;
};

TEST_F(FuncTest, ValuesOfEveryKindTravel) {
  EXPECT_EQ(fixture::call(*instance_, "add", {Value::i32(0xffffffff), Value::i32(2)}).slot.i32, 1u);
  Value negative = fixture::call(*instance_, "negate", {Value::i64(uint64_t{1} << 40)});
  EXPECT_EQ(negative.kind, ValueKind::I64);
  EXPECT_EQ(negative.slot.i64, -(uint64_t{1} << 40));
  EXPECT_EQ(fixture::call(*instance_, "mix", {Value::f32(1.5f), Value::f64(0.25)}).slot.f64, 3.25);
  V128 ones = ~V128{};
  Value mask = fixture::call(*instance_, "xor", {Value::v128(V128{1, 2, 3}), Value::v128(ones)});
  EXPECT_EQ(mask.kind, ValueKind::V128);
  EXPECT_EQ(mask.slot.v128[2], 0xfc);
  EXPECT_EQ(mask.slot.v128[15], 0xff);
  abi::FuncRef* reference = func("add").reference();
  EXPECT_EQ(fixture::call(*instance_, "same", {Value::funcRef(reference)}).slot.ref, reference);
}

TEST_F(FuncTest, SeveralResults) {
  std::vector<Value> results = func("two").call({Value::i32(5)}).value();
  ASSERT_EQ(results.size(), 2u);
  EXPECT_EQ(results[0].slot.i32, 6u);
  EXPECT_EQ(results[1].kind, ValueKind::F64);
  EXPECT_EQ(results[1].slot.f64, 2.5);
}

TEST_F(FuncTest, ArgumentsAreChecked) {
  EXPECT_EQ(func("add").type(), (FuncType{{abi::kI32, abi::kI32}, {abi::kI32}}));
  EXPECT_EQ(func("add").call({Value::i32(1)}).error().text(),
            "1 arguments for a function [i32 i32] -> [i32]");
  EXPECT_EQ(func("add").call({Value::i32(1), Value::f32(1)}).error().text(),
            "argument 1 is f32, expected i32 for a function [i32 i32] -> [i32]");
}

TEST_F(FuncTest, ReferencesAreCheckedByTheirExactType) {
  ModuleBuilder builder("", fixture::codeB());
  uint32_t unary = builder.type<uint32_t, uint32_t>();
  abi::ValueType reference{ValueKind::FuncRef, abi::HeapKind::Concrete, 0, 0, unary};
  auto* thunk = reinterpret_cast<void*>(&fixture::EntryThunk<void, abi::FuncRef*>::call);
  uint32_t takes = builder.addType({{reference}, {}}, thunk, nullptr);
  uint32_t triple = builder.function(unary, fixture::guestTriple);
  builder.exportAs("triple", ExternKind::Function, triple);
  builder.exportAs("take", ExternKind::Function, builder.function(takes, fixture::guestTriple));
  reference.isNullable = 1;
  builder.exportAs("global", ExternKind::Global,
                   builder.global(fixture::globalType(reference, true), fixture::refNull()));
  reference.isNullable = 0;
  builder.exportAs("table", ExternKind::Table,
                   builder.table(fixture::tableType(2, reference), fixture::refFunc(triple)));
  Instance& instance = fixture::instantiate(store_, builder.build());

  Value fitting = Value::funcRef(instance.function("triple")->reference());
  Value other = Value::funcRef(func("add").reference());
  Value null = Value::funcRef(nullptr);
  Func take = *instance.function("take");
  EXPECT_TRUE(take.call({fitting}).ok());
  EXPECT_NE(take.call({null}).error().text().find(
                "argument 0 is nullfuncref, expected (ref (func [i32] -> [i32])) for a function"),
            std::string::npos);
  EXPECT_NE(take.call({other}).error().text().find(
                "argument 0 is (ref (func [i32 i32] -> [i32])), expected"),
            std::string::npos);

  Global& global = *instance.global("global");
  EXPECT_TRUE(global.set(null).ok());
  EXPECT_TRUE(global.set(fitting).ok());
  EXPECT_EQ(global.set(other).error().text(),
            "(ref (func [i32 i32] -> [i32])) for a global of (ref null (func [i32] -> [i32]))");

  Table& table = *instance.table("table");
  EXPECT_EQ(table.get(1)->slot.ref, fitting.slot.ref);
  EXPECT_TRUE(table.set(1, fitting).ok());
  EXPECT_EQ(table.set(1, null).error().text(),
            "nullfuncref for a table of (ref (func [i32] -> [i32]))");
  EXPECT_FALSE(store_.createTable(table.type(), null).ok());
}

TEST_F(FuncTest, ReferencesAreCallable) {
  Func again = store_.function(func("add").reference());
  std::vector<Value> results = again.call({Value::i32(1), Value::i32(2)}).value();
  EXPECT_EQ(results.front().slot.i32, 3u);
}

}  // namespace
}  // namespace runtime
