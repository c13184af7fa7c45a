// The cards of the write barrier. A card covers a line; compiled code sets its byte when it stores
// a reference there.
#pragma once

#include <cstdint>

#include "runtime/gc/marker.h"
#include "runtime/gc/space/block_table.h"
#include "runtime/gc/space/large_space.h"
#include "runtime/gc/space/object_bits.h"

namespace runtime::gc {

class CardTable {
 public:
  static uint64_t tableBytes(uint32_t blocks) {
    return TableSpace::bytesFor<uint64_t>(uint64_t{blocks} * kWordsPerBlock);
  }
  // `region` must outlive the table.
  CardTable(const Region& region, TableSpace& space)
      : region_(region),
        words_(space.take<uint64_t>(uint64_t{region.blockCount()} * kWordsPerBlock)) {}

  // Returns the value of AllocationState::cards.
  uint8_t* biased() const {
    return reinterpret_cast<uint8_t*>(reinterpret_cast<uintptr_t>(words_) -
                                      (region_.base() >> abi::kCardSizeLog2));
  }

  // Pushes the references on set cards of objects that are marked, and clears the cards.
  void scan(const BlockTable& blocks, const LargeSpace& large, const ObjectBits& marks,
            TypeTable types, Marker& marker);
  void clear(const BlockTable& blocks);

 private:
  static constexpr uint32_t kCardsPerWord = 8;
  static constexpr uint32_t kWordsPerBlock = kLinesPerBlock / kCardsPerWord;

  // Clears the set cards of a block, and calls visit(address) with the start of each.
  template <class Visit>
  void takeSet(uint32_t block, Visit visit);

  const Region& region_;
  uint64_t* words_;  // of 8 cards, so that clear ones are passed quickly
};

}  // namespace runtime::gc
