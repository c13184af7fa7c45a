#include "runtime/memory/dirty_pages.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/base/system_page.h"

namespace runtime {
namespace {

const uint64_t kPage = base::systemPageSize();
constexpr uint64_t kAny = uint64_t{1} << 20;

class DirtyPagesTest : public ::testing::Test {
 protected:
  static constexpr uint64_t kPages = 64;

  DirtyPagesTest()
      : bytes(static_cast<uint8_t*>(::mmap(nullptr, kPages * kPage, PROT_READ | PROT_WRITE,
                                           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {}
  ~DirtyPagesTest() { ::munmap(bytes, kPages * kPage); }

  std::optional<std::vector<PageRange>> dirty(uint64_t mostBytes) {
    return dirtyPages(bytes, bytes + kPages * kPage, mostBytes);
  }

  uint8_t* bytes;
};

// Kernels before Linux 6.7 cannot tell, for which the result is nothing.
TEST_F(DirtyPagesTest, AreThoseThatHaveBeenWritten) {
  EXPECT_TRUE(dirty(kAny).value_or(std::vector<PageRange>()).empty());
  volatile uint8_t read = bytes[5 * kPage];
  (void)read;
  bytes[3 * kPage + 7] = 1;
  bytes[9 * kPage] = 1;
  bytes[10 * kPage] = 0;
  auto ranges = dirty(kAny);
  if (!ranges) return;
  ASSERT_EQ(ranges->size(), 2u);
  EXPECT_EQ((*ranges)[0].begin, bytes + 3 * kPage);
  EXPECT_EQ((*ranges)[0].end, bytes + 4 * kPage);
  EXPECT_EQ((*ranges)[1].begin, bytes + 9 * kPage);
  EXPECT_EQ((*ranges)[1].end, bytes + 11 * kPage);
}

TEST_F(DirtyPagesTest, AreNotToldIfTheyAreTooMany) {
  for (uint64_t i = 0; i < 4; ++i) bytes[i * kPage] = 1;
  EXPECT_FALSE(dirty(3 * kPage).has_value());
}

TEST_F(DirtyPagesTest, AreNotToldIfTheyAreScattered) {
  for (uint64_t i = 0; i < kPages; i += 2) bytes[i * kPage] = 1;
  EXPECT_FALSE(dirty(kAny).has_value());
}

// The file that tells is that of the parent.
TEST_F(DirtyPagesTest, AreNotToldToAChild) {
  dirty(kAny);
  pid_t child = ::fork();
  if (child == 0) ::_exit(dirty(kAny).has_value() ? 1 : 0);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace runtime
