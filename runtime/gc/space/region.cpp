#include "runtime/gc/space/region.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/system_page.h"

namespace runtime::gc {

base::Result<Mapping> Mapping::reserve(uint64_t bytes, Access access) {
  int protection = access == Access::None ? PROT_NONE : PROT_READ | PROT_WRITE;
  void* mapped =
      ::mmap(nullptr, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapped == MAP_FAILED) {
    return base::Error{"", "cannot reserve " + std::to_string(bytes) +
                               " bytes of address space for objects: " + std::strerror(errno)};
  }
  return Mapping(reinterpret_cast<uintptr_t>(mapped), bytes);
}

Mapping::Mapping(Mapping&& other) noexcept
    : base_(std::exchange(other.base_, 0)), bytes_(std::exchange(other.bytes_, 0)) {}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
  std::swap(base_, other.base_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

Mapping::~Mapping() {
  if (bytes_ != 0) ::munmap(reinterpret_cast<void*>(base_), bytes_);
}

base::Result<Region> Region::reserve(uint32_t blockCount, MemoryAllowance* allowance) {
  // One block more, for the alignment.
  TRY_ASSIGN(Mapping mapping,
             Mapping::reserve((blockCount + uint64_t{1}) * kBlock, Mapping::Access::None));
  return Region(std::move(mapping), blockCount, allowance);
}

Region::Region(Mapping mapping, uint32_t blockCount, MemoryAllowance* allowance)
    : mapping_(std::move(mapping)),
      base_((mapping_.base() + kBlock - 1) / kBlock * kBlock),
      blockCount_(blockCount),
      allowance_(allowance) {}

Region::Region(Region&& other) noexcept
    : mapping_(std::move(other.mapping_)),
      base_(other.base_),
      blockCount_(other.blockCount_),
      allowance_(other.allowance_),
      allowedBytes_(std::exchange(other.allowedBytes_, 0)) {}

Region::~Region() {
  if (allowedBytes_ != 0) allowance_->giveBackOfHeap(allowedBytes_);
}

bool Region::commit(BlockRange blocks) {
  uint64_t bytes = (blocks.end - blocks.begin) * kBlock;
  if (allowance_ != nullptr) {
    if (!allowance_->takeForHeap(bytes)) return false;
    allowedBytes_ += bytes;
  }
  // Rounding outward takes in at most a part of the spare block.
  uint64_t page = base::systemPageSize();
  uintptr_t first = addressOfBlock(blocks.begin) / page * page;
  uintptr_t last = base::roundToSystemPage(addressOfBlock(blocks.end));
  return ::mprotect(reinterpret_cast<void*>(first), last - first, PROT_READ | PROT_WRITE) == 0;
}

BlockRange Region::release(BlockRange blocks) {
  uint64_t unit = std::max(base::systemPageSize(), kBlock);
  uintptr_t first = (addressOfBlock(blocks.begin) + unit - 1) / unit * unit;
  uintptr_t last = addressOfBlock(blocks.end) / unit * unit;
  if (first >= last) return {};
  if (::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED) != 0) return {};
  return {blockOf(first), blockOf(last)};
}

base::Result<TableSpace> TableSpace::reserve(uint64_t bytes) {
  TRY_ASSIGN(Mapping mapping, Mapping::reserve(bytes, Mapping::Access::ReadWrite));
  return TableSpace(std::move(mapping));
}

uintptr_t TableSpace::takeBytes(uint64_t bytes) {
  CHECK(bytes <= mapping_.bytes() - used_);
  uintptr_t address = mapping_.base() + used_;
  used_ += bytes;
  return address;
}

}  // namespace runtime::gc
