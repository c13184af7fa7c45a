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

// The samples are in shortest form, so that writing what was read gives the same bytes.
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
