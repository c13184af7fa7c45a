#include "runtime/gc/finalizers.h"

#include <utility>

namespace runtime {

Finalizers::~Finalizers() {
  for (const Entry& entry : entries_) due_.push_back(entry.finalizer);
  entries_.clear();
  runDue();
}

void Finalizers::add(uint64_t object, Finalizer finalizer) {
  entries_.push_back({object, finalizer});
}

void Finalizers::findDead(const gc::ObjectBits& marks, bool isFull) {
  size_t kept = isFull ? 0 : oldCount_;
  for (size_t i = kept; i < entries_.size(); ++i) {
    if (marks.test(entries_[i].object)) {
      entries_[kept++] = entries_[i];
    } else {
      due_.push_back(entries_[i].finalizer);
    }
  }
  entries_.resize(kept);
  oldCount_ = kept;
}

void Finalizers::runDue() {
  if (isRunning_) return;
  isRunning_ = true;
  for (const Finalizer& finalizer : std::exchange(due_, {})) finalizer.call(finalizer.argument);
  isRunning_ = false;
}

}  // namespace runtime
