// A linear memory (the specification's memory instance): a reservation of address space whose base
// never moves. The memory's present size is readable and writable, rounded up to whole pages of the
// host; the rest faults.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/result.h"
#include "runtime/module.h"

namespace runtime {

class Memory {
 public:
  // A zeroed memory of type.min pages. Fails when the type is beyond this machine's means.
  static base::Result<std::unique_ptr<Memory>> create(const abi::MemoryType& type);
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

  // Lays an initial image over [image.imageAddress, + imageSize): copy-on-write from the file where
  // alignment allows, else by copying from `bytes`. The range is within the memory.
  base::Result<void> applyImage(const abi::Memory& image, const uint8_t* bytes,
                                const MemoryImageFile& file);

  abi::MemoryDef* def() { return &def_; }
  // Whether `address` is in the reservation, guards included, but not in the memory's bytes.
  bool guards(const void* address) const;

 private:
  explicit Memory(const abi::MemoryType& type) : type_(type) {}
  bool reserveAddresses();

  abi::MemoryType type_;
  abi::MemoryDef def_{};
  uint64_t maxBytes_ = 0;
  uint8_t* reservation_ = nullptr;
  uint64_t reservedBytes_ = 0;
};

}  // namespace runtime
