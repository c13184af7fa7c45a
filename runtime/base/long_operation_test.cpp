#include "runtime/base/long_operation.h"

#include <gtest/gtest.h>

#include <cstring>
#include <numeric>
#include <vector>

namespace base {
namespace {

thread_local int pieces = 0;

class LongOperationTest : public ::testing::Test {
 protected:
  LongOperationTest() : bytes_(5 * kPieceBytes) {
    std::iota(bytes_.begin(), bytes_.end(), uint8_t{0});
    for (size_t i = 0; i < bytes_.size(); i += 4096) bytes_[i] = static_cast<uint8_t>(i >> 12);
    pieces = 0;
    onPiece = [] { ++pieces; };
  }
  ~LongOperationTest() override { onPiece = nullptr; }

  // Compares with memmove(3) within the buffer.
  void expectMoved(size_t to, size_t from, size_t size) {
    std::vector<uint8_t> expected = bytes_;
    std::memmove(expected.data() + to, expected.data() + from, size);
    EXPECT_EQ(moveBytes(bytes_.data() + to, bytes_.data() + from, size), bytes_.data() + to);
    EXPECT_TRUE(bytes_ == expected) << to << " " << from << " " << size;
  }

  std::vector<uint8_t> bytes_;
};

TEST_F(LongOperationTest, MovesOverlappingBytes) {
  const size_t size = 3 * kPieceBytes + 77;
  expectMoved(100, 0, size);
  expectMoved(0, 100, size);
  expectMoved(kPieceBytes + 1, 5, size);
  expectMoved(5, kPieceBytes + 1, size);
  expectMoved(9, 9, size);
  EXPECT_EQ(pieces, 5 * 3);
  expectMoved(1, 0, kPieceBytes);
  expectMoved(1, 0, 0);
  EXPECT_EQ(pieces, 5 * 3);
}

TEST_F(LongOperationTest, SetsBytes) {
  std::vector<uint8_t> expected = bytes_;
  std::memset(expected.data() + 3, 0xa5, 2 * kPieceBytes + 1);
  EXPECT_EQ(setBytes(bytes_.data() + 3, 0xa5, 2 * kPieceBytes + 1), bytes_.data() + 3);
  EXPECT_TRUE(bytes_ == expected);
  EXPECT_EQ(pieces, 2);
}

TEST_F(LongOperationTest, FillsElements) {
  std::vector<uint64_t> elements(kPieceBytes / 4 + 2);
  fillElements(elements.data() + 1, elements.size() - 2, uint64_t{7});
  EXPECT_EQ(elements.front() + elements.back(), 0u);
  EXPECT_EQ(std::accumulate(elements.begin(), elements.end(), uint64_t{0}),
            7 * (elements.size() - 2));
  EXPECT_EQ(pieces, 1);
}

}  // namespace
}  // namespace base
