#include "runtime/unwind/cfi_program.h"

#include <gtest/gtest.h>

#include <random>

#include "runtime/fixture/guarded_bytes.h"
#include "runtime/unwind/frame_row.h"

namespace runtime {
namespace {

using base::Bytes;
using Kind = RegisterRule::Kind;

constexpr uint8_t kFp = kCalleeSaved[kFramePointer];
constexpr uint8_t kOther = kCalleeSaved[2];
constexpr uint64_t kStart = 0x1000;

Bytes operator+(Bytes left, const Bytes& right) {
  base::append(left, right);
  return left;
}

// CFA = sp + 8, and on x86-64 the return address at CFA - 8.
Bytes initialProgram() {
  Bytes program = {0x0c, kDwarfStackPointer, 8};
  if (kReturnAddressRule >= kCalleeSaved.size()) base::append(program, Bytes{0x80 | 16, 1});
  return program;
}

std::optional<CfiState> run(const Bytes& program, uint64_t target = 0x100) {
  const CfiFactors factors{.code = 1, .data = -8, .pointerEncoding = 0x03};
  Bytes initial = initialProgram();
  return runCfi(factors, TableReader(initial), TableReader(program), kStart, target);
}

void expectCfa(const Bytes& program, uint64_t number, int64_t offset, uint64_t target = 0x100) {
  std::optional<CfiState> state = run(program, target);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->cfaRegister, number);
  EXPECT_EQ(state->cfaOffset, offset);
  EXPECT_FALSE(state->isCfaExpression);
}

void expectRule(const Bytes& program, Kind kind, int64_t offset = 0, size_t index = 2) {
  std::optional<CfiState> state = run(program);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->rules[index].kind, kind);
  EXPECT_EQ(state->rules[index].offset, offset);
}

TEST(CfiProgram, DefinesTheCfa) {
  expectCfa({}, kDwarfStackPointer, 8);
  expectCfa({0x0c, kFp, 16}, kFp, 16);                     // def_cfa
  expectCfa({0x0d, kFp}, kFp, 8);                          // def_cfa_register
  expectCfa({0x0e, 0x90, 0x01}, kDwarfStackPointer, 144);  // def_cfa_offset
  expectCfa({0x12, kFp, 0x7e}, kFp, 16);                   // def_cfa_sf
  expectCfa({0x13, 0x7d}, kDwarfStackPointer, 24);         // def_cfa_offset_sf
  expectCfa({0x0f, 2, 0, 0, 0x0c, kFp, 16}, kFp, 16);      // def_cfa_expression, def_cfa
  EXPECT_TRUE(run({0x0f, 2, 0x77, 8})->isCfaExpression);
  EXPECT_TRUE(run({0x0f, 1, 0x96, 0x0e, 8})->isCfaExpression);
}

TEST(CfiProgram, AdvancesToTheTarget) {
  const Bytes change = {0x0e, 16};
  for (const Bytes& advance : {Bytes{0x45}, Bytes{0x02, 5}, Bytes{0x03, 5, 0},
                               Bytes{0x04, 5, 0, 0, 0}, Bytes{0x01, 0x05, 0x10, 0, 0}}) {
    expectCfa(advance + change, kDwarfStackPointer, 8, 4);
    expectCfa(advance + change, kDwarfStackPointer, 16, 5);
    expectCfa(advance + change, kDwarfStackPointer, 16, 6);
  }
  const CfiFactors factors{.code = 4, .data = -8};
  const Bytes program = {0x41, 0x0e, 16};
  Bytes initial = initialProgram();
  auto offsetAt = [&](uint64_t target) {
    return runCfi(factors, TableReader(initial), TableReader(program), kStart, target)->cfaOffset;
  };
  EXPECT_EQ(offsetAt(3), 8);
  EXPECT_EQ(offsetAt(4), 16);
}

TEST(CfiProgram, SetsRules) {
  expectRule({}, Kind::Unchanged);
  expectRule({0x80 | kOther, 3}, Kind::Saved, -24);               // offset
  expectRule({0x05, kOther, 3}, Kind::Saved, -24);                // offset_extended
  expectRule({0x11, kOther, 0x7d}, Kind::Saved, 24);              // offset_extended_sf
  expectRule({0x2f, kOther, 3}, Kind::Saved, 24);                 // GNU_negative_offset_extended
  expectRule({0x80 | kOther, 3, 0x08, kOther}, Kind::Unchanged);  // same_value
  expectRule({0x80 | kOther, 3, 0x07, kOther}, Kind::Unchanged);  // undefined
  expectRule({0x07, kDwarfReturnAddress}, Kind::Unsupported, 0, kReturnAddressRule);
  expectRule({0x09, kOther, kFp}, Kind::Unsupported);              // register
  expectRule({0x10, kOther, 2, 0x77, 0}, Kind::Unsupported);       // expression
  expectRule({0x14, kOther, 1}, Kind::Unsupported);                // val_offset
  expectRule({0x15, kOther, 0x7f}, Kind::Unsupported);             // val_offset_sf
  expectRule({0x16, kOther, 1, 0x77}, Kind::Unsupported);          // val_expression
  expectRule({0x80 | kOther, 3, 0xc0 | kOther}, Kind::Unchanged);  // restore
  expectRule({0x80 | kOther, 3, 0x06, kOther}, Kind::Unchanged);   // restore_extended
  expectRule({0x14, kDwarfStackPointer, 1}, Kind::Unsupported, 0, kStackPointerRule);
  expectRule({0x05, 33, 1}, Kind::Unchanged);  // of a register that calls do not preserve
}

