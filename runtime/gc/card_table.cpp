#include "runtime/gc/card_table.h"

#include <bit>

namespace runtime::gc {
namespace {

// Pushes the references of `object` whose addresses are in the card.
void scanPart(const abi::ObjectHeader* object, uintptr_t card, Marker& marker) {
  uintptr_t start = addressOf(object);
  uint64_t begin = card <= start ? 0 : (card - start) / 8;
  marker.pushReferences(object, begin, (card + kLine - start) / 8);
}

}  // namespace

template <class Visit>
void CardTable::takeSet(uint32_t block, Visit visit) {
  uint64_t* words = words_ + uint64_t{block} * kWordsPerBlock;
  for (uint32_t i = 0; i < kWordsPerBlock; ++i) {
    if (words[i] == 0) continue;
    for (uint64_t rest = std::exchange(words[i], 0); rest != 0;) {
      auto card = static_cast<uint32_t>(std::countr_zero(rest)) / 8;
      rest &= ~(uint64_t{0xff} << card * 8);
      visit(region_.addressOfBlock(block) + (i * kCardsPerWord + card) * kLine);
    }
  }
}

void CardTable::scan(const BlockTable& blocks, const LargeSpace& large, const ObjectBits& marks,
                     TypeTable types, Marker& marker) {
  blocks.forEach(BlockState::Small, [&](uint32_t block) {
    uintptr_t base = region_.addressOfBlock(block);
    takeSet(block, [&](uintptr_t card) {
      // The object that begins before the card may extend into it.
      if (!marks.test(card) && card != base) {
        uintptr_t before = marks.lastUpTo(card - kGranule, base);
        if (before != 0 && before + types.sizeOf(objectAt(before)) > card) {
          scanPart(objectAt(before), card, marker);
        }
      }
      marks.forEach(card, card + kLine,
                    [&](uintptr_t start) { scanPart(objectAt(start), card, marker); });
    });
  });
  blocks.forEach(BlockState::Large, [&](uint32_t block) {
    takeSet(block, [&](uintptr_t card) {
      const abi::ObjectHeader* object = large.objectOfUnit(card);
      if (object == nullptr || !marks.test(addressOf(object))) return;
      // Nothing is on the card of the unused end of a unit.
      if (card < addressOf(object) + types.sizeOf(object)) scanPart(object, card, marker);
    });
  });
}

void CardTable::clear(const BlockTable& blocks) {
  auto clearBlock = [this](uint32_t block) { takeSet(block, [](uintptr_t) {}); };
  blocks.forEach(BlockState::Small, clearBlock);
  blocks.forEach(BlockState::Large, clearBlock);
}

}  // namespace runtime::gc
