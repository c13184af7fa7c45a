#include "compiler/codegen/descriptor/blob.h"

#include <gtest/gtest.h>

namespace codegen {
namespace {

// Reads the blob as the runtime does, at two different addresses.
TEST(Blob, ReferencesHoldWhereverTheBytesAre) {
  struct Root {
    abi::String name;
    abi::Array<uint64_t> numbers;
    abi::String empty;
  };
  Blob blob;
  uint32_t root = blob.place<Root>(1);
  blob.addString(root + offsetof(Root, name), "hello");
  uint64_t numbers[] = {7, 9};
  blob.addArray(root + offsetof(Root, numbers), std::span<const uint64_t>(numbers));
  blob.addString(root + offsetof(Root, empty), "");

  alignas(8) uint8_t copy[256];
  ASSERT_LE(blob.bytes().size(), sizeof copy);
  std::copy(blob.bytes().begin(), blob.bytes().end(), copy);
  const auto* read = reinterpret_cast<const Root*>(copy);
  EXPECT_EQ(std::string_view(read->name.begin(), read->name.count), "hello");
  ASSERT_EQ(read->numbers.count, 2u);
  EXPECT_EQ(read->numbers[1], 9u);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(read->numbers.begin()) % alignof(uint64_t), 0u);
  EXPECT_TRUE(read->empty.data.isNull());
  EXPECT_EQ(read->empty.count, 0u);
}

TEST(Blob, FixupsSortByPlace) {
  Blob blob;
  blob.place<uint32_t>(4);
  blob.addFixup(8, nullptr);
  blob.addFixup(0, nullptr);
  blob.sortFixups();
  EXPECT_EQ(blob.fixups()[0].offset, 0u);
  EXPECT_EQ(blob.fixups()[1].offset, 8u);
}

}  // namespace
}  // namespace codegen
