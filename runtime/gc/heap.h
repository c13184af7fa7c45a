// The garbage-collected heap of a store.
//
// A mark-region heap (Blackburn and McKinley, "Immix", PLDI 2008) with sticky mark bits as
// generations: an object that has survived a collection keeps its mark and is old. A minor
// collection marks only from roots and from old objects whose cards are dirty. Stacks and registers
// are scanned conservatively, objects precisely. A full collection moves objects together if much
// space between them is lost; none that a stack or register may refer to.
//
// Compiled code allocates small objects itself, by advancing AllocationState::cursor, and calls
// allocate() if that would exceed the limit. Collections happen only in allocate() and collect().
// A heap is used by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "runtime/abi/object.h"
#include "runtime/abi/vmctx.h"
#include "runtime/base/result.h"
#include "runtime/gc/finalizers.h"
#include "runtime/gc/space/memory_allowance.h"

namespace runtime {

// A range of words that may contain references: a part of a stack, or saved registers.
struct WordRange {
  const uintptr_t* begin;
  const uintptr_t* end;
};

// Receives the roots of a collection.
class RootVisitor {
 public:
  // A word that is a reference of the any, extern or exn hierarchy, or null. The visitor may
  // replace it by the address to which its object has moved.
  virtual void reference(uint64_t& word) = 0;
  // Words that may be anything. An address inside of an object, or right behind its end, keeps the
  // object alive and where it is.
  virtual void conservative(WordRange words) = 0;

 protected:
  ~RootVisitor() = default;
};

// Passes a reference that is held as a pointer.
template <class Pointee>
void visitPointer(RootVisitor& visitor, Pointee*& pointer) {
  auto word = reinterpret_cast<uint64_t>(pointer);
  visitor.reference(word);
  pointer = reinterpret_cast<Pointee*>(word);
}

// The owner of the roots: a store.
class RootSource {
 public:
  virtual ~RootSource() = default;
  // Passes all roots to `visitor`. Called during a collection, repeatedly; must not allocate
  // objects.
  virtual void visitRoots(RootVisitor& visitor) = 0;
};

// The size and the mode of a heap.
struct HeapOptions {
  // The most bytes that objects may take. At least 1 MiB, at most 1 TiB, rounded up to whole blocks
  // of 32 KiB. That much address space is reserved, and 6 % more.
  uint64_t maxBytes = uint64_t{1} << 30;
  // Finds errors: each object is allocated by allocate(), which collects before; free lines are
  // filled with 0xdb, and new objects too; CHECKs that each collection keeps
  // all that is reachable; the mark stack overflows.
  bool isStressed = false;
  // If not null, must allow the memory of blocks too. Must outlive the heap.
  gc::MemoryAllowance* allowance = nullptr;
};

// What a heap has done and takes.
struct HeapStatistics {
  uint64_t minorCollections = 0;
  uint64_t fullCollections = 0;
  uint64_t compactions = 0;    // full collections that moved objects
  uint64_t liveBytes = 0;      // of lines and large objects in use after the last collection
  uint64_t reservedBytes = 0;  // of blocks that may have memory: those in use, and cached ones
};

// A search for the objects that can be reached from words which may be anything. No object may be
// allocated during the search.
class HeapSearch {
 public:
  virtual ~HeapSearch() = default;
  // Adds words to search from. An address inside of an object, or right behind its end, reaches it.
  virtual void conservative(WordRange words) = 0;
  // Returns the words of a reached object that has not been returned yet, or nothing if there is
  // none. What its references refer to is not reached before its words are added.
  virtual std::optional<WordRange> next() = 0;
};

// A heap. It owns its objects and their memory.
class Heap {
 public:
  // Reserves the address space. Fails if the system refuses it. `allocation` is part of the store's
  // ExecState, `types` its table of type descriptors. All arguments must outlive the heap.
  static base::Result<std::unique_ptr<Heap>> create(abi::AllocationState& allocation,
                                                    const abi::TypeDescriptor* types,
                                                    RootSource& roots, const HeapOptions& options);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // Returns the most bytes that objects may take.
  uint64_t maxBytes() const;

  // Returns a new object with this type word and length (0 for structs without a field there) of
  // `size` bytes, a multiple of 8 and at least 8, as arraySize() or TypeDescriptor::size say.
  // The header is written. All other bytes are undefined; the caller writes at least its references
  // before the next allocation. May collect.
  // Returns null if the object does not fit into the heap after a full collection.
  abi::ObjectHeader* allocate(uint32_t type, uint32_t length, uint64_t size);

  // Collects. A minor collection may become a full one.
  enum class Collection : uint8_t { Minor, Full };
  void collect(Collection collection);

  // Returns whether `word` is the address of an object that was alive at the last collection, or
  // was allocated since: for checks of the host.
  bool contains(uint64_t word) const;

  // Checks the structure of the heap: that each reference in a reachable object is null, a word, or
  // the address of an object whose header is valid. CHECKs fail if not. Takes a full collection's
  // time.
  void verify();

  // Begins a search, which the heap must outlive.
  std::unique_ptr<HeapSearch> search();

  // Returns the finalizers of objects. Those of all objects are run when the heap is destroyed.
  Finalizers& finalizers();

  // Returns the present numbers. Takes constant time.
  HeapStatistics statistics() const;
  // Returns the number of collections of both kinds. While it stays the same, no object is freed or
  // moved.
  uint64_t collections() const;

 private:
  struct Implementation;
  explicit Heap(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace runtime
