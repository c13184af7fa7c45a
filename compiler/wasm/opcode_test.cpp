#include "compiler/wasm/opcode.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace wasm {
namespace {

TEST(Opcode, EveryRowIsFoundByItsEncoding) {
  for (uint16_t number = 0; number < kOpCount; ++number) {
    Op op = static_cast<Op>(number);
    const OpcodeInfo& info = opcodeInfo(op);
    EXPECT_EQ(findOpcode(info.prefix, info.code), op) << info.text;
  }
}

TEST(Opcode, NoOtherEncodingIsFound) {
  uint32_t found = 0;
  for (uint32_t prefix = 0; prefix < 256; ++prefix) {
    for (uint32_t code = 0; code < 0x1000; ++code) {
      found += findOpcode(static_cast<uint8_t>(prefix), code).has_value();
    }
  }
  EXPECT_EQ(found, kOpCount);
}

TEST(Opcode, SignaturesUseKnownLetters) {
  uint32_t special = 0;
  for (uint16_t number = 0; number < kOpCount; ++number) {
    const OpcodeInfo& info = opcodeInfo(static_cast<Op>(number));
    if (info.signature == "special") {
      EXPECT_EQ(info.operands, kSpecialOperands) << info.text;
      ++special;
      continue;
    }
    EXPECT_EQ(info.signature.find_first_not_of("ilfdvabntuexRNFqrJj:"), std::string_view::npos)
        << info.text;
    EXPECT_EQ(info.signature.find(':'), info.operands) << info.text;
  }
  EXPECT_LT(special * 100, kOpCount * 8) << "most instructions are data";
}

TEST(Opcode, KeywordsAreUniqueButForThree) {
  std::map<std::string_view, int> rows;
  for (uint16_t number = 0; number < kOpCount; ++number) {
    ++rows[opcodeInfo(static_cast<Op>(number)).text];
  }
  std::set<std::string_view> repeated;
  for (auto [text, count] : rows) {
    if (count > 1) repeated.insert(text);
  }
  EXPECT_EQ(repeated, (std::set<std::string_view>{"select", "ref.test", "ref.cast"}));
}

TEST(Opcode, EveryFamilyShapeAndInstructionFeatureIsUsed) {
  std::set<Family> families;
  std::set<ImmediateShape> shapes;
  for (uint16_t number = 0; number < kOpCount; ++number) {
    families.insert(opcodeInfo(static_cast<Op>(number)).family);
    shapes.insert(opcodeInfo(static_cast<Op>(number)).immediate);
  }
  EXPECT_EQ(families.size(), kFamilyCount);
  EXPECT_EQ(shapes.size(), kImmediateShapeCount);
}

TEST(Opcode, NaturalAlignmentFollowsTheKeyword) {
  EXPECT_EQ(opcodeInfo(Op::I32Load).naturalAlign, 2);
  EXPECT_EQ(opcodeInfo(Op::I64Load32S).naturalAlign, 2);
  EXPECT_EQ(opcodeInfo(Op::F64Store).naturalAlign, 3);
  EXPECT_EQ(opcodeInfo(Op::V128Load).naturalAlign, 4);
  EXPECT_EQ(opcodeInfo(Op::V128Load8x8S).naturalAlign, 3);
  EXPECT_EQ(opcodeInfo(Op::I64AtomicRmw16AddU).naturalAlign, 1);
  EXPECT_EQ(opcodeInfo(Op::I16x8ReplaceLane).naturalAlign, 1);
}

TEST(Opcode, LaneShape) {
  struct Case {
    Op op;
    bool isFloat;
    uint8_t count, bits;
  };
  constexpr Case kCases[] = {
      {Op::I8x16Add, false, 16, 8},       {Op::F64x2Mul, true, 2, 64},
      {Op::V128Load16x4U, false, 4, 32},  {Op::V128Load32Splat, false, 4, 32},
      {Op::V128Load64Zero, false, 2, 64}, {Op::V128Store8Lane, false, 16, 8},
      {Op::I32x4DotI16x8S, false, 4, 32},
  };
  for (const Case& item : kCases) {
    std::optional<LaneShape> shape = laneShape(item.op);
    ASSERT_TRUE(shape) << opcodeInfo(item.op).text;
    EXPECT_EQ(shape->isFloat, item.isFloat) << opcodeInfo(item.op).text;
    EXPECT_EQ(shape->count, item.count) << opcodeInfo(item.op).text;
    EXPECT_EQ(shape->bits, item.bits) << opcodeInfo(item.op).text;
  }
  EXPECT_FALSE(laneShape(Op::V128And));
  EXPECT_FALSE(laneShape(Op::V128Load));
  EXPECT_FALSE(laneShape(Op::I32Add));
}

TEST(Opcode, SourceBits) {
  EXPECT_EQ(sourceBits(Op::I32Extend8S), 8u);
  EXPECT_EQ(sourceBits(Op::I64Extend16S), 16u);
  EXPECT_EQ(sourceBits(Op::I64Extend32S), 32u);
}

TEST(Opcode, FeatureNames) {
  EXPECT_EQ(featureName(Feature::mvp), "WebAssembly 1.0");
  EXPECT_EQ(featureName(opcodeInfo(Op::V128Load).feature), "simd");
  EXPECT_EQ(featureName(opcodeInfo(Op::I64Add128).feature), "wide-arithmetic");
}

}  // namespace
}  // namespace wasm
