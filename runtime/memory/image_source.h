// Where an instance gets the initial contents of its memories.
#pragma once

#include <cstdint>

namespace runtime {

// The bytes of ModuleDescriptor::memoryImage, and what may be done instead of copying them.
struct ImageSource {
  const uint8_t* bytes;  // null if there is no image
  int file = -1;  // of the same bytes, which can be mapped copy-on-write; -1 if there is none
  bool isGivenAway = false;  // the pages of the bytes may be taken
};

}  // namespace runtime
