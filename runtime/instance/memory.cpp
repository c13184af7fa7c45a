#include "runtime/instance/memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "runtime/abi/memory_limits.h"
#include "runtime/base/system_page.h"

namespace runtime {
namespace {

// The sizes that memories may grow to if their types have no smaller maximum, by address type.
constexpr uint64_t kMaxBytes64 = uint64_t{64} << 30;
constexpr uint64_t kMaxBytes32 = uint64_t{4} << 30;

bool isSystemPageAligned(uint64_t number) { return base::roundToSystemPage(number) == number; }

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

base::Error cannotReserve(const abi::MemoryType& type, const std::string& why) {
  return {"", fmt::format("cannot reserve a memory of {} pages: {}", type.min, why)};
}

base::Result<Reservation> reservationFor(const abi::MemoryType& type, uint64_t maxBytes,
                                         MemoryPool* pool) {
  if (pool != nullptr) {
    if (auto kept = pool->take()) return std::move(*kept);
  }
  TRY_ASSIGN(Reservation made, Reservation::create(type, maxBytes));
  TRY(made.commit(abi::minBytes(type)));
  return made;
}

// Takes the initial size of a memory from `budget` and returns a reservation for it. If that fails,
// nothing is taken.
base::Result<Reservation> takeReservation(const abi::MemoryType& type, uint64_t maxBytes,
                                          Budget& budget, MemoryPool* pool) {
  uint64_t least = abi::minBytes(type);
  if (least > maxBytes) return cannotReserve(type, "no memory of its type is so large");
  Demand demand = demandOf(least);
  if (auto taken = budget.take(demand); !taken) return cannotReserve(type, taken.error().message);
  auto reservation = reservationFor(type, maxBytes, pool);
  if (reservation) return reservation;
  budget.giveBack(demand);
  return cannotReserve(type, reservation.error().message);
}

}  // namespace

base::Result<std::unique_ptr<Memory>> Memory::create(const abi::MemoryType& type, Budget& budget,
                                                     std::shared_ptr<MemoryPool> pool) {
  uint64_t most = maxBytes(type);
  TRY_ASSIGN(Reservation reservation, takeReservation(type, most, budget, pool.get()));
  return std::unique_ptr<Memory>(
      new Memory(type, budget, most, std::move(reservation), std::move(pool)));
}

base::Result<std::shared_ptr<Memory>> Memory::createShared(const abi::MemoryType& type,
                                                           std::shared_ptr<Account> account) {
  CHECK((type.flags & abi::kShared) != 0 && (type.flags & abi::kHasMax) != 0);
  auto budget = std::make_unique<Budget>(std::move(account));
  uint64_t most = maxBytes(type);
  TRY_ASSIGN(Reservation reservation, takeReservation(type, most, *budget, nullptr));
  std::shared_ptr<Memory> memory(new Memory(type, *budget, most, std::move(reservation), nullptr));
  memory->ownBudget_ = std::move(budget);
  return memory;
}

Memory::Memory(const abi::MemoryType& type, Budget& budget, uint64_t maxBytes,
               Reservation reservation, std::shared_ptr<MemoryPool> pool)
    : budget_(&budget),
      type_(type),
      maxBytes_(maxBytes),
      reservation_(std::move(reservation)),
      pool_(std::move(pool)) {
  def_.base = reservation_.base();
  def_.byteSize = abi::minBytes(type);
}

Memory::~Memory() {
  budget_->giveBack(demandOf(def_.byteSize));
  if (pool_ != nullptr) pool_->give(std::move(reservation_), abi::minBytes(type_));
}

abi::MemoryType Memory::currentType() const {
  abi::MemoryType type = type_;
  type.min = pages();
  return type;
}

std::optional<uint64_t> Memory::grow(uint64_t deltaPages) {
  std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
  if (isShared()) lock.lock();
  uint64_t oldPages = pages();
  if (deltaPages > (maxBytes_ >> type_.pageSizeLog2) - oldPages) return std::nullopt;
  if (!growTo((oldPages + deltaPages) << type_.pageSizeLog2).ok()) return std::nullopt;
  return oldPages;
}

base::Result<void> Memory::growTo(uint64_t byteSize) {
  Demand demand = demandOf(byteSize - def_.byteSize);
  TRY(budget_->take(demand));
  if (auto grown = reservation_.grow(def_.byteSize, byteSize); !grown) {
    budget_->giveBack(demand);
    return grown.error();
  }
  // Only now, when the pages are accessible, may other threads see the size.
  __atomic_store_n(&def_.byteSize, byteSize, __ATOMIC_SEQ_CST);
  return {};
}

base::Result<void> Memory::applyImage(const abi::Memory& image, const ImageSource& source) {
  if (image.imageSize == 0 || reservation_.hasImage()) return {};
  CHECK(image.imageAddress <= byteSize() && image.imageSize <= byteSize() - image.imageAddress);
  if (source.bytes == nullptr) return base::Error{"compiled module", "its memory image is missing"};
  base::ByteView bytes(source.bytes + image.imageOffset, image.imageSize);
  // Only whole pages can be mapped, which the images of a test may not be.
  bool isMappable = isSystemPageAligned(image.imageOffset) &&
                    isSystemPageAligned(image.imageAddress) && isSystemPageAligned(bytes.size());
  if (isMappable && source.file >= 0)
    return reservation_.mapImage(image.imageAddress, source.file, image.imageOffset, bytes);
  if (isMappable && source.isGivenAway && reservation_.takePages(image.imageAddress, bytes))
    return {};
  std::memcpy(def_.base + image.imageAddress, bytes.data(), bytes.size());
  return {};
}

bool Memory::guards(const void* address) const {
  // Another thread may have grown a shared memory since the fault. An access never faults within
  // the size at its time.
  if (isShared()) return reservation_.contains(address);
  // An unsigned difference: addresses below the base wrap to large numbers.
  bool inMemory =
      reinterpret_cast<uintptr_t>(address) - reinterpret_cast<uintptr_t>(def_.base) < def_.byteSize;
  return reservation_.contains(address) && !inMemory;
}

}  // namespace runtime
