#include "runtime/memory/dirty_pages.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <span>

#include "runtime/base/owned_fd.h"
#include "runtime/base/system_page.h"

namespace runtime {
namespace {

// PAGEMAP_SCAN (Linux 6.7), which the headers of older systems do not declare; see
// Documentation/admin-guide/mm/pagemap.rst of the kernel.
struct Region {
  uint64_t begin;
  uint64_t end;
  uint64_t categories;
};

struct ScanArguments {
  uint64_t size;
  uint64_t flags;
  uint64_t begin;
  uint64_t end;
  uint64_t walkEnd;
  uint64_t regions;
  uint64_t regionCount;
  uint64_t maxPages;
  uint64_t inverted;
  uint64_t required;
  uint64_t anyOf;
  uint64_t returned;
};

constexpr unsigned long kScan = _IOWR('f', 16, ScanArguments);
constexpr uint64_t kIsFile = 1 << 2;
constexpr uint64_t kIsPresent = 1 << 3;
constexpr uint64_t kIsSwapped = 1 << 4;
constexpr uint64_t kIsZeroPage = 1 << 5;

// The file tells about the process that opened it, also after a fork().
struct PageMap {
  base::OwnedFd file{::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)};
  pid_t process = ::getpid();
};

constexpr size_t kMostRanges = 16;

}  // namespace

std::optional<std::vector<PageRange>> dirtyPages(uint8_t* begin, uint8_t* end, uint64_t mostBytes) {
  static const PageMap map;
  if (map.process != ::getpid()) return std::nullopt;
  std::array<Region, kMostRanges> regions;
  ScanArguments scan{};
  scan.size = sizeof scan;
  scan.begin = reinterpret_cast<uintptr_t>(begin);
  scan.end = reinterpret_cast<uintptr_t>(end);
  scan.regions = reinterpret_cast<uintptr_t>(regions.data());
  scan.regionCount = regions.size();
  scan.maxPages = mostBytes / base::systemPageSize();
  scan.inverted = scan.required = kIsFile | kIsZeroPage;
  scan.anyOf = kIsPresent | kIsSwapped;
  scan.returned = scan.anyOf;
  int count = ::ioctl(map.file.get(), kScan, &scan);
  if (count < 0 || scan.walkEnd != scan.end) return std::nullopt;
  std::vector<PageRange> ranges;
  for (const Region& region : std::span(regions).first(static_cast<size_t>(count))) {
    ranges.push_back(
        {reinterpret_cast<uint8_t*>(region.begin), reinterpret_cast<uint8_t*>(region.end)});
  }
  return ranges;
}

}  // namespace runtime
