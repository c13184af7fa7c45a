// Vectors: who owns the array and its elements.
#include "test/embed/standard/cpp/element.h"
#include "test/embed/standard/cpp/world.h"

namespace {

using wasm::own;
using wasm::ownvec;
using wasm::ValKind;
using wasm::ValType;
using wasm::vec;

void testNames() {
  auto name = vec<byte_t>::make(std::string("name"));
  EXPECT(name && isText(name, "name"));
  auto ended = vec<byte_t>::make_nt(std::string("name"));
  EXPECT(ended.size() == 5 && std::strcmp(ended.get(), "name") == 0);
  auto empty = vec<byte_t>::make(std::string());
  EXPECT(empty && empty.size() == 0 && empty.get() == nullptr);
  auto copy = name.copy();
  copy[0] = 'g';
  EXPECT(isText(copy, "game") && isText(name, "name"));
  const auto& constant = copy;
  EXPECT(constant[0] == 'g' && constant.get() == copy.get());
}

void testElements() {
  Element elements[] = {{5}, {6}};
  auto given = vec<Element>::make(size_t{2}, elements);
  EXPECT(given && given.size() == 2 && given[1].value == 6);
  const auto& constant = given;
  EXPECT(constant[0].value == 5 && constant.get() == given.get());
  auto copy = given.copy();
  copy[0].value = 7;
  EXPECT(copy[0].value == 7 && given[0].value == 5);
  EXPECT(given.deep_copy()[0].value == 6);
  EXPECT(vec<Element>::make(Element{8}, Element{9})[1].value == 9);
  EXPECT(vec<Element>::make_uninitialized(3)[2].value == 0);
  EXPECT(isText(vec<Element>::make(std::string("text")), "text"));
  EXPECT(vec<Element>::make_nt(std::string("text")).size() == 5);
}

void testMoves() {
  auto first = vec<Element>::make(Element{1});
  auto second = std::move(first);
  EXPECT(!first && second && second[0].value == 1);
  first = std::move(second);
  EXPECT(!second && first[0].value == 1);
  second.reset(first);
  EXPECT(!first && second[0].value == 1);
  auto& same = second;
  second = std::move(same);
  EXPECT(second[0].value == 1);
  Element* array = second.release();
  EXPECT(!second && second.get() == nullptr);
  auto adopted = vec<Element>::adopt(1, array);
  EXPECT(adopted[0].value == 1);
  adopted.reset();
  EXPECT(!adopted);
  EXPECT(!vec<Element>::invalid() && !vec<Element>::invalid().copy());
  EXPECT(vec<Element>::make() && vec<Element>::make().size() == 0);
}

void testOwned() {
  auto types = ownvec<ValType>::make(ValType::make(ValKind::I32), ValType::make(ValKind::F64));
  EXPECT(types.size() == 2 && types[1]->kind() == ValKind::F64);
  auto copies = types.deep_copy();
  EXPECT(copies[0]->kind() == ValKind::I32 && copies[0].get() != types[0].get());
  auto nulls = ownvec<ValType>::make_uninitialized(2);
  EXPECT(nulls[0] == nullptr && nulls.deep_copy()[1] == nullptr);
  own<ValType> elements[] = {ValType::make(ValKind::F32)};
  EXPECT(ownvec<ValType>::make(size_t{1}, elements)[0]->kind() == ValKind::F32 &&
         elements[0] == nullptr);
  own<ValType> made = wasm::make_own(copies[0].release());
  EXPECT(made->kind() == ValKind::I32);
}

}  // namespace

void testVectors() {
  testNames();
  testElements();
  testMoves();
  testOwned();
// The allocators of sanitizers end the program if there is no memory.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT(!vec<byte_t>::make_uninitialized(SIZE_MAX / 4));
#endif
}
