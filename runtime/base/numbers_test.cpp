#include "runtime/base/numbers.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <string>

namespace base {
namespace {

TEST(Numbers, Kinds) {
  for (const char* word : {"0", "1_0", "0xfF_0", "+1", "-0x0"}) {
    EXPECT_EQ(numberKind(word), NumberKind::Integer) << word;
  }
  for (const char* word : {"1.", "1.5", "1e5", "1.E-5", "0x1p3", "0x1.8", "0xA.P+1_0", "-inf",
                           "+nan", "nan:0x7f_ff"}) {
    EXPECT_EQ(numberKind(word), NumberKind::Float) << word;
  }
  for (const char* word : {"",       "+",      "1__0",     "_1",  "1_",  "1_.0", "1._0", "0x",
                           "0xg",    "0x.8p1", ".5",       "1e",  "1e+", "0x1p", "1.5_", "nan:",
                           "nan:0x", "nan:1",  "infinity", "--1", "0X1", "1f"}) {
    EXPECT_EQ(numberKind(word), NumberKind::None) << word;
  }
}

TEST(Numbers, Integers) {
  EXPECT_EQ(parseInteger("0xffff_ffff", 32), 0xffffffffu);
  EXPECT_EQ(parseInteger("-0x8000_0000", 32), 0x80000000u);
  EXPECT_EQ(parseInteger("-1", 32), 0xffffffffu);
  EXPECT_EQ(parseInteger("+7", 8), 7u);
  EXPECT_EQ(parseInteger("4294967296", 32), std::nullopt);
  EXPECT_EQ(parseInteger("-2147483649", 32), std::nullopt);
  EXPECT_EQ(parseInteger("18446744073709551615", 64), ~uint64_t{0});
  EXPECT_EQ(parseInteger("18446744073709551616", 64), std::nullopt);
  EXPECT_EQ(parseInteger("-9223372036854775808", 64), uint64_t{1} << 63);
  EXPECT_EQ(parseNatural("255", 255), 255u);
  EXPECT_EQ(parseNatural("256", 255), std::nullopt);
  EXPECT_EQ(parseNatural("+1", 255), std::nullopt);
  EXPECT_EQ(parseNatural("0", 0), 0u);
}

TEST(Numbers, Decimals) {
  EXPECT_EQ(parseF32("1.5"), 0x3fc00000u);
  EXPECT_EQ(parseF32("-0"), 0x80000000u);
  EXPECT_EQ(parseF32("1_0.0_0e-0_1"), 0x3f800000u);
  EXPECT_EQ(parseF64("+1."), std::bit_cast<uint64_t>(1.0));
  EXPECT_EQ(parseF64("0e999999999999999999999"), 0u);
}

// A number halfway between two floats, and one that exceeds it only after hundreds of digits.
TEST(Numbers, DecimalsRoundOnce) {
  std::string half = "1.000000059604644775390625";  // 1 + 2^-24
  EXPECT_EQ(parseF32(half), 0x3f800000u);
  EXPECT_EQ(parseF32(half + std::string(900, '0') + "1"), 0x3f800001u);
  // Rounding to double first would give the halfway number, which then rounds to even.
  EXPECT_EQ(parseF32("1.00000005960464477540"), 0x3f800001u);
}

TEST(Numbers, DecimalsOutOfRange) {
  EXPECT_EQ(parseF32("3.4028234663852886e38"), 0x7f7fffffu);
  EXPECT_EQ(parseF32("340282356779733661637539395458142568447"), 0x7f7fffffu);
  EXPECT_EQ(parseF32("340282356779733661637539395458142568448"), std::nullopt);
  EXPECT_EQ(parseF64("1e309"), std::nullopt);
  EXPECT_EQ(parseF64("1e99999999999999999999"), std::nullopt);
  EXPECT_EQ(parseF64("0.0001e99999999999999999999"), std::nullopt);
  EXPECT_EQ(parseF64("-1e-400"), uint64_t{1} << 63);
  EXPECT_EQ(parseF64("1000e-99999999999999999999"), 0u);
  EXPECT_EQ(parseF32("0." + std::string(400, '0') + "1"), 0u);
  EXPECT_EQ(parseF64("4.9406564584124654e-324"), 1u);
  EXPECT_EQ(parseF64("2.4703282292062327e-324"), 0u);
  EXPECT_EQ(parseF64("2.4703282292062328e-324"), 1u);
}

TEST(Numbers, HexFloats) {
  EXPECT_EQ(parseF32("0x1p0"), 0x3f800000u);
  EXPECT_EQ(parseF32("0x1.8"), 0x3fc00000u);
  EXPECT_EQ(parseF32("-0xA.P-1"), 0xc0a00000u);
  EXPECT_EQ(parseF64("0x0p999999999999999999999"), 0u);
  EXPECT_EQ(parseF64("0x0.0000_0000_0000_0000_0001p80"), std::bit_cast<uint64_t>(1.0));
  EXPECT_EQ(parseF64("0x1" + std::string(300, '0') + "p-1200"), std::bit_cast<uint64_t>(1.0));
}

TEST(Numbers, HexFloatsRoundToEven) {
  EXPECT_EQ(parseF32("0x1.000001p0"), 0x3f800000u);
  EXPECT_EQ(parseF32("0x1.000003p0"), 0x3f800002u);
  EXPECT_EQ(parseF32("0x1.000001" + std::string(100, '0') + "1p0"), 0x3f800001u);
  EXPECT_EQ(parseF32("0x1.fffffep127"), 0x7f7fffffu);
  EXPECT_EQ(parseF32("0x1.fffffefffp127"), 0x7f7fffffu);
  EXPECT_EQ(parseF32("0x1.ffffffp127"), std::nullopt);
  EXPECT_EQ(parseF32("0x1p128"), std::nullopt);
}

TEST(Numbers, HexFloatsBelowNormal) {
  EXPECT_EQ(parseF32("0x1p-149"), 1u);
  EXPECT_EQ(parseF32("0x1p-150"), 0u);
  EXPECT_EQ(parseF32("0x1.8p-150"), 1u);
  EXPECT_EQ(parseF32("0x1.0001p-150"), 1u);
  EXPECT_EQ(parseF32("0x1p-151"), 0u);
  EXPECT_EQ(parseF32("0x1p-10000"), 0u);
  EXPECT_EQ(parseF32("0x0.ffffffp-126"), 0x800000u);
  EXPECT_EQ(parseF64("0x1p-1074"), 1u);
  EXPECT_EQ(parseF64("0x1.0000000000000001p-1075"), 1u);
  EXPECT_EQ(parseF64("0x0.fffffffffffff8p-1022"), uint64_t{1} << 52);
}

TEST(Numbers, HexFloatsAgreeWithTheLibrary) {
  uint64_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    int exponent = static_cast<int>(state >> 33) % 340 - 170;
    char text[64];
    std::snprintf(text, sizeof text, "0x%llx.%03llxp%d",
                  static_cast<unsigned long long>(state >> 20 & 0xfffffff),
                  static_cast<unsigned long long>(state & 0xfff), exponent);
    float expected = std::strtof(text, nullptr);
    std::optional<uint32_t> bits = parseF32(text);
    if (std::isinf(expected)) {
      EXPECT_EQ(bits, std::nullopt) << text;
    } else {
      EXPECT_EQ(bits, std::bit_cast<uint32_t>(expected)) << text;
    }
  }
}

TEST(Numbers, SpecialFloats) {
  EXPECT_EQ(parseF32("inf"), 0x7f800000u);
  EXPECT_EQ(parseF32("-nan"), 0xffc00000u);
  EXPECT_EQ(parseF32("nan:0x1"), 0x7f800001u);
  EXPECT_EQ(parseF32("nan:0x7f_ffff"), 0x7fffffffu);
  EXPECT_EQ(parseF32("nan:0x800000"), std::nullopt);
  EXPECT_EQ(parseF32("nan:0x0"), std::nullopt);
  EXPECT_EQ(parseF64("nan"), 0x7ff8000000000000u);
  EXPECT_EQ(parseF64("-nan:0xfffffffffffff"), 0xffffffffffffffffu);
}

}  // namespace
}  // namespace base
