#include "runtime/type_registry.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace runtime {
namespace {

using abi::ValueKind;

TEST(TypeRegistry, EqualTypesHaveEqualIds) {
  FuncType a{{ValueKind::I32, ValueKind::I64}, {}};
  FuncType b{{ValueKind::I32}, {ValueKind::I64}};
  EXPECT_EQ(canonicalTypeId(a), canonicalTypeId(FuncType(a)));
  EXPECT_NE(canonicalTypeId(a), canonicalTypeId(b));
  EXPECT_NE(canonicalTypeId(a), abi::kNullTypeId);
  EXPECT_EQ(canonicalType(canonicalTypeId(b)), b);
}

TEST(TypeRegistry, ThreadsAgree) {
  constexpr size_t kTypes = 50;
  std::vector<std::vector<uint32_t>> ids(4, std::vector<uint32_t>(kTypes));
  std::vector<std::thread> threads;
  for (auto& own : ids) {
    threads.emplace_back([&own] {
      for (size_t i = 0; i < kTypes; ++i) {
        own[i] = canonicalTypeId({std::vector<ValueKind>(i, ValueKind::F64), {ValueKind::F32}});
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& own : ids) EXPECT_EQ(own, ids[0]);
}

}  // namespace
}  // namespace runtime
