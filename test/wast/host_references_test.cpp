// Tests of references to pointers of the host in compiled code: casts, and when their finalizers
// run.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/linker.h"
#include "test/wast/compiler/module_compiler.h"
#include "test/wast/front_end.h"

namespace wast {
namespace {

using runtime::Caller;
using runtime::ExternRef;
using runtime::Value;

constexpr char kCasts[] = R"(
  (import "host" "make" (func $make (result externref)))
  (import "host" "count" (func $count (result i32)))
  (type $node (sub (struct (field (ref null $node)))))
  (type $cells (array (mut externref)))
  (func (export "kinds") (param externref) (result i32)
    (local $r anyref)
    (local.set $r (any.convert_extern (local.get 0)))
    (ref.test anyref (local.get $r))
    (i32.shl (ref.test eqref (local.get $r)) (i32.const 1))
    (i32.shl (ref.test i31ref (local.get $r)) (i32.const 2))
    (i32.shl (ref.test structref (local.get $r)) (i32.const 3))
    (i32.shl (ref.test arrayref (local.get $r)) (i32.const 4))
    (i32.shl (ref.test (ref $node) (local.get $r)) (i32.const 5))
    (i32.shl (ref.test (ref $cells) (local.get $r)) (i32.const 6))
    (i32.shl (ref.test nullref (local.get $r)) (i32.const 7))
    (i32.or) (i32.or) (i32.or) (i32.or) (i32.or) (i32.or) (i32.or))
  (func (export "cast") (param externref)
    (drop (ref.cast eqref (any.convert_extern (local.get 0)))))
)";

constexpr char kCollections[] = R"(
  (func $litter (param $objects i32)
    (local $node (ref null $node))
    (loop $more
      (local.set $node (struct.new $node (local.get $node)))
      (if (i32.eqz (i32.rem_u (local.get $objects) (i32.const 100)))
        (then (local.set $node (ref.null $node))))
      (local.set $objects (i32.sub (local.get $objects) (i32.const 1)))
      (br_if $more (local.get $objects))))
  ;; Only the stack has the reference.
  (func (export "hold") (param $objects i32) (result i32 externref)
    (local $r externref)
    (local.set $r (call $make))
    (call $litter (local.get $objects))
    (call $count)
    (local.get $r))
  ;; Only an object has the reference.
  (func (export "hold_in_array") (param $objects i32) (result i32 externref)
    (local $a (ref $cells))
    (local.set $a (array.new $cells (ref.null extern) (i32.const 10)))
    (call $litter (local.get $objects))
    (array.set $cells (local.get $a) (i32.const 5) (call $make))
    (call $litter (local.get $objects))
    (call $count)
    (array.get $cells (local.get $a) (i32.const 5)))
  (func (export "drop") (param $times i32) (param $objects i32) (result i32)
    (loop $more
      (drop (call $make))
      (call $litter (local.get $objects))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if $more (local.get $times)))
    (call $count))
  ;; Collects in a call at this depth.
  (type $deep (func (param i32 i32) (result i32)))
  (table (export "table") 1 1 funcref)
  (elem (i32.const 0) func $deep)
  (func $deep (export "deep") (type $deep) (param $depth i32) (param $objects i32) (result i32)
    (if (result i32) (local.get $depth)
      (then
        (i32.add
          (i32.const 1)
          (call_indirect (type $deep)
            (i32.sub (local.get $depth) (i32.const 1)) (local.get $objects) (i32.const 0))))
      (else
        (call $litter (local.get $objects))
        (i32.const 0)))))";

constexpr uint64_t kStack = uint64_t{512} << 10;

struct Host {
  runtime::Store* store;
  uint32_t finalized = 0;
  uintptr_t stackTop = 0;  // about where the guest's stack begins
};

uintptr_t stackPointer() { return reinterpret_cast<uintptr_t>(__builtin_frame_address(0)); }

// Checks that there is as much stack as a host function has.
void finalize(void* pointer) {
  auto& host = *static_cast<Host*>(pointer);
  ++host.finalized;
  constexpr uint64_t kTolerance = 4096;  // for frames of the runtime
  uint64_t used = host.stackTop - stackPointer();
  if (used < kStack) {
    EXPECT_LE(used, kStack - abi::kHostStack + kTolerance);
  }
}

ExternRef make(Caller* caller) {
  auto& host = *static_cast<Host*>(caller->env);
  if (host.stackTop == 0) host.stackTop = stackPointer();
  return {host.store->newExternRef(&host, finalize)->slot.i64};
}

