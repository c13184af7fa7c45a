// A copy of the roots at one time, so that two searches from them find the same objects: the frames
// of the first search may leave other words on the stack.
#pragma once

#include <vector>

#include "runtime/gc/heap.h"

namespace runtime::gc {

class RecordedRoots final : public RootSource, private RootVisitor {
 public:
  explicit RecordedRoots(RootSource& roots) { roots.visitRoots(*this); }

  void visitRoots(RootVisitor& visitor) override {
    for (uint64_t word : references_) visitor.reference(word);
    visitor.conservative({words_.data(), words_.data() + words_.size()});
  }

 private:
  void reference(uint64_t word) override { references_.push_back(word); }
  void conservative(WordRange words) override {
    words_.insert(words_.end(), words.begin, words.end);
  }

  std::vector<uint64_t> references_;
  std::vector<uintptr_t> words_;
};

}  // namespace runtime::gc
