#include "compiler/driver/progress.h"

#include <gtest/gtest.h>

namespace driver {
namespace {

using std::chrono::seconds;

TEST(ProgressLine, SaysHowMuchTimeIsLeft) {
  EXPECT_EQ(progressLine({2, 10, 0.25}, seconds(4)), "compiling: 2 of 10 functions, 12 s left");
  EXPECT_EQ(progressLine({10, 10, 1}, seconds(4)), "compiling: 10 of 10 functions, 0 s left");
  EXPECT_EQ(progressLine({1, 10, 0.125}, seconds(9)),
            "compiling: 1 of 10 functions, 1:03 min left");
}

TEST(ProgressLine, SaysNothingAboutTimeTooEarly) {
  EXPECT_EQ(progressLine({0, 10, 0.01}, seconds(2)), "compiling: 0 of 10 functions");
}

}  // namespace
}  // namespace driver
