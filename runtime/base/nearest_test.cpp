#include "runtime/base/nearest.h"

#include <gtest/gtest.h>

namespace base {
namespace {

constexpr std::string_view kKnown[] = {"fd_read", "fd_write", "fd_pwrite", "path_open", "dir"};

TEST(Nearest, FindsWhatWasMeant) {
  EXPECT_EQ(nearest("fd_wirte", kKnown), "fd_write");
  EXPECT_EQ(nearest("fd_writ", kKnown), "fd_write");
  EXPECT_EQ(nearest("fd_writev", kKnown), "fd_write");
  EXPECT_EQ(nearest("path_opem", kKnown), "path_open");
  EXPECT_EQ(nearest("dri", kKnown), "dir");
  EXPECT_EQ(nearest("fd_read", kKnown), "fd_read");
}

TEST(Nearest, DoesNotGuess) {
  EXPECT_EQ(nearest("", kKnown), std::nullopt);
  EXPECT_EQ(nearest("x", kKnown), std::nullopt);
  EXPECT_EQ(nearest("sock_open", kKnown), std::nullopt);
  EXPECT_EQ(nearest("fuel", kKnown), std::nullopt);
  EXPECT_EQ(nearest("fd_read", {}), std::nullopt);
  EXPECT_EQ(nearest("fd_wirtee", kKnown, 1), std::nullopt);
  EXPECT_EQ(nearest("fd_wirtee", kKnown, 2), "fd_write");
}

}  // namespace
}  // namespace base
