#include "compiler/codegen/plan/memory_image.h"

#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/testing/module_builder.h"

namespace codegen {
namespace {

using wasm::ModuleBuilder;
using wasm::SectionId;

constexpr uint64_t kPage = 4096;

// An active segment of memory 0 at a constant offset.
base::Bytes segment(int32_t offset, std::string_view text) {
  base::Bytes bytes{0, 0x41};  // memory 0, i32.const
  base::appendSleb(bytes, offset);
  bytes.push_back(0x0b);
  base::append(bytes, wasm::encodeName(text));
  return bytes;
}

struct Built {
  base::Bytes bytes;
  MemoryImage image;
};

Built build(ModuleBuilder& builder) {
  Built built;
  built.bytes = builder.build();
  base::Result<wasm::Module> module = wasm::readModule("a.wasm", built.bytes);
  EXPECT_TRUE(module.ok()) << module.error().text();
  built.image = buildMemoryImage(*module, kPage);
  return built;
}

TEST(MemoryImage, LaterSegmentsOverwriteEarlierOnes) {
  ModuleBuilder builder;
  builder.item(SectionId::Memory, {0, 2});
  builder.item(SectionId::Data, segment(5000, "abcd"));
  builder.item(SectionId::Data, segment(5002, "XY"));
  Built built = build(builder);
  const MemoryImage::Run& run = built.image.runs[0];
  EXPECT_EQ(run.address, kPage);
  EXPECT_EQ(run.size, kPage);
  EXPECT_EQ(base::asText({built.image.bytes.data() + 5000 - kPage, 4}), "abXY");
  EXPECT_EQ(built.image.isSegmentIn, (std::vector<bool>{true, true}));
}

// With pages of one byte a memory may end within a page of the host, which an image does not cover.
TEST(MemoryImage, EndsWithTheMemorysLastWholePage) {
  for (uint32_t size : {5004u, 2 * 4096u}) {
    ModuleBuilder builder;
    base::Bytes memory{8};  // with a page size
    base::appendUleb(memory, size);
    memory.push_back(0);
    builder.item(SectionId::Memory, memory);
    builder.item(SectionId::Data, segment(5000, "abcd"));
    Built built = build(builder);
    bool isWhole = size % kPage == 0;
    EXPECT_EQ(built.image.runs[0].size, isWhole ? kPage : 0);
    EXPECT_EQ(built.image.isSegmentIn[0], isWhole);
  }
}

TEST(MemoryImage, StopsAtTheFirstSegmentOutOfBounds) {
  ModuleBuilder builder;
  builder.item(SectionId::Memory, {0, 1});
  builder.item(SectionId::Data, segment(0, "in"));
  builder.item(SectionId::Data, segment(65535, "out"));
  builder.item(SectionId::Data, segment(8, "after"));
  Built built = build(builder);
  EXPECT_EQ(built.image.isSegmentIn, (std::vector<bool>{true, false, false}));
}

TEST(MemoryImage, StopsAtAnOffsetThatIsNoConstant) {
  ModuleBuilder builder;
  builder.import("m", "g", wasm::ExternKind::Global, base::Bytes{0x7f, 0});
  builder.item(SectionId::Memory, {0, 1});
  builder.item(SectionId::Data, {0, 0x23, 0, 0x0b, 1, 'a'});
  builder.item(SectionId::Data, segment(0, "b"));
  Built built = build(builder);
  EXPECT_EQ(built.image.runs[0].size, 0u);
  EXPECT_EQ(built.image.isSegmentIn, (std::vector<bool>{false, false}));
}

// If a segment traps, no segment behind it may be in any memory.
TEST(MemoryImage, SegmentsOfSeveralMemoriesAreInUpToTheFirstThatMayTrap) {
  ModuleBuilder builder;
  builder.item(SectionId::Memory, {0, 1});
  builder.item(SectionId::Memory, {0, 1});
  builder.item(SectionId::Data, {2, 1, 0x41, 0, 0x0b, 1, 'a'});  // memory 1
  builder.item(SectionId::Data, segment(65536, "b"));
  builder.item(SectionId::Data, {2, 1, 0x41, 1, 0x0b, 1, 'c'});
  Built built = build(builder);
  EXPECT_EQ(built.image.runs[0].size, 0u);
  EXPECT_EQ(built.image.runs[1].size, kPage);
  EXPECT_EQ(built.image.isSegmentIn, (std::vector<bool>{true, false, false}));
}

TEST(MemoryImage, OffsetsOf64Bits) {
  ModuleBuilder builder;
  builder.item(SectionId::Memory, {4, 1});
  builder.item(SectionId::Data, {0, 0x42, 5, 0x0b, 1, 'a'});     // i64.const 5
  builder.item(SectionId::Data, {0, 0x42, 0x7f, 0x0b, 1, 'b'});  // i64.const -1
  Built built = build(builder);
  EXPECT_EQ(built.image.bytes[5], 'a');
  EXPECT_EQ(built.image.isSegmentIn, (std::vector<bool>{true, false}));
}

TEST(MemoryImage, NoneBehindElementsThatMayTrap) {
  for (uint8_t tableSize : {1, 2}) {
    ModuleBuilder builder;
    builder.item(SectionId::Type, {0x60, 0, 0});
    builder.import("m", "f", wasm::ExternKind::Function, base::Bytes{0});
    builder.item(SectionId::Table, {0x70, 0, tableSize});
    builder.item(SectionId::Memory, {0, 1});
    builder.item(SectionId::Element, {0, 0x41, 1, 0x0b, 1, 0});
    builder.item(SectionId::Data, segment(0, "a"));
    Built built = build(builder);
    EXPECT_EQ(built.image.isSegmentIn[0], tableSize == 2);
  }
}

TEST(MemoryImage, SegmentsOfSeveralMemoriesHaveARunEach) {
  ModuleBuilder builder;
  builder.item(SectionId::Memory, {0, 1});
  builder.item(SectionId::Memory, {4, 1});  // 64-bit addresses
  builder.item(SectionId::Data, {2, 1, 0x42, 8, 0x0b, 1, 'b'});
  builder.item(SectionId::Data, segment(0, "a"));
  Built built = build(builder);
  EXPECT_EQ(built.image.isSegmentIn, (std::vector<bool>{true, true}));
  EXPECT_EQ(built.image.bytes[built.image.runs[0].offset], 'a');
  EXPECT_EQ(built.image.bytes[built.image.runs[1].offset + 8], 'b');
}

TEST(MemoryImage, NoneForSegmentsFarApart) {
  ModuleBuilder builder;
  builder.item(SectionId::Memory, {0, 0x80, 0x08});
  builder.item(SectionId::Data, segment(0, "a"));
  builder.item(SectionId::Data, segment(50'000'000, "b"));
  Built built = build(builder);
  EXPECT_EQ(built.image.runs[0].size, 0u);
  EXPECT_TRUE(built.image.bytes.empty());
}

TEST(MemoryImage, ImportedMemoriesHaveNone) {
  ModuleBuilder builder;
  builder.import("m", "mem", wasm::ExternKind::Memory, base::Bytes{0, 1});
  builder.item(SectionId::Data, segment(0, "a"));
  Built built = build(builder);
  EXPECT_TRUE(built.image.runs.empty());
  EXPECT_EQ(built.image.isSegmentIn, (std::vector<bool>{false}));
}

}  // namespace
}  // namespace codegen
