// The search for the object that contains an address.
//
// The starts of objects that survived the last collection are known. Those of younger ones are
// found by parsing a block when an address there is first looked up, from the starts of holes:
// objects follow each other until a zero type word, or to the end of the hole.
#pragma once

#include <cstdint>

#include "runtime/gc/space/block_table.h"
#include "runtime/gc/space/large_space.h"
#include "runtime/gc/space/line_map.h"
#include "runtime/gc/space/object_bits.h"
#include "runtime/gc/space/small_space.h"

namespace runtime::gc {

class ObjectFinder {
 public:
  // The arguments must outlive the finder. `starts` has the objects that survived the last
  // collection; the finder adds younger ones.
  ObjectFinder(const Region& region, BlockTable& blocks, const LineMap& lines,
               const SmallSpace& small, const LargeSpace& large, TypeTable types,
               ObjectBits& starts)
      : region_(region),
        blocks_(blocks),
        lines_(lines),
        small_(small),
        large_(large),
        types_(types),
        starts_(starts) {}

  // Returns the object that contains the address, which may be any word; null if there is none.
  // Requires that SmallSpace has been retired.
  abi::ObjectHeader* find(uint64_t address);

  // Calls visit(object) for the objects that the words [begin, end) may be addresses in, or right
  // behind the end of. An object may be visited repeatedly. Requires that SmallSpace has been
  // retired.
  template <class Visit>
  [[gnu::no_sanitize_address]] void forEachTarget(const uintptr_t* begin, const uintptr_t* end,
                                                  Visit visit) {
    // The stack is read as it is, with what a sanitizer has put between variables.
    for (const uintptr_t* at = begin; at != end; ++at) {
      uintptr_t word = *at;
      if (!region_.isBoundary(word)) continue;
      abi::ObjectHeader* object = find(word);
      if (object != nullptr) visit(object);
      // The word may be the address of this object or the end of the one before.
      if (object != nullptr && addressOf(object) != word) continue;
      if (abi::ObjectHeader* before = find(word - 1)) visit(before);
    }
  }

  // Finds the starts of all young objects, so that find() does not depend on the marks of lines.
  void parseAll();

  // Returns whether an object starts at the address, which may be any word.
  bool isObject(uint64_t address) const;

 private:
  abi::ObjectHeader* findSmall(uintptr_t address);
  void parse(uint32_t block);
  // Calls visit(address) for the objects in a run of young lines. Stops if that returns true, and
  // returns whether it has.
  template <class Visit>
  bool anyYoung(uint32_t block, LineRun run, Visit visit) const;

  const Region& region_;
  BlockTable& blocks_;
  const LineMap& lines_;
  const SmallSpace& small_;
  const LargeSpace& large_;
  TypeTable types_;
  ObjectBits& starts_;
};

}  // namespace runtime::gc
