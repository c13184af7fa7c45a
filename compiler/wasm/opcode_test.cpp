#include "compiler/wasm/opcode.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <span>
#include <vector>

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

TEST(Opcode, MostSignaturesAreData) {
  uint32_t special = 0;
  for (uint16_t number = 0; number < kOpCount; ++number) {
    special += opcodeInfo(static_cast<Op>(number)).signature.isSpecial;
  }
  EXPECT_LT(special * 100, kOpCount * 8);
}

std::vector<SignatureType> operandsOf(Op op) {
  std::span<const SignatureType> types = opcodeInfo(op).signature.operands();
  return {types.begin(), types.end()};
}

std::vector<SignatureType> resultsOf(Op op) {
  std::span<const SignatureType> types = opcodeInfo(op).signature.results();
  return {types.begin(), types.end()};
}

TEST(Opcode, Signatures) {
  using enum SignatureType;
  using Types = std::vector<SignatureType>;
  EXPECT_EQ(operandsOf(Op::I64Add128), (Types{I64, I64, I64, I64}));
  EXPECT_EQ(resultsOf(Op::I64Add128), (Types{I64, I64}));
  EXPECT_EQ(operandsOf(Op::F32x4Add), (Types{V128, V128}));
  EXPECT_EQ(operandsOf(Op::Nop), Types());
  EXPECT_EQ(resultsOf(Op::ArrayNewDefault), Types{NonNullReference});
}

TEST(Opcode, SignaturesFollowTheImmediates) {
  using enum SignatureType;
  using Types = std::vector<SignatureType>;
  EXPECT_EQ(resultsOf(Op::LocalGet), Types{Local});
  EXPECT_EQ(resultsOf(Op::GlobalGet), Types{Global});
  EXPECT_EQ(operandsOf(Op::I32Load), Types{MemoryIndex});
  EXPECT_EQ(operandsOf(Op::MemoryInit), (Types{SecondMemoryIndex, I32, I32}));
  EXPECT_EQ(operandsOf(Op::MemoryCopy),
            (Types{MemoryIndex, SecondMemoryIndex, SmallerMemoryIndex}));
  EXPECT_EQ(operandsOf(Op::TableInit), (Types{SecondTableIndex, I32, I32}));
  EXPECT_EQ(operandsOf(Op::TableCopy), (Types{TableIndex, SecondTableIndex, SmallerTableIndex}));
  EXPECT_EQ(operandsOf(Op::StructSet), (Types{NullableReference, StructField}));
  EXPECT_EQ(resultsOf(Op::ArrayGet), Types{ArrayElement});
}

TEST(Opcode, FixedTypes) {
  EXPECT_EQ(fixedType(SignatureType::F64), kF64);
  EXPECT_EQ(fixedType(SignatureType::NonNullI31Ref), ValueType::ref(HeapType::kI31, false));
  EXPECT_EQ(fixedType(SignatureType::MemoryIndex), kBottom);
  EXPECT_EQ(fixedType(SignatureType::ArrayElement), kBottom);
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
    LaneShape lanes = opcodeInfo(item.op).lanes;
    EXPECT_EQ(lanes.isFloat, item.isFloat) << opcodeInfo(item.op).text;
    EXPECT_EQ(lanes.count, item.count) << opcodeInfo(item.op).text;
    EXPECT_EQ(lanes.bits, item.bits) << opcodeInfo(item.op).text;
  }
  EXPECT_EQ(opcodeInfo(Op::V128And).lanes.count, 0);
  EXPECT_EQ(opcodeInfo(Op::V128Load).lanes.count, 0);
  EXPECT_EQ(opcodeInfo(Op::I32Add).lanes.count, 0);
}

TEST(Opcode, SourceBits) {
  EXPECT_EQ(opcodeInfo(Op::I32Extend8S).sourceBits, 8);
  EXPECT_EQ(opcodeInfo(Op::I64Extend16S).sourceBits, 16);
  EXPECT_EQ(opcodeInfo(Op::I64Extend32S).sourceBits, 32);
  EXPECT_EQ(opcodeInfo(Op::I64ExtendI32S).sourceBits, 0);
}

TEST(Opcode, Nesting) {
  EXPECT_EQ(opcodeInfo(Op::Block).nesting, Nesting::Opens);
  EXPECT_EQ(opcodeInfo(Op::TryTable).nesting, Nesting::Opens);
  EXPECT_EQ(opcodeInfo(Op::Else).nesting, Nesting::Divides);
  EXPECT_EQ(opcodeInfo(Op::CatchAll).nesting, Nesting::Divides);
  EXPECT_EQ(opcodeInfo(Op::End).nesting, Nesting::Closes);
  EXPECT_EQ(opcodeInfo(Op::Delegate).nesting, Nesting::Closes);
  EXPECT_EQ(opcodeInfo(Op::Br).nesting, Nesting::None);
}

TEST(Opcode, Constness) {
  EXPECT_EQ(opcodeInfo(Op::F32Const).constness, Constness::Basic);
  EXPECT_EQ(opcodeInfo(Op::StructNew).constness, Constness::Basic);
  EXPECT_EQ(opcodeInfo(Op::End).constness, Constness::Basic);
  EXPECT_EQ(opcodeInfo(Op::I64Mul).constness, Constness::Extended);
  EXPECT_EQ(opcodeInfo(Op::I32DivS).constness, Constness::None);
  EXPECT_EQ(opcodeInfo(Op::F32Add).constness, Constness::None);
}

TEST(Opcode, TrapsFollowTheFamily) {
  EXPECT_TRUE(opcodeInfo(Op::I32DivU).mayTrap);
  EXPECT_TRUE(opcodeInfo(Op::Call).mayTrap);
  EXPECT_FALSE(opcodeInfo(Op::I32Add).mayTrap);
}

TEST(Opcode, FeatureNames) {
  EXPECT_EQ(featureName(Feature::mvp), "WebAssembly 1.0");
  EXPECT_EQ(featureName(opcodeInfo(Op::V128Load).feature), "simd");
  EXPECT_EQ(featureName(opcodeInfo(Op::I64Add128).feature), "wide-arithmetic");
}

}  // namespace
}  // namespace wasm
