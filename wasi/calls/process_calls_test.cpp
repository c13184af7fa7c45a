#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "wasi/calls/calls.h"

namespace {

// The arguments of runtime::requestExit and requestTrap, which are defined here in place of those
// of the runtime.
std::optional<int32_t> requestedExit;
std::optional<std::string> requestedTrap;

}  // namespace

void runtime::requestExit(Caller&, int32_t status) { requestedExit = status; }
void runtime::requestTrap(Caller&, std::string message) { requestedTrap = std::move(message); }

namespace wasi {
namespace {

class ProcessCallsTest : public testing::Test {
 protected:
  ProcessCallsTest() {
    requestedExit.reset();
    requestedTrap.reset();
  }
  runtime::Caller caller_{};
};

TEST_F(ProcessCallsTest, ExitStopsTheGuest) {
  procExit(&caller_, 42);
  EXPECT_EQ(requestedExit, 42);
  procExit(&caller_, 0xffffffff);
  EXPECT_EQ(requestedExit, -1);
  EXPECT_FALSE(requestedTrap);
}

TEST_F(ProcessCallsTest, DeadlySignalsTrap) {
  for (uint32_t signal : {1, 2, 6, 9, 11, 15, 30}) {
    requestedTrap.reset();
    EXPECT_EQ(procRaise(&caller_, signal), Errno::Success);
    EXPECT_EQ(requestedTrap, "guest raised signal " + std::to_string(signal));
  }
}

TEST_F(ProcessCallsTest, OtherSignalsDoNothing) {
  for (uint32_t signal : {0, 16, 17, 22, 27}) {
    EXPECT_EQ(procRaise(&caller_, signal), Errno::Success);
  }
  EXPECT_EQ(procRaise(&caller_, 31), Errno::Inval);
  EXPECT_EQ(procRaise(&caller_, 0xffffffff), Errno::Inval);
  EXPECT_FALSE(requestedTrap);
  EXPECT_FALSE(requestedExit);
}

}  // namespace
}  // namespace wasi
