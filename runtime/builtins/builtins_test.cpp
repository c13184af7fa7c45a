#include "runtime/builtins/builtins.h"

#include <gtest/gtest.h>

#include "runtime/fixture/running.h"
#include "runtime/instance/store_state.h"

namespace runtime {
namespace {

using abi::ExternKind;
using abi::SegmentMode;
using abi::TrapCode;
using fixture::ModuleBuilder;

constexpr uint64_t kPage = abi::kPageSize;
constexpr uint64_t kFailed = ~uint64_t{0};

// An instance with a memory of 1 to 2 pages, tables of 4 to 6 and of 3 elements, and segments of
// each mode. Builtins are called as compiled code calls them, through the table of the store.
class BuiltinsTest : public ::testing::Test {
 protected:
  BuiltinsTest() {
    ModuleBuilder builder;
    uint32_t type = builder.type<uint32_t, uint32_t>();
    uint32_t function = builder.function(type, fixture::guestCallTrap);
    builder.exportAs("f", ExternKind::Function, function);
    builder.exportAs("memory", ExternKind::Memory, builder.memory(fixture::memoryType(1, 2)));
    builder.exportAs("t0", ExternKind::Table, builder.table(fixture::tableType(4, 6)));
    builder.exportAs("t1", ExternKind::Table, builder.table(fixture::tableType(3)));
    builder.data(SegmentMode::Passive, {1, 2, 3, 4});
    builder.data(SegmentMode::Active, {9}, fixture::constI32(0));
    builder.data(SegmentMode::InImage, {9});
    builder.elements(SegmentMode::Passive, {function, function});
    builder.elements(SegmentMode::Active, {function}, fixture::constI32(0));
    builder.elements(SegmentMode::Declared, {function});
    instance_ = &fixture::instantiate(store_, builder.build());
    context_ = fixture::contextOf(*instance_, "f");
    reference_ = instance_->function("f")->reference();
    memory_ = instance_->memory("memory");
  }

  template <class R, class... Args>
  R call(void* builtin, Args... args) {
    return reinterpret_cast<R (*)(abi::VMContext*, Args...)>(builtin)(context_, args...);
  }
  TrapCode memoryInit(uint32_t segment, uint64_t to, uint64_t from, uint64_t count) {
    return call<TrapCode>(builtins().memoryInit, 0u, segment, to, from, count);
  }
  TrapCode tableInit(uint32_t segment, uint64_t to, uint64_t from, uint64_t count) {
    return call<TrapCode>(builtins().tableInit, 0u, segment, to, from, count);
  }
  Table& table(const char* name) { return *instance_->table(name); }

  Store store_;
  Instance* instance_;
  abi::VMContext* context_;
  abi::FuncRef* reference_;
  Memory* memory_;
};

TEST_F(BuiltinsTest, AreInTheExecState) { EXPECT_EQ(store_.state().builtins, &builtins()); }

TEST_F(BuiltinsTest, MemoryGrow) {
  EXPECT_EQ(call<uint64_t>(builtins().memoryGrow, 0u, uint64_t{1}), 1u);
  EXPECT_EQ(call<uint64_t>(builtins().memoryGrow, 0u, uint64_t{1}), kFailed);
  EXPECT_EQ(memory_->pages(), 2u);
}

TEST_F(BuiltinsTest, MemoryInitChecksBeforeItWrites) {
  EXPECT_EQ(memoryInit(0, kPage - 2, 1, 2), TrapCode::None);
  EXPECT_EQ(memory_->bytes()[kPage - 2], 2);
  EXPECT_EQ(memory_->bytes()[kPage - 1], 3);
  EXPECT_EQ(memoryInit(0, kPage - 2, 0, 3), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(memory_->bytes()[kPage - 2], 2);
  EXPECT_EQ(memoryInit(0, 0, 2, 3), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(memoryInit(0, ~uint64_t{0}, 0, 1), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(memoryInit(0, 0, ~uint64_t{0}, 1), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(memoryInit(0, 0, 0, ~uint64_t{0}), TrapCode::MemoryOutOfBounds);
  EXPECT_EQ(memoryInit(0, kPage, 4, 0), TrapCode::None);
  EXPECT_EQ(memoryInit(0, kPage + 1, 0, 0), TrapCode::MemoryOutOfBounds);
}

TEST_F(BuiltinsTest, DroppedDataIsEmpty) {
  call<void>(builtins().dataDrop, 0u);
  for (uint32_t segment : {0u, 1u, 2u}) {
    EXPECT_EQ(memoryInit(segment, 0, 0, 1), TrapCode::MemoryOutOfBounds);
    EXPECT_EQ(memoryInit(segment, 0, 0, 0), TrapCode::None);
  }
}

TEST_F(BuiltinsTest, TableGrow) {
  void* reference = reference_;
  EXPECT_EQ(call<uint64_t>(builtins().tableGrow, 0u, reference, uint64_t{2}), 4u);
  EXPECT_EQ(table("t0").reference(5), reference);
  EXPECT_EQ(call<uint64_t>(builtins().tableGrow, 0u, reference, uint64_t{1}), kFailed);
  EXPECT_EQ(table("t0").size(), 6u);
}

TEST_F(BuiltinsTest, TableFill) {
  void* reference = reference_;
  auto fill = [&](uint64_t first, uint64_t count) {
    return call<TrapCode>(builtins().tableFill, 1u, first, reference, count);
  };
  EXPECT_EQ(fill(2, 2), TrapCode::TableOutOfBounds);
  EXPECT_EQ(table("t1").reference(2), nullptr);
  EXPECT_EQ(fill(1, 2), TrapCode::None);
  EXPECT_EQ(table("t1").reference(0), nullptr);
  EXPECT_EQ(table("t1").reference(2), reference);
  EXPECT_EQ(fill(3, 0), TrapCode::None);
  EXPECT_EQ(fill(4, 0), TrapCode::TableOutOfBounds);
}

TEST_F(BuiltinsTest, TableCopy) {
  auto copy = [&](uint64_t to, uint64_t from, uint64_t count) {
    return call<TrapCode>(builtins().tableCopy, 1u, 0u, to, from, count);
  };
  EXPECT_EQ(copy(2, 0, 2), TrapCode::TableOutOfBounds);
  EXPECT_EQ(copy(0, 3, 2), TrapCode::TableOutOfBounds);
  EXPECT_EQ(table("t1").reference(2), nullptr);
  EXPECT_EQ(copy(2, 0, 1), TrapCode::None);
  EXPECT_EQ(table("t1").reference(2), reference_);
}

TEST_F(BuiltinsTest, TableInitAndElemDrop) {
  EXPECT_EQ(tableInit(0, 3, 0, 2), TrapCode::TableOutOfBounds);
  EXPECT_EQ(table("t0").reference(3), nullptr);
  EXPECT_EQ(tableInit(0, 2, 0, 2), TrapCode::None);
  EXPECT_EQ(table("t0").reference(3), reference_);
  EXPECT_EQ(tableInit(0, 0, 1, 2), TrapCode::TableOutOfBounds);
  call<void>(builtins().elemDrop, 0u);
  for (uint32_t segment : {0u, 1u, 2u}) {
    EXPECT_EQ(tableInit(segment, 0, 0, 1), TrapCode::TableOutOfBounds);
    EXPECT_EQ(tableInit(segment, 0, 0, 0), TrapCode::None);
  }
}

}  // namespace
}  // namespace runtime
