#include "runtime/gc/card_table.h"

#include <array>
#include <bit>
#include <utility>

namespace runtime::gc {
namespace {

// Pushes the references of `object` whose addresses are in the card.
void scanPart(const abi::ObjectHeader* object, uintptr_t card, Marker& marker) {
  uintptr_t start = addressOf(object);
  uint64_t begin = card <= start ? 0 : (card - start) / 8;
  marker.pushReferences(object, begin, (card + kLine - start) / 8);
}

// The set cards of blocks of small objects. They wait in a short queue for the prefetch of their
// objects.
class SmallCards {
 public:
  SmallCards(const ObjectBits& marks, TypeTable types, Marker& marker)
      : marks_(marks), types_(types), marker_(marker) {}

  // Adds a card of the block that starts at `base`.
  void add(uintptr_t card, uintptr_t base) {
    // The object that begins before the card may extend into it.
    uintptr_t before = 0;
    if (card != base && !marks_.test(card)) before = marks_.lastUpTo(card - kGranule, base);
    if (before != 0) __builtin_prefetch(reinterpret_cast<const void*>(before));
    __builtin_prefetch(reinterpret_cast<const void*>(card));
    __builtin_prefetch(reinterpret_cast<const void*>(card + kLine / 2));
    scan(std::exchange(queue_[next_], {card, before}));
    next_ = (next_ + 1) % queue_.size();
  }
  void finish() {
    for (Entry& entry : queue_) scan(std::exchange(entry, {}));
  }

 private:
  struct Entry {
    uintptr_t card;
    uintptr_t
        before;  // the start of the last object that begins before the card; 0 if there is none
  };

  void scan(Entry entry) {
    if (entry.card == 0) return;
    const abi::ObjectHeader* before = objectAt(entry.before);
    if (entry.before != 0 && entry.before + types_.sizeOf(before) > entry.card) {
      scanPart(before, entry.card, marker_);
    }
    marks_.forEach(entry.card, entry.card + kLine,
                   [&](uintptr_t start) { scanPart(objectAt(start), entry.card, marker_); });
  }

  const ObjectBits& marks_;
  TypeTable types_;
  Marker& marker_;
  std::array<Entry, 8> queue_{};
  size_t next_ = 0;
};

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
  SmallCards cards(marks, types, marker);
  blocks.forEach(BlockState::Small, [&](uint32_t block) {
    uintptr_t base = region_.addressOfBlock(block);
    takeSet(block, [&](uintptr_t card) { cards.add(card, base); });
  });
  cards.finish();
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
