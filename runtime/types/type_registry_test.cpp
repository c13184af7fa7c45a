#include "runtime/types/type_registry.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>
#include <vector>

#include "runtime/fixture/module_builder.h"
#include "runtime/store.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {
namespace {

using abi::HeapKind;
using abi::ValueKind;
using fixture::ModuleBuilder;

// Returns the nullable reference type to a type index or a type id.
abi::ValueType reference(uint32_t typeIndex) {
  return {ValueKind::FuncRef, HeapKind::Concrete, 1, 0, typeIndex};
}

uint32_t addFunction(ModuleBuilder& builder, std::vector<abi::ValueType> params) {
  return builder.addType({std::move(params), {}}, nullptr, nullptr);
}

std::shared_ptr<const Module> add(const ModuleBuilder& builder) { return builder.build(); }

// Returns a function type that differs for each number: its parameters are the number's bits.
FuncType functionOf(uint64_t number) {
  FuncType type;
  for (; number != 0; number /= 2) type.params.push_back(number % 2 == 0 ? abi::kI32 : abi::kF64);
  return type;
}

TEST(TypeRegistry, EqualTypesHaveEqualIds) {
  FuncType a{{abi::kI32, abi::kI64}, {}};
  FuncType b{{abi::kI32}, {abi::kI64}};
  TypeIds ofA(a), ofEqual{FuncType(a)}, ofB(b);
  EXPECT_EQ(ofA[0], ofEqual[0]);
  EXPECT_NE(ofA[0], ofB[0]);
  EXPECT_NE(ofA[0], abi::kNullTypeId);
  EXPECT_EQ(canonicalType(ofB[0]).func, b);
}

TEST(TypeRegistry, HostTypesAreFinalGroupsOfTheirOwn) {
  ModuleBuilder builder;
  addFunction(builder, {abi::kF32});
  addFunction(builder, {abi::kF32});
  builder.open();
  addFunction(builder, {abi::kF32});
  addFunction(builder, {abi::kF32});
  builder.group(2);
  auto module = add(builder);
  std::span<const uint32_t> ids = module->typeIds();
  TypeIds host(FuncType{{abi::kF32}, {}});
  EXPECT_EQ(ids[0], host[0]);
  EXPECT_NE(ids[1], host[0]);
  EXPECT_NE(ids[2], host[0]);
  EXPECT_NE(ids[2], ids[3]);
}

// References to types of the group itself are compared by position, all others by type.
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
  auto module = add(builder);
  std::span<const uint32_t> ids = module->typeIds();
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
  EXPECT_EQ(add(other)->typeId(1), ids[0]);
}

