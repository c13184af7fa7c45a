// A linear memory (the specification's memory instance): a reservation of address space whose base
// never moves. The memory's present size is readable and writable, rounded up to whole pages of the
// host; the rest faults.
//
// A memory whose accesses the hardware checks has all of its reservation from the start. One whose
// accesses code checks has what it needs, and more as it grows, in place: it lies where there is
// room, and if something has come to lie in the way all the same, growth fails.
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
  // A zeroed memory of type.min pages. Fails when the type is beyond this machine's means, or the
  // budget, which outlives the memory.
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
  // As an import sees it: min is the present size.
  abi::MemoryType currentType() const;

  // The old size in pages; nothing when the limit or the system forbids it.
  std::optional<uint64_t> grow(uint64_t deltaPages);

  // Lays an initial image over [image.imageAddress, + imageSize): copy-on-write from the file,
  // where there is one (not -1) and alignment allows, else by copying from `bytes`; both hold all
  // images. The range is within the memory.
  base::Result<void> applyImage(const abi::Memory& image, const uint8_t* bytes, int file);

  abi::MemoryDef* def() { return &def_; }
  // True in the reservation, guards included, but not in the memory's bytes.
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
