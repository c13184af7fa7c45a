// Tests of exceptions between compiled code and the host: a host function that throws, one that
// passes on what its callee has thrown, and what the host sees of an uncaught exception.
#include <gtest/gtest.h>

#include "runtime/linker.h"
#include "runtime/objects/exception.h"
#include "test/wast/compiler/module_compiler.h"
#include "test/wast/front_end.h"

namespace wast {
namespace {

using runtime::Caller;
using runtime::Value;

constexpr char kModule[] = R"(
  (import "host" "tag" (tag $tag (param i32)))
  (import "host" "throw" (func $throw (param i32)))
  (import "host" "pass" (func $pass (param i32)))
  (func (export "throws") (param i32) (throw $tag (local.get 0)))
  (func (export "uncaught") (param i32) (call $throw (local.get 0)))
  (func (export "caught") (param i32) (result i32)
    (block $h (result i32)
      (try_table (catch $tag $h) (call $throw (local.get 0)))
      (i32.const -1)))
  (func (export "passed") (param i32) (result i32)
    (block $h (result i32)
      (try_table (catch $tag $h) (call $pass (local.get 0)))
      (i32.const -1))))";

struct Host {
  runtime::Store* store;
  runtime::Tag* tag;
  runtime::Instance* instance = nullptr;
};

// The request for a trap does not count, since another one follows.
void throwFromHost(Caller* caller, uint32_t number) {
  auto& host = *static_cast<Host*>(caller->env);
  Value arguments[] = {Value::i32(number)};
  runtime::requestTrap(*caller, "not this");
  runtime::requestThrow(*caller, runtime::newException(host.store->state(), *host.tag, arguments));
}

void passOn(Caller* caller, uint32_t number) {
  auto& host = *static_cast<Host*>(caller->env);
  auto outcome = host.instance->function("throws")->call({Value::i32(number)});
  ASSERT_FALSE(outcome.ok());
  runtime::requestTrap(*caller, std::move(outcome).error().trap());
}

class HostExceptions : public ::testing::TestWithParam<codegen::OptLevel> {
 protected:
  void SetUp() override {
    options_.optLevel = GetParam();
    auto checked = checkModule("t.wat", "", {.form = ModuleForm::Quote, .content = kModule});
    ASSERT_TRUE(std::holds_alternative<CheckedModule>(checked));
    auto compiler = ModuleCompiler::create(options_);
    ASSERT_TRUE(compiler.ok());
    auto module = (*compiler)->compile(std::get<CheckedModule>(checked).valid);
    ASSERT_TRUE(module.ok());
    runtime::Linker linker;
    linker.define("host", "tag", host_.tag);
    linker.define("host", "throw", runtime::hostFunction(throwFromHost, &host_));
    linker.define("host", "pass", runtime::hostFunction(passOn, &host_));
    auto instance = linker.instantiate(store_, *module);
    ASSERT_TRUE(instance.ok());
    host_.instance = *instance;
  }

  auto call(const char* name, uint32_t argument) {
    return host_.instance->function(name)->call({Value::i32(argument)});
  }

  codegen::Options options_;
  runtime::Store store_{{.stressesHeap = true}};
  Host host_{&store_, store_.createTag({{abi::kI32}, {}})};
};

TEST_P(HostExceptions, GuestsCatchThem) {
  for (uint32_t i = 0; i < 10; ++i) {
    EXPECT_EQ(call("caught", i)->front().slot.i32, i);
    EXPECT_EQ(call("passed", i)->front().slot.i32, i);
  }
}

TEST_P(HostExceptions, TheHostSeesWhatNobodyCatches) {
  for (const char* name : {"uncaught", "throws"}) {
    auto outcome = call(name, 42);
    ASSERT_FALSE(outcome.ok());
    const runtime::Trap& trap = outcome.error().trap();
    EXPECT_EQ(trap.code, abi::TrapCode::UncaughtException);
    EXPECT_EQ(trap.message, "uncaught exception: a tag without a name (i32 42)");
    call("caught", 1);  // collects
    const abi::ObjectHeader& exception = *runtime::exceptionOf(trap);
    EXPECT_EQ(&runtime::tagOf(exception), host_.tag);
    EXPECT_EQ(runtime::argumentsOf(exception).front().slot.i32, 42u);
  }
}

INSTANTIATE_TEST_SUITE_P(Levels, HostExceptions,
                         ::testing::Values(codegen::OptLevel::O0, codegen::OptLevel::O2));

}  // namespace
}  // namespace wast
