#include "runtime/unwind/unwinder.h"

#include <gtest/gtest.h>
#include <unwind.h>

#include <memory>
#include <vector>

#include "runtime/fixture/running.h"
#include "runtime/fixture/unwind_tables.h"
#include "runtime/trap/code_registry.h"
#include "runtime/unwind/unwind_table.h"
#include "runtime/unwind/virtual_frame.h"

namespace runtime {
namespace {

// Frames as libgcc's unwinder sees them.
std::vector<Registers> expectedFrames;

_Unwind_Reason_Code addFrame(_Unwind_Context* context, void*) {
  Registers frame{.stackPointer = _Unwind_GetCFA(context), .pc = _Unwind_GetIP(context)};
  for (size_t i = 0; i < kCalleeSaved.size(); ++i)
    frame.saved[i] = _Unwind_GetGR(context, kCalleeSaved[i]);
  expectedFrames.push_back(frame);
  return _URC_NO_REASON;
}

// The number of frames that both unwinders have reached.
size_t comparedFrames;

void compareFrames() {
  const UnwindTables tables = fixture::ownUnwindTables();
  const Registers innermost = expectedFrames.front();
  VirtualFrame frame(innermost, expectedFrames.back().stackPointer);
  comparedFrames = 0;
  for (const Registers& expected : expectedFrames) {
    std::optional<Registers> found = frame.registers();
    ASSERT_TRUE(found);
    ASSERT_EQ(found->pc, expected.pc) << comparedFrames;
    ASSERT_EQ(found->stackPointer, expected.stackPointer) << comparedFrames;
    ASSERT_EQ(found->saved, expected.saved) << comparedFrames;
    ++comparedFrames;
    std::optional<FrameRow> row = findRow(tables, frame.pc());
    if (!row || row->isHandler()) return;  // GoogleTest's
    ASSERT_TRUE(frame.leave(*row));
  }
}

// Functions with different frames. The volatile variables prevent tail calls, and the sums occupy
// callee-saved registers.
FIXTURE_UNSANITIZED uint64_t descend(uint64_t depth, uint64_t a, uint64_t b, double c);

FIXTURE_UNSANITIZED uint64_t descendWithFramePointer(uint64_t depth, uint64_t a, double c) {
  auto* memory = static_cast<volatile uint8_t*>(__builtin_alloca(depth * 16 + 16));
  memory[depth] = 1;
  volatile uint64_t result = descend(depth - 1, a, a * 3, c + 1);
  return result + memory[depth] + a;
}

FIXTURE_UNSANITIZED uint64_t descend(uint64_t depth, uint64_t a, uint64_t b, double c) {
  if (depth == 0) {
    _Unwind_Backtrace(&addFrame, nullptr);
    compareFrames();
    return a;
  }
  volatile uint64_t result = depth % 2 == 0 ? descendWithFramePointer(depth, a + b, c)
                                            : descend(depth - 1, a * b, a + depth, c * 2);
  return result + a + b + depth + static_cast<uint64_t>(c);
}

FIXTURE_UNSANITIZED uint64_t compareFrom(uint64_t depth) {
  expectedFrames.clear();
  expectedFrames.reserve(1000);
  volatile uint64_t result = descend(depth, 1, 2, 3);
  return result;
}

TEST(Unwinder, SeesTheFramesOfLibgcc) {
  for (uint64_t depth : {0, 1, 2, 50}) {
    compareFrom(depth);
    // Those of the loop above and this function.
    EXPECT_GE(comparedFrames, depth + 2);
  }
}

// Guest functions that throw, called as the host calls them.
class ThrowTest : public ::testing::Test {
 protected:
  ThrowTest() { load(fixture::ownUnwindTables()); }

  // Replaces the module by one with the same code and other tables.
  void load(const UnwindTables& tables) {
    store_.reset();
    fixture::ModuleBuilder builder;
    auto add = [&](const char* name, uint32_t type, auto* code) {
      builder.exportAs(name, abi::ExternKind::Function, builder.function(type, code, name));
    };
    uint32_t thrower = builder.type<uint32_t, uint64_t, uint32_t>();
    add("throw", thrower, fixture::guestThrow);
    add("catch", thrower, fixture::guestCatch);
    add("registers", builder.type<uint64_t, uint64_t, uint64_t>(),
        fixture::guestCatchWithRegisters);
    ModuleSource source = builder.source();
    source.unwindTables = tables;
    store_ = std::make_unique<Store>();
    instance_ = &fixture::instantiate(*store_, Module::create(std::move(source)).value());
  }
  Value exception() { return Value::i64(reinterpret_cast<uint64_t>(&exception_)); }

  std::unique_ptr<Store> store_;
  Instance* instance_ = nullptr;
  _Unwind_Exception exception_ = {};  // foreign to C++, which deletes it by doing nothing
};

TEST_F(ThrowTest, EntersTheHandler) {
  for (uint32_t depth : {0, 1, 2, 100, 1, 0}) {
    Value result = fixture::call(*instance_, "catch", {exception(), Value::i32(depth)});
    EXPECT_EQ(result.slot.i32, 1) << depth;
  }
}

TEST_F(ThrowTest, RestoresRegisters) {
  Value result = fixture::call(*instance_, "registers", {exception(), Value::i64(12345)});
  EXPECT_EQ(result.slot.i64, 12345);
}

// An exception with one argument, as compiled code creates it.
struct GuestException {
  abi::ObjectHeader header{};
  const Tag* tag;
  uint64_t argument = 7;
};

TEST_F(ThrowTest, ReturnsWithoutAHandler) {
  GuestException exception{.tag = store_->createTag({{abi::kI32}, {}})};
  Value reference = Value::i64(reinterpret_cast<uint64_t>(&exception));
  for (uint32_t depth : {0, 1, 20}) {
    Trap trap = fixture::callTrapping(*instance_, "throw", {reference, Value::i32(depth)});
    EXPECT_EQ(trap.code, abi::TrapCode::UncaughtException);
    EXPECT_EQ(trap.message, "uncaught exception: a tag without a name (i32 7)");
    EXPECT_EQ(exceptionOf(trap), &exception.header);
    EXPECT_EQ(trap.backtrace.size(), depth + 1);
  }
}

TEST_F(ThrowTest, ForgetsUnloadedCode) {
  EXPECT_EQ(fixture::call(*instance_, "catch", {exception(), Value::i32(1)}).slot.i32, 1);
  load({});
  GuestException unseen{.tag = store_->createTag({{abi::kI32}, {}})};
  Value reference = Value::i64(reinterpret_cast<uint64_t>(&unseen));
  Trap trap = fixture::callTrapping(*instance_, "catch", {reference, Value::i32(1)});
  EXPECT_EQ(trap.code, abi::TrapCode::UncaughtException);
  load(fixture::ownUnwindTables());
  EXPECT_EQ(fixture::call(*instance_, "catch", {exception(), Value::i32(1)}).slot.i32, 1);
}

}  // namespace
}  // namespace runtime
