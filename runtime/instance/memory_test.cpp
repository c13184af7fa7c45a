#include "runtime/instance/memory.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "runtime/fixture/module_builder.h"

namespace runtime {
namespace {

constexpr uint64_t kPage = abi::kPageSize;

class MemoryTest : public ::testing::Test {
 protected:
  Budget budget{Limits{}};
};

bool isZero(std::span<const uint8_t> bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte == 0; });
}

TEST_F(MemoryTest, GrowsUpToItsMaximum) {
  auto memory = Memory::create(fixture::memoryType(1, 3), budget).value();
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

TEST_F(MemoryTest, Reaches4GiBAndNoMore) {
  auto memory = Memory::create(fixture::memoryType(65536), budget).value();
  memory->bytes().back() = 1;
  EXPECT_EQ(memory->grow(1), std::nullopt);
  EXPECT_EQ(memory->grow(0), 65536u);
  auto tooLarge = Memory::create(fixture::memoryType(65537), budget);
  ASSERT_FALSE(tooLarge.ok());
  EXPECT_EQ(tooLarge.error().text(),
            "cannot reserve a memory of 65537 pages: no memory of its type is so large");
}

TEST_F(MemoryTest, DoesNotGrowToTheLastPageBelow4GiB) {
  auto memory = Memory::create(fixture::memoryType(1), budget).value();
  EXPECT_EQ(memory->grow(65535), std::nullopt);
  EXPECT_EQ(memory->grow(65534), 1u);
  EXPECT_EQ(memory->grow(1), std::nullopt);
}

TEST_F(MemoryTest, GuardsItsReservation) {
  auto memory = Memory::create(fixture::memoryType(1), budget).value();
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

TEST_F(MemoryTest, With64BitIndexIsBoundedByItsMaximum) {
  abi::MemoryType type = fixture::memoryType(1, 2);
  type.flags |= abi::kIndex64;
  auto memory = Memory::create(type, budget).value();
  EXPECT_EQ(memory->grow(1), 1u);
  EXPECT_EQ(memory->grow(1), std::nullopt);
  memory->bytes().back() = 1;

  type.max = uint64_t{1} << 48;
  memory = Memory::create(type, budget).value();
  EXPECT_EQ(memory->grow((uint64_t{1} << 48) - 1), std::nullopt);

  type.min = uint64_t{1} << 40;
  EXPECT_FALSE(Memory::create(type, budget).ok());
}

abi::MemoryType inBytes(abi::MemoryType type) {
  type.pageSizeLog2 = 0;
  return type;
}

TEST_F(MemoryTest, GrowsByBytes) {
  auto memory = Memory::create(inBytes(fixture::memoryType(10, 70000)), budget).value();
  EXPECT_EQ(memory->byteSize(), 10u);
  EXPECT_EQ(memory->pages(), 10u);
  EXPECT_EQ(memory->grow(69991), std::nullopt);
  EXPECT_EQ(memory->grow(69990), 10u);
  EXPECT_EQ(memory->bytes().size(), 70000u);
  EXPECT_TRUE(isZero(memory->bytes()));
  EXPECT_EQ(memory->grow(1), std::nullopt);
  EXPECT_EQ(memory->currentType().min, 70000u);
}

// The size must fit the 32-bit result of memory.size.
TEST_F(MemoryTest, OfBytesReachesOneLessThan4GiB) {
  auto memory = Memory::create(inBytes(fixture::memoryType(0xfffffffe)), budget).value();
  EXPECT_EQ(memory->grow(2), std::nullopt);
  EXPECT_EQ(memory->grow(1), 0xfffffffe);
  EXPECT_EQ(memory->grow(1), std::nullopt);
  memory->bytes().back() = 1;
}

TEST_F(MemoryTest, OfBytesReservesNoMoreThanItsMaximum) {
  auto memory = Memory::create(inBytes(fixture::memoryType(10, 20)), budget).value();
  EXPECT_TRUE(memory->guards(memory->base() + 10));
  EXPECT_FALSE(memory->guards(memory->base() + (uint64_t{1} << 20)));
}

TEST_F(MemoryTest, OfBytesWith64BitIndexDoesNotWrap) {
  abi::MemoryType type = inBytes(fixture::memoryType(10, UINT64_MAX));
  type.flags |= abi::kIndex64;
  auto memory = Memory::create(type, budget).value();
  EXPECT_EQ(memory->grow(UINT64_MAX), std::nullopt);
  EXPECT_EQ(memory->grow(UINT64_MAX - 10), std::nullopt);
  EXPECT_EQ(memory->grow(1), 10u);
  type.min = UINT64_MAX;
  EXPECT_FALSE(Memory::create(type, budget).ok());
}

abi::MemoryType checkedType(uint64_t min) {
  abi::MemoryType type = fixture::memoryType(min);
  type.flags |= abi::kChecked;
  return type;
}

uint64_t addressSpace() {
  std::ifstream file("/proc/self/statm");
  uint64_t pages = 0;
  file >> pages;
  return pages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

TEST_F(MemoryTest, CheckedByCodeTakesWhatItHasAndGrowsInPlace) {
  uint64_t before = addressSpace();
  auto memory = Memory::create(checkedType(1), budget).value();
  EXPECT_LT(addressSpace() - before, uint64_t{1} << 20);
  uint8_t* base = memory->base();
  base[0] = 7;
  for (uint64_t pages = 1; pages < 1000; pages += 111) EXPECT_EQ(memory->grow(111), pages);
  EXPECT_EQ(memory->base(), base);
  EXPECT_EQ(base[0], 7);
  memory->bytes().back() = 1;
  EXPECT_TRUE(memory->guards(base + memory->byteSize()));
  EXPECT_TRUE(memory->guards(base - 1));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// Runs a function with 1 GiB of free address space, as `ulimit -v` limits it. Called in a child
// process, since the limit cannot be raised again.
int withLittleAddressSpace(int (*run)()) {
  uint64_t most = addressSpace() + (uint64_t{1} << 30);
  struct rlimit limit {
    most, most
  };
  return ::setrlimit(RLIMIT_AS, &limit) == 0 ? run() : 100;
}

int makeCheckedMemories() {
  Budget budget{Limits{}};
  std::vector<std::unique_ptr<Memory>> memories;
  for (int i = 0; i < 20; ++i) {
    auto memory = Memory::create(checkedType(1), budget);
    if (!memory.ok() || !(*memory)->grow(100)) return 1;
    (*memory)->bytes().back() = 1;
    memories.push_back(std::move(*memory));
  }
  return memories.front()->grow(uint64_t{1} << 15).has_value() ? 2 : 0;  // 2 GiB
}

int makeGuardedMemory() {
  Budget budget{Limits{}};
  auto memory = Memory::create(fixture::memoryType(1), budget);
  if (memory.ok()) return 1;
  std::fputs(memory.error().text().c_str(), stderr);
  return 0;
}

TEST(MemoryDeathTest, CheckedByCodeLivesInLittleAddressSpace) {
  EXPECT_EXIT(std::_Exit(withLittleAddressSpace(makeCheckedMemories)), ::testing::ExitedWithCode(0),
              "");
}

TEST(MemoryDeathTest, GuardedTellsWhatItTakesAndWhatHelps) {
  EXPECT_EXIT(std::_Exit(withLittleAddressSpace(makeGuardedMemory)), ::testing::ExitedWithCode(0),
              "memory of 1 pages: that takes 8590065664 bytes of address space, of which "
              "`ulimit -v` allows this process [0-9]+ in all.*--bounds=explicit");
}
#endif

TEST(MemoryLimit, HoldsForAllMemoriesTogether) {
  Budget budget{Limits{.memoryBytes = 10 * kPage}};
  auto first = Memory::create(fixture::memoryType(4), budget).value();
  auto second = Memory::create(fixture::memoryType(4), budget).value();
  EXPECT_EQ(first->grow(3), std::nullopt);
  EXPECT_EQ(first->grow(2), 4u);
  EXPECT_EQ(second->grow(1), std::nullopt);
  auto third = Memory::create(fixture::memoryType(1), budget);
  ASSERT_FALSE(third.ok());
  EXPECT_EQ(third.error().text(),
            "cannot reserve a memory of 1 pages: 65536 bytes of memory on top of 655360 exceed the "
            "limit of 655360, which is set by StoreOptions::limits.memoryBytes (wasmrun "
            "--max-memory, in C WASM2OBJ_LIMIT_MEMORY_BYTES)");
  first.reset();
  EXPECT_EQ(second->grow(6), 4u);
}

TEST(MemoryLimit, OfTheHostHoldsToo) {
  Budget budget{Limits{.hostBytes = 2 * kPage}};
  auto memory = Memory::create(fixture::memoryType(1), budget).value();
  EXPECT_EQ(memory->grow(2), std::nullopt);
  EXPECT_EQ(memory->grow(1), 1u);
}

TEST_F(MemoryTest, ImageIsMappedCopyOnWrite) {
  int fd = ::memfd_create("image", MFD_CLOEXEC);
  ASSERT_GE(fd, 0);
  base::Bytes content(2 * kPage, 0);
  for (size_t i = 0; i < content.size(); ++i) content[i] = static_cast<uint8_t>(i >> 8);
  ASSERT_EQ(::write(fd, content.data(), content.size()), static_cast<ssize_t>(content.size()));

  abi::Memory image{fixture::memoryType(3), kPage, kPage, kPage};
  for (int round = 0; round < 2; ++round) {
    auto memory = Memory::create(image.type, budget).value();
    ASSERT_TRUE(memory->applyImage(image, {content.data(), fd}).ok());
    EXPECT_TRUE(isZero(memory->bytes().first(kPage)));
    EXPECT_TRUE(std::equal(content.begin() + kPage, content.end(), memory->base() + kPage));
    EXPECT_TRUE(isZero(memory->bytes().last(kPage)));
    memory->bytes()[kPage] ^= 0xff;
  }
  ::close(fd);
}

TEST_F(MemoryTest, ImageIsTakenWhereItIsGivenAway) {
  constexpr size_t kSize = 3 * kPage;
  void* mapped = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(mapped, MAP_FAILED);
  auto* bytes = static_cast<uint8_t*>(mapped);
  std::memset(bytes, 7, kSize);
  ASSERT_EQ(::mprotect(mapped, kSize, PROT_READ), 0);
  abi::Memory image{fixture::memoryType(3, 4), kPage, kPage, kPage};
  {
    auto memory = Memory::create(image.type, budget).value();
    ASSERT_TRUE(memory->applyImage(image, {.bytes = bytes, .isGivenAway = true}).ok());
    EXPECT_TRUE(isZero(memory->bytes().first(kPage)));
    EXPECT_TRUE(std::ranges::all_of(memory->bytes().subspan(kPage, kPage),
                                    [](uint8_t byte) { return byte == 7; }));
    EXPECT_TRUE(isZero(memory->bytes().last(kPage)));
    memory->bytes()[kPage] = 8;
    EXPECT_EQ(memory->grow(1), 3u);
    memory->bytes()[3 * kPage] = 9;
  }
  // What was not taken is as it was, and nothing else has been mapped in between.
  EXPECT_EQ(bytes[kPage - 1], 7);
  EXPECT_EQ(bytes[2 * kPage], 7);
  EXPECT_EQ(::munmap(mapped, kSize), 0);
}

TEST_F(MemoryTest, ImageIsCopiedWhereItCannotBeMapped) {
  base::Bytes content(2 * kPage, 5);
  abi::Memory image{fixture::memoryType(1), kPage, 0, kPage};
  auto memory = Memory::create(image.type, budget).value();
  ASSERT_TRUE(memory->applyImage(image, {content.data()}).ok());
  EXPECT_EQ(memory->bytes().front(), 5);
  EXPECT_EQ(memory->bytes().back(), 5);
  // An offset that is not a multiple of the page size prevents mapping.
  image.imageOffset = kPage - 1;
  memory->bytes().front() = 0;
  ASSERT_TRUE(memory->applyImage(image, {content.data(), 0}).ok());
  EXPECT_EQ(memory->bytes().front(), 5);
  EXPECT_FALSE(memory->applyImage(image, {nullptr}).ok());
}

abi::MemoryType sharedType(uint64_t min, uint64_t max, uint32_t flags = 0) {
  abi::MemoryType type = fixture::memoryType(min, max);
  type.flags |= abi::kShared | flags;
  return type;
}

std::shared_ptr<Memory> createShared(const abi::MemoryType& type, const Limits& limits = {}) {
  return Memory::createShared(type, std::make_shared<Account>(limits)).value();
}

TEST(SharedMemoryTest, GrowsUpToItsMaximum) {
  auto memory = createShared(sharedType(1, 3));
  EXPECT_TRUE(memory->isShared());
  EXPECT_EQ(memory->grow(2), 1u);
  EXPECT_EQ(memory->grow(1), std::nullopt);
  EXPECT_EQ(memory->currentType().min, 3u);
}

TEST(SharedMemoryTest, GuardsAllOfItsReservation) {
  auto memory = createShared(sharedType(1, 3));
  EXPECT_TRUE(memory->guards(memory->base()));
  EXPECT_TRUE(memory->guards(memory->base() + abi::kReserved32 - 1));
  EXPECT_FALSE(memory->guards(memory->base() + abi::kReserved32));
}

TEST(SharedMemoryTest, WithCheckedBoundsHasAllAddressesFromTheStart) {
  auto memory = createShared(sharedType(1, 300, abi::kChecked));
  uint8_t* end = memory->base() + 300 * kPage;
  EXPECT_TRUE(memory->guards(end - 1));
  EXPECT_EQ(::msync(end - kPage, kPage, MS_ASYNC), 0);  // fails where nothing is mapped
  EXPECT_EQ(memory->grow(299), 1u);
  memory->bytes().back() = 1;
}

TEST(SharedMemoryTest, IsCountedOnceAndGivenBack) {
  auto account = std::make_shared<Account>(Limits{.memoryBytes = 10 * kPage});
  {
    auto memory = Memory::createShared(sharedType(4, 20), account).value();
    EXPECT_FALSE(Memory::createShared(sharedType(7, 20), account).ok());
    EXPECT_EQ(memory->grow(7), std::nullopt);
    EXPECT_EQ(memory->grow(6), 4u);
  }
  EXPECT_TRUE(Memory::createShared(sharedType(10, 20), account).ok());
}

// Every size that a thread sees is accessible.
TEST(SharedMemoryTest, ThreadsGrowItAtTheSameTime) {
  constexpr uint64_t kMost = 4000;
  constexpr int kThreads = 4;
  auto memory = createShared(sharedType(0, kMost));
  std::atomic<uint64_t> grown = 0;
  auto work = [&] {
    while (auto old = memory->grow(1)) {
      ++grown;
      std::span<uint8_t> bytes = memory->bytes();
      EXPECT_GE(bytes.size(), (*old + 1) * kPage);
      __atomic_store_n(&bytes.back(), uint8_t{1}, __ATOMIC_RELAXED);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(grown, kMost);
  EXPECT_EQ(memory->pages(), kMost);
}

}  // namespace
}  // namespace runtime
