#include "runtime/memory.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace runtime {
namespace {

// What a 64-bit memory without a smaller maximum may grow to: code checks its bounds explicitly, so
// nothing needs the reservation to be larger than the memory can become.
constexpr uint64_t kMaxReserved64 = uint64_t{64} << 30;
constexpr uint64_t kMaxBytes32 = uint64_t{4} << 30;
constexpr uint64_t kGuardAfter = uint64_t{1} << 16;

uint64_t roundToHostPage(uint64_t bytes) {
  static const auto hostPage = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
  return abi::alignTo(bytes, hostPage);
}

bool isHostPageAligned(uint64_t number) { return roundToHostPage(number) == number; }

uint8_t* reserve(uint64_t bytes) {
  void* at = ::mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return at == MAP_FAILED ? nullptr : static_cast<uint8_t*>(at);
}

base::Error tooLarge(const abi::MemoryType& type) {
  return {"", fmt::format("cannot reserve a memory of {} pages", type.min)};
}

}  // namespace

base::Result<std::unique_ptr<Memory>> Memory::create(const abi::MemoryType& type) {
  std::unique_ptr<Memory> memory(new Memory(type));
  bool is64 = (type.flags & abi::kIndex64) != 0;
  uint64_t most = is64 ? kMaxReserved64 : kMaxBytes32;
  uint64_t mostPages = most >> type.pageSizeLog2;
  if (type.min > mostPages) return tooLarge(type);
  uint64_t minBytes = type.min << type.pageSizeLog2;
  uint64_t maxBytes = most;
  if (type.flags & abi::kHasMax) maxBytes = std::min(type.max, mostPages) << type.pageSizeLog2;

  if (is64) {
    // As much as can be had, down to what is needed now.
    for (;; maxBytes = std::max(maxBytes / 2, minBytes)) {
      memory->reservedBytes_ = abi::kGuardBefore + roundToHostPage(maxBytes) + kGuardAfter;
      memory->reservation_ = reserve(memory->reservedBytes_);
      if (memory->reservation_ != nullptr || maxBytes == minBytes) break;
    }
  } else {
    memory->reservedBytes_ = abi::kGuardBefore + abi::kReserved32;
    memory->reservation_ = reserve(memory->reservedBytes_);
  }
  if (memory->reservation_ == nullptr) return tooLarge(type);
  memory->maxBytes_ = maxBytes;
  memory->def_.base = memory->reservation_ + abi::kGuardBefore;
  if (!memory->grow(type.min)) return tooLarge(type);
  return memory;
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
