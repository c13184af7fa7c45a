#include "compiler/wasm/validate/code_validator.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/wasm/binary/encode_instruction.h"
#include "compiler/wasm/testing/playground.h"

namespace wasm {
namespace {

constexpr uint8_t kEnd = 0x0b;

// The types of a signature when memory 0 and table 0 are named; nothing if it has others than
// numbers and vectors.
std::optional<ValueTypes> typesOf(std::span<const SignatureType> signature) {
  ValueTypes types;
  for (SignatureType type : signature) {
    bool isIndex = type == SignatureType::MemoryIndex || type == SignatureType::SecondMemoryIndex ||
                   type == SignatureType::TableIndex || type == SignatureType::SecondTableIndex;
    ValueType plain = isIndex ? kI32 : fixedType(type);
    if (plain.kind > ValueKind::V128) return std::nullopt;
    types.push_back(plain);
  }
  return types;
}

struct PlainOp {
  Op op;
  ValueTypes operands;
  ValueTypes results;
  base::Bytes code;  // reads the parameters and applies the instruction
};

// Returns all instructions whose signature has only such letters, applied to the function's
// parameters.
std::vector<PlainOp> plainOps() {
  std::vector<PlainOp> out;
  for (uint16_t number = 0; number < kOpCount; ++number) {
    Op op = static_cast<Op>(number);
    const OpcodeInfo& info = opcodeInfo(op);
    if (info.signature.isSpecial) continue;
    auto operands = typesOf(info.signature.operands());
    auto results = typesOf(info.signature.results());
    if (!operands || !results) continue;
    PlainOp item{op, *operands, *results, {}};
    for (uint8_t i = 0; i < operands->size(); ++i) base::append(item.code, base::Bytes{0x20, i});
    Instruction instruction = sampleInstruction(op);
    instruction.index = instruction.index2 = 0;
    instruction.align = info.naturalAlign;
    writeInstruction(item.code, instruction);
    out.push_back(std::move(item));
  }
  return out;
}

TEST(CodeValidator, EveryPlainInstructionTakesItsSignature) {
  EXPECT_GT(plainOps().size(), kOpCount * 8u / 10);
  for (const PlainOp& item : plainOps()) {
    EXPECT_EQ(validateCode(item.operands, item.results, item.code), "") << opcodeInfo(item.op).text;
  }
}

TEST(CodeValidator, EveryPlainInstructionRefusesOtherOperands) {
  for (const PlainOp& item : plainOps()) {
    std::string_view name = opcodeInfo(item.op).text;
    for (size_t i = 0; i < item.operands.size(); ++i) {
      ValueTypes params = item.operands;
      params[i] = params[i] == kF32 ? kF64 : kF32;
      EXPECT_EQ(
          validateCode(params, item.results, item.code),
          fmt::format("{} expects {}, found {}", name, text(item.operands[i]), text(params[i])));
    }
    if (item.operands.empty()) continue;
    // The same code without its first operand.
    base::Bytes code(item.code.begin() + 2, item.code.end());
    EXPECT_EQ(validateCode(item.operands, item.results, code),
              fmt::format("{} expects {}, found nothing", name, text(item.operands[0])));
  }
}

TEST(CodeValidator, EveryPlainInstructionIsValidInUnreachableCode) {
  EXPECT_EQ(validateBytes(everyInstructionModule()), "");
}

const CodeCase kCases[] = {
    {"unknown local", {kI32}, {}, {0x20, 1, 0x1a}, "unknown local 1"},
    {"local.tee keeps the type", {kI32}, {kI32}, {0x20, 0, 0x22, 0}, ""},
    {"local.set of another type",
     {kI32},
     {},
     {0x42, 0, 0x21, 0},
     "local.set expects i32, found i64"},
    {"unknown global", {}, {}, {0x23, 2, 0x1a}, "unknown global 2"},
    {"global.get", {}, {kI64}, {0x23, 1}, ""},
    {"global.set", {}, {}, {0x42, 1, 0x24, 1}, ""},
    {"global.set of an immutable one", {}, {}, {0x41, 1, 0x24, 0}, "immutable global 0 is set"},
    {"unknown memory", {kI32}, {kI32}, {0x20, 0, 0x28, 0x42, 2, 0}, "unknown memory 2"},
    {"64-bit memory", {kI64}, {kI32}, {0x20, 0, 0x28, 0x42, 1, 0}, ""},
    {"64-bit memory by i32",
     {kI32},
     {kI32},
     {0x20, 0, 0x28, 0x42, 1, 0},
     "i32.load expects i64, found i32"},
    {"offset of 33 bits",
     {kI32},
     {kI32},
     {0x20, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x10},
     "offset out of range: 0x100000000, expected 32 bits"},
    {"offset of 33 bits in 64-bit memory",
     {kI64},
     {kI32},
     {0x20, 0, 0x28, 0x42, 1, 0x80, 0x80, 0x80, 0x80, 0x10},
     ""},
    {"alignment",
     {kI32},
     {kI32},
     {0x20, 0, 0x28, 3, 0},
     "alignment must not be larger than natural: i32.load aligned to 2^3, at most 2^2"},
    {"small alignment of an atomic",
     {kI32},
     {kI32},
     {0x20, 0, 0xfe, 0x10, 1, 0},
     "atomic alignment must be natural: i32.atomic.load aligned to 2^1, expected 2^2"},
    {"lane", {kV128}, {kI32}, {0x20, 0, 0xfd, 27, 4}, "invalid lane index 4, expected less than 4"},
    {"shuffle lane",
     {kV128},
     {kV128},
     {0x20, 0, 0x20, 0, 0xfd, 13, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
     "invalid lane index 32, expected less than 32"},
    {"memory.copy to 64-bit memory",
     {kI32, kI64},
     {},
     {0x20, 1, 0x20, 0, 0x20, 0, 0xfc, 10, 1, 0},
     ""},
    {"memory.copy with a long length",
     {kI32, kI64},
     {},
     {0x20, 1, 0x20, 0, 0x20, 1, 0xfc, 10, 1, 0},
     "memory.copy expects i32, found i64"},
    {"memory.copy in 64-bit memory", {kI64}, {}, {0x20, 0, 0x20, 0, 0x20, 0, 0xfc, 10, 1, 1}, ""},
    {"memory.init", {kI32}, {}, {0x20, 0, 0x20, 0, 0x20, 0, 0xfc, 8, 0, 0}, ""},
    {"memory.init of 64-bit memory",
     {kI32, kI64},
     {},
     {0x20, 1, 0x20, 0, 0x20, 0, 0xfc, 8, 0, 1},
     ""},
    {"unknown data segment", {}, {}, {0xfc, 9, 1}, "unknown data segment 1"},
    {"unknown table", {kI32}, {}, {0x20, 0, 0x25, 3, 0x1a}, "unknown table 3"},
    {"table.get", {kI32}, {kExternRef}, {0x20, 0, 0x25, 1}, ""},
    {"table.set", {kI32, kFuncRef}, {}, {0x20, 0, 0x20, 1, 0x26, 0}, ""},
    {"table.set of another type",
     {kI32, kExternRef},
     {},
     {0x20, 0, 0x20, 1, 0x26, 0},
     "table.set expects funcref, found externref"},
    {"table.grow of a 64-bit table", {kI64, kFuncRef}, {kI64}, {0x20, 1, 0x20, 0, 0xfc, 15, 2}, ""},
    {"table.copy", {kI32}, {}, {0x20, 0, 0x20, 0, 0x20, 0, 0xfc, 14, 0, 0}, ""},
    {"table.copy between sizes", {kI32, kI64}, {}, {0x20, 1, 0x20, 0, 0x20, 0, 0xfc, 14, 2, 0}, ""},
    {"table.copy of other elements",
     {kI32},
     {},
     {0x20, 0, 0x20, 0, 0x20, 0, 0xfc, 14, 0, 1},
     "table.copy expects elements of funcref, found externref"},
    {"table.init", {kI32}, {}, {0x20, 0, 0x20, 0, 0x20, 0, 0xfc, 12, 0, 0}, ""},
    {"table.init of other elements",
     {kI32},
     {},
     {0x20, 0, 0x20, 0, 0x20, 0, 0xfc, 12, 1, 0},
     "table.init expects elements of funcref, found externref"},
    {"unknown element segment", {}, {}, {0xfc, 13, 2}, "unknown elem segment 2"},
    {"operands left", {}, {}, {0x41, 0}, "end expects 0 results, found 1 more operands"},
    {"result missing", {}, {kI32}, {}, "end expects i32, found nothing"},
    {"result of another type", {}, {kI32}, {0x42, 0}, "end expects i32, found i64"},
    {"code after the end", {}, {}, {kEnd, 0x01}, "instruction after the final end"},
    {"open block", {}, {}, {0x02, 0x40}, "unexpected end: 1 blocks are open, expected end"},
    {"illegal opcode", {}, {}, {0x27}, "illegal opcode 0x27"},
};

TEST(CodeValidator, Cases) {
  for (const CodeCase& item : kCases) {
    EXPECT_EQ(validateCode(item.params, item.results, item.code), item.message) << item.what;
  }
}

TEST(CodeValidator, ErrorsNameTheOffsetOfTheInstruction) {
  ModuleBuilder builder;
  builder.function(builder.type({}, {kI32}), {0x41, 1, 0x42, 2, 0x6a});
  EXPECT_EQ(validateBytes(builder.build()), "a.wasm:0x1c: i32.add expects i32, found i64");
}

// A local of type (ref func) has no default value and must be set before it is read.
TEST(CodeValidator, LocalsWithoutDefaultMustBeSetFirst) {
  const ValueType kNonNull = ValueType::ref(HeapType::kFunc, false);
  auto check = [&](std::initializer_list<uint8_t> code) {
    return validateCode({kI32}, {}, code, {{1, kNonNull}});
  };
  EXPECT_EQ(check({0x20, 1, 0x1a}), "uninitialized local 1");
  EXPECT_EQ(check({0xd2, 1, 0x21, 1, 0x20, 1, 0x1a}), "");
  EXPECT_EQ(check({0xd2, 1, 0x22, 1, 0x1a, 0x20, 1, 0x1a}), "");
  // A local that is set in a block is initialized up to the end of the block.
  EXPECT_EQ(check({0xd2, 1, 0x21, 1, 0x02, 0x40, 0x20, 1, 0x1a, kEnd}), "");
  EXPECT_EQ(check({0x02, 0x40, 0xd2, 1, 0x21, 1, kEnd, 0x20, 1, 0x1a}), "uninitialized local 1");
  EXPECT_EQ(check({0x20, 0, 0x04, 0x40, 0xd2, 1, 0x21, 1, 0x05, 0x20, 1, 0x1a, kEnd}),
            "uninitialized local 1");
}

TEST(CodeValidator, LocalsAreCountedWithParameters) {
  EXPECT_EQ(validateCode({}, {}, {}, {{50000, kI64}}), "");
  EXPECT_EQ(validateCode({kI32}, {}, {}, {{50000, kI64}}),
            "too many locals: 50001 with the parameters, at most 50000 are supported");
  EXPECT_EQ(validateCode({}, {}, {}, {{1, ValueType::ref(HeapType::concrete(99), true)}}),
            "unknown type 99");
}

}  // namespace
}  // namespace wasm
