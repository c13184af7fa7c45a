#include "test/differential/child.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>

namespace differential {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Child, SaysWhatItsWorkReturns) {
  Report report = runInChild([] { return std::string(100'000, 'x'); }, 60);
  EXPECT_EQ(report.text.size(), 100'000u);
  EXPECT_THAT(report.accident, IsEmpty());
}

TEST(Child, TellsACrash) {
  Report report = runInChild([]() -> std::string { std::abort(); }, 60);
  EXPECT_THAT(report.accident, HasSubstr("crashed: Aborted"));
}

TEST(Child, TellsAnExit) {
  Report report = runInChild([]() -> std::string { ::_exit(3); }, 60);
  EXPECT_THAT(report.accident, HasSubstr("exit status 3"));
}

TEST(Child, IsEndedWhenItsTimeIsOver) {
  Report spins = runInChild(
      []() -> std::string {
        for (;;) ::getppid();
      },
      1);
  EXPECT_EQ(spins.accident, "did not end within 1 s");
  Report sleeps = runInChild(
      []() -> std::string {
        for (;;) ::pause();
      },
      1);
  EXPECT_EQ(sleeps.accident, "did not end within 1 s");
}

}  // namespace
}  // namespace differential
