#include "runtime/memory/pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <thread>

#include "runtime/base/memory_file.h"
#include "runtime/fixture/module_builder.h"

namespace runtime {
namespace {

constexpr uint64_t kPage = abi::kPageSize;
constexpr uint64_t kInitial = 32 * kPage;
constexpr uint64_t kImageAt = 2 * kPage;
constexpr uint64_t kImageSize = 8 * kPage;

base::Bytes makeImage() {
  base::Bytes image(kImageSize, 0);
  for (size_t i = 0; i < image.size(); ++i) image[i] = static_cast<uint8_t>(1 + i % 251);
  return image;
}

class MemoryPoolTest : public ::testing::Test {
 protected:
  Reservation make() {
    Reservation made =
        Reservation::create(fixture::memoryType(kInitial / kPage), 1000 * kPage).value();
    EXPECT_TRUE(made.commit(kInitial).ok());
    EXPECT_TRUE(made.mapImage(kImageAt, file.descriptor(), 0, image).ok());
    return made;
  }

  bool isAsAtFirst(const Reservation& reservation) {
    base::Bytes expected(kInitial, 0);
    std::ranges::copy(image, expected.begin() + kImageAt);
    return reservation.accessibleBytes() == kInitial &&
           std::memcmp(reservation.base(), expected.data(), kInitial) == 0;
  }

  // Gives a reservation that `use` has changed, and takes it again.
  void reuse(void (*use)(Reservation&)) {
    Reservation made = make();
    uint8_t* base = made.base();
    use(made);
    pool.give(std::move(made), kInitial);
    std::optional<Reservation> taken = pool.take();
    ASSERT_TRUE(taken.has_value());
    EXPECT_EQ(taken->base(), base);
    EXPECT_TRUE(isAsAtFirst(*taken));
  }

  base::Bytes image = makeImage();
  base::MemoryFile file = base::MemoryFile::create("image", image).value();
  MemoryPool pool{nullptr};
};

TEST_F(MemoryPoolTest, IsEmptyWithoutCapacity) {
  pool.give(make(), kInitial);
  EXPECT_FALSE(pool.take().has_value());
}

TEST_F(MemoryPoolTest, HoldsUpToItsCapacity) {
  pool.setCapacity(2);
  for (int i = 0; i < 3; ++i) pool.give(make(), kInitial);
  EXPECT_TRUE(pool.take().has_value());
  EXPECT_TRUE(pool.take().has_value());
  EXPECT_FALSE(pool.take().has_value());
  pool.give(make(), kInitial);
  pool.setCapacity(0);
  EXPECT_FALSE(pool.take().has_value());
}

TEST_F(MemoryPoolTest, RestoresFewPages) {
  pool.setCapacity(1);
  reuse([](Reservation&) {});
  reuse([](Reservation& used) {
    for (uint64_t at : {uint64_t{0}, kImageAt - 1, kImageAt, kImageAt + kImageSize - 1,
                        kImageAt + kImageSize, kInitial - 1}) {
      used.base()[at] ^= 0xff;
    }
  });
}

TEST_F(MemoryPoolTest, RestoresManyPages) {
  pool.setCapacity(1);
  reuse([](Reservation& used) { std::memset(used.base(), 0xee, kInitial); });
  reuse([](Reservation& used) {
    for (uint64_t at = 0; at < kInitial; at += 8192) used.base()[at] = 0xee;
  });
}

TEST_F(MemoryPoolTest, RestoresTheSize) {
  pool.setCapacity(1);
  reuse([](Reservation& used) {
    ASSERT_TRUE(used.grow(kInitial, 100 * kPage).ok());
    std::memset(used.base(), 0xee, 100 * kPage);
  });
  // The bytes that were in use are zero when the memory grows again.
  pool.give(make(), kInitial);
  Reservation taken = *pool.take();
  ASSERT_TRUE(taken.grow(kInitial, 100 * kPage).ok());
  EXPECT_TRUE(std::all_of(taken.base() + kInitial, taken.base() + 100 * kPage,
                          [](uint8_t byte) { return byte == 0; }));
}

TEST_F(MemoryPoolTest, MayBeUsedByManyThreads) {
  pool.setCapacity(2);
  auto work = [this] {
    for (int i = 0; i < 200; ++i) {
      std::optional<Reservation> mine = pool.take();
      if (!mine) mine.emplace(make());
      ASSERT_TRUE(isAsAtFirst(*mine));
      std::memset(mine->base() + kImageAt - 8, i + 1, 16);
      pool.give(std::move(*mine), kInitial);
    }
  };
  std::thread other(work);
  work();
  other.join();
}

}  // namespace
}  // namespace runtime
