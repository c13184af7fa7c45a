// A bit for each granule of the heap, set for the starts of some of the objects.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "runtime/gc/space/region.h"

namespace runtime::gc {

// The table of the bits.
class ObjectBits {
 public:
  static constexpr uint64_t kWordsPerBlock = kBlock / kGranule / 64;

  // Returns the bytes of a table for so many blocks.
  static uint64_t tableBytes(uint32_t blocks) {
    return TableSpace::bytesFor<uint64_t>(blocks * kWordsPerBlock);
  }
  ObjectBits(const Region& region, TableSpace& space)
      : base_(region.base()), words_(space.take<uint64_t>(region.blockCount() * kWordsPerBlock)) {}

  bool test(uintptr_t address) const { return (words_[index(address)] & mask(address)) != 0; }
  void set(uintptr_t address) { words_[index(address)] |= mask(address); }
  void clear(uintptr_t address) { words_[index(address)] &= ~mask(address); }
  // Sets the bit and returns whether it was set before.
  bool testAndSet(uintptr_t address) {
    uint64_t& word = words_[index(address)];
    uint64_t bit = mask(address);
    if ((word & bit) != 0) return true;
    word |= bit;
    return false;
  }

  // Clear the bits of a block, or set them to those of another table.
  void clearBlock(uint32_t block) { std::memset(wordsOf(block), 0, kWordsPerBlock * 8); }
  void copyBlock(uint32_t block, const ObjectBits& from) {
    std::memcpy(wordsOf(block), from.wordsOf(block), kWordsPerBlock * 8);
  }

  // Returns the highest address in [lowest, address] with a set bit; 0 if there is none. Both are
  // in one block.
  uintptr_t lastUpTo(uintptr_t address, uintptr_t lowest) const {
    uint64_t at = index(address);
    uint64_t bits = words_[at] & ~uint64_t{0} >> (63 - granule(address) % 64);
    for (uint64_t end = index(lowest); bits == 0; bits = words_[--at]) {
      if (at == end) return 0;
    }
    uintptr_t found = addressOf(at, 63 - std::countl_zero(bits));
    return found < lowest ? 0 : found;
  }

  // Calls visit(address) for the set bits of the addresses [begin, end) of one block, from low to
  // high. `begin` and `end` are multiples of the line size. Bits that are set meanwhile may be
  // visited or not.
  template <class Visit>
  void forEach(uintptr_t begin, uintptr_t end, Visit visit) const {
    while (begin < end) {
      uint64_t at = index(begin);
      uintptr_t next = std::min<uintptr_t>(end, addressOf(at + 1, 0));
      uint64_t bits = words_[at] >> granule(begin) % 64;
      bits &= ~uint64_t{0} >> (64 - (next - begin) / kGranule);
      for (; bits != 0; bits &= bits - 1) visit(begin + std::countr_zero(bits) * kGranule);
      begin = next;
    }
  }

 private:
  uint64_t granule(uintptr_t address) const { return (address - base_) / kGranule; }
  uint64_t index(uintptr_t address) const { return granule(address) / 64; }
  uint64_t mask(uintptr_t address) const { return uint64_t{1} << granule(address) % 64; }
  uintptr_t addressOf(uint64_t word, int bit) const {
    return base_ + (word * 64 + static_cast<uint64_t>(bit)) * kGranule;
  }
  uint64_t* wordsOf(uint32_t block) const { return words_ + block * kWordsPerBlock; }

  uintptr_t base_;
  uint64_t* words_;
};

}  // namespace runtime::gc
