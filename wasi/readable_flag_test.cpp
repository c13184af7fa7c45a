#include "wasi/readable_flag.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include "runtime/base/check.h"

namespace wasi {
namespace {

// The parameter: whether the flag is in memory.
class ReadableFlagTest : public testing::TestWithParam<bool> {
 protected:
  ReadableFlagTest() {
    int ends[2];
    CHECK(::pipe(ends) == 0);
    reader_ = HostFd(ends[0]);
    writer_ = HostFd(ends[1]);
  }
  void SetUp() override {
    if (make().isInMemory() != GetParam()) GTEST_SKIP() << "no io_uring here";
  }
  ReadableFlag make() const { return {HostFd(::dup(reader_.get())), GetParam()}; }
  void write() const { ASSERT_EQ(::write(writer_.get(), "x", 1), 1); }
  void read() const {
    char byte;
    ASSERT_EQ(::read(reader_.get(), &byte, 1), 1);
  }

  HostFd reader_;
  HostFd writer_;
};
INSTANTIATE_TEST_SUITE_P(Ways, ReadableFlagTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "InMemory" : "Asking"; });

TEST_P(ReadableFlagTest, IsRaisedOnceThereIsSomething) {
  ReadableFlag flag = make();
  EXPECT_FALSE(flag.isRaised());
  write();
  EXPECT_TRUE(flag.isRaised());
}

TEST_P(ReadableFlagTest, InMemoryItStaysRaised) {
  ReadableFlag flag = make();
  write();
  read();
  EXPECT_EQ(flag.isRaised(), GetParam());
}

TEST_P(ReadableFlagTest, IsRaisedWhereThereWasSomethingBefore) {
  write();
  EXPECT_TRUE(make().isRaised());
}

TEST_P(ReadableFlagTest, IsRaisedByAnotherThreadsCall) {
  for (int i = 0; i < 100; ++i) {
    ReadableFlag flag = make();
    ASSERT_FALSE(flag.isRaised());
    std::thread([&] { write(); }).join();
    ASSERT_TRUE(flag.isRaised());
    read();
  }
}

TEST_P(ReadableFlagTest, InMemoryItBelongsToItsThread) {
  ReadableFlag flag;
  std::thread([&] {
    flag = make();
    EXPECT_FALSE(flag.isRaised());
  }).join();
  EXPECT_EQ(flag.isRaised(), GetParam());
}

TEST_P(ReadableFlagTest, KeepsTheFile) {
  ReadableFlag first = make();
  int file = first.file();
  ReadableFlag second = std::move(first);
  EXPECT_EQ(second.file(), file);
  EXPECT_GE(::fcntl(file, F_GETFD), 0);
  write();
  EXPECT_TRUE(second.isRaised());
  second = ReadableFlag();
  EXPECT_LT(::fcntl(file, F_GETFD), 0);
}

}  // namespace
}  // namespace wasi
