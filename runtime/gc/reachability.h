// A plain search for all reachable objects, which checks the heap and the marker.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/gc/heap.h"
#include "runtime/gc/object_finder.h"

namespace runtime::gc {

// CHECKs that each reachable object has a valid header and is in space that is in use, and that
// each reference is null, a word, or the address of an object.
class Reachability final : public RootVisitor {
 public:
  // The arguments must outlive the search. CHECKs that there is memory for it.
  Reachability(const Region& region, const BlockTable& blocks, const LineMap& lines,
               const LargeSpace& large, TypeTable types, ObjectFinder& finder);

  // Searches from the roots. Then, if `marks` is not null, CHECKs that all objects found are
  // marked.
  void check(RootSource& roots, const ObjectBits* marks);

  void reference(uint64_t word) override;
  void conservative(WordRange words) override;

 private:
  Reachability(const Region& region, const BlockTable& blocks, const LineMap& lines,
               const LargeSpace& large, TypeTable types, ObjectFinder& finder, TableSpace space);
  void reach(const abi::ObjectHeader* object);
  void checkHeader(const abi::ObjectHeader* object) const;
  void checkPlace(const abi::ObjectHeader* object) const;

  const Region& region_;
  const BlockTable& blocks_;
  const LineMap& lines_;
  const LargeSpace& large_;
  TypeTable types_;
  ObjectFinder& finder_;
  TableSpace space_;
  ObjectBits reached_;
  std::vector<const abi::ObjectHeader*> found_;
};

}  // namespace runtime::gc
