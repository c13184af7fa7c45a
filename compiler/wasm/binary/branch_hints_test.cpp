#include "compiler/wasm/binary/branch_hints.h"

#include <gtest/gtest.h>

#include "compiler/wasm/binary/read_module.h"
#include "compiler/wasm/binary/write_module.h"
#include "compiler/wasm/testing/module_builder.h"

namespace wasm {
namespace {

constexpr uint8_t kEnd = 0x0b;

// Returns a module of two functions with this section before their code. The first function has an
// `if` 3 bytes after the start of its locals. The second has two locals, a `br_if` at 8 in the long
// form of the encoding that is given here and at 6 in the shortest, and another one 3 bytes later.
base::Bytes hinted(base::ByteView hints) {
  ModuleBuilder builder;
  builder.type({}, {});
  builder.function(0, {0x41, 0, 0x04, 0x40, kEnd});
  builder.function(0, {0x41, 0x80, 0x80, 0x00, 0x0d, 0, 0x41, 1, 0x0d, 0}, {{1, kI32}});
  base::Bytes bytes = builder.build();
  base::Bytes section = concat({encodeName(kBranchHintSection), hints});
  base::Bytes out(bytes.begin(), bytes.begin() + 8);
  out.push_back(0);
  base::appendUleb(out, section.size());
  base::append(out, section);
  base::append(out, base::ByteView(bytes).subspan(8));
  return out;
}

TEST(BranchHints, AreReadAsOffsetsOfTheInput) {
  base::Bytes bytes = hinted(base::Bytes{2, 0, 1, 3, 1, 0, 1, 2, 7, 1, 1, 11, 1, 0});
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok()) << module.error().text();
  ASSERT_EQ(module->branchHints.size(), 3u);
  const uint8_t opcodes[] = {0x04, 0x0d, 0x0d};
  const bool isLikely[] = {false, true, false};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(bytes[module->branchHints[i].offset], opcodes[i]);
    EXPECT_EQ(module->branchHints[i].isLikely, isLikely[i]);
    EXPECT_EQ(module->branchHints[i].function, i == 0 ? 0u : 1u);
  }
}

TEST(BranchHints, FollowTheirInstructions) {
  base::Bytes bytes = hinted(base::Bytes{2, 0, 1, 3, 1, 0, 1, 2, 7, 1, 1, 11, 1, 0});
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok());
  base::Result<base::Bytes> written = writeModule(*module);
  ASSERT_TRUE(written.ok());
  base::Result<Module> again = readModule("b.wasm", *written);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->customs[0].place, 0);
  base::ByteView section = again->customs[0].bytes;
  EXPECT_EQ(base::Bytes(section.begin(), section.end()),
            (base::Bytes{2, 0, 1, 3, 1, 0, 1, 2, 5, 1, 1, 9, 1, 0}));
  EXPECT_EQ(again->branchHints.size(), 3u);

  // Without a custom section to take the place of, the section is written right before the code.
  module->customs.clear();
  written = writeModule(*module);
  ASSERT_TRUE(written.ok());
  again = readModule("b.wasm", *written);
  ASSERT_TRUE(again.ok());
  ASSERT_EQ(again->customs.size(), 1u);
  EXPECT_EQ(again->customs[0].place, 3);  // after functions; there is nothing else before the code
  EXPECT_EQ(again->branchHints.size(), 3u);
}

// A malformed section is ignored and kept.
TEST(BranchHints, MalformedIsOpaque) {
  const base::Bytes cases[] = {
      {},
      {1},
      {1, 2, 1, 3, 1, 0},                             // no such function
      {1, 0, 1, 3, 2, 0, 0},                          // more than a byte
      {1, 0, 1, 3, 1, 2},                             // neither likely nor unlikely
      {1, 0, 1, 1, 1, 0},                             // not a branch
      {1, 0, 1, 4, 1, 0},                             // not an instruction
      {1, 0, 1, 100, 1, 0},                           // after the end of the body
      {1, 0, 1, 0xfd, 0xff, 0xff, 0xff, 0x0f, 1, 0},  // after the end of the module
      {1, 1, 2, 11, 1, 0, 7, 1, 1},                   // not sorted
      {2, 1, 1, 7, 1, 1, 0, 1, 3, 1, 0},              // not sorted
      {1, 0, 1, 3, 1, 0, 0},                          // bytes after the end
  };
  for (const base::Bytes& hints : cases) {
    base::Bytes bytes = hinted(hints);
    base::Result<Module> module = readModule("a.wasm", bytes);
    ASSERT_TRUE(module.ok()) << module.error().text();
    EXPECT_TRUE(module->branchHints.empty());
    base::Result<base::Bytes> written = writeModule(*module);
    ASSERT_TRUE(written.ok());
    base::Result<Module> again = readModule("b.wasm", *written);
    ASSERT_TRUE(again.ok());
    ASSERT_EQ(again->customs.size(), 1u);
    base::ByteView kept = again->customs[0].bytes;
    EXPECT_EQ(base::Bytes(kept.begin(), kept.end()), hints);
  }
}

TEST(BranchHints, StandBeforeTheCode) {
  ModuleBuilder builder;
  builder.type({}, {});
  builder.function(0, {0x41, 0, 0x04, 0x40, kEnd});
  builder.custom(kBranchHintSection, base::Bytes{1, 0, 1, 3, 1, 0});  // after the code
  base::Bytes bytes = builder.build();
  base::Result<Module> module = readModule("a.wasm", bytes);
  ASSERT_TRUE(module.ok());
  EXPECT_TRUE(module->branchHints.empty());
}

}  // namespace
}  // namespace wasm
