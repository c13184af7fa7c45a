#include "runtime/instantiate/const_expr.h"

#include <gtest/gtest.h>

#include "runtime/builtins/builtins.h"
#include "runtime/instance/store_state.h"
#include "runtime/objects/objects.h"
#include "runtime/objects/roots.h"

namespace runtime {
namespace {

using abi::ConstOp;
using abi::ConstStep;

class ConstExprTest : public ::testing::Test {
 protected:
  // Evaluates an expression. Its steps are copied to a member, so that the relative reference of
  // the expression reaches them.
  Expected<abi::Slot, Trap> evaluated(std::initializer_list<ConstStep> steps) {
    std::copy(steps.begin(), steps.end(), steps_);
    EXPECT_TRUE(expression_.data.set(steps_));
    expression_.count = static_cast<uint32_t>(steps.size());
    return evaluate(expression_, scope_);
  }
  abi::Slot run(std::initializer_list<ConstStep> steps) { return *evaluated(steps); }

  static ConstStep constant(uint64_t bits) { return {ConstOp::Const, 0, {bits, 0}}; }
  static ConstStep op(ConstOp op, uint32_t index = 0, uint64_t bits = 0) {
    return {op, index, {bits, 0}};
  }

  StoreState store_{1 << 20, std::make_shared<Account>(Limits()), builtins()};
  abi::Slot global_{};
  abi::FuncRef function_{};
  std::vector<uint32_t> types_;
  ConstScope scope_{store_,
                    [this](uint32_t index) -> const abi::Slot& {
                      EXPECT_EQ(index, 7u);
                      return global_;
                    },
                    [this](uint32_t index) { return index == 5 ? &function_ : nullptr; },
                    [this](uint32_t index) { return types_.at(index); }};

 private:
  ConstStep steps_[8];
  abi::ConstExpr expression_{};
};

TEST_F(ConstExprTest, Values) {
  EXPECT_EQ(run({constant(42)}).i32, 42u);
  EXPECT_EQ(run({constant(~uint64_t{0})}).i64, ~uint64_t{0});
  global_.i64 = 99;
  EXPECT_EQ(run({op(ConstOp::GlobalGet, 7)}).i64, 99u);
  abi::Slot vector = run({{ConstOp::Const, 0, {0x0706050403020100, 0x0f0e0d0c0b0a0908}}});
  for (uint8_t i = 0; i < sizeof vector.v128; ++i) EXPECT_EQ(vector.v128[i], i);
  EXPECT_EQ(run({op(ConstOp::RefFunc, 5)}).ref, &function_);
  EXPECT_EQ(run({op(ConstOp::RefNull)}).ref, nullptr);
}

TEST_F(ConstExprTest, ArithmeticWraps) {
  EXPECT_EQ(run({constant(0xffffffff), constant(2), op(ConstOp::I32Add)}).i64, 1u);
  EXPECT_EQ(run({constant(1), constant(2), op(ConstOp::I32Sub)}).i32, 0xffffffffu);
  EXPECT_EQ(run({constant(0x10001), constant(0x10001), op(ConstOp::I32Mul)}).i64, 0x20001u);
  EXPECT_EQ(run({constant(~uint64_t{0}), constant(2), op(ConstOp::I64Add)}).i64, 1u);
  EXPECT_EQ(run({constant(1), constant(2), op(ConstOp::I64Sub)}).i64, ~uint64_t{0});
  EXPECT_EQ(run({constant(uint64_t{1} << 63), constant(3), op(ConstOp::I64Mul)}).i64,
            uint64_t{1} << 63);
}

TEST_F(ConstExprTest, I31AndConversions) {
  EXPECT_EQ(run({constant(5), op(ConstOp::RefI31)}).i64, abi::i31Word(5));
  EXPECT_EQ(abi::i31Value(run({constant(~uint64_t{0}), op(ConstOp::RefI31)}).i64), -1);
  EXPECT_EQ(run({constant(5), op(ConstOp::RefI31), op(ConstOp::ConvertReference)}).i64,
            abi::i31Word(5));
}

// Expressions with objects: type 0 is (struct (field i32) (field anyref)), type 1 (array i16).
class ConstObjectTest : public ConstExprTest {
 protected:
  ConstObjectTest() {
    define(declared_[0], abi::CompositeKind::Struct, fields_, 2);
    define(declared_[1], abi::CompositeKind::Array, fields_ + 2, 1);
    EXPECT_TRUE(array_.data.set(declared_));
    array_.count = 2;
    held_ = TypeIds(array_);
    types_ = {held_[0], held_[1]};
    store_.heapOptions = {1 << 20, true};
    EXPECT_TRUE(createHeap(store_).ok());
  }

