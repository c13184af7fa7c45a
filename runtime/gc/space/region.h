// The address range of a heap, and its units. From small to large:
//   granule, 8 bytes: objects start at granules.
//   line, 128 bytes: space for small objects is reclaimed by lines. A card is as large.
//   unit, 1 KiB: large objects, those beyond abi::kMaxSmallObject, take whole units.
//   block, 32 KiB: has either small objects or large ones.
#pragma once

#include <cstdint>
#include <utility>

#include "runtime/abi/object.h"
#include "runtime/base/result.h"
#include "runtime/gc/space/memory_allowance.h"

namespace runtime::gc {

inline constexpr uint64_t kGranule = 8;
inline constexpr uint64_t kLine = 128;
inline constexpr uint64_t kUnit = 1024;
inline constexpr uint64_t kBlock = 32768;
inline constexpr uint32_t kLinesPerBlock = kBlock / kLine;
inline constexpr uint32_t kUnitsPerBlock = kBlock / kUnit;
static_assert(uint64_t{1} << abi::kCardSizeLog2 == kLine);
static_assert(abi::kMaxSmallObject <= kBlock);

// Returns the number of lines or units that `size` bytes from the start of one take.
constexpr uint32_t linesFor(uint64_t size) {
  return static_cast<uint32_t>((size + kLine - 1) / kLine);
}
constexpr uint32_t unitsFor(uint64_t size) {
  return static_cast<uint32_t>((size + kUnit - 1) / kUnit);
}

// The blocks with the indices [begin, end).
struct BlockRange {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// A range of addresses that is reserved from the system. Memory is taken only by use. Owns the
// mapping.
class Mapping {
 public:
  enum class Access : uint8_t { None, ReadWrite };
  // Fails if the system refuses.
  static base::Result<Mapping> reserve(uint64_t bytes, Access access);
  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) noexcept;
  ~Mapping();

  uintptr_t base() const { return base_; }
  uint64_t bytes() const { return bytes_; }

 private:
  Mapping(uintptr_t base, uint64_t bytes) : base_(base), bytes_(bytes) {}

  uintptr_t base_ = 0;
  uint64_t bytes_ = 0;
};

// The blocks of a heap: a mapping that is aligned to the block size. Blocks are named by their
// index.
class Region {
 public:
  // `allowance`, which may be null, decides about the memory of blocks. It must outlive the region.
  static base::Result<Region> reserve(uint32_t blockCount, MemoryAllowance* allowance = nullptr);
  Region(Region&& other) noexcept;
  Region& operator=(Region&&) = delete;
  ~Region();

  uintptr_t base() const { return base_; }
  uint32_t blockCount() const { return blockCount_; }
  bool contains(uint64_t word) const { return word - base_ < blockCount_ * kBlock; }
  // Returns whether the word is an address in the region or that of its end.
  bool isBoundary(uint64_t word) const { return word - base_ <= blockCount_ * kBlock; }
  // Requires an address in the region.
  uint32_t blockOf(uintptr_t address) const {
    return static_cast<uint32_t>((address - base_) / kBlock);
  }
  uint32_t unitOf(uintptr_t address) const {
    return static_cast<uint32_t>((address - base_) / kUnit);
  }
  // Returns the line's index in the block of the address.
  uint32_t lineOf(uintptr_t address) const {
    return static_cast<uint32_t>((address - base_) % kBlock / kLine);
  }
  uintptr_t addressOfBlock(uint32_t block) const { return base_ + block * kBlock; }
  uintptr_t addressOfUnit(uint32_t unit) const { return base_ + unit * kUnit; }

  // Makes blocks accessible. Returns whether allowance and system did. Their memory is counted
  // until the end of the region, also while the system has it back.
  bool commit(BlockRange blocks);
  // Gives the memory of blocks back to the system, so that their bytes become zero. Returns which
  // ones: system pages may be larger than blocks, and the system may refuse.
  BlockRange release(BlockRange blocks);

 private:
  Region(Mapping mapping, uint32_t blockCount, MemoryAllowance* allowance);

  Mapping mapping_;
  uintptr_t base_;
  uint32_t blockCount_;
  MemoryAllowance* allowance_;
  uint64_t allowedBytes_ = 0;
};

// Hands out parts of one accessible mapping, for the tables beside the blocks.
class TableSpace {
 public:
  static base::Result<TableSpace> reserve(uint64_t bytes);
  // Returns the bytes that take() uses for a table.
  template <class T>
  static uint64_t bytesFor(uint64_t count) {
    return (count * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
  }
  // Returns `count` elements of zero bytes. CHECKs that there is room.
  template <class T>
  T* take(uint64_t count) {
    return reinterpret_cast<T*>(takeBytes(bytesFor<T>(count)));
  }

 private:
  static constexpr uint64_t kAlignment = 64;
  explicit TableSpace(Mapping mapping) : mapping_(std::move(mapping)) {}
  uintptr_t takeBytes(uint64_t bytes);

  Mapping mapping_;
  uint64_t used_ = 0;
};

}  // namespace runtime::gc
