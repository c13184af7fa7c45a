#include "runtime/memory/huge_pages.h"

#include <sys/mman.h>

#include <ctime>

#include "runtime/base/system_page.h"

namespace runtime {
namespace {

constexpr uint64_t kHugePage = uint64_t{2} << 20;
// A huge page that takes longer is not worth it: 512 small pages take 100 to 700 microseconds, a
// huge page from the machine's own memory 50 to 250, and one from the host 3,000.
constexpr int64_t kMostNanoseconds = 500'000;

int64_t threadTime() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * int64_t{1'000'000'000} + time.tv_nsec;
}

// Returns whether the huge page at `page` was made quickly. Kernels before Linux 5.14 cannot be
// asked to make one, and seem to be quick.
bool isQuick(uint8_t* page) {
  ::madvise(page, kHugePage, MADV_HUGEPAGE);
  int64_t before = threadTime();
  ::madvise(page, kHugePage, MADV_POPULATE_WRITE);
  return threadTime() - before < kMostNanoseconds;
}

}  // namespace

// The number of probes is logarithmic in the size, so that their time does not matter in either
// case, and a machine that runs out of quick huge pages, or gets some, is noticed. Failures do not
// matter: the kernel may lack huge pages, or be configured not to use them.
void HugePages::grown(uint8_t* base, uint64_t from, uint64_t to) {
  uint64_t lead = (0 - reinterpret_cast<uintptr_t>(base + from)) % kHugePage;
  if (to - from < lead + kHugePage) return;
  if (to >= nextProbe_) {
    nextProbe_ = 2 * to;
    arePreferred_ = isQuick(base + from + lead);
  }
  if (!arePreferred_) return;
  uint64_t begin = base::roundToSystemPage(from);
  ::madvise(base + begin, base::roundToSystemPage(to) - begin, MADV_HUGEPAGE);
}

}  // namespace runtime
