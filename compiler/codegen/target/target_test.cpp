#include "compiler/codegen/target/target.h"

#include <gtest/gtest.h>

namespace codegen {
namespace {

std::string errorOf(const Options& options) {
  base::Result<Target> target = Target::resolve(options);
  return target.ok() ? "" : target.error().text();
}

bool hasFeature(const Target& target, std::string_view name) {
  for (const abi::CpuFeature& feature : abi::kCpuFeatures) {
    if (feature.arch == target.arch() && feature.name == name) {
      return (target.cpuFeatureBits()[feature.bit / 64] >> (feature.bit % 64) & 1) != 0;
    }
  }
  return false;
}

TEST(Target, RecordsTheFeaturesOfTheCpu) {
  Options options;
  options.triple = "x86_64-linux-gnu";
  options.cpu = "x86-64";
  EXPECT_FALSE(hasFeature(*Target::resolve(options), "sse4.1"));
  options.cpu = "x86-64-v3";
  EXPECT_TRUE(hasFeature(*Target::resolve(options), "avx2"));
  EXPECT_FALSE(hasFeature(*Target::resolve(options), "avx512f"));
  options.features = "-avx2,+sha";
  EXPECT_FALSE(hasFeature(*Target::resolve(options), "avx2"));
  EXPECT_TRUE(hasFeature(*Target::resolve(options), "sha"));
}

TEST(Target, AArch64IsGenericUnlessTold) {
  Options options;
  options.triple = "aarch64-linux-gnu";
  base::Result<Target> target = Target::resolve(options);
  ASSERT_TRUE(target.ok());
  EXPECT_EQ(target->arch(), abi::Arch::AArch64);
  EXPECT_FALSE(hasFeature(*target, "sve"));
  EXPECT_EQ(target->pageSize(), 65536u);
}

TEST(Target, RefusesWhatItDoesNotKnowByName) {
  Options options;
  options.triple = "riscv64-linux-gnu";
  EXPECT_NE(errorOf(options).find("riscv64"), std::string::npos);
  options = {};
  options.cpu = "pentium-9";
  EXPECT_NE(errorOf(options).find("--cpu: 'pentium-9'"), std::string::npos);
  options = {};
  options.features = "avx2";
  EXPECT_NE(errorOf(options).find("needs a + or -"), std::string::npos);
  options.features = "+warp-drive";
  EXPECT_NE(errorOf(options).find("'warp-drive' is not a feature"), std::string::npos);
}

}  // namespace
}  // namespace codegen
