#include "compiler/codegen/plan/module_plan.h"

#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/module_builder.h"

namespace codegen {
namespace {

using wasm::ModuleBuilder;
using wasm::SectionId;

wasm::ValidModule valid(const base::Bytes& bytes) {
  base::Result<wasm::Module> module = wasm::readModule("a.wasm", bytes);
  EXPECT_TRUE(module.ok()) << module.error().text();
  base::Result<wasm::ValidModule> result = wasm::validate(std::move(*module));
  EXPECT_TRUE(result.ok()) << result.error().text();
  return *std::move(result);
}

// The name section's second subsection: function names, in index order.
base::Bytes functionNames(const std::vector<std::string>& names) {
  base::Bytes map;
  base::appendUleb(map, names.size());
  for (size_t i = 0; i < names.size(); ++i) {
    base::appendUleb(map, i);
    base::append(map, wasm::encodeName(names[i]));
  }
  base::Bytes section{1};
  base::appendUleb(section, map.size());
  base::append(section, map);
  return section;
}

TEST(ModulePlan, ExportsSegmentsAndInitializersHaveReferences) {
  ModuleBuilder builder;
  builder.type({}, {});
  for (int i = 0; i < 5; ++i) builder.function(0, {});
  builder.item(SectionId::Global, {0x70, 0, 0xd2, 4, 0x0b});
  builder.exportItem("f", wasm::ExternKind::Function, 3);
  builder.item(SectionId::Table, {0x70, 0, 1});
  builder.item(SectionId::Element, {0, 0x41, 0, 0x0b, 1, 1});
  base::Bytes bytes = builder.build();
  wasm::ValidModule module = valid(bytes);
  ModulePlan plan(module);
  EXPECT_EQ(plan.funcRefs(), (std::vector<uint32_t>{1, 3, 4}));
  EXPECT_EQ(plan.funcRefSlot(3), 1u);
  EXPECT_EQ(plan.funcRefSlot(0), std::nullopt);
  EXPECT_EQ(plan.counts().funcRefs, 3u);
  EXPECT_EQ(plan.counts().globals, 1u);
}

TEST(ModulePlan, SegmentBaseWantsAMemoryAndNoTailCalls) {
  auto canHave = [](bool hasMemory, uint8_t call) {
    ModuleBuilder builder;
    builder.type({}, {});
    builder.function(0, {});
    builder.function(0, {call, 0});
    if (hasMemory) builder.item(SectionId::Memory, {0, 1});
    base::Bytes bytes = builder.build();
    wasm::ValidModule module = valid(bytes);
    return ModulePlan(module).canHaveSegmentBase();
  };
  constexpr uint8_t kCall = 0x10, kReturnCall = 0x12;
  EXPECT_TRUE(canHave(true, kCall));
  EXPECT_FALSE(canHave(false, kCall));
  EXPECT_FALSE(canHave(true, kReturnCall));
}

TEST(ModulePlan, FunctionsThatMakeTailCalls) {
  ModuleBuilder builder;
  builder.type({}, {});
  builder.import("m", "f", wasm::ExternKind::Function, base::Bytes{0});
  builder.function(0, {0x10, 2});  // call
  builder.function(0, {0x12, 0});  // return_call
  builder.function(0, {});
  builder.function(0, {0xd2, 0, 0x15, 0});  // ref.func, return_call_ref
  builder.item(SectionId::Element, {3, 0, 1, 0});
  base::Bytes bytes = builder.build();
  wasm::ValidModule module = valid(bytes);
  ModulePlan plan(module);
  std::vector<bool> makes;
  for (uint32_t i = 0; i < 5; ++i) makes.push_back(plan.makesTailCalls(i));
  EXPECT_EQ(makes, (std::vector<bool>{false, false, true, false, true}));
}

TEST(ModulePlan, SymbolsAreUniqueAndNeverThoseOfC) {
  ModuleBuilder builder;
  builder.type({}, {});
  for (int i = 0; i < 5; ++i) builder.function(0, {});
  builder.exportItem("run@1.0", wasm::ExternKind::Function, 4);
  builder.custom("name", functionNames({"memcpy", "twice", "twice", ""}));
  base::Bytes bytes = builder.build();
  wasm::ValidModule module = valid(bytes);
  ModulePlan plan(module);
  EXPECT_EQ(plan.symbol(0), "wasm.memcpy");
  EXPECT_EQ(plan.symbol(1), "wasm.twice");
  EXPECT_EQ(plan.symbol(2), "wasm.twice[2]");
  EXPECT_EQ(plan.symbol(3), "wasm.func[3]");
  EXPECT_EQ(plan.symbol(4), "wasm.run.1.0");
  EXPECT_EQ(plan.displayName(3), "");
  EXPECT_EQ(plan.displayName(4), "run@1.0");
}

TEST(ModulePlan, PartsCoverAllFunctionsInOrder) {
  ModuleBuilder builder;
  builder.type({}, {});
  base::Bytes large(50'000, 0x01);  // nop
  for (int i = 0; i < 20; ++i) builder.function(0, large);
  base::Bytes bytes = builder.build();
  wasm::ValidModule module = valid(bytes);
  ModulePlan plan(module);
  ASSERT_GT(plan.partitions().size(), 1u);
  uint32_t next = 0;
  for (Partition partition : plan.partitions()) {
    EXPECT_EQ(partition.begin, next);
    EXPECT_GT(partition.end, partition.begin);
    next = partition.end;
  }
  EXPECT_EQ(next, 20u);
}

TEST(ModulePlan, PartsAreOfFewFunctionsWhereThoseAreSmall) {
  ModuleBuilder builder;
  builder.type({}, {});
  for (int i = 0; i < 3000; ++i) builder.function(0, {});
  base::Bytes bytes = builder.build();
  wasm::ValidModule module = valid(bytes);
  EXPECT_GT(ModulePlan(module).partitions().size(), 2u);
}

TEST(ModulePlan, NoFunctionsNoPartitions) {
  base::Bytes bytes = ModuleBuilder().build();
  wasm::ValidModule module = valid(bytes);
  EXPECT_TRUE(ModulePlan(module).partitions().empty());
}

}  // namespace
}  // namespace codegen
