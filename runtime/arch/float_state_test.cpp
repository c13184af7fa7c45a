#include "runtime/arch/float_state.h"

#include <gtest/gtest.h>

#include <cfenv>
#include <limits>

#include "runtime/fixture/running.h"

namespace runtime {
namespace {

using abi::ExternKind;
using fixture::ModuleBuilder;

constexpr float kLargest = std::numeric_limits<float>::max();
constexpr double kTiny = 0x1p-60;  // lost beside 1, unless sums are rounded up

// A guest and a host function that observe the modes. The state of the thread is restored after
// each test.
class FloatStateTest : public ::testing::Test {
 protected:
  FloatStateTest() : before_(FloatState::read()) {
    ModuleBuilder builder("app");
    uint32_t unary = builder.type<uint32_t, uint32_t>();
    builder.importFunction("env", "host", unary);
    auto add = [&](const char* name, uint32_t type, auto* code) {
      builder.exportAs(name, ExternKind::Function, builder.function(type, code, name));
    };
    add("mix", builder.type<double, float, double>(), fixture::guestMix);
    add("callTrap", unary, fixture::guestCallTrap);
    add("callHost", unary, fixture::guestCallImport);
    HostFunction host = hostFunction(
        +[](Caller* caller, uint32_t) {
          return static_cast<FloatStateTest*>(caller->env)->hostFunctionCalled();
        },
        this);
    instance_ = &fixture::instantiate(store_, builder.build(), {host});
  }
  ~FloatStateTest() override { FloatState::write(before_); }

  // 2a + b, as a guest computes it.
  double mix(float a, double b) {
    return fixture::call(*instance_, "mix", {Value::f32(a), Value::f64(b)}).slot.f64;
  }

  uint32_t hostFunctionCalled() {
    seenByHost_ = FloatState::read();
    std::fesetround(FE_UPWARD);
    nested_ = mix(0.5f, kTiny);
    uint32_t isStillUpward = std::fegetround() == FE_UPWARD;
    std::fesetround(FE_TONEAREST);
    return isStillUpward;
  }

  FloatState before_;
  FloatState seenByHost_{};
  double nested_ = 0;
  Store store_;
  Instance* instance_;
};

TEST_F(FloatStateTest, HostsRoundingStaysWithTheHost) {
  for (int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO, FE_TONEAREST}) {
    ASSERT_EQ(std::fesetround(mode), 0);
    EXPECT_EQ(mix(0.5f, kTiny), 1.0);
    EXPECT_EQ(mix(-0.5f, -kTiny), -1.0);
    EXPECT_EQ(std::fegetround(), mode);
  }
}

TEST_F(FloatStateTest, GuestsFlagsStayWithTheGuest) {
  std::feclearexcept(FE_ALL_EXCEPT);
  EXPECT_EQ(mix(kLargest, 0), std::numeric_limits<double>::infinity());
  EXPECT_EQ(std::fetestexcept(FE_ALL_EXCEPT), 0);
  std::feraiseexcept(FE_DIVBYZERO);
  mix(kLargest, 0);
  EXPECT_EQ(std::fetestexcept(FE_ALL_EXCEPT), FE_DIVBYZERO);
}

TEST_F(FloatStateTest, TrapsPutTheHostsStateBackToo) {
  std::fesetround(FE_UPWARD);
  EXPECT_EQ(fixture::callTrapping(*instance_, "callTrap", {Value::i32(1)}).message, "unreachable");
  EXPECT_EQ(std::fegetround(), FE_UPWARD);
}

TEST_F(FloatStateTest, HostFunctionsBeginWithTheGuestsModesAndCanCallBackWithOthers) {
  std::fesetround(FE_DOWNWARD);
  EXPECT_EQ(fixture::call(*instance_, "callHost", {Value::i32(0)}).slot.i32, 1u);
  EXPECT_EQ(std::fegetround(), FE_DOWNWARD);
  EXPECT_EQ(seenByHost_.control, FloatState::kGuestControl);
  EXPECT_EQ(nested_, 1.0);
}

#if defined(__x86_64__)
constexpr uint64_t kSubnormalsAreZero = 0x8040;  // FTZ and DAZ
constexpr uint64_t kMasks = 0x1f80;

TEST_F(FloatStateTest, SubnormalNumbersAreThereWhateverTheHostMakesOfThem) {
  FloatState flushing{FloatState::kGuestControl | kSubnormalsAreZero, 0};
  FloatState::write(flushing);
  double smallest = mix(0, std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(FloatState::read(), flushing);
  FloatState::write(before_);
  EXPECT_EQ(smallest, std::numeric_limits<double>::denorm_min());
}

TEST_F(FloatStateTest, HostsExceptionsDoNotKillTheProcess) {
  FloatState trapping{FloatState::kGuestControl & ~kMasks, 0};
  FloatState::write(trapping);
  double infinity = mix(kLargest, 1);
  FloatState after = FloatState::read();
  FloatState::write(before_);
  EXPECT_EQ(after, trapping);
  EXPECT_EQ(infinity, std::numeric_limits<double>::infinity());
}
#endif

}  // namespace
}  // namespace runtime
