#include "compiler/wasm/binary/instruction_reader.h"

#include <gtest/gtest.h>

namespace wasm {
namespace {

Module moduleOn(const base::Bytes& bytes) {
  Module module;
  module.fileName = "a.wasm";
  module.bytes = bytes;
  return module;
}

TEST(InstructionReader, StepsThroughARange) {
  base::Bytes bytes = {0xff, 0x41, 0x2a, 0x1a, 0x0b, 0xff};
  Module module = moduleOn(bytes);
  InstructionReader reader(module, {1, 5});
  Instruction instruction;

  ASSERT_TRUE(reader.next(instruction).ok());
  EXPECT_EQ(instruction.op, Op::I32Const);
  EXPECT_EQ(instruction.offset, 1u);
  EXPECT_EQ(instruction.bits, 42u);
  EXPECT_EQ(reader.offset(), 3u);

  ASSERT_TRUE(reader.next(instruction).ok());
  EXPECT_EQ(instruction.op, Op::Drop);
  EXPECT_EQ(instruction.bits, 0u);
  EXPECT_FALSE(reader.atEnd());

  ASSERT_TRUE(reader.next(instruction).ok());
  EXPECT_EQ(instruction.op, Op::End);
  EXPECT_TRUE(reader.atEnd());
}

TEST(InstructionReader, ErrorsNameFileAndOffset) {
  base::Bytes bytes = {0x01, 0x27};
  Module module = moduleOn(bytes);
  InstructionReader reader(module, {0, 2});
  Instruction instruction;
  ASSERT_TRUE(reader.next(instruction).ok());
  base::Result<void> result = reader.next(instruction);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().where, "a.wasm:0x1");
  EXPECT_EQ(result.error().message, "illegal opcode 0x27");
}

TEST(InstructionReader, ReadsNothingBehindItsRange) {
  base::Bytes bytes = {0x41, 0x80, 0x01};
  Module module = moduleOn(bytes);
  InstructionReader reader(module, {0, 2});
  Instruction instruction;
  base::Result<void> result = reader.next(instruction);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().text(), "a.wasm:0x2: unexpected end, expected a signed integer");
}

}  // namespace
}  // namespace wasm
