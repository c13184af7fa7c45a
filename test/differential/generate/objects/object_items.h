// The parts of a random module that functions with objects share: globals "$o0" ..., the tables
// "$objects" of anyref and "$typed" of callees, the element segments "$things" and
// "$typed_callees", and functions that hash what objects contain.
#pragma once

#include <string>
#include <vector>

#include "test/differential/generate/objects/object_types.h"

namespace differential {

// A global "$o0" ...
struct ObjectGlobal {
  RefType type;
  bool isMutable;
};
// Returns the globals that a module with these types has.
std::vector<ObjectGlobal> objectGlobals(const ObjectTypes& types);

// The initial and the maximal sizes of $objects, the size of $typed, and those of the segments.
inline constexpr unsigned kObjects = 6;
inline constexpr unsigned kObjectsMost = 16;
inline constexpr unsigned kTyped = 8;
inline constexpr unsigned kThings = 5;

// Returns the fields. The functions are
//   $hash [anyref] -> [i64], which depends on the contents of all objects nearby
//   $hash_extern [externref] -> [i64]
//   $keep [anyref] -> [anyref], which exchanges the value of a global
//   the exported "objects" [] -> [i64], which hashes all globals and elements of $objects
std::string objectItems(const ObjectTypes& types);

}  // namespace differential
