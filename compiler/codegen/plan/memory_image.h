// The initial content of a module's own memories, laid out so that instantiation can map it from
// the artifact instead of copying: active data segments at constant offsets, applied.
// 4.5.4). Sizes and addresses are in bytes.
#pragma once

#include <vector>

#include "compiler/wasm/module.h"
#include "runtime/base/bytes.h"

namespace codegen {

struct MemoryImage {
  struct Run {
    uint64_t offset = 0;   // in `bytes`
    uint64_t address = 0;  // in the memory; a multiple of the page size
    uint64_t size = 0;     // likewise; 0: this memory has no image
  };

  base::Bytes bytes;              // of all memories
  std::vector<Run> runs;          // by own memory
  std::vector<bool> isSegmentIn;  // by data segment: in the image, not to be applied again
};

// `pageSize` is the target's, a power of two. A memory gets no image if its segments lie so far
// apart that the image would be mostly holes.
MemoryImage buildMemoryImage(const wasm::Module& module, uint64_t pageSize);

}  // namespace codegen
