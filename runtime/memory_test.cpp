#include "runtime/memory.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "runtime/fixture/module_builder.h"

namespace runtime {
namespace {

constexpr uint64_t kPage = abi::kPageSize;

bool isZero(std::span<const uint8_t> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte == 0; });
}

TEST(Memory, GrowsUpToItsMaximum) {
  auto memory = Memory::create(fixture::memoryType(1, 3)).value();
  EXPECT_EQ(memory->pages(), 1u);
  EXPECT_TRUE(isZero(memory->bytes()));
  uint8_t* base = memory->base();
  memory->bytes().back() = 7;
  EXPECT_EQ(memory->grow(2), 1u);
  EXPECT_EQ(memory->byteSize(), 3 * kPage);
  EXPECT_EQ(memory->base(), base);
  EXPECT_EQ(base[kPage - 1], 7);
  EXPECT_TRUE(isZero(memory->bytes().subspan(kPage)));
  EXPECT_EQ(memory->grow(1), std::nullopt);
  EXPECT_EQ(memory->grow(~uint64_t{0}), std::nullopt);
  EXPECT_EQ(memory->grow(0), 3u);
  EXPECT_EQ(memory->currentType().min, 3u);
  EXPECT_EQ(memory->type().min, 1u);
}

TEST(Memory, Reaches4GiBAndNoMore) {
  auto memory = Memory::create(fixture::memoryType(65536)).value();
  memory->bytes().back() = 1;
  EXPECT_EQ(memory->grow(1), std::nullopt);
  EXPECT_EQ(memory->grow(0), 65536u);
  auto tooLarge = Memory::create(fixture::memoryType(65537));
  ASSERT_FALSE(tooLarge.ok());
  EXPECT_EQ(tooLarge.error().text(), "cannot reserve a memory of 65537 pages");
}

TEST(Memory, DoesNotGrowToTheLastPageBelow4GiB) {
  auto memory = Memory::create(fixture::memoryType(1)).value();
  EXPECT_EQ(memory->grow(65535), std::nullopt);
  EXPECT_EQ(memory->grow(65534), 1u);
  EXPECT_EQ(memory->grow(1), std::nullopt);
}

TEST(Memory, GuardsItsReservation) {
  auto memory = Memory::create(fixture::memoryType(1)).value();
  uint8_t* base = memory->base();
  EXPECT_TRUE(memory->guards(base - 1));
  EXPECT_TRUE(memory->guards(base - abi::kGuardBefore));
  EXPECT_FALSE(memory->guards(base - abi::kGuardBefore - 1));
  EXPECT_FALSE(memory->guards(base));
  EXPECT_FALSE(memory->guards(base + kPage - 1));
  EXPECT_TRUE(memory->guards(base + kPage));
  EXPECT_TRUE(memory->guards(base + abi::kReserved32 - 1));
  EXPECT_FALSE(memory->guards(base + abi::kReserved32));
}

TEST(Memory, With64BitIndexIsBoundedByItsMaximum) {
  abi::MemoryType type = fixture::memoryType(1, 2);
  type.flags |= abi::kIndex64;
  auto memory = Memory::create(type).value();
  EXPECT_EQ(memory->grow(1), 1u);
  EXPECT_EQ(memory->grow(1), std::nullopt);
  memory->bytes().back() = 1;

  type.max = uint64_t{1} << 48;
  memory = Memory::create(type).value();
  EXPECT_EQ(memory->grow((uint64_t{1} << 48) - 1), std::nullopt);

  type.min = uint64_t{1} << 40;
  EXPECT_FALSE(Memory::create(type).ok());
}

abi::MemoryType inBytes(abi::MemoryType type) {
  type.pageSizeLog2 = 0;
  return type;
}

TEST(Memory, GrowsByBytes) {
  auto memory = Memory::create(inBytes(fixture::memoryType(10, 70000))).value();
  EXPECT_EQ(memory->byteSize(), 10u);
  EXPECT_EQ(memory->pages(), 10u);
  EXPECT_EQ(memory->grow(69991), std::nullopt);
  EXPECT_EQ(memory->grow(69990), 10u);
  EXPECT_EQ(memory->bytes().size(), 70000u);
  EXPECT_TRUE(isZero(memory->bytes()));
  EXPECT_EQ(memory->grow(1), std::nullopt);
  EXPECT_EQ(memory->currentType().min, 70000u);
}

// memory.size could not tell 2^32 from 0.
TEST(Memory, OfBytesReachesOneLessThan4GiB) {
  auto memory = Memory::create(inBytes(fixture::memoryType(0xfffffffe))).value();
  EXPECT_EQ(memory->grow(2), std::nullopt);
  EXPECT_EQ(memory->grow(1), 0xfffffffe);
  EXPECT_EQ(memory->grow(1), std::nullopt);
  memory->bytes().back() = 1;
}

TEST(Memory, OfBytesReservesNoMoreThanItsMaximum) {
  auto memory = Memory::create(inBytes(fixture::memoryType(10, 20))).value();
  EXPECT_TRUE(memory->guards(memory->base() + 10));
  EXPECT_FALSE(memory->guards(memory->base() + (uint64_t{1} << 20)));
}

TEST(Memory, OfBytesWith64BitIndexDoesNotWrap) {
  abi::MemoryType type = inBytes(fixture::memoryType(10, UINT64_MAX));
  type.flags |= abi::kIndex64;
  auto memory = Memory::create(type).value();
  EXPECT_EQ(memory->grow(UINT64_MAX), std::nullopt);
  EXPECT_EQ(memory->grow(UINT64_MAX - 10), std::nullopt);
  EXPECT_EQ(memory->grow(1), 10u);
  type.min = UINT64_MAX;
  EXPECT_FALSE(Memory::create(type).ok());
}

TEST(Memory, ImageIsMappedCopyOnWrite) {
  int fd = ::memfd_create("image", MFD_CLOEXEC);
  ASSERT_GE(fd, 0);
  base::Bytes content(2 * kPage, 0);
  for (size_t i = 0; i < content.size(); ++i) content[i] = static_cast<uint8_t>(i >> 8);
  ASSERT_EQ(::write(fd, content.data(), content.size()), static_cast<ssize_t>(content.size()));

  abi::Memory image{fixture::memoryType(3), 0, kPage, kPage};
  for (int round = 0; round < 2; ++round) {
    auto memory = Memory::create(image.type).value();
    ASSERT_TRUE(memory->applyImage(image, nullptr, {fd, kPage}).ok());
    EXPECT_TRUE(isZero(memory->bytes().first(kPage)));
    EXPECT_TRUE(std::equal(content.begin() + kPage, content.end(), memory->base() + kPage));
    EXPECT_TRUE(isZero(memory->bytes().last(kPage)));
    memory->bytes()[kPage] ^= 0xff;
  }
  ::close(fd);
}

TEST(Memory, ImageIsCopiedWhereItCannotBeMapped) {
  base::Bytes content(2 * kPage, 5);
  abi::Memory image{fixture::memoryType(1), kPage, 0, kPage};
  auto memory = Memory::create(image.type).value();
  ASSERT_TRUE(memory->applyImage(image, content.data(), {}).ok());
  EXPECT_EQ(memory->bytes().front(), 5);
  EXPECT_EQ(memory->bytes().back(), 5);
  // A file at an odd offset.
  memory->bytes().front() = 0;
  ASSERT_TRUE(memory->applyImage(image, content.data(), {0, 1}).ok());
  EXPECT_EQ(memory->bytes().front(), 5);
  EXPECT_FALSE(memory->applyImage(image, nullptr, {}).ok());
}

}  // namespace
}  // namespace runtime
