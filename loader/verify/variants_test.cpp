#include "loader/verify/variants.h"

#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace loader {
namespace {

Variant variant(const char* name, uint64_t low, uint64_t high = 0) {
  Variant made{{{low, high}, {}}, 0};
  std::strncpy(made.cpu.name, name, sizeof made.cpu.name);
  return made;
}

std::string chosen(std::vector<Variant> variants, const CpuFeatureSet& present) {
  auto best = chooseVariant(variants, present);
  return best ? cpuName((*best)->cpu) : best.error().message;
}

TEST(Variants, TheMostDemandingThatRunsIsChosen) {
  std::vector<Variant> ascending = {variant("a", 1), variant("b", 3), variant("c", 7)};
  std::vector<Variant> descending(ascending.rbegin(), ascending.rend());
  for (const auto& variants : {ascending, descending}) {
    EXPECT_EQ(chosen(variants, {1, 0}), "a");
    EXPECT_EQ(chosen(variants, {3, 0}), "b");
    EXPECT_EQ(chosen(variants, {5, 0}), "a");
    EXPECT_EQ(chosen(variants, {~0u, 0}), "c");
  }
}

TEST(Variants, FeaturesOfBothWordsCount) {
  std::vector<Variant> variants = {variant("low", 3), variant("high", 1, 6)};
  EXPECT_EQ(chosen(variants, {3, 0}), "low");
  EXPECT_EQ(chosen(variants, {3, 6}), "high");
}

TEST(Variants, OfSeveralThatDemandAsMuchTheLastIsChosen) {
  EXPECT_EQ(chosen({variant("a", 1), variant("b", 1), variant("c", 2)}, {1, 0}), "b");
}

TEST(Variants, WhatTheLeastDemandingLacksIsTold) {
  std::string error = chosen({variant("b", 3), variant("a", 1)}, {0, 0});
  EXPECT_NE(error.find("compiled for CPU feature "), std::string::npos) << error;
  EXPECT_EQ(error.find(','), error.find(", which this CPU lacks")) << error;
}

TEST(Variants, ANameMayFillItsPlace) {
  EXPECT_EQ(cpuName(variant("0123456789012345678901234567890123456789", 0).cpu).size(), 32u);
}

}  // namespace
}  // namespace loader
