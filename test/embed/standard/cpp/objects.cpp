// Globals, tables and memories.
#include "test/embed/standard/cpp/world.h"

namespace {

using wasm::Val;
using wasm::ValKind;
using wasm::vec;

void testGlobals(World& world) {
  auto none = vec<Val>::make();
  EXPECT(world.call("increment", none, none) == nullptr && world.counter->get().i64() == 1);
  EXPECT(world.counter->type()->mutability() == wasm::Mutability::VAR);
  wasm::Global* constant = world.named("constant")->global();
  constant->set(Val::f64(3));
  EXPECT(constant->get().f64() == 2.5);
  wasm::Global* object = world.named("object")->global();
  auto foreign = wasm::Foreign::make(world.store.get());
  object->set(Val::ref(foreign->copy()));
  EXPECT(object->get().ref()->same(foreign.get()));
  EXPECT(wasm::Global::make(world.store.get(), constant->type().get(), Val::i32(1)) == nullptr);
}

void testTables(World& world) {
  wasm::Table* table = world.functions.get();
  EXPECT(table->size() == 4 && table->get(0) == nullptr && table->get(9) == nullptr);
  EXPECT(table->set(1, world.named("add")->func()) && !table->set(4, nullptr));
  EXPECT(table->get(1)->same(world.named("add")));
  auto args = vec<Val>::make(Val::i32(1), Val::i32(50), Val::i32(8));
  auto sum = vec<Val>::make_uninitialized(1);
  EXPECT(world.call("call-indirect", args, sum) == nullptr && sum[0].i32() == 58);
  EXPECT(table->grow(2) && table->grow(1, world.nothing.get()) && table->size() == 7);
  EXPECT(table->get(6)->same(world.nothing.get()) && !table->grow(UINT32_MAX));
  EXPECT(!table->set(0, world.memory.get()));
  EXPECT(table->type()->element()->kind() == ValKind::FUNCREF);
  auto objects = world.named("objects")->table()->type();
  EXPECT(objects->limits().max == 8);
  auto foreign = wasm::Foreign::make(world.store.get());
  auto filled = wasm::Table::make(world.store.get(), objects.get(), foreign.get());
  EXPECT(filled->get(1)->same(foreign.get()));
}

void testMemories(World& world) {
  wasm::Memory* memory = world.memory.get();
  EXPECT(memory->size() == 1 && memory->data_size() == wasm::Memory::page_size);
  memory->data()[8] = 42;
  auto result = vec<Val>::make_uninitialized(1);
  EXPECT(world.call("peek", vec<Val>::make(Val::i32(8)), result) == nullptr);
  EXPECT(result[0].i32() == 42);
  EXPECT(memory->grow(1) && !memory->grow(1) && memory->size() == 2);
  EXPECT(memory->type()->limits().max == 2);
}

// Objects end with the store, and references may be deleted later.
void testEnds(const Modules& modules) {
  int ended = 0;
  wasm::own<wasm::Memory> memory;
  wasm::own<wasm::Foreign> foreign;
  {
    World world(modules);
    memory = world.memory->copy();
    memory->set_host_info(&ended, countUp);
    world.instance->set_host_info(&ended, countUp);
    foreign = wasm::Foreign::make(world.store.get());
    foreign->set_host_info(&ended, countUp);
  }
  EXPECT(ended == 2 && memory->data() == nullptr);
  foreign.reset();
  EXPECT(ended == 3);
}

}  // namespace

void testObjects(const Modules& modules) {
  World world(modules);
  testGlobals(world);
  testTables(world);
  testMemories(world);
  testEnds(modules);
}
