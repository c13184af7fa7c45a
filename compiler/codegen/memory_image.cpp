#include "compiler/codegen/memory_image.h"

#include <algorithm>
#include <optional>

#include "compiler/codegen/const_expr.h"
#include "runtime/abi/vmctx.h"

namespace codegen {
namespace {

struct Placed {
  uint32_t segment;
  uint64_t address;
};

// The segments of `memory`, in order, up to the first that has no constant place inside of the
// memory: that one, and what comes after it, must be applied at instantiation to keep the order.
std::vector<Placed> placeSegments(const wasm::Module& module, uint32_t memory) {
  const wasm::MemoryType& type = module.memories[memory].type;
  unsigned __int128 byteSize = static_cast<unsigned __int128>(type.limits.min) << type.pageSizeLog2;
  std::vector<Placed> placed;
  for (uint32_t i = 0; i < module.data.size(); ++i) {
    const wasm::DataSegment& segment = module.data[i];
    if (segment.mode != wasm::SegmentMode::Active || segment.memory != memory) continue;
    std::optional<uint64_t> offset = constantInteger(module, segment.memoryOffset);
    if (!offset) break;
    uint64_t address = type.limits.is64 ? *offset : static_cast<uint32_t>(*offset);
    if (static_cast<unsigned __int128>(address) + segment.bytes.size() > byteSize) break;
    placed.push_back({i, address});
  }
  return placed;
}

bool isTooSparse(uint64_t span, uint64_t payload) { return span > 4 * payload + (1 << 20); }

}  // namespace

MemoryImage buildMemoryImage(const wasm::Module& module, uint64_t pageSize) {
  MemoryImage image;
  image.isSegmentIn.resize(module.data.size());
  for (uint32_t memory = module.importedMemories; memory < module.memories.size(); ++memory) {
    image.runs.emplace_back();
    std::vector<Placed> placed = placeSegments(module, memory);
    uint64_t low = UINT64_MAX;
    uint64_t high = 0;
    uint64_t payload = 0;
    for (const Placed& item : placed) {
      uint64_t size = module.data[item.segment].bytes.size();
      if (size == 0) continue;
      low = std::min(low, item.address);
      high = std::max(high, item.address + size);
      payload += size;
    }
    if (payload == 0) continue;
    low = low / pageSize * pageSize;
    high = abi::alignTo(high, pageSize);
    uint64_t memoryBytes = module.memories[memory].type.limits.min
                           << module.memories[memory].type.pageSizeLog2;
    if (high > memoryBytes || isTooSparse(high - low, payload)) continue;

    MemoryImage::Run& run = image.runs.back();
    run = {image.bytes.size(), low, high - low};
    image.bytes.resize(run.offset + run.size);
    for (const Placed& item : placed) {
      base::ByteView bytes = module.data[item.segment].bytes;
      std::copy(bytes.begin(), bytes.end(),
                image.bytes.begin() + run.offset + (item.address - low));
      image.isSegmentIn[item.segment] = true;
    }
  }
  return image;
}

}  // namespace codegen
