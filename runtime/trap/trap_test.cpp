#include "runtime/trap/trap.h"

#include <gtest/gtest.h>

namespace runtime {
namespace {

TEST(Trap, TextHasALinePerFrame) {
  Trap trap;
  trap.message = "unreachable";
  EXPECT_EQ(trap.text(), "unreachable");
  trap.backtrace = {{"app", "inner", 3, 0x1f3a}, {"", "outer", 4, 0x20}, {"", "func[5]", 5, 0}};
  EXPECT_EQ(trap.text(),
            "unreachable\n"
            "  0: 0x1f3a  app!$inner\n"
            "  1: 0x20  $outer\n"
            "  2: ?  func[5]");
}

}  // namespace
}  // namespace runtime
