#include "compiler/wasm/binary/write_module.h"

#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/module_builder.h"

namespace wasm {
namespace {

base::Bytes rewrite(const base::Bytes& bytes) {
  base::Result<Module> module = readModule("a.wasm", bytes);
  EXPECT_TRUE(module.ok()) << module.error().text();
  base::Result<base::Bytes> written = writeModule(*module);
  EXPECT_TRUE(written.ok()) << written.error().text();
  return *written;
}

// The samples are in the shortest form, so writing what was read gives the same bytes.
TEST(WriteModule, SamplesRoundTrip) {
  EXPECT_EQ(rewrite(ModuleBuilder().build()), ModuleBuilder().build());
  EXPECT_EQ(rewrite(sampleModule()), sampleModule());
  EXPECT_EQ(rewrite(everyInstructionModule()), everyInstructionModule());
}

TEST(WriteModule, LongFormsBecomeShort) {
  ModuleBuilder shortForm;
  shortForm.type({}, {});
  shortForm.item(SectionId::Function, {0});
  shortForm.item(SectionId::Code, {5, 0, 0x41, 5, 0x1a, 0x0b});
  ModuleBuilder longForm;
  longForm.rawType(base::Bytes{0x4e, 1, 0x4f, 0, 0x60, 0, 0});
  longForm.item(SectionId::Function, {0x80, 0x00});
  longForm.item(SectionId::Code, {0x87, 0x00, 0, 0x41, 0x85, 0x80, 0x00, 0x1a, 0x0b});
  EXPECT_EQ(rewrite(longForm.build()), shortForm.build());
}

TEST(WriteModule, SegmentsAndLimitsOfEveryForm) {
  ModuleBuilder builder;
  builder.type({}, {});
  builder.item(SectionId::Table, {0x64, 0x70, 1, 0, 7});
  builder.item(SectionId::Memory, {0x0f, 1, 2, 0});
  builder.item(SectionId::Element, {6, 0, 0x41, 0, 0x0b, 0x64, 0x70, 1, 0xd2, 0, 0x0b});
  builder.item(SectionId::Element, {7, 0x6f, 0});
  EXPECT_EQ(rewrite(builder.build()), builder.build());
}

TEST(WriteModule, LocalsAreFewRuns) {
  ModuleBuilder runs;
  runs.type({}, {});
  runs.function(0, {}, {{1, kI32}, {0, kF32}, {2, kI32}, {1, kI64}, {1, kI32}});
  ModuleBuilder merged;
  merged.type({}, {});
  merged.function(0, {}, {{3, kI32}, {1, kI64}, {1, kI32}});
  EXPECT_EQ(rewrite(runs.build()), merged.build());
}

TEST(WriteModule, DataCountWhereItIsNeeded) {
  ModuleBuilder unneeded;
  unneeded.item(SectionId::Data, {1, 0});
  base::Bytes without = unneeded.build();
  unneeded.contents(SectionId::DataCount, base::Bytes{1});
  EXPECT_EQ(rewrite(unneeded.build()), without);

  ModuleBuilder needed;
  needed.type({}, {});
  needed.function(0, {0xfc, 9, 0});  // data.drop 0
  needed.item(SectionId::Data, {1, 0});
  needed.contents(SectionId::DataCount, base::Bytes{1});
  EXPECT_EQ(rewrite(needed.build()), needed.build());
}

TEST(WriteModule, CustomSectionsKeepTheirPlaces) {
  auto custom = [](uint8_t letter) { return base::Bytes{0, 3, 1, letter, letter}; };
  const base::Bytes header = {0, 'a', 's', 'm', 1, 0, 0, 0};
  const base::Bytes types = {1, 4, 1, 0x60, 0, 0};
  const base::Bytes functions = {3, 2, 1, 0};
  const base::Bytes code = {10, 4, 1, 2, 0, 0x0b};
  base::Bytes bytes = concat({header, custom('a'), types, custom('b'), custom('c'), functions,
                              custom('d'), code, custom('e'), custom('f')});
  EXPECT_EQ(rewrite(bytes), bytes);
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok());
  const uint8_t places[] = {0, 1, 1, 3, 12, 12};
  ASSERT_EQ(module->customs.size(), std::size(places));
  for (size_t i = 0; i < std::size(places); ++i) EXPECT_EQ(module->customs[i].place, places[i]);
}

TEST(WriteModule, MalformedCodeIsAnError) {
  ModuleBuilder builder;
  builder.type({}, {});
  builder.function(0, {0x27});
  base::Bytes bytes = builder.build();
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok());
  base::Result<base::Bytes> written = writeModule(*module);
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().text(), "a.wasm:0x17: illegal opcode 0x27");
}

}  // namespace
}  // namespace wasm
