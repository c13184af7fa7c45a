// A copy of the roots at one time, before objects are moved, so that two searches from them find
// the same objects: the frames of the first search may leave other words on the stack.
#pragma once

#include <vector>

#include "runtime/gc/heap.h"

namespace runtime::gc {

class RecordedRoots final : public RootSource, private RootVisitor {
 public:
  explicit RecordedRoots(RootSource& roots) { roots.visitRoots(*this); }

  void visitRoots(RootVisitor& visitor) override {
    for (uint64_t& word : references_) visitor.reference(word);
    visitor.conservative({words_.data(), words_.data() + words_.size()});
  }

 private:
  void reference(uint64_t& word) override { references_.push_back(word); }
  // The stack is read as it is, with what a sanitizer has put between variables.
  [[gnu::no_sanitize_address]] void conservative(WordRange words) override {
    for (const uintptr_t* at = words.begin; at != words.end; ++at) {
      uintptr_t word = *at;  // read here, not by the vector's code
      words_.push_back(word);
    }
  }

  std::vector<uint64_t> references_;
  std::vector<uintptr_t> words_;
};

}  // namespace runtime::gc
