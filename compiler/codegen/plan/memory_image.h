// The initial contents of a module's own memories: the active data segments at constant offsets,
// applied at compile time as instantiation would apply them (section 4.5.4). They are laid out in
// pages, so that the runtime can map them instead of copying. Sizes and addresses are in bytes.
#pragma once

#include <vector>

#include "compiler/wasm/module.h"
#include "runtime/base/bytes.h"

namespace codegen {

// The image of all memories of one module that are not imports.
struct MemoryImage {
  // The part of the image that belongs to one memory. The rest of the memory is zero.
  struct Run {
    uint64_t offset = 0;   // in `bytes`; a multiple of the page size
    uint64_t address = 0;  // in the memory; a multiple of the page size
    uint64_t size = 0;     // a multiple of the page size; 0 if the memory has no image
  };

  base::Bytes bytes;      // of all runs, one after the other
  std::vector<Run> runs;  // by memory index, without imports
  // By data segment: whether it is in the image, so that instantiation does not apply it.
  std::vector<bool> isSegmentIn;
};

// Returns the image of a valid module. `pageSize` is the target's, a power of two. A segment is not
// in it if it may trap or comes after one that may, or if its memory gets no image: because the
// segments lie so far apart that the image would be mostly zeros, or because the memory ends within
// the image's last page.
MemoryImage buildMemoryImage(const wasm::Module& module, uint64_t pageSize);

}  // namespace codegen
