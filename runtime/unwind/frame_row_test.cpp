#include "runtime/unwind/frame_row.h"

#include <gtest/gtest.h>

namespace runtime {
namespace {

using Kind = RegisterRule::Kind;

// The state behind the call of a function.
CfiState entered() {
  CfiState state{.cfaRegister = kDwarfStackPointer, .cfaOffset = 32};
  state.rules[kReturnAddressRule] = {Kind::Saved, -8};
  return state;
}

TEST(FrameRow, HoldsAFrame) {
  CfiState state = entered();
  state.rules[kFramePointer] = {Kind::Saved, -16};
  state.rules.at(kCalleeSaved.size() - 1) = {Kind::Saved, -8 * 0xffff};
  FrameRow row = FrameRow::frame(state).value();
  EXPECT_FALSE(row.isHandler());
  EXPECT_FALSE(row.isFramePointerBased());
  EXPECT_FALSE(row.isReturnSigned());
  EXPECT_EQ(row.cfaOffset(), 32);
  EXPECT_EQ(row.returnOffset(), 8);
  EXPECT_EQ(FrameRow::saveOf(row.saves(0), kFramePointer), 16);
  EXPECT_EQ(FrameRow::saveOf(row.saves(0), 2), 0);
  size_t last = kCalleeSaved.size() - 1;
  EXPECT_EQ(FrameRow::saveOf(row.saves(last / 4), last % 4), 8 * 0xffff);
}

TEST(FrameRow, HoldsFlags) {
  CfiState state = entered();
  state.cfaRegister = kCalleeSaved[kFramePointer];
  state.cfaOffset = 0x7ffffff8;
  state.isReturnSigned = true;
  FrameRow row = FrameRow::frame(state).value();
  EXPECT_TRUE(row.isFramePointerBased());
  EXPECT_TRUE(row.isReturnSigned());
  EXPECT_EQ(row.cfaOffset(), 0x7ffffff8);
}

TEST(FrameRow, RefusesWhatItCannotHold) {
  auto isRefused = [](auto change) {
    CfiState state = entered();
    change(state);
    return !FrameRow::frame(state);
  };
  EXPECT_FALSE(isRefused([](CfiState&) {}));
  EXPECT_TRUE(isRefused([](CfiState& state) { state.isCfaExpression = true; }));
  EXPECT_TRUE(isRefused([](CfiState& state) { state.cfaRegister = kCalleeSaved[2]; }));
  for (int64_t offset : {int64_t{0}, int64_t{-8}, int64_t{12}, int64_t{1} << 31}) {
    EXPECT_TRUE(isRefused([&](CfiState& state) { state.cfaOffset = offset; })) << offset;
  }
  for (int64_t offset : {int64_t{0}, int64_t{8}, int64_t{-12}, int64_t{-8 * 0x10000}}) {
    EXPECT_TRUE(isRefused([&](CfiState& state) {
      state.rules[2] = {Kind::Saved, offset};
    })) << offset;
  }
  EXPECT_TRUE(isRefused([](CfiState& state) { state.rules[2].kind = Kind::Unsupported; }));
  EXPECT_TRUE(
      isRefused([](CfiState& state) { state.rules[kStackPointerRule].kind = Kind::Unsupported; }));
  EXPECT_TRUE(isRefused([](CfiState& state) { state.rules[kReturnAddressRule] = {}; }));
}

TEST(FrameRow, HoldsAHandler) {
  constexpr int64_t kLimit = int64_t{1} << 31;
  for (int64_t distance : {int64_t{0}, int64_t{1}, int64_t{-1}, kLimit - 1, 1 - kLimit}) {
    FrameRow row = FrameRow::handler(distance, 16).value();
    EXPECT_TRUE(row.isHandler());
    EXPECT_EQ(row.pad(kLimit * 2), static_cast<uint64_t>(kLimit * 2 + distance));
    EXPECT_EQ(row.argumentBytes(), 16);
  }
  EXPECT_FALSE(FrameRow::handler(kLimit, 0));
  EXPECT_FALSE(FrameRow::handler(-kLimit, 0));
  EXPECT_FALSE(FrameRow::handler(0, uint64_t{1} << 32));
}

}  // namespace
}  // namespace runtime
