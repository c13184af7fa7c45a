#include "wasi/fd_table.h"

#include <gtest/gtest.h>

namespace wasi {
namespace {

Descriptor withRights(Rights rights) {
  Descriptor result;
  result.rights = rights;
  return result;
}

TEST(FdTableTest, TheLowestFreeNumberIsReused) {
  FdTable table;
  for (uint32_t i = 0; i < 5; ++i) EXPECT_EQ(table.insert({}), i);
  EXPECT_EQ(table.close(3), Errno::Success);
  EXPECT_EQ(table.close(1), Errno::Success);
  EXPECT_EQ(table.insert({}), 1u);
  EXPECT_EQ(table.insert({}), 3u);
  EXPECT_EQ(table.insert({}), 5u);
}

TEST(FdTableTest, ClosedAndUnknownNumbersAreBad) {
  FdTable table;
  EXPECT_EQ(table.insert({}), 0u);
  EXPECT_EQ(table.close(0), Errno::Success);
  EXPECT_EQ(table.close(0), Errno::Badf);
  EXPECT_EQ(table.close(0xffffffff), Errno::Badf);
  EXPECT_EQ(table.get(0).error(), Errno::Badf);
}

TEST(FdTableTest, RightsAreChecked) {
  FdTable table;
  uint32_t fd = table.insert(withRights(right::FdRead | right::FdSeek));
  EXPECT_TRUE(table.get(fd, right::FdRead | right::FdSeek).ok());
  EXPECT_EQ(table.get(fd, right::FdRead | right::FdWrite).error(), Errno::NotCapable);
}

TEST(FdTableTest, RenumberMovesAndCloses) {
  FdTable table;
  for (Rights rights : {1, 2, 4}) table.insert(withRights(rights));
  EXPECT_EQ(table.renumber(2, 0), Errno::Success);
  EXPECT_EQ(table.find(0)->rights, 4u);
  EXPECT_EQ(table.find(2), nullptr);
  EXPECT_EQ(table.insert({}), 2u);

  EXPECT_EQ(table.renumber(1, 1), Errno::Success);
  EXPECT_EQ(table.find(1)->rights, 2u);
  EXPECT_EQ(table.renumber(1, 9), Errno::Badf);
  EXPECT_EQ(table.renumber(9, 1), Errno::Badf);
  EXPECT_EQ(table.renumber(9, 9), Errno::Badf);
}

}  // namespace
}  // namespace wasi
