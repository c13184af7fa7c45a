#include "runtime/instance/host_func_instance.h"

#include <gtest/gtest.h>

#include "runtime/fixture/running.h"

namespace runtime {
namespace {

TEST(HostFuncInstanceTest, TheHostCallsItWithoutAModule) {
  Store store;
  int calls = 0;
  auto code = [](HostFuncInstance& function, abi::Slot* values) {
    ++*static_cast<int*>(function.env);
    values[1].i64 = uint64_t{values[0].i32} << 32;
    values[0].i32 = values[0].i32 + 1;
  };
  Func function = store.createFunction({{abi::kI32}, {abi::kI32, abi::kI64}}, code, &calls);
  auto results = function.call({Value::i32(7)});
  ASSERT_TRUE(results.ok());
  EXPECT_EQ((*results)[0].slot.i32, 8u);
  EXPECT_EQ((*results)[1].slot.i64, uint64_t{7} << 32);
  EXPECT_EQ(calls, 1);
}

TEST(HostFuncInstanceTest, ATrapReachesTheHost) {
  Store store;
  auto code = [](HostFuncInstance& function, abi::Slot*) { requestTrap(function, "no"); };
  Func function = store.createFunction({}, code, nullptr);
  auto results = function.call({});
  ASSERT_FALSE(results.ok());
  EXPECT_EQ(results.error().trap().code, abi::TrapCode::Host);
  EXPECT_EQ(results.error().trap().message, "no");
}

}  // namespace
}  // namespace runtime
