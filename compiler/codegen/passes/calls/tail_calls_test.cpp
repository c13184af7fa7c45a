#include "compiler/codegen/passes/calls/tail_calls.h"

#include <gtest/gtest.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Module.h>
#include <llvm/Support/SourceMgr.h>

#include "compiler/codegen/target/target.h"

namespace codegen {
namespace {

using llvm::CallInst;
using Kind = CallInst::TailCallKind;

constexpr const char* kTail = R"(
define tailcc i64 @down(ptr %c, i64 %x) {
  %r = musttail call tailcc i64 @down(ptr %c, i64 %x)
  ret i64 %r
})";

// The tail-call kind of the first function's first instruction, and whether the function has a
// frame pointer.
struct CallProperties {
  Kind kind;
  bool hasFramePointer;
  friend bool operator==(const CallProperties&, const CallProperties&) = default;
};

// Runs the three passes on the first function of `source`.
CallProperties afterPasses(const char* source, const std::string& triple) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic error;
  std::unique_ptr<llvm::Module> module = llvm::parseAssemblyString(source, error, context);
  EXPECT_NE(module, nullptr) << error.getMessage().str();
  Options options;
  options.triple = triple;
  base::Result<Target> target = Target::resolve(options);
  EXPECT_TRUE(target.ok());
  std::unique_ptr<llvm::TargetMachine> machine = target->makeMachine();

  llvm::Function& function = *module->begin();
  llvm::FunctionAnalysisManager analyses;
  MarkNoTail().run(function, analyses);
  ForceFramePointers().run(function, analyses);
  LowerMustTail(*machine).run(function, analyses);
  return {llvm::cast<CallInst>(*llvm::inst_begin(function)).getTailCallKind(),
          function.hasFnAttribute("frame-pointer")};
}

TEST(TailCalls, GuaranteedCallsGetTheKindThatTheTargetHonors) {
  EXPECT_EQ(afterPasses(kTail, "x86_64-linux-gnu"), (CallProperties{CallInst::TCK_Tail, false}));
  EXPECT_EQ(afterPasses(kTail, "aarch64-linux-gnu"),
            (CallProperties{CallInst::TCK_MustTail, false}));
}

TEST(TailCalls, OtherCallsOfWasmFunctionsAreNoTailAndHaveFramePointers) {
  EXPECT_EQ(afterPasses(R"(
define fastcc i64 @caller(i64 %x) {
  %r = tail call fastcc i64 @callee(i64 %x)
  ret i64 %r
}
declare fastcc i64 @callee(i64))",
                        "x86_64-linux-gnu"),
            (CallProperties{CallInst::TCK_NoTail, false}));
  EXPECT_EQ(afterPasses(R"(
define fastcc i64 @caller(ptr %c) {
  %r = call tailcc i64 @callee(ptr %c)
  ret i64 %r
}
declare tailcc i64 @callee(ptr))",
                        "x86_64-linux-gnu"),
            (CallProperties{CallInst::TCK_NoTail, true}));
}

TEST(TailCalls, CallsIntoTheRuntimeAreUnchanged) {
  EXPECT_EQ(afterPasses(R"(
define fastcc i64 @caller(i64 %x) {
  %r = tail call i64 @builtin(i64 %x)
  ret i64 %r
}
declare i64 @builtin(i64))",
                        "x86_64-linux-gnu"),
            (CallProperties{CallInst::TCK_Tail, false}));
}

TEST(TailCallsDeathTest, MustTailCallOutsideTailPositionFailsCheck) {
  EXPECT_DEATH(afterPasses(R"(
define tailcc i64 @caller(ptr %c) {
  %r = musttail call tailcc i64 @callee(ptr %c)
  %more = add i64 %r, 1
  ret i64 %more
}
declare tailcc i64 @callee(ptr))",
                           "x86_64-linux-gnu"),
               "");
}

}  // namespace
}  // namespace codegen
