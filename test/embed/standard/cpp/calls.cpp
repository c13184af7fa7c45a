// Calls in both directions, and what functions of the program own.
#include <stdexcept>

#include "test/embed/standard/cpp/world.h"

namespace {

using wasm::Func;
using wasm::FuncType;
using wasm::own;
using wasm::ownvec;
using wasm::Trap;
using wasm::Val;
using wasm::ValKind;
using wasm::ValType;
using wasm::vec;

// Passes values of all kinds through a guest and the program.
void testMix(World& world) {
  const Func* mix = world.named("mix")->func();
  EXPECT(mix->param_arity() == 6 && mix->result_arity() == 6);
  EXPECT(mix->type()->results()[5]->kind() == ValKind::FUNCREF);
  auto object = wasm::Foreign::make(world.store.get());
  auto args = vec<Val>::make(Val::i32(-7), Val::i64(INT64_MIN), Val::f32(0.5f), Val::f64(-1e300),
                             Val::ref(object->copy()), Val::ref(world.nothing->copy()));
  auto results = vec<Val>::make_uninitialized(7);
  results[6] = Val::i32(5);
  // The second call replaces references.
  for (int i = 0; i < 2; ++i) {
    EXPECT(mix->call(args, results) == nullptr);
    EXPECT(results[0].i32() == -7 && results[1].i64() == INT64_MIN);
    EXPECT(results[2].f32() == 0.5f && results[3].f64() == -1e300);
    EXPECT(results[4].ref()->same(object.get()) && results[5].ref()->same(world.nothing.get()));
    EXPECT(results[6].i32() == 5);
  }
  // After a trap they are as they were.
  EXPECT_TRAP(mix->call(vec<Val>::make(), results), "0 arguments");
  EXPECT(results[4].ref()->same(object.get()));
  auto none = vec<Val>::invalid();
  EXPECT(mix->call(args, none) == nullptr);
  EXPECT(mix->call(args, args) == nullptr && args[0].i32() == -7);
}

own<Trap> addUp(void* env, const vec<Val>& args, vec<Val>& results) {
  EXPECT(results.size() == 1 && results[0].kind() == ValKind::I32 && results[0].i32() == 0);
  results[0] = Val::i32(args[0].i32() + args[1].i32() + *static_cast<int*>(env));
  return nullptr;
}

own<FuncType> binary() {
  return FuncType::make(
      ownvec<ValType>::make(ValType::make(ValKind::I32), ValType::make(ValKind::I32)),
      ownvec<ValType>::make(ValType::make(ValKind::I32)));
}

own<Trap> callBinary(Func* func) {
  auto results = vec<Val>::make_uninitialized(1);
  auto trap = func->call(vec<Val>::make(Val::i32(2), Val::i32(3)), results);
  if (!trap) EXPECT(results[0].i32() == 105);
  return trap;
}

// The environment ends with the store.
void testEnvironment(const Modules& modules) {
  int env = 100;
  {
    World world(modules);
    auto func = Func::make(world.store.get(), binary().get(), addUp, &env, countUp);
    EXPECT(callBinary(func.get()) == nullptr);
    func.reset();
    EXPECT(env == 100);
  }
  EXPECT(env == 101);
  EXPECT(Func::make(nullptr, binary().get(), addUp, &env, countUp) == nullptr);
  EXPECT(env == 101);
}

own<Trap> throwError(const vec<Val>&, vec<Val>&) { throw std::runtime_error("no such thing"); }
own<Trap> throwNumber(const vec<Val>&, vec<Val>&) { throw 5; }
own<Trap> giveTooFew(const vec<Val>&, vec<Val>& results) {
  results = vec<Val>::make();
  return nullptr;
}
own<Trap> giveNone(const vec<Val>&, vec<Val>& results) {
  results.reset();
  return nullptr;
}
own<Trap> giveOther(const vec<Val>&, vec<Val>& results) {
  results[0] = Val::f64(1);
  return nullptr;
}

void testErrors(wasm::Store* store) {
  auto make = [&](Func::callback code) { return Func::make(store, binary().get(), code); };
  EXPECT_TRAP(callBinary(make(throwError).get()), "no such thing");
  EXPECT_TRAP(callBinary(make(throwNumber).get()), "exception");
  EXPECT_TRAP(callBinary(make(giveTooFew).get()), "0 results instead of 1");
  EXPECT_TRAP(callBinary(make(giveNone).get()), "0 results instead of 1");
  EXPECT_TRAP(callBinary(make(giveOther).get()), "does not fit");
  EXPECT(make(nullptr) == nullptr);
  EXPECT(Func::make(store, nullptr, giveNone) == nullptr);
}

// Calls a guest, from which it is called itself, and so on.
own<Trap> descend(void* env, const vec<Val>&, vec<Val>&) {
  auto& world = *static_cast<World*>(env);
  int64_t depth = world.counter->get().i64();
  world.counter->set(Val::i64(depth - 1));
  auto none = vec<Val>::make();
  return depth == 0 ? nullptr : world.call("call-nothing", none, none);
}

// `nothing` needs the world, which does not exist before its environment.
struct Descent {
  explicit Descent(const Modules& modules) : world(modules, enter, this) {}
  static own<Trap> enter(void* env, const vec<Val>& args, vec<Val>& results) {
    return descend(&static_cast<Descent*>(env)->world, args, results);
  }
  World world;
};

void testNested(const Modules& modules) {
  Descent descent(modules);
  auto none = vec<Val>::make();
  descent.world.counter->set(Val::i64(10));
  EXPECT(descent.world.call("outer", none, none) == nullptr);
  descent.world.counter->set(Val::i64(1 << 20));  // more than there is stack for
  EXPECT_TRAP(descent.world.call("outer", none, none), "call stack exhausted");
}

}  // namespace

void testCalls(const Modules& modules) {
  World world(modules);
  testMix(world);
  testEnvironment(modules);
  testErrors(world.store.get());
  testNested(modules);
}