TEST(TypeRegistry, FieldsTellStructuresApart) {
  ModuleBuilder builder;
  builder.addStruct({{abi::kI32, abi::PackedKind::None, 0, {}}});
  builder.addStruct({{abi::kI32, abi::PackedKind::I8, 0, {}}});
  builder.addStruct({{abi::kI32, abi::PackedKind::None, 1, {}}});
  builder.addStruct({{abi::kI32, abi::PackedKind::None, 0, {}}});
  auto module = add(builder);
  std::span<const uint32_t> ids = module->typeIds();
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
  auto module = add(builder);
  std::span<const uint32_t> ids = module->typeIds();
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
  std::vector<std::vector<TypeIds>> ids(4);
  std::vector<std::thread> threads;
  for (auto& own : ids) {
    threads.emplace_back([&own] {
      for (size_t i = 0; i < kTypes; ++i) {
        own.emplace_back(FuncType{std::vector<abi::ValueType>(i, abi::kF64), {abi::kF32}});
        EXPECT_EQ(canonicalType(own[i][0]).func.params.size(), i);
        EXPECT_EQ(isSubtype(own[i][0], own[i / 2][0]), i == i / 2);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& own : ids) {
    for (size_t i = 0; i < kTypes; ++i) EXPECT_EQ(own[i][0], ids[0][i][0]);
  }
}

TEST(TypeRegistry, NumbersComeBack) {
  uint32_t before = typeIdsEnd();
  for (uint64_t i = 0; i < 100'000; ++i) {
    TypeIds held(functionOf(1000 + i));
    ASSERT_EQ(canonicalType(held[0]).func, functionOf(1000 + i));
  }
  EXPECT_LE(typeIdsEnd(), before + 1);
}

TEST(TypeRegistry, TypesHoldWhatTheyReferTo) {
  uint32_t before = typeIdsEnd();
  {
    TypeIds inner(functionOf(77));
    TypeIds outer(FuncType{{reference(inner[0])}, {}});
    uint32_t id = inner[0];
    inner = TypeIds();
    TypeIds others[] = {TypeIds(functionOf(78)), TypeIds(functionOf(79))};
    EXPECT_EQ(canonicalType(outer[0]).func.params[0].typeIndex, id);
    EXPECT_EQ(canonicalType(id).func, functionOf(77));
    EXPECT_NE(others[0][0], id);
    EXPECT_NE(others[1][0], id);
  }
  EXPECT_EQ(typeIdsEnd(), before);
}

// Each type refers to the one before, so that releasing the last one releases all of them.
TEST(TypeRegistry, LongChainsComeBack) {
  uint32_t before = typeIdsEnd();
  {
    ModuleBuilder builder;
    addFunction(builder, {abi::kV128, abi::kV128});
    for (uint32_t i = 0; i < 100'000; ++i) addFunction(builder, {reference(i)});
    add(builder);
  }
  EXPECT_EQ(typeIdsEnd(), before);
}

TEST(TypeRegistry, ThreadsHoldAndReleaseAtOnce) {
  uint32_t before = typeIdsEnd();
  std::vector<std::thread> threads;
  for (uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([t] {
      for (uint64_t i = 0; i < 5000; ++i) {
        TypeIds inner(functionOf(i % 7 + 100));
        TypeIds outer(FuncType{{reference(inner[0])}, {abi::kI64}});
        inner = TypeIds(functionOf((i + t) % 5 + 100));
        const FuncType& func = canonicalType(outer[0]).func;
        EXPECT_EQ(canonicalType(func.params[0].typeIndex).func, functionOf(i % 7 + 100));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(typeIdsEnd(), before);
}

uint64_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  uint64_t size = 0, resident = 0;
  file >> size >> resident;
  return resident * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

// The types of a module, without the module: functionOf(number), and a function with a reference to
// it as its parameter.
struct ModuleTypes {
  explicit ModuleTypes(uint64_t number) {
    FuncType function = functionOf(number);
    std::ranges::copy(function.params, params);
    params[63] = reference(0);
    for (uint32_t i = 0; i < 2; ++i) {
      types[i] = {abi::CompositeKind::Func, 1, {}, abi::kNoType, i, 1, {}, {}, {}, {}, {}, {}};
      CHECK(types[i].params.data.set(i == 0 ? params : params + 63));
    }
    types[0].params.count = static_cast<uint32_t>(function.params.size());
    types[1].params.count = 1;
    CHECK(array.data.set(types));
    array.count = 2;
  }
  abi::Array<abi::SubType> array{};
  abi::SubType types[2];
  abi::ValueType params[64];
};

TEST(TypeRegistry, ModulesOfNewTypesLeaveNothingBehind) {
  uint32_t end = typeIdsEnd();
  uint64_t resident = 0;
  for (uint64_t i = 0; i < 100'000; ++i) {
    ModuleTypes module(1'000'000 + i);
    TypeIds held(module.array);
    ASSERT_EQ(canonicalType(held[0]).func, functionOf(1'000'000 + i));
    ASSERT_EQ(canonicalType(held[1]).func.params[0].typeIndex, held[0]);
    if (i == 1000) resident = residentBytes();
  }
  EXPECT_EQ(typeIdsEnd(), end);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(residentBytes(), resident + (1 << 20));
#endif
}

// A store holds the types of objects that the host has created, also after the module is destroyed.
TEST(TypeRegistry, StoresHoldTheTypesOfWhatTheyMake) {
  ModuleBuilder builder;
  addFunction(builder, {abi::kV128, abi::kF32});
  auto module = add(builder);
  uint32_t id = module->typeId(0);
  Store store;
  Table* table =
      store.createTable(fixture::tableType(0, reference(id)), {ValueKind::FuncRef, {}}).value();
  Tag* tag = store.createTag({{reference(id)}, {}});
  module.reset();
  TypeIds others[] = {TypeIds(functionOf(5)), TypeIds(functionOf(6)), TypeIds(functionOf(7))};
  FuncType expected{{abi::kV128, abi::kF32}, {}};
  EXPECT_EQ(canonicalType(table->type().element.typeIndex).func, expected);
  EXPECT_EQ(canonicalType(tag->typeId()).func.params[0], reference(id));
}

// The types are not looked at, as there is no room for them.
TEST(TypeIds, TooManyTypes) {
  abi::Array<abi::SubType> types{};
  types.count = typeCapacity() + 1;
  EXPECT_FALSE(TypeIds::tryHold(types).has_value());
  types.count = 0;
  EXPECT_TRUE(TypeIds::tryHold(types).has_value());
}

}  // namespace
}  // namespace runtime
