#include "runtime/memory/reservation.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "runtime/abi/memory_limits.h"
#include "runtime/base/system_page.h"
#include "runtime/memory/dirty_pages.h"

namespace runtime {
namespace {

using base::roundToSystemPage;

// The size of the guard behind a memory that is not guarded in full.
constexpr uint64_t kGuardAfter = uint64_t{1} << 16;
// The most bytes of a memory that are written to restore it.
constexpr uint64_t kMostCleaned = uint64_t{256} << 10;
// To copy fewer bytes takes less time than to move their pages.
constexpr uint64_t kFewestTaken = uint64_t{32} << 10;
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

// Returns a phrase about the process's limit of address space, which `ulimit -v` sets; empty if
// there is no limit.
std::string addressSpaceLimit() {
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return "";
  return fmt::format(", of which `ulimit -v` allows this process {} in all",
                     static_cast<uint64_t>(limit.rlim_cur));
}

base::Error cannotReserve(uint64_t bytes, bool isGuarded) {
  const char* help = isGuarded ? "; a module that is compiled with --bounds=explicit needs no more "
                                 "than the memory's size"
                               : "";
  return {"", fmt::format("that takes {} bytes of address space{}{}", bytes, addressSpaceLimit(),
                          help)};
}

}  // namespace

base::Result<Reservation> Reservation::create(const abi::MemoryType& type, uint64_t maxBytes) {
  bool isGuarded = abi::isGuarded(type);
  bool isShared = (type.flags & abi::kShared) != 0;
  uint64_t around = abi::kGuardBefore + kGuardAfter;
  uint64_t most = around + roundToSystemPage(maxBytes);
  uint64_t bytes = around + roundToSystemPage(abi::minBytes(type));
  if (isShared) bytes = most;
  if (isGuarded) bytes = abi::kGuardBefore + abi::kReserved32;
  bool isWhole = isGuarded || isShared;
  uint8_t* begin = isWhole ? reserve(bytes) : reserveWithRoom(bytes, most);
  if (begin == nullptr) return cannotReserve(bytes, isGuarded);
  return Reservation(begin, bytes, isWhole);
}

Reservation::~Reservation() {
  if (begin_ != nullptr) ::munmap(begin_, reservedBytes_);
}

Reservation::Reservation(Reservation&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)),
      reservedBytes_(other.reservedBytes_),
      isWhole_(other.isWhole_),
      accessibleBytes_(other.accessibleBytes_),
      image_(other.image_),
      imageAt_(other.imageAt_),
      hugePages_(other.hugePages_) {}

uint8_t* Reservation::base() const { return begin_ + abi::kGuardBefore; }

bool Reservation::contains(const void* address) const {
  // An unsigned difference: addresses below the start wrap to large numbers.
  return reinterpret_cast<uintptr_t>(address) - reinterpret_cast<uintptr_t>(begin_) <
         reservedBytes_;
}

base::Result<void> Reservation::commit(uint64_t bytes) {
  uint64_t wanted = roundToSystemPage(bytes);
  if (wanted <= accessibleBytes_) return {};
  TRY(extend(wanted));
  uint8_t* from = base() + accessibleBytes_;
  if (::mprotect(from, wanted - accessibleBytes_, PROT_READ | PROT_WRITE) != 0) {
    return base::Error{"", std::strerror(errno)};
  }
  accessibleBytes_ = wanted;
  return {};
}

base::Result<void> Reservation::grow(uint64_t from, uint64_t to) {
  TRY(commit(to));
  hugePages_.grown(base(), from, to);
  return {};
}

base::Result<void> Reservation::extend(uint64_t bytes) {
  uint64_t wanted = abi::kGuardBefore + bytes + kGuardAfter;
  if (isWhole_ || wanted <= reservedBytes_) return {};
  uint8_t* at = begin_ + reservedBytes_;
  uint64_t more = wanted - reservedBytes_;
  uint8_t* mapped = reserve(more, at, MAP_FIXED_NOREPLACE);
  if (mapped == at) {
    reservedBytes_ = wanted;
    return {};
  }
  // Kernels before Linux 4.17 ignore MAP_FIXED_NOREPLACE and may map elsewhere.
  if (mapped != nullptr) ::munmap(mapped, more);
  return cannotReserve(bytes, false);
}

base::Result<void> Reservation::mapImage(uint64_t at, int file, uint64_t offset,
                                         base::ByteView bytes) {
  void* mapped = ::mmap(base() + at, bytes.size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED,
                        file, static_cast<off_t>(offset));
  if (mapped == MAP_FAILED) {
    return base::Error{"", fmt::format("cannot map a memory image: {}", std::strerror(errno))};
  }
  image_ = bytes;
  imageAt_ = at;
  return {};
}

bool Reservation::takePages(uint64_t at, base::ByteView pages) {
  if (pages.size() < kFewestTaken) return false;
  constexpr int kFlags = MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP;
  auto* from = const_cast<uint8_t*>(pages.data());
  uint8_t* to = base() + at;
  // Writable first: a failure of that could not be undone afterwards.
  if (::mprotect(from, pages.size(), PROT_READ | PROT_WRITE) != 0) return false;
  if (::mremap(from, pages.size(), pages.size(), kFlags, to) == to) return true;
  ::mprotect(from, pages.size(), PROT_READ);
  return false;
}

// To write few pages takes less time than to give them back and get others, for which the other
// CPUs of the process must be interrupted. Pages that are given back are as new when they are
// accessed again, also those of files.
bool Reservation::reset(uint64_t bytes) {
  uint64_t kept = roundToSystemPage(bytes);
  if (kept == accessibleBytes_ && cleanDirtyPages()) return true;
  if (::madvise(base(), accessibleBytes_, MADV_DONTNEED) != 0) return false;
  if (kept == accessibleBytes_) return true;
  if (::mprotect(base() + kept, accessibleBytes_ - kept, PROT_NONE) != 0) return false;
  accessibleBytes_ = kept;
  return true;
}

bool Reservation::cleanDirtyPages() {
  auto dirty = dirtyPages(base(), base() + accessibleBytes_, kMostCleaned);
  if (!dirty) return false;
  for (const PageRange& range : *dirty) clean(range.begin, range.end);
  return true;
}

void Reservation::clean(uint8_t* begin, uint8_t* end) {
  std::fill(begin, end, uint8_t{0});
  uint8_t* image = base() + imageAt_;
  uint8_t* from = std::max(begin, image);
  uint8_t* to = std::min(end, image + image_.size());
  if (from < to) std::memcpy(from, image_.data() + (from - image), static_cast<size_t>(to - from));
}

}  // namespace runtime
