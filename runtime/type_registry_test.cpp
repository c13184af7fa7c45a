#include "runtime/type_registry.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "runtime/fixture/module_builder.h"

namespace runtime {
namespace {

using abi::HeapKind;
using abi::ValueKind;
using fixture::ModuleBuilder;

abi::ValueType reference(uint32_t typeIndex) {
  return {ValueKind::FuncRef, HeapKind::Concrete, 1, 0, typeIndex};
}

uint32_t addFunction(ModuleBuilder& builder, std::vector<abi::ValueType> params) {
  return builder.addType({std::move(params), {}}, nullptr, nullptr);
}

std::vector<uint32_t> idsOf(const ModuleBuilder& builder) {
  auto module = builder.build();
  return {module->typeIds().begin(), module->typeIds().end()};
}

TEST(TypeRegistry, EqualTypesHaveEqualIds) {
  FuncType a{{abi::kI32, abi::kI64}, {}};
  FuncType b{{abi::kI32}, {abi::kI64}};
  EXPECT_EQ(canonicalTypeId(a), canonicalTypeId(FuncType(a)));
  EXPECT_NE(canonicalTypeId(a), canonicalTypeId(b));
  EXPECT_NE(canonicalTypeId(a), abi::kNullTypeId);
  EXPECT_EQ(canonicalType(canonicalTypeId(b)).func, b);
}

TEST(TypeRegistry, HostTypesAreFinalGroupsOfTheirOwn) {
  ModuleBuilder builder;
  addFunction(builder, {abi::kF32});
  addFunction(builder, {abi::kF32});
  builder.open();
  addFunction(builder, {abi::kF32});
  addFunction(builder, {abi::kF32});
  builder.group(2);
  std::vector<uint32_t> ids = idsOf(builder);
  uint32_t host = canonicalTypeId({{abi::kF32}, {}});
  EXPECT_EQ(ids[0], host);
  EXPECT_NE(ids[1], host);
  EXPECT_NE(ids[2], host);
  EXPECT_NE(ids[2], ids[3]);
}

// References to a group's own types count by their place in the group, others by what they mean.
TEST(TypeRegistry, GroupsAreEqualByShape) {
  ModuleBuilder builder;
  uint32_t first = addFunction(builder, {reference(1)});
  addFunction(builder, {reference(0)});
  builder.group(2);
  addFunction(builder, {reference(3)});
  addFunction(builder, {reference(2)});
  builder.group(2);
  addFunction(builder, {reference(first)});  // of the same structure, but outside of the group
  addFunction(builder, {reference(2)});
  std::vector<uint32_t> ids = idsOf(builder);
  EXPECT_EQ(ids[0], ids[2]);
  EXPECT_EQ(ids[1], ids[3]);
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_NE(ids[4], ids[1]);
  EXPECT_EQ(ids[4], ids[5]);
  EXPECT_EQ(canonicalType(ids[1]).func.params[0].typeIndex, ids[0]);

  ModuleBuilder other("", fixture::codeB());
  addFunction(other, {abi::kI32});
  addFunction(other, {reference(2)});
  addFunction(other, {reference(1)});
  other.group(2);
  EXPECT_EQ(idsOf(other)[1], ids[0]);
}

TEST(TypeRegistry, FieldsTellStructuresApart) {
  ModuleBuilder builder;
  builder.addStruct({{abi::kI32, abi::PackedKind::None, 0, {}}});
  builder.addStruct({{abi::kI32, abi::PackedKind::I8, 0, {}}});
  builder.addStruct({{abi::kI32, abi::PackedKind::None, 1, {}}});
  builder.addStruct({{abi::kI32, abi::PackedKind::None, 0, {}}});
  std::vector<uint32_t> ids = idsOf(builder);
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_NE(ids[0], ids[2]);
  EXPECT_NE(ids[1], ids[2]);
  EXPECT_EQ(ids[0], ids[3]);
  EXPECT_EQ(canonicalType(ids[0]).kind, abi::CompositeKind::Struct);
}

TEST(TypeRegistry, SubtypesAreDeclared) {
  ModuleBuilder builder;
  uint32_t root = addFunction(builder, {});
  builder.open();
  uint32_t child = addFunction(builder, {});
  builder.open(root);
  uint32_t grandchild = addFunction(builder, {});
  builder.open(child);
  uint32_t sibling = addFunction(builder, {abi::kI32});
  builder.open();
  std::vector<uint32_t> ids = idsOf(builder);
  auto below = [&](uint32_t sub, uint32_t super) { return isSubtype(ids[sub], ids[super]); };
  EXPECT_TRUE(below(root, root));
  EXPECT_TRUE(below(child, root));
  EXPECT_TRUE(below(grandchild, root));
  EXPECT_TRUE(below(grandchild, child));
  EXPECT_FALSE(below(root, child));
  EXPECT_FALSE(below(child, grandchild));
  EXPECT_FALSE(below(sibling, root));
  EXPECT_FALSE(below(grandchild, sibling));
}

TEST(TypeRegistry, ThreadsAgree) {
  constexpr size_t kTypes = 300;
  std::vector<std::vector<uint32_t>> ids(4, std::vector<uint32_t>(kTypes));
  std::vector<std::thread> threads;
  for (auto& own : ids) {
    threads.emplace_back([&own] {
      for (size_t i = 0; i < kTypes; ++i) {
        own[i] = canonicalTypeId({std::vector<abi::ValueType>(i, abi::kF64), {abi::kF32}});
        EXPECT_EQ(canonicalType(own[i]).func.params.size(), i);
        EXPECT_EQ(isSubtype(own[i], own[i / 2]), i == i / 2);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& own : ids) EXPECT_EQ(own, ids[0]);
}

}  // namespace
}  // namespace runtime