 private:
  void define(abi::SubType& type, abi::CompositeKind kind, abi::FieldType* fields, uint32_t count) {
    type.kind = kind;
    type.isFinal = 1;
    type.supertype = abi::kNoType;
    type.group = static_cast<uint32_t>(&type - declared_);
    type.groupSize = 1;
    type.fields.count = count;
    EXPECT_TRUE(type.fields.data.set(fields));
  }

  static constexpr abi::ValueType kAny = {abi::ValueKind::AnyRef, abi::HeapKind::Any, 1, 0, 0};
  abi::FieldType fields_[3] = {{abi::kI32, abi::PackedKind::None, 0, {}},
                               {kAny, abi::PackedKind::None, 0, {}},
                               {abi::kI32, abi::PackedKind::I16, 1, {}}};
  abi::SubType declared_[2] = {};
  abi::Array<abi::SubType> array_{};
  TypeIds held_;
};

// Each allocation collects, so that the inner object lives only if operands are roots.
TEST_F(ConstObjectTest, OperandsAreRoots) {
  abi::Slot outer = run({constant(1), constant(2), constant(7), op(ConstOp::RefI31),
                         op(ConstOp::StructNew, 0), op(ConstOp::StructNew, 0)});
  auto& object = *static_cast<abi::ObjectHeader*>(outer.ref);
  const CanonicalType& type = typeOf(object);
  EXPECT_EQ(loadSlot(fieldAddress(object, 0), type.fields[0]).i32, 1u);
  auto& inner =
      *static_cast<abi::ObjectHeader*>(loadSlot(fieldAddress(object, 1), type.fields[1]).ref);
  EXPECT_EQ(inner.type, abi::typeWord(types_[0]));
  EXPECT_EQ(loadSlot(fieldAddress(inner, 0), type.fields[0]).i32, 2u);
  EXPECT_EQ(loadSlot(fieldAddress(inner, 1), type.fields[1]).i64, abi::i31Word(7));
}

TEST_F(ConstObjectTest, Arrays) {
  auto elements = [&](std::initializer_list<ConstStep> steps) {
    auto& array = *static_cast<abi::ObjectHeader*>(run(steps).ref);
    std::vector<uint32_t> values;
    for (uint32_t i = 0; i < array.length; ++i) {
      values.push_back(loadSlot(elementAddress(array, i), typeOf(array).fields[0]).i32);
    }
    return values;
  };
  EXPECT_EQ(elements({constant(0x12345), constant(3), op(ConstOp::ArrayNew, 1)}),
            (std::vector<uint32_t>{0x2345, 0x2345, 0x2345}));
  EXPECT_EQ(elements({constant(2), op(ConstOp::ArrayNewDefault, 1)}),
            (std::vector<uint32_t>{0, 0}));
  EXPECT_EQ(elements({constant(1), constant(2), op(ConstOp::ArrayNewFixed, 1, 2)}),
            (std::vector<uint32_t>{1, 2}));
}

TEST_F(ConstObjectTest, TooLargeForTheHeap) {
  auto result = evaluated({constant(0xffffffff), op(ConstOp::ArrayNewDefault, 1)});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, abi::TrapCode::AllocationFailure);
}

}  // namespace
}  // namespace runtime
