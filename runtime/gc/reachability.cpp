#include "runtime/gc/reachability.h"

#include <utility>

#include "runtime/base/check.h"

namespace runtime::gc {

Reachability::Reachability(const Region& region, const BlockTable& blocks, const LineMap& lines,
                           const LargeSpace& large, TypeTable types, ObjectFinder& finder)
    : Reachability(region, blocks, lines, large, types, finder,
                   TableSpace::reserve(ObjectBits::tableBytes(region.blockCount())).value()) {}

Reachability::Reachability(const Region& region, const BlockTable& blocks, const LineMap& lines,
                           const LargeSpace& large, TypeTable types, ObjectFinder& finder,
                           TableSpace space)
    : region_(region),
      blocks_(blocks),
      lines_(lines),
      large_(large),
      types_(types),
      finder_(finder),
      space_(std::move(space)),
      reached_(region, space_) {}

void Reachability::check(RootSource& roots, const ObjectBits* marks) {
  roots.visitRoots(*this);
  while (!found_.empty()) {
    const abi::ObjectHeader* object = found_.back();
    found_.pop_back();
    CHECK(marks == nullptr || marks->test(addressOf(object)));
    forEachReference(types_, object, 0, UINT64_MAX, [this](uint64_t word) { reference(word); });
  }
}

void Reachability::reference(uint64_t word) {
  if (!abi::isObject(word)) return;
  const abi::ObjectHeader* object = finder_.find(word);
  CHECK(object != nullptr && addressOf(object) == word);
  reach(object);
}

void Reachability::conservative(WordRange words) {
  finder_.forEachTarget(words, [this](const abi::ObjectHeader* object) { reach(object); });
}

void Reachability::reach(const abi::ObjectHeader* object) {
  if (reached_.testAndSet(addressOf(object))) return;
  checkHeader(object);
  checkPlace(object);
  found_.push_back(object);
}

void Reachability::checkHeader(const abi::ObjectHeader* object) const {
  CHECK(object->type != 0 && object->type % sizeof(abi::TypeDescriptor) == 0);
  const abi::TypeDescriptor& type = types_.row(object->type);
  CHECK(type.kind <= abi::ObjectKind::Array);
  CHECK(type.size >= sizeof(abi::ObjectHeader) && type.size % kGranule == 0);
  if (type.kind == abi::ObjectKind::Array) CHECK(type.elementSizeLog2 <= 4);
}

// Checks that nothing else can be allocated in the space of the object.
void Reachability::checkPlace(const abi::ObjectHeader* object) const {
  uintptr_t address = addressOf(object);
  uint64_t size = types_.sizeOf(object);
  uintptr_t last = address + size - kGranule;
  CHECK(size <= region_.blockCount() * kBlock && region_.contains(last));
  uint32_t block = region_.blockOf(address);
  if (size > abi::kMaxSmallObject) {
    CHECK(blocks_[block].state == BlockState::Large);
    CHECK(large_.objectOfUnit(address) == object && large_.objectOfUnit(last) == object);
    return;
  }
  CHECK(blocks_[block].state == BlockState::Small && region_.blockOf(last) == block);
  for (uint32_t line = region_.lineOf(address); line <= region_.lineOf(last); ++line) {
    CHECK(!lines_.freeLines(block).contains(line));
  }
}

}  // namespace runtime::gc
