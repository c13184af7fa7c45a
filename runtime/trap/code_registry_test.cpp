#include "runtime/trap/code_registry.h"

#include <gtest/gtest.h>

#include <vector>

namespace runtime {
namespace {

// Addresses and owners that the registry only compares.
const void* address(uintptr_t number) { return reinterpret_cast<const void*>(number); }
const CompiledCode* owner(uintptr_t number) {
  return reinterpret_cast<const CompiledCode*>(number);
}

TEST(CodeRegistry, HoldsMoreThanAChunk) {
  constexpr uintptr_t kCount = 300;
  for (uintptr_t i = 1; i <= kCount; ++i) {
    registerCode({address(i * 0x1000), address(i * 0x1000 + 0x800)}, owner(i * 8));
  }
  for (uintptr_t i = 1; i <= kCount; ++i) {
    EXPECT_EQ(codeAt(address(i * 0x1000 - 1)), nullptr);
    EXPECT_EQ(codeAt(address(i * 0x1000)), owner(i * 8));
    EXPECT_EQ(codeAt(address(i * 0x1000 + 0x7ff)), owner(i * 8));
    EXPECT_EQ(codeAt(address(i * 0x1000 + 0x800)), nullptr);
  }
  for (uintptr_t i = 1; i <= kCount; ++i) unregisterCode(owner(i * 8));
  for (uintptr_t i = 1; i <= kCount; ++i) EXPECT_EQ(codeAt(address(i * 0x1000)), nullptr);
}

}  // namespace
}  // namespace runtime
