#include "runtime/trap/code_registry.h"

#include <gtest/gtest.h>

#include <vector>

namespace runtime {
namespace {

// Addresses and modules are only compared here, never used.
const void* address(uintptr_t number) { return reinterpret_cast<const void*>(number); }
const Module* module(uintptr_t number) { return reinterpret_cast<const Module*>(number); }

TEST(CodeRegistry, HoldsMoreThanAChunk) {
  constexpr uintptr_t kCount = 300;
  for (uintptr_t i = 1; i <= kCount; ++i) {
    registerCode({address(i * 0x1000), address(i * 0x1000 + 0x800)}, module(i * 8));
  }
  for (uintptr_t i = 1; i <= kCount; ++i) {
    EXPECT_EQ(moduleAt(address(i * 0x1000 - 1)), nullptr);
    EXPECT_EQ(moduleAt(address(i * 0x1000)), module(i * 8));
    EXPECT_EQ(moduleAt(address(i * 0x1000 + 0x7ff)), module(i * 8));
    EXPECT_EQ(moduleAt(address(i * 0x1000 + 0x800)), nullptr);
  }
  for (uintptr_t i = 1; i <= kCount; ++i) unregisterCode(module(i * 8));
  for (uintptr_t i = 1; i <= kCount; ++i) EXPECT_EQ(moduleAt(address(i * 0x1000)), nullptr);
}

}  // namespace
}  // namespace runtime
