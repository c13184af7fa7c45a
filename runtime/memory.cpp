#include "runtime/memory.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "runtime/abi/memory_limits.h"

namespace runtime {
namespace {

// What a 64-bit memory without a smaller maximum may grow to.
constexpr uint64_t kMaxBytes64 = uint64_t{64} << 30;
constexpr uint64_t kMaxBytes32 = uint64_t{4} << 30;
constexpr uint64_t kGuardAfter = uint64_t{1} << 16;
// What a memory has of small pages before it may have huge ones. Guests with little data stay small
// and start as fast: the first touch of a huge page clears all of it.
constexpr uint64_t kSmallPages = uint64_t{4} << 20;

uint64_t roundToHostPage(uint64_t bytes) {
  static const auto hostPage = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  return abi::alignTo(bytes, hostPage);
}

bool isHostPageAligned(uint64_t number) { return roundToHostPage(number) == number; }

uint8_t* reserve(uint64_t bytes) {
  void* at = ::mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return at == MAP_FAILED ? nullptr : static_cast<uint8_t*>(at);
}

// Asks for huge pages beyond the small ones: their addresses are sooner looked up. Where the kernel
// has none, or is told to give none, nothing is lost.
void preferHugePages(uint8_t* base, uint64_t maxBytes) {
  ::madvise(base + kSmallPages, maxBytes - kSmallPages, MADV_HUGEPAGE);
}

base::Error tooLarge(const abi::MemoryType& type) {
  return {"", fmt::format("cannot reserve a memory of {} pages", type.min)};
}

// The size up to which a memory may grow, if all of it can be reserved; less than its minimum where
// no memory of the type can be had.
uint64_t maxBytes(const abi::MemoryType& type) {
  uint64_t most = (type.flags & abi::kIndex64) != 0 ? kMaxBytes64 : kMaxBytes32;
  uint64_t pages = std::min(most >> type.pageSizeLog2, abi::maxPages(type));
  if (abi::isGuarded(type) && type.min <= abi::kMaxPagesWithHeadroom) {
    pages = std::min(pages, abi::kMaxPagesWithHeadroom);
  }
  if ((type.flags & abi::kHasMax) != 0) pages = std::min(pages, type.max);
  return pages << type.pageSizeLog2;
}

}  // namespace

base::Result<std::unique_ptr<Memory>> Memory::create(const abi::MemoryType& type) {
  std::unique_ptr<Memory> memory(new Memory(type));
  if (!memory->reserveAddresses() || !memory->grow(type.min)) return tooLarge(type);
  return memory;
}

bool Memory::reserveAddresses() {
  uint64_t least = abi::minBytes(type_);
  maxBytes_ = maxBytes(type_);
  if (least > maxBytes_) return false;
  if (abi::isGuarded(type_)) {
    reservedBytes_ = abi::kGuardBefore + abi::kReserved32;
    reservation_ = reserve(reservedBytes_);
  } else {
    // Code checks its bounds, so that nothing needs the reservation to be larger than the memory
    // can become: as much as can be had, down to what is needed now.
    for (;; maxBytes_ = std::max(maxBytes_ / 2, least)) {
      reservedBytes_ = abi::kGuardBefore + roundToHostPage(maxBytes_) + kGuardAfter;
      reservation_ = reserve(reservedBytes_);
      if (reservation_ != nullptr || maxBytes_ == least) break;
    }
  }
  if (reservation_ == nullptr) return false;
  def_.base = reservation_ + abi::kGuardBefore;
  return true;
}

Memory::~Memory() {
  if (reservation_ != nullptr) ::munmap(reservation_, reservedBytes_);
}

abi::MemoryType Memory::currentType() const {
  abi::MemoryType type = type_;
  type.min = pages();
  return type;
}

std::optional<uint64_t> Memory::grow(uint64_t deltaPages) {
  uint64_t oldPages = pages();
  if (deltaPages > (maxBytes_ >> type_.pageSizeLog2) - oldPages) return std::nullopt;
  uint64_t newSize = (oldPages + deltaPages) << type_.pageSizeLog2;
  uint64_t committed = roundToHostPage(def_.byteSize);
  uint64_t needed = roundToHostPage(newSize);
  if (needed > committed &&
      ::mprotect(def_.base + committed, needed - committed, PROT_READ | PROT_WRITE) != 0) {
    return std::nullopt;
  }
  if (committed <= kSmallPages && needed > kSmallPages) preferHugePages(def_.base, maxBytes_);
  def_.byteSize = newSize;
  return oldPages;
}

base::Result<void> Memory::applyImage(const abi::Memory& image, const uint8_t* bytes,
                                      const MemoryImageFile& file) {
  if (image.imageSize == 0) return {};
  CHECK(image.imageAddress <= byteSize() && image.imageSize <= byteSize() - image.imageAddress);
  uint8_t* at = def_.base + image.imageAddress;
  uint64_t fileOffset = file.offset + image.imageOffset;
  if (file.fd >= 0 && isHostPageAligned(fileOffset) && isHostPageAligned(image.imageAddress) &&
      isHostPageAligned(image.imageSize)) {
    void* mapped = ::mmap(at, image.imageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED,
                          file.fd, static_cast<off_t>(fileOffset));
    if (mapped == MAP_FAILED) {
      return base::Error{"", fmt::format("cannot map a memory image: {}", std::strerror(errno))};
    }
    return {};
  }
  if (bytes == nullptr) return base::Error{"compiled module", "its memory image is missing"};
  std::memcpy(at, bytes + image.imageOffset, image.imageSize);
  return {};
}

bool Memory::guards(const void* address) const {
  auto at = reinterpret_cast<uintptr_t>(address);
  auto begin = reinterpret_cast<uintptr_t>(reservation_);
  auto base = reinterpret_cast<uintptr_t>(def_.base);
  bool inReservation = at - begin < reservedBytes_;
  bool inMemory = at - base < def_.byteSize;
  return inReservation && !inMemory;
}

}  // namespace runtime
