#include "compiler/wasm/binary/encode_instruction.h"

#include <gtest/gtest.h>

#include "compiler/wasm/testing/module_builder.h"

namespace wasm {
namespace {

Cursor cursorOn(const base::Bytes& bytes) {
  return Cursor(bytes, {0, static_cast<uint32_t>(bytes.size())});
}

std::string errorOf(const base::Bytes& bytes) {
  Cursor in = cursorOn(bytes);
  Instruction instruction;
  readInstruction(in, instruction);
  return in.ok() ? "" : in.status("f").error().text();
}

TEST(EncodeInstruction, EveryOpRoundTrips) {
  for (uint16_t number = 0; number < kOpCount; ++number) {
    Instruction expected = sampleInstruction(static_cast<Op>(number));
    base::Bytes bytes;
    writeInstruction(bytes, expected);
    Cursor in = cursorOn(bytes);
    Instruction found;
    readInstruction(in, found);
    EXPECT_TRUE(in.ok() && in.atEnd()) << opcodeInfo(expected.op).text;
    EXPECT_EQ(found, expected) << opcodeInfo(expected.op).text;
  }
}

TEST(EncodeInstruction, EveryTruncationIsAnError) {
  for (uint16_t number = 0; number < kOpCount; ++number) {
    base::Bytes bytes;
    writeInstruction(bytes, sampleInstruction(static_cast<Op>(number)));
    while (!bytes.empty()) {
      bytes.pop_back();
      EXPECT_NE(errorOf(bytes), "") << opcodeInfo(static_cast<Op>(number)).text;
    }
  }
}

TEST(EncodeInstruction, ReusedInstructionKeepsNothing) {
  Instruction instruction;
  for (uint16_t number = 0; number < kOpCount; ++number) {
    base::Bytes bytes;
    writeInstruction(bytes, sampleInstruction(static_cast<Op>(number)));
    Cursor in = cursorOn(bytes);
    readInstruction(in, instruction);
  }
  base::Bytes nop = {0x01};
  Cursor in = cursorOn(nop);
  readInstruction(in, instruction);
  Instruction fresh;
  fresh.op = Op::Nop;
  EXPECT_EQ(instruction, fresh);
}

TEST(EncodeInstruction, IllegalOpcodes) {
  EXPECT_EQ(errorOf({0x27}), "f:0x0: illegal opcode 0x27");
  EXPECT_EQ(errorOf({0xff}), "f:0x0: illegal opcode 0xff");
  EXPECT_EQ(errorOf({0xfb, 0x1f}), "f:0x0: illegal opcode 0xfb 0x1f");
  EXPECT_EQ(errorOf({0xfc, 0x12}), "f:0x0: illegal opcode 0xfc 0x12");
  EXPECT_EQ(errorOf({0xfd, 0xff, 0xff, 0x03}), "f:0x0: illegal opcode 0xfd 0xffff");
}

TEST(EncodeInstruction, OpcodesAfterAPrefixMayBeLong) {
  base::Bytes bytes = {0xfc, 0x80, 0x80, 0x00};
  Cursor in = cursorOn(bytes);
  Instruction instruction;
  readInstruction(in, instruction);
  EXPECT_TRUE(in.ok());
  EXPECT_EQ(instruction.op, Op::I32TruncSatF32S);
}

TEST(EncodeInstruction, MalformedImmediates) {
  EXPECT_EQ(errorOf({0x28, 0x80, 0x01, 0x00}), "f:0x1: malformed memop flags 0x80");
  EXPECT_EQ(errorOf({0xfb, 0x18, 0x04, 0x00, 0x6e, 0x6e}),
            "f:0x2: malformed cast flags 0x04, expected 0 to 3");
  EXPECT_EQ(errorOf({0x1f, 0x40, 0x01, 0x04, 0x00}),
            "f:0x3: malformed catch clause 0x04, expected 0 to 3");
  EXPECT_EQ(errorOf({0xfe, 0x03, 0x01}), "f:0x2: zero byte expected");
  EXPECT_EQ(errorOf({0x02, 0xf0, 0x7f}), "f:0x1: malformed block type");
  EXPECT_EQ(errorOf({0x0e, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x00}),
            "f:0x1: length out of bounds: 4294967295 labels, but only 1 bytes are left");
}

}  // namespace
}  // namespace wasm
