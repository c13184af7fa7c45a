#include "runtime/gc/reachability.h"

#include <utility>

#include "runtime/base/check.h"

namespace runtime::gc {

Reachability::Reachability(HeapSpace& space)
    : Reachability(
          space, TableSpace::reserve(ObjectBits::tableBytes(space.region.blockCount())).value()) {}

Reachability::Reachability(HeapSpace& space, TableSpace table)
    : space_(space), table_(std::move(table)), reached_(space.region, table_) {}

void Reachability::check(RootSource& roots, const ObjectBits* marks) {
  roots.visitRoots(*this);
  while (!found_.empty()) {
    const abi::ObjectHeader* object = found_.back();
    found_.pop_back();
    CHECK(marks == nullptr || marks->test(addressOf(object)));
    forEachReference(space_.types, object, 0, UINT64_MAX,
                     [this](uint64_t word) { reference(word); });
  }
}

void Reachability::reference(uint64_t& word) {
  if (!abi::isObject(word)) return;
  const abi::ObjectHeader* object = space_.finder.find(word);
  CHECK(object != nullptr && addressOf(object) == word);
  reach(object);
}

void Reachability::conservative(WordRange words) {
  space_.finder.forEachTarget(words.begin, words.end,
                              [this](const abi::ObjectHeader* object) { reach(object); });
}

std::optional<WordRange> Reachability::next() {
  if (found_.empty()) return std::nullopt;
  auto begin = reinterpret_cast<const uintptr_t*>(found_.back());
  uint64_t words = space_.types.sizeOf(found_.back()) / sizeof(uintptr_t);
  found_.pop_back();
  return WordRange{begin, begin + words};
}

void Reachability::reach(const abi::ObjectHeader* object) {
  if (reached_.testAndSet(addressOf(object))) return;
  checkHeader(object);
  checkPlace(object);
  found_.push_back(object);
}

void Reachability::checkHeader(const abi::ObjectHeader* object) const {
  CHECK(object->type != 0 && object->type % sizeof(abi::TypeDescriptor) == 0);
  const abi::TypeDescriptor& type = space_.types.row(object->type);
  CHECK(type.kind <= abi::ObjectKind::String);
  CHECK(type.size >= sizeof(abi::ObjectHeader) && type.size % kGranule == 0);
  if (abi::hasElements(type.kind)) CHECK(type.elementSizeLog2 <= 4);
}

// Checks that nothing else can be allocated in the space of the object.
void Reachability::checkPlace(const abi::ObjectHeader* object) const {
  uintptr_t address = addressOf(object);
  uint64_t size = space_.types.sizeOf(object);
  uintptr_t last = address + size - kGranule;
  CHECK(size <= space_.region.blockCount() * kBlock && space_.region.contains(last));
  uint32_t block = space_.region.blockOf(address);
  if (size > abi::kMaxSmallObject) {
    CHECK(space_.blocks[block].state == BlockState::Large);
    CHECK(space_.large.objectOfUnit(address) == object &&
          space_.large.objectOfUnit(last) == object);
    return;
  }
  CHECK(space_.blocks[block].state == BlockState::Small && space_.region.blockOf(last) == block);
  for (uint32_t line = space_.region.lineOf(address); line <= space_.region.lineOf(last); ++line) {
    CHECK(!space_.lines.freeLines(block).contains(line));
  }
}

}  // namespace runtime::gc
