#include "runtime/gc/mark_stack.h"

#include <sys/mman.h>

#include <algorithm>

namespace runtime::gc {

// Words of a stack that is kept between collections.
static constexpr uint64_t kInitialWords = uint64_t{1} << 16;

static void* mapWords(uint64_t* old, uint64_t oldWords, uint64_t words) {
  if (old != nullptr) {
    return ::mremap(old, oldWords * sizeof *old, words * sizeof *old, MREMAP_MAYMOVE);
  }
  return ::mmap(nullptr, words * sizeof *old, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                -1, 0);
}

MarkStack::~MarkStack() {
  if (words_ != nullptr) ::munmap(words_, capacity() * sizeof *words_);
}

[[gnu::noinline]] bool MarkStack::grow() {
  uint64_t size = capacity();
  uint64_t wanted = std::min(std::max(kInitialWords, size * 2), maxWords_);
  if (wanted <= size) return false;
  void* mapped = mapWords(words_, size, wanted);
  if (mapped == MAP_FAILED) return false;
  words_ = static_cast<uint64_t*>(mapped);
  top_ = words_ + size;
  end_ = words_ + wanted;
  return true;
}

void MarkStack::shrink() {
  if (capacity() <= kInitialWords) return;
  void* mapped = mapWords(words_, capacity(), kInitialWords);
  if (mapped == MAP_FAILED) return;
  words_ = static_cast<uint64_t*>(mapped);
  top_ = words_;
  end_ = words_ + kInitialWords;
}

}  // namespace runtime::gc
