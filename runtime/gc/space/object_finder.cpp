#include "runtime/gc/space/object_finder.h"

namespace runtime::gc {

abi::ObjectHeader* ObjectFinder::find(uint64_t address) {
  if (!region_.contains(address)) return nullptr;
  abi::ObjectHeader* object = nullptr;
  switch (blocks_[region_.blockOf(address)].state) {
    case BlockState::Free:
      return nullptr;
    case BlockState::Small:
      object = findSmall(address);
      break;
    case BlockState::Large:
      object = large_.objectOfUnit(address);
      break;
  }
  if (object == nullptr || address - addressOf(object) >= types_.sizeOf(object)) return nullptr;
  return object;
}

abi::ObjectHeader* ObjectFinder::findSmall(uintptr_t address) {
  uint32_t block = region_.blockOf(address);
  if (blocks_[block].hasYoung && !blocks_[block].isParsed) parse(block);
  return objectAt(starts_.lastUpTo(address, region_.addressOfBlock(block)));
}

void ObjectFinder::parseAll() {
  blocks_.forEach(BlockState::Small, [this](uint32_t block) {
    if (blocks_[block].hasYoung && !blocks_[block].isParsed) parse(block);
  });
}

void ObjectFinder::parse(uint32_t block) {
  LineSet rest = lines_.young(block);
  while (!rest.isEmpty()) {
    LineRun run = rest.firstRun(1);
    rest.remove(run);
    anyYoung(block, run, [this](uintptr_t address) {
      starts_.set(address);
      return false;
    });
  }
  blocks_[block].isParsed = true;
}

template <class Visit>
bool ObjectFinder::anyYoung(uint32_t block, LineRun run, Visit visit) const {
  uintptr_t base = region_.addressOfBlock(block);
  uintptr_t end = base + run.end * kLine;
  for (uintptr_t address = base + run.begin * kLine; address < end;) {
    if (uintptr_t limit = small_.limitOfHole(address)) {
      address = limit;
    } else if (objectAt(address)->type == 0) {
      // The rest of the line is unused. Another hole may follow.
      address = (address / kLine + 1) * kLine;
    } else {
      if (visit(address)) return true;
      address += types_.sizeOf(objectAt(address));
    }
  }
  return false;
}

bool ObjectFinder::isObject(uint64_t address) const {
  if (!abi::isObject(address) || !region_.contains(address)) return false;
  uint32_t block = region_.blockOf(address);
  if (blocks_[block].state == BlockState::Free) return false;
  if (blocks_[block].state == BlockState::Large) {
    return addressOf(large_.objectOfUnit(address)) == address;
  }
  if (starts_.test(address)) return true;
  LineSet rest = lines_.young(block);
  while (!rest.isEmpty()) {
    LineRun run = rest.firstRun(1);
    rest.remove(run);
    uint32_t line = region_.lineOf(address);
    if (line < run.begin || line >= run.end) continue;
    return anyYoung(block, run, [address](uintptr_t found) { return found == address; });
  }
  return false;
}

}  // namespace runtime::gc
