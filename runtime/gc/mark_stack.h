// The stack of words that the marker has still to process.
#pragma once

#include <cstdint>

namespace runtime::gc {

class MarkStack {
 public:
  // The stack never has more than `maxWords`.
  explicit MarkStack(uint64_t maxWords = UINT64_MAX) : maxWords_(maxWords) {}
  ~MarkStack();
  MarkStack(const MarkStack&) = delete;
  MarkStack& operator=(const MarkStack&) = delete;

  bool isEmpty() const { return top_ == words_; }
  // Returns whether there was memory for the word.
  bool push(uint64_t word) {
    if (top_ == end_ && !grow()) return false;
    *top_++ = word;
    return true;
  }
  // Pushes both words or none.
  bool push(uint64_t lower, uint64_t upper) {
    if (!push(lower)) return false;
    if (push(upper)) return true;
    --top_;
    return false;
  }
  // Requires that the stack is not empty.
  uint64_t pop() { return *--top_; }

  // Gives memory back beyond what most collections need. Requires that the stack is empty.
  void shrink();

 private:
  bool grow();
  uint64_t capacity() const { return static_cast<uint64_t>(end_ - words_); }

  uint64_t maxWords_;
  uint64_t* words_ = nullptr;
  uint64_t* top_ = nullptr;
  uint64_t* end_ = nullptr;
};

}  // namespace runtime::gc
