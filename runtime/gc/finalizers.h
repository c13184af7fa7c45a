// What is to be done when objects of a heap have died.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/gc/space/object_bits.h"

namespace runtime {

// A function of the host and its argument.
struct Finalizer {
  void (*call)(void* argument) = nullptr;
  void* argument = nullptr;
};

// The finalizers of a heap's objects. A collection finds which of the objects have died; the owner
// of the heap runs their finalizers when it is safe to run code of the host, each of them once.
class Finalizers {
 public:
  Finalizers() = default;
  // Runs all that have not been run.
  ~Finalizers();
  Finalizers(const Finalizers&) = delete;
  Finalizers& operator=(const Finalizers&) = delete;

  // Sets what is done when the object at `object` has died. It must have been allocated since the
  // last collection.
  void add(uint64_t object, Finalizer finalizer);

  // Makes the finalizers of dead objects due: those without a mark. Called by a collection that has
  // marked all objects that are alive. A minor one can find dead objects only among those that were
  // added since the last collection, and takes only their time.
  void findDead(const gc::ObjectBits& marks, bool isFull);

  // Calls visit(object) with the address of each object, which it may replace.
  template <class Visit>
  void forEachObject(Visit visit) {
    for (Entry& entry : entries_) visit(entry.object);
  }

  bool hasDue() const { return !due_.empty(); }
  // Runs those that are due, in the order in which they were added. Does nothing if it is called by
  // a finalizer.
  void runDue();
  // Returns whether a finalizer is running.
  bool isRunning() const { return isRunning_; }

 private:
  struct Entry {
    uint64_t object;
    Finalizer finalizer;
  };

  std::vector<Entry> entries_;  // old objects first
  size_t oldCount_ = 0;         // of the entries that were there at the last collection
  std::vector<Finalizer> due_;
  bool isRunning_ = false;
};

}  // namespace runtime
