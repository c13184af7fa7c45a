// A set of lines of one block.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "runtime/gc/space/region.h"

namespace runtime::gc {

// Lines [begin, end) of a block.
struct LineRun {
  uint32_t begin = 0;
  uint32_t end = 0;

  bool isEmpty() const { return begin == end; }
};

// A set of the lines 0 to kLinesPerBlock - 1.
class LineSet {
 public:
  static constexpr uint32_t kWords = kLinesPerBlock / 64;
  // The largest length that firstRun() finds.
  static constexpr uint32_t kMaxRun = 64;
  static_assert(linesFor(abi::kMaxSmallObject) <= kMaxRun);

  static LineSet all() { return LineSet{}.complement(); }

  // Word i has the lines 64 * i to 64 * i + 63, from its lowest bit.
  uint64_t word(uint32_t i) const { return words_[i]; }
  void setWord(uint32_t i, uint64_t bits) { words_[i] = bits; }

  bool contains(uint32_t line) const { return (words_[line / 64] >> line % 64 & 1) != 0; }
  bool isEmpty() const { return (words_[0] | words_[1] | words_[2] | words_[3]) == 0; }
  // Returns the number of lines.
  uint32_t size() const {
    int count = 0;
    for (uint64_t word : words_) count += std::popcount(word);
    return static_cast<uint32_t>(count);
  }

  // Return a set of the lines that are not in this one, or in this one but not in the other.
  LineSet complement() const {
    LineSet result;
    for (uint32_t i = 0; i < kWords; ++i) result.words_[i] = ~words_[i];
    return result;
  }
  LineSet without(const LineSet& other) const {
    LineSet result;
    for (uint32_t i = 0; i < kWords; ++i) result.words_[i] = words_[i] & ~other.words_[i];
    return result;
  }

  // Add and remove lines, of which some may be in the set already or not.
  void add(LineRun run) {
    forEachMask(run, [this](uint32_t i, uint64_t mask) { words_[i] |= mask; });
  }
  void remove(LineRun run) {
    forEachMask(run, [this](uint32_t i, uint64_t mask) { words_[i] &= ~mask; });
  }

  // Returns the first run of at least `length` lines, 1 to kMaxRun, to its end; empty if there is
  // none.
  LineRun firstRun(uint32_t length) const {
    LineSet starts = *this;
    for (uint32_t reached = 1; reached < length;) {
      uint32_t step = std::min(reached, length - reached);
      starts.intersectWithLower(step);
      reached += step;
    }
    for (uint32_t i = 0; i < kWords; ++i) {
      if (starts.words_[i] == 0) continue;
      uint32_t begin = i * 64 + static_cast<uint32_t>(std::countr_zero(starts.words_[i]));
      return {begin, endOfRun(begin)};
    }
    return {};
  }

  // Returns the logarithm, rounded down, of the length of the longest run, but at most that of
  // kMaxRun. Requires that the set is not empty.
  uint8_t longestRunLog2() const {
    LineSet starts = *this;
    uint8_t log2 = 0;
    for (uint32_t length = 1; length < kMaxRun; length *= 2) {
      starts.intersectWithLower(length);
      if (starts.isEmpty()) break;
      ++log2;
    }
    return log2;
  }

 private:
  // Removes the lines i for which the line i + `distance`, 1 to 63, is not in the set.
  void intersectWithLower(uint32_t distance) {
    for (uint32_t i = 0; i < kWords; ++i) {
      uint64_t next = i + 1 < kWords ? words_[i + 1] << (64 - distance) : 0;
      words_[i] &= words_[i] >> distance | next;
    }
  }

  uint32_t endOfRun(uint32_t begin) const {
    uint32_t end = begin;
    do {
      end += static_cast<uint32_t>(std::countr_one(words_[end / 64] >> end % 64));
    } while (end < kLinesPerBlock && end % 64 == 0 && contains(end));
    return end;
  }

  template <class Apply>
  static void forEachMask(LineRun run, Apply apply) {
    for (uint32_t at = run.begin; at < run.end;) {
      uint32_t end = std::min(run.end, at / 64 * 64 + 64);
      apply(at / 64, ~uint64_t{0} >> (64 - (end - at)) << at % 64);
      at = end;
    }
  }

  uint64_t words_[kWords] = {};
};

}  // namespace runtime::gc
