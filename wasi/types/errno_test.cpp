#include "wasi/types/errno.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <set>
#include <string>

namespace wasi {
namespace {

TEST(ErrnoTest, NumbersAreDenseAndNamesUnique) {
  std::set<std::string> names;
  int expected = 0;
#define ERRNO(id, number, name, host)       \
  EXPECT_EQ(number, expected++);            \
  EXPECT_STREQ(errnoName(Errno::id), name); \
  EXPECT_TRUE(names.insert(name).second);
#include "wasi/types/errno.def"
#undef ERRNO
  EXPECT_EQ(expected, 77);
  EXPECT_STREQ(errnoName(static_cast<Errno>(77)), "unknown");
}

TEST(ErrnoTest, HostErrnosAreTranslated) {
  EXPECT_EQ(fromHostErrno(ENOENT), Errno::NoEnt);
  EXPECT_EQ(fromHostErrno(EWOULDBLOCK), Errno::Again);
  EXPECT_EQ(fromHostErrno(ENOTSUP), Errno::NotSup);
  EXPECT_EQ(fromHostErrno(ELOOP), Errno::Loop);
  // Errors of Linux that WASI does not have must not become Success.
  for (int host = 0; host < 200; ++host) EXPECT_NE(fromHostErrno(host), Errno::Success);
  EXPECT_EQ(fromHostErrno(EMEDIUMTYPE), Errno::Io);
}

}  // namespace
}  // namespace wasi
