// Traps, their frames, and exceptions.
#include "test/embed/standard/cpp/world.h"

namespace {

using wasm::own;
using wasm::Trap;
using wasm::Val;
using wasm::vec;

own<Trap> fail(void* env, const vec<Val>&, vec<Val>&) {
  return (*static_cast<own<Trap>*>(env))->copy();
}

// A trap that the program's function returns is the same object when the call returns.
void testOwnTrap(const Modules& modules) {
  own<Trap> given;
  World world(modules, fail, &given);
  given = Trap::make(world.store.get(), wasm::Message::make(std::string("no")));
  auto none = vec<Val>::make();
  own<Trap> got = world.call("outer", none, none);
  EXPECT_TRAP(got, "no");
  EXPECT(got->same(given.get()));
  EXPECT(Trap::make(nullptr, wasm::Message::invalid()) == nullptr);
}

void testFrames(const Modules& modules) {
  World world(modules);
  auto none = vec<Val>::make();
  own<Trap> trap = world.call("unreachable", none, none);
  EXPECT_TRAP(trap, "unreachable");
  auto origin = trap->origin()->copy();
  EXPECT(origin->func_index() == 8 && origin->instance()->same(world.instance.get()));
  EXPECT(origin->func_offset() > 0 && origin->func_offset() < origin->module_offset());
  auto trace = trap->trace();
  EXPECT(trace.size() == 1 && trace[0]->module_offset() == origin->module_offset());
  auto made = Trap::make(world.store.get(), wasm::Message::make_nt(std::string("no")));
  EXPECT(made->origin() == nullptr && made->trace().size() == 0);
}

own<Trap> throwAgain(void* env, const vec<Val>& args, vec<Val>& results) {
  return static_cast<wasm::Func*>(env)->call(args, results);
}

// An exception passes from a guest through a function of the program to another guest.
void testExceptions(const Modules& modules) {
  World world(modules);
  wasm::Func* throwing = world.named("throw")->func();
  auto between = wasm::Func::make(world.store.get(), throwing->type().get(), throwAgain, throwing);
  auto module = wasm::Module::make(world.store.get(), modules.catching);
  auto imports = vec<wasm::Extern*>::make(world.named("tag"), between.get());
  auto instance = wasm::Instance::make(world.store.get(), module.get(), imports);
  auto exports = instance->exports();
  EXPECT(exports[0]->same(world.named("tag")));
  auto object = wasm::Foreign::make(world.store.get());
  auto args = vec<Val>::make(Val::i32(7), Val::ref(object->copy()));
  auto results = vec<Val>::make_uninitialized(2);
  EXPECT(exports[1]->func()->call(args, results) == nullptr);
  EXPECT(results[0].i32() == 7 && results[1].ref()->same(object.get()));
  EXPECT_TRAP(exports[2]->func()->call(args, results), "uncaught exception: tag (i32 7");
}

}  // namespace

void testTraps(const Modules& modules) {
  testOwnTrap(modules);
  testFrames(modules);
  testExceptions(modules);
}
