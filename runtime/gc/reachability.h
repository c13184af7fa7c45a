// A plain search for all reachable objects, which checks the heap and the marker.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/gc/heap.h"
#include "runtime/gc/heap_space.h"

namespace runtime::gc {

// CHECKs that each reachable object has a valid header and is in space that is in use, and that
// each reference is null, a word, or the address of an object.
class Reachability final : public RootVisitor, public HeapSearch {
 public:
  // `space` must outlive the search. CHECKs that there is memory for it.
  explicit Reachability(HeapSpace& space);

  // Searches from the roots. Then, if `marks` is not null, CHECKs that all objects found are
  // marked.
  void check(RootSource& roots, const ObjectBits* marks);

  void reference(uint64_t& word) override;
  void conservative(WordRange words) override;
  std::optional<WordRange> next() override;

 private:
  Reachability(HeapSpace& space, TableSpace table);
  void reach(const abi::ObjectHeader* object);
  void checkHeader(const abi::ObjectHeader* object) const;
  void checkPlace(const abi::ObjectHeader* object) const;

  HeapSpace& space_;
  TableSpace table_;
  ObjectBits reached_;
  std::vector<const abi::ObjectHeader*> found_;
};

}  // namespace runtime::gc
