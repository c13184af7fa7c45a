#include "runtime/instance/memory.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

#include "runtime/abi/memory_limits.h"
#include "runtime/base/system_page.h"

namespace runtime {
namespace {

using base::roundToSystemPage;

// The sizes that memories may grow to if their types have no smaller maximum, by address type.
constexpr uint64_t kMaxBytes64 = uint64_t{64} << 30;
constexpr uint64_t kMaxBytes32 = uint64_t{4} << 30;
// The size of the guard behind a memory that is not guarded in full.
constexpr uint64_t kGuardAfter = uint64_t{1} << 16;
// The size up to which a memory has small pages only. The first access to a huge page clears all of
// it, so guests with little data would take more memory and start more slowly.
constexpr uint64_t kSmallPages = uint64_t{4} << 20;

bool isSystemPageAligned(uint64_t number) { return roundToSystemPage(number) == number; }

constexpr int kReserveFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;

// Reserves address space without access, if possible at the address `at`. Returns null if the
// system refuses.
uint8_t* reserve(uint64_t bytes, void* at = nullptr, int flags = 0) {
  void* mapped = ::mmap(at, bytes, PROT_NONE, kReserveFlags | flags, -1, 0);
  return mapped == MAP_FAILED ? nullptr : static_cast<uint8_t*>(mapped);
}

// A range of addresses in which the kernel places no mapping by itself, on all machines whose user
// addresses have 47 bits.
constexpr uint64_t kRoomyBegin = uint64_t{0x20} << 40;
constexpr uint64_t kRoomyEnd = uint64_t{0x50} << 40;

// Reserves `bytes` at a random multiple of `room` in the range above, so that most likely nothing
// else is mapped in the `room` bytes from there. Reserving the room itself might exceed the
// process's limit of address space (RLIMIT_AS). If that fails, reserves anywhere.
uint8_t* reserveWithRoom(uint64_t bytes, uint64_t room) {
  constexpr int kAttempts = 8;
  uint64_t step = std::bit_ceil(room);
  for (int i = 0; i < kAttempts; ++i) {
    uint64_t number = 0;
    // Early after boot there may be no random numbers yet; a guest must not wait for them.
    if (::getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number) break;
    uint64_t hint = kRoomyBegin + number % ((kRoomyEnd - kRoomyBegin) / step) * step;
    uint8_t* at = reserve(bytes, reinterpret_cast<void*>(hint));
    if (at == nullptr || reinterpret_cast<uintptr_t>(at) == hint) return at;
    ::munmap(at, bytes);
  }
  return reserve(bytes);
}

// Advises the kernel to use huge pages beyond kSmallPages, which need fewer TLB entries. A failure
// does not matter: the kernel may lack them, or be configured not to use them.
void preferHugePages(uint8_t* base, uint64_t bytes) {
  if (bytes > kSmallPages) ::madvise(base + kSmallPages, bytes - kSmallPages, MADV_HUGEPAGE);
}

// Returns the size up to which a memory may grow. It is less than the minimum size if no memory of
// the type is supported.
uint64_t maxBytes(const abi::MemoryType& type) {
  uint64_t most = (type.flags & abi::kIndex64) != 0 ? kMaxBytes64 : kMaxBytes32;
  uint64_t pages = std::min(most >> type.pageSizeLog2, abi::maxPages(type));
  // Compiled code may rely on this; see kMaxPagesWithHeadroom.
  if (abi::canBeGuarded(type) && type.min <= abi::kMaxPagesWithHeadroom) {
    pages = std::min(pages, abi::kMaxPagesWithHeadroom);
  }
  if ((type.flags & abi::kHasMax) != 0) pages = std::min(pages, type.max);
  return pages << type.pageSizeLog2;
}

Demand demandOf(uint64_t bytes) { return {.memoryBytes = bytes, .hostBytes = bytes}; }

// Returns a phrase about the process's limit of address space, which `ulimit -v` sets; empty if
// there is no limit.
std::string addressSpaceLimit() {
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return "";
  return fmt::format(", of which `ulimit -v` allows this process {} in all",
                     static_cast<uint64_t>(limit.rlim_cur));
}

}  // namespace

base::Result<std::unique_ptr<Memory>> Memory::create(const abi::MemoryType& type, Budget& budget) {
  std::unique_ptr<Memory> memory(new Memory(type, budget));
  auto made = memory->reserveAddresses();
  if (made.ok()) made = memory->growTo(abi::minBytes(type));
  if (made.ok()) return memory;
  return base::Error{
      "", fmt::format("cannot reserve a memory of {} pages: {}", type.min, made.error().message)};
}

base::Result<void> Memory::reserveAddresses() {
  uint64_t least = abi::minBytes(type_);
  maxBytes_ = maxBytes(type_);
  if (least > maxBytes_) return base::Error{"", "no memory of its type is so large"};
  if (abi::isGuarded(type_)) {
    reservedBytes_ = abi::kGuardBefore + abi::kReserved32;
    reservation_ = reserve(reservedBytes_);
  } else {
    uint64_t around = abi::kGuardBefore + kGuardAfter;
    reservedBytes_ = around + roundToSystemPage(least);
    reservation_ = reserveWithRoom(reservedBytes_, around + roundToSystemPage(maxBytes_));
  }
  if (reservation_ == nullptr) return cannotReserve(reservedBytes_);
  def_.base = reservation_ + abi::kGuardBefore;
  return {};
}

base::Error Memory::cannotReserve(uint64_t bytes) const {
  const char* help = abi::isGuarded(type_)
                         ? "; a module that is compiled with --bounds=explicit needs no more than "
                           "the memory's size"
                         : "";
  return {"", fmt::format("that takes {} bytes of address space{}{}", bytes, addressSpaceLimit(),
                          help)};
}

Memory::~Memory() {
  budget_->giveBack(demandOf(def_.byteSize));
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
  if (!growTo((oldPages + deltaPages) << type_.pageSizeLog2).ok()) return std::nullopt;
  return oldPages;
}

base::Result<void> Memory::growTo(uint64_t byteSize) {
  Demand demand = demandOf(byteSize - def_.byteSize);
  TRY(budget_->take(demand));
  uint64_t needed = roundToSystemPage(byteSize);
  if (!extendReservation(needed)) {
    budget_->giveBack(demand);
    return cannotReserve(needed);
  }
  if (!commit(needed)) {
    budget_->giveBack(demand);
    return base::Error{"", std::strerror(errno)};
  }
  def_.byteSize = byteSize;
  return {};
}

bool Memory::extendReservation(uint64_t bytes) {
  uint64_t wanted = abi::kGuardBefore + bytes + kGuardAfter;
  if (wanted <= reservedBytes_) return true;
  uint8_t* at = reservation_ + reservedBytes_;
  uint64_t more = wanted - reservedBytes_;
  uint8_t* mapped = reserve(more, at, MAP_FIXED_NOREPLACE);
  if (mapped == at) {
    reservedBytes_ = wanted;
    return true;
  }
  // Kernels before Linux 4.17 ignore MAP_FIXED_NOREPLACE and may map elsewhere.
  if (mapped != nullptr) ::munmap(mapped, more);
  return false;
}

// Makes the first `bytes` of the memory accessible.
bool Memory::commit(uint64_t bytes) {
  uint64_t committed = roundToSystemPage(def_.byteSize);
  if (bytes <= committed) return true;
  if (::mprotect(def_.base + committed, bytes - committed, PROT_READ | PROT_WRITE) != 0) {
    return false;
  }
  // The advice holds for a mapping. A guarded memory is one reservation, so one call suffices for
  // all that it grows to; each extension of another memory needs a call of its own.
  bool isFirst = committed <= kSmallPages;
  if (!abi::isGuarded(type_)) {
    preferHugePages(def_.base, bytes);
  } else if (isFirst && bytes > kSmallPages) {
    preferHugePages(def_.base, maxBytes_);
  }
  return true;
}

base::Result<void> Memory::applyImage(const abi::Memory& image, const uint8_t* bytes, int file) {
  if (image.imageSize == 0) return {};
  CHECK(image.imageAddress <= byteSize() && image.imageSize <= byteSize() - image.imageAddress);
  uint8_t* at = def_.base + image.imageAddress;
  // A mapping requires multiples of the page size, which the images of a test may not have.
  if (file >= 0 && isSystemPageAligned(image.imageOffset) &&
      isSystemPageAligned(image.imageAddress) && isSystemPageAligned(image.imageSize)) {
    void* mapped = ::mmap(at, image.imageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED,
                          file, static_cast<off_t>(image.imageOffset));
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
  // Unsigned differences: addresses below the start wrap to large numbers.
  bool inReservation = at - begin < reservedBytes_;
  bool inMemory = at - base < def_.byteSize;
  return inReservation && !inMemory;
}

}  // namespace runtime
