// A linear memory (the specification's memory instance): a reservation of address space whose base
// never changes. The memory's present size is readable and writable, rounded up to whole pages of
// the host; accesses to the rest of the reservation fault.
//
// A memory whose bounds the hardware checks reserves all of its addresses when it is created. One
// whose bounds are checked by code reserves what it needs, and extends the reservation in place as
// it grows. It is placed where there is room to grow; where another mapping has taken that room,
// growth fails.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"
#include "runtime/instance/limits.h"
#include "runtime/trap/guest_state.h"

namespace runtime {

class Memory final : public GuardedRange {
 public:
  // Creates a memory of type.min pages of zeros. Fails where the address space or the budget does
  // not suffice. The budget outlives the memory.
  static base::Result<std::unique_ptr<Memory>> create(const abi::MemoryType& type, Budget& budget);
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  uint8_t* base() const { return def_.base; }
  uint64_t byteSize() const { return def_.byteSize; }
  std::span<uint8_t> bytes() const { return {def_.base, def_.byteSize}; }
  uint64_t pages() const { return def_.byteSize >> type_.pageSizeLog2; }
  // As declared.
  const abi::MemoryType& type() const { return type_; }
  // The type with the present size as its minimum, as imports are matched against it.
  abi::MemoryType currentType() const;

  // Returns the old size in pages; nothing where a limit or the system refuses.
  std::optional<uint64_t> grow(uint64_t deltaPages);

  // Writes an initial image to [image.imageAddress, + imageSize), which is within the memory. Maps
  // the file copy-on-write where there is one (not -1) and the alignment allows it, and otherwise
  // copies from `bytes`. File and `bytes` hold the images of all memories.
  base::Result<void> applyImage(const abi::Memory& image, const uint8_t* bytes, int file);

  abi::MemoryDef* def() { return &def_; }
  // Returns whether the address is in the reservation, guards included, but not in the memory.
  bool guards(const void* address) const override;

 private:
  Memory(const abi::MemoryType& type, Budget& budget) : budget_(&budget), type_(type) {}
  base::Result<void> reserveAddresses();
  base::Error cannotReserve(uint64_t bytes) const;
  base::Result<void> growTo(uint64_t byteSize);
  bool commit(uint64_t bytes);
  bool extendReservation(uint64_t bytes);

  Budget* budget_;
  abi::MemoryType type_;
  abi::MemoryDef def_{};
  uint64_t maxBytes_ = 0;
  uint8_t* reservation_ = nullptr;
  uint64_t reservedBytes_ = 0;
};

}  // namespace runtime
