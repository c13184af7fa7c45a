#include "compiler/codegen/translate/emit/translated.h"

#include <gtest/gtest.h>

namespace codegen {
namespace {

using wasm::Family;

bool isTranslated(Family family) { return kTranslatedFamilies[static_cast<size_t>(family)]; }

TEST(Translated, FamiliesFollowTheFeaturesOfTheirInstructions) {
  EXPECT_TRUE(isTranslated(Family::add));
  EXPECT_TRUE(isTranslated(Family::select));  // one instruction of 1.0, one of reference types
  EXPECT_TRUE(isTranslated(Family::wideMulS));
  EXPECT_TRUE(isTranslated(Family::structNew));
  EXPECT_TRUE(isTranslated(Family::tryTable));
  EXPECT_TRUE(isTranslated(Family::atomicAdd));
}

}  // namespace
}  // namespace codegen
