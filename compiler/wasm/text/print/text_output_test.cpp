#include "compiler/wasm/text/print/text_output.h"

#include <gtest/gtest.h>

#include <bit>

namespace wasm {
namespace {

template <class... Args>
std::string written(void (TextOutput::*method)(Args...), std::type_identity_t<Args>... args) {
  TextOutput out;
  (out.*method)(args...);
  return out.take();
}

TEST(TextOutput, Floats) {
  auto f32 = [](uint32_t bits) { return written(&TextOutput::f32, bits); };
  EXPECT_EQ(f32(0), "0");
  EXPECT_EQ(f32(0x80000000), "-0");
  EXPECT_EQ(f32(std::bit_cast<uint32_t>(0.1f)), "0.1");
  EXPECT_EQ(f32(1), "1e-45");
  EXPECT_EQ(f32(0x7f7fffff), "3.4028235e+38");
  EXPECT_EQ(f32(0x7f800000), "inf");
  EXPECT_EQ(f32(0xff800000), "-inf");
  EXPECT_EQ(f32(0x7fc00000), "nan");
  EXPECT_EQ(f32(0xffc00000), "-nan");
  EXPECT_EQ(f32(0x7f800001), "nan:0x1");
  EXPECT_EQ(f32(0xffffffff), "-nan:0x7fffff");

  auto f64 = [](uint64_t bits) { return written(&TextOutput::f64, bits); };
  EXPECT_EQ(f64(std::bit_cast<uint64_t>(-1.5)), "-1.5");
  EXPECT_EQ(f64(std::bit_cast<uint64_t>(1e300)), "1e+300");
  EXPECT_EQ(f64(1), "5e-324");
  EXPECT_EQ(f64(0x7ff8000000000000), "nan");
  EXPECT_EQ(f64(0xfff0000000000001), "-nan:0x1");
  EXPECT_EQ(f64(0x7ff8000000000001), "nan:0x8000000000001");
}

TEST(TextOutput, NothingFollowsWhatIsTooLong) {
  TextOutput out(5);
  out.add("abc");
  out.natural(45);
  EXPECT_FALSE(out.isCut());
  out.bytes("x");
  EXPECT_TRUE(out.isCut());
  EXPECT_EQ(out.take(), "abc45");
  TextOutput small(4);
  small.natural(12345);
  small.add('x');
  EXPECT_TRUE(small.isCut());
  EXPECT_EQ(small.take(), "");
}

TEST(TextOutput, Integers) {
  EXPECT_EQ(written(&TextOutput::natural, UINT64_MAX), "18446744073709551615");
  EXPECT_EQ(written(&TextOutput::integer, INT64_MIN), "-9223372036854775808");
  EXPECT_EQ(written(&TextOutput::hexadecimal, 0xab, 32), "0x000000ab");
  EXPECT_EQ(written(&TextOutput::indexComment, 7), "(;7;)");
}

TEST(TextOutput, Strings) {
  EXPECT_EQ(written(&TextOutput::name, "a\xc3\xa4\"\\\n\x7f"), "\"a\xc3\xa4\\\"\\\\\\0a\\7f\"");
  EXPECT_EQ(written(&TextOutput::bytes, "a\xc3\"\\\t"), "\"a\\c3\\\"\\\\\\09\"");
  EXPECT_EQ(written(&TextOutput::identifier, "_Z3foo!v"), "$_Z3foo!v");
  EXPECT_EQ(written(&TextOutput::identifier, "f(int)"), "$\"f(int)\"");
}

TEST(TextOutput, LinesAreIndentedUpToALimit) {
  EXPECT_EQ(written(&TextOutput::newLine, 2), "\n    ");
  EXPECT_EQ(written(&TextOutput::newLine, 1'000'000), written(&TextOutput::newLine, 1000));
}

}  // namespace
}  // namespace wasm