uint32_t count(Caller* caller) { return static_cast<Host*>(caller->env)->finalized; }

struct Mode {
  codegen::OptLevel level;
  bool isStressed;
};

class HostReferences : public ::testing::TestWithParam<Mode> {
 protected:
  void SetUp() override {
    codegen::Options options;
    options.optLevel = GetParam().level;
    auto checked = checkModule(
        "t.wat", "", {.form = ModuleForm::Quote, .content = std::string(kCasts) + kCollections});
    ASSERT_TRUE(std::holds_alternative<CheckedModule>(checked));
    auto compiler = ModuleCompiler::create(options);
    ASSERT_TRUE(compiler.ok());
    auto module = (*compiler)->compile(std::get<CheckedModule>(checked).valid);
    ASSERT_TRUE(module.ok());
    runtime::Linker linker;
    linker.define("host", "make", runtime::hostFunction(make, &host_));
    linker.define("host", "count", runtime::hostFunction(count, &host_));
    auto instance = linker.instantiate(store_, *module);
    ASSERT_TRUE(instance.ok());
    instance_ = *instance;
  }

  auto call(const char* name, std::initializer_list<Value> arguments) {
    return instance_->function(name)->call(arguments);
  }
  // More than a nursery, which is 8 MiB, of objects of 16 bytes.
  Value litter() const { return Value::i32(GetParam().isStressed ? 100 : 2'000'000); }

  runtime::Store store_{{.stackSize = kStack, .stressesHeap = GetParam().isStressed}};
  Host host_{&store_};
  runtime::Instance* instance_ = nullptr;
};

TEST_P(HostReferences, AreOnlyAnyForCasts) {
  for (uint64_t pointer : {uint64_t{8}, UINT64_MAX}) {
    Value value = store_.newExternRef(reinterpret_cast<void*>(pointer)).value();
    EXPECT_EQ(call("kinds", {value})->front().slot.i32, 1u);
    auto outcome = call("cast", {value});
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().trap().code, abi::TrapCode::CastFailure);
  }
}

TEST_P(HostReferences, AreNotFinalizedWhileAGuestHoldsThem) {
  for (const char* name : {"hold", "hold_in_array"}) {
    uint32_t before = host_.finalized;
    auto results = call(name, {litter()});
    ASSERT_TRUE(results.ok());
    EXPECT_EQ((*results)[0].slot.i32, before);
    EXPECT_EQ(runtime::hostPointerOf((*results)[1].slot.i64), &host_);
    store_.collectGarbage();
    EXPECT_EQ(host_.finalized, before + 1);
  }
}

TEST_P(HostReferences, AreFinalizedWhileTheGuestRuns) {
  constexpr uint32_t kTimes = 20;
  auto results = call("drop", {Value::i32(kTimes), litter()});
  ASSERT_TRUE(results.ok());
  // A word on the stack may keep the last ones alive.
  EXPECT_GE(results->front().slot.i32, kTimes - 5);
  EXPECT_LE(results->front().slot.i32, kTimes);
  store_.collectGarbage();
  EXPECT_EQ(host_.finalized, kTimes);
}

TEST_P(HostReferences, WaitForStackToBeFinalized) {
  ASSERT_TRUE(call("drop", {Value::i32(1), Value::i32(1)}).ok());  // tells where the stack is
  uint32_t made = 1;
  constexpr uint32_t kStep = 300;
  std::vector<uint32_t> finalized;
  for (uint32_t depth = 0;; depth += kStep, ++made) {
    ASSERT_TRUE(store_.newExternRef(&host_, finalize).ok());
    uint32_t before = host_.finalized;
    auto outcome = call("deep", {Value::i32(depth), litter()});
    if (!outcome.ok()) break;
    EXPECT_EQ(outcome->front().slot.i32, depth);
    finalized.push_back(host_.finalized - before);
  }
  // The stack is too deep for finalizers at about half of the depths. At any of the others, a word
  // on the stack may keep the reference alive.
  ASSERT_GT(finalized.size(), 3u);
  EXPECT_GT(*std::ranges::max_element(finalized), 0u);
  EXPECT_EQ(finalized.back(), 0u);
  store_.collectGarbage();
  EXPECT_EQ(host_.finalized, made + 1);
}

INSTANTIATE_TEST_SUITE_P(Modes, HostReferences,
                         ::testing::Values(Mode{codegen::OptLevel::O0, false},
                                           Mode{codegen::OptLevel::O0, true},
                                           Mode{codegen::OptLevel::O2, false},
                                           Mode{codegen::OptLevel::O2, true}));

}  // namespace
}  // namespace wast
