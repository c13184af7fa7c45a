#include "compiler/wasm/validate/locals.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

const ValueType kNonNull = ValueType::ref(HeapType::kFunc, false);

TEST(Locals, TypesByIndex) {
  Locals locals;
  const ValueTypes params = {kI64, kF32};
  const std::vector<LocalRun> runs = {{3, kI32}, {0, kV128}, {100, kF64}, {40000, kFuncRef}};
  locals.reset(params, runs);
  ValueTypes expected = params;
  for (const LocalRun& run : runs) expected.insert(expected.end(), run.count, run.type);
  ASSERT_EQ(locals.size(), expected.size());
  for (uint32_t i = 0; i < expected.size(); ++i) ASSERT_EQ(locals.type(i), expected[i]) << i;
}

TEST(Locals, ResetForgets) {
  Locals locals;
  locals.reset({}, std::vector<LocalRun>{{70, kNonNull}});
  locals.setInitialized(69);
  locals.reset(ValueTypes{kI32}, std::vector<LocalRun>{{70, kNonNull}});
  EXPECT_EQ(locals.size(), 71u);
  EXPECT_EQ(locals.type(0), kI32);
  EXPECT_FALSE(locals.isInitialized(69));
}

TEST(Locals, WhatHasADefaultIsInitialized) {
  Locals locals;
  locals.reset(ValueTypes{kNonNull},
               std::vector<LocalRun>{{1, kI32}, {1, kFuncRef}, {1, kNonNull}});
  EXPECT_TRUE(locals.isInitialized(0)) << "a parameter";
  EXPECT_TRUE(locals.isInitialized(1));
  EXPECT_TRUE(locals.isInitialized(2));
  EXPECT_FALSE(locals.isInitialized(3));
}

TEST(Locals, BlocksRestoreWhatTheyFound) {
  Locals locals;
  locals.reset({}, std::vector<LocalRun>{{3, kNonNull}});
  locals.setInitialized(0);
  size_t mark = locals.mark();
  locals.setInitialized(1);
  locals.setInitialized(0);
  locals.setInitialized(2);
  locals.restore(mark);
  EXPECT_TRUE(locals.isInitialized(0));
  EXPECT_FALSE(locals.isInitialized(1));
  EXPECT_FALSE(locals.isInitialized(2));
}

}  // namespace
}  // namespace wasm
