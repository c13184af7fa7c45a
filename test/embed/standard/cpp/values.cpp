// Values, references and host info.
#include "test/embed/standard/cpp/world.h"

namespace {

using wasm::own;
using wasm::Ref;
using wasm::Val;
using wasm::ValKind;

void testNumbers() {
  EXPECT(Val::i32(-1).i32() == -1 && Val::i32(-1).kind() == ValKind::I32);
  EXPECT(Val::i64(-2).i64() == -2 && Val::i64(-2).is_num());
  EXPECT(Val::f32(0.5f).f32() == 0.5f && !Val::f32(0.5f).is_ref());
  EXPECT(Val::f64(1e300).f64() == 1e300);
  EXPECT(Val::make<int32_t>(-3).get<int32_t>() == -3);
  EXPECT(Val::make<int64_t>(INT64_MIN).get<int64_t>() == INT64_MIN);
  EXPECT(Val::make<uint32_t>(UINT32_MAX).get<uint32_t>() == UINT32_MAX);
  EXPECT(Val::make<uint64_t>(UINT64_MAX).get<uint64_t>() == UINT64_MAX);
  EXPECT(Val::make(1.5f).get<float32_t>() == 1.5f && Val::make(2.5).get<float64_t>() == 2.5);
  Val moved = Val(int32_t{7});
  Val to = std::move(moved);
  EXPECT(to.i32() == 7);
  to = Val(int64_t{8});
  EXPECT(to.copy().i64() == 8);
}

// A value owns its reference.
void testOwnership(wasm::Store* store) {
  int ended = 0;
  auto object = wasm::Foreign::make(store);
  object->set_host_info(&ended, countUp);
  Val null;
  EXPECT(null.is_ref() && null.ref() == nullptr && null.copy().ref() == nullptr);
  Val value = Val::ref(object->copy());
  object.reset();
  Val other = value.copy();
  EXPECT(other.ref() != value.ref() && other.ref()->same(value.get<Ref*>()));
  value.reset();
  EXPECT(value.ref() == nullptr && ended == 0);
  value.reset(other);
  EXPECT(other.ref() == nullptr && value.ref() != nullptr);
  Val& same = value;
  value = std::move(same);
  EXPECT(value.ref() != nullptr);
  Val made = Val::make(value.release_ref());
  EXPECT(value.ref() == nullptr && made.ref()->get_host_info() == &ended);
  made = Val::i32(1);
  EXPECT(ended == 1);
  EXPECT(Val::make(wasm::Foreign::make(store)).kind() == ValKind::EXTERNREF);
}

// Each class of references has copies, which are to the same object.
template <class T>
void testCopy(const own<T>& object) {
  own<T> copy = object->copy();
  EXPECT(copy.get() != object.get() && copy->same(object.get()));
  const Ref* ref = copy.get();
  own<Ref> base = ref->copy();
  EXPECT(base->same(object.get()) && !base->same(nullptr));
  int ended = 0;
  base->set_host_info(&ended, countUp);
  EXPECT(object->get_host_info() == &ended);
  copy->set_host_info(nullptr);
  EXPECT(ended == 1 && object->get_host_info() == nullptr);
}

}  // namespace

void testValues(const Modules& modules) {
  testNumbers();
  World world(modules);
  testOwnership(world.store.get());
  testCopy(wasm::Foreign::make(world.store.get()));
  testCopy(wasm::Trap::make(world.store.get(), wasm::Message::make_nt(std::string("trap"))));
  testCopy(world.module);
  testCopy(world.instance);
  testCopy(world.nothing);
  testCopy(world.counter);
  testCopy(world.functions);
  testCopy(world.memory);
  testCopy(world.exports[0]);
}
