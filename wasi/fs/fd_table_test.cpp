#include "wasi/fs/fd_table.h"

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
  for (uint32_t i = 0; i < 5; ++i) EXPECT_EQ(table.insert({}).value(), i);
  EXPECT_EQ(table.close(3), Errno::Success);
  EXPECT_EQ(table.close(1), Errno::Success);
  EXPECT_EQ(table.insert({}).value(), 1u);
  EXPECT_EQ(table.insert({}).value(), 3u);
  EXPECT_EQ(table.insert({}).value(), 5u);
}

TEST(FdTableTest, ClosedAndUnknownNumbersAreBad) {
  FdTable table;
  EXPECT_EQ(table.insert({}).value(), 0u);
  EXPECT_EQ(table.close(0), Errno::Success);
  EXPECT_EQ(table.close(0), Errno::Badf);
  EXPECT_EQ(table.close(0xffffffff), Errno::Badf);
  EXPECT_EQ(table.get(0).error(), Errno::Badf);
}

TEST(FdTableTest, NoMoreAreOpenThanMayBe) {
  FdTable table(3);
  for (uint32_t i = 0; i < 3; ++i) EXPECT_EQ(table.insert({}).value(), i);
  EXPECT_EQ(table.insert({}).error(), Errno::Mfile);
  EXPECT_EQ(table.close(1), Errno::Success);
  EXPECT_EQ(table.insert({}).value(), 1u);
  EXPECT_FALSE(table.hasRoom());
  EXPECT_EQ(table.renumber(2, 0), Errno::Success);
  EXPECT_EQ(table.insert({}).value(), 2u);
  EXPECT_EQ(table.insert({}).error(), Errno::Mfile);
}

TEST(FdTableTest, RightsAreChecked) {
  FdTable table;
  uint32_t fd = table.insert(withRights(right::FdRead | right::FdSeek)).value();
  EXPECT_TRUE(table.get(fd, right::FdRead | right::FdSeek).ok());
  EXPECT_EQ(table.get(fd, right::FdRead | right::FdWrite).error(), Errno::NotCapable);
}

TEST(FdTableTest, RenumberMovesAndCloses) {
  FdTable table;
  for (Rights rights : {1, 2, 4}) ASSERT_TRUE(table.insert(withRights(rights)).ok());
  EXPECT_EQ(table.renumber(2, 0), Errno::Success);
  EXPECT_EQ(table.find(0)->rights, 4u);
  EXPECT_EQ(table.find(2), nullptr);
  EXPECT_EQ(table.insert({}).value(), 2u);

  EXPECT_EQ(table.renumber(1, 1), Errno::Success);
  EXPECT_EQ(table.find(1)->rights, 2u);
  EXPECT_EQ(table.renumber(1, 9), Errno::Badf);
  EXPECT_EQ(table.renumber(9, 1), Errno::Badf);
  EXPECT_EQ(table.renumber(9, 9), Errno::Badf);
}

}  // namespace
}  // namespace wasi