TEST(CfiProgram, RestoresTheInitialRule) {
  Bytes initial = initialProgram() + Bytes{0x80 | kOther, 2};
  const Bytes program = {0x80 | kOther, 3, 0xc0 | kOther};
  auto state = runCfi({.code = 1, .data = -8}, TableReader(initial), TableReader(program), 0, 1);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->rules[2].offset, -16);
}

TEST(CfiProgram, RemembersStates) {
  const Bytes program = {0x0a, 0x0e, 16, 0x80 | kOther, 3, 0x0a, 0x0e, 24, 0x41, 0x0b, 0x41, 0x0b};
  expectCfa(program, kDwarfStackPointer, 24, 0);
  expectCfa(program, kDwarfStackPointer, 16, 1);
  expectCfa(program, kDwarfStackPointer, 8, 2);
  expectRule(program, Kind::Unchanged);
  EXPECT_FALSE(run({0x0b}));
  EXPECT_FALSE(run(Bytes(1000, 0x0a)));
}

TEST(CfiProgram, KnowsExtensions) {
  EXPECT_EQ(run({0x2e, 16})->argumentBytes, 16);
  for (uint8_t opcode : {0x17, 0x1c, 0x1d, 0x2c, 0x30, 0x3f})
    EXPECT_FALSE(run({opcode, 1, 1})) << int{opcode};
}

TEST(CfiProgram, KnowsSignedReturnAddresses) {
#if defined(__aarch64__)
  EXPECT_TRUE(run({0x2d}).value().isReturnSigned);
  EXPECT_FALSE(run({0x2d, 0x2d}).value().isReturnSigned);
#else
  EXPECT_FALSE(run({0x2d}));
#endif
}

// Programs with every instruction, whose operands end with the program.
const std::vector<Bytes>& instructions() {
  static const std::vector<Bytes> all = {{0x01, 0x05, 0x10, 0, 0},
                                         {0x02, 5},
                                         {0x03, 5, 0},
                                         {0x04, 5, 0, 0, 0},
                                         {0x05, kOther, 0x81, 0},
                                         {0x06, kOther},
                                         {0x07, kOther},
                                         {0x08, kOther},
                                         {0x09, kOther, 0x81, 0},
                                         {0x0c, kFp, 0x90, 1},
                                         {0x0d, kFp},
                                         {0x0e, 0x90, 1},
                                         {0x0f, 2, 0x77, 8},
                                         {0x10, kOther, 1, 0},
                                         {0x11, kOther, 1},
                                         {0x12, kFp, 0x7e},
                                         {0x13, 0x7d},
                                         {0x14, kOther, 1},
                                         {0x15, kOther, 1},
                                         {0x16, kOther, 1, 0},
                                         {0x2e, 0x90, 1},
                                         {0x2f, kOther, 1},
                                         {0x80 | kOther, 0x81, 0}};
  return all;
}

TEST(CfiProgram, RefusesTruncation) {
  fixture::GuardedBytes memory(64);
  Bytes initial = initialProgram();
  for (const Bytes& instruction : instructions()) {
    EXPECT_TRUE(run(instruction)) << int{instruction[0]};
    for (size_t size = 1; size < instruction.size(); ++size) {
      TableReader program(memory.copy(base::ByteView(instruction).first(size)));
      EXPECT_FALSE(
          runCfi({.data = -8, .pointerEncoding = 3}, TableReader(initial), program, kStart, 0x100))
          << int{instruction[0]} << " of " << size;
    }
  }
}

TEST(CfiProgram, SurvivesAnyBytes) {
  fixture::GuardedBytes memory(64);
  std::mt19937 random(1);
  Bytes initial = initialProgram();
  for (int round = 0; round < 50000; ++round) {
    Bytes bytes(random() % 40);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
    CfiFactors factors{random(), static_cast<int64_t>(random()) - (1 << 30),
                       static_cast<uint8_t>(random())};
    auto state = runCfi(factors, TableReader(initial), TableReader(memory.copy(bytes)), kStart, 20);
    if (state) FrameRow::frame(*state);
  }
}

}  // namespace
}  // namespace runtime
