#include "compiler/codegen/memory_image.h"

#include <algorithm>
#include <optional>

#include "compiler/codegen/const_expr.h"
#include "runtime/abi/vmctx.h"

namespace codegen {
namespace {

std::optional<uint64_t> constantAddress(const wasm::Module& module, wasm::CodeRange range,
                                        const wasm::Limits& limits) {
  std::optional<uint64_t> value = constantInteger(module, range);
  if (value && !limits.is64) value = static_cast<uint32_t>(*value);
  return value;
}

struct Placed {
  uint32_t segment;
  uint64_t address;
};

using Wide = unsigned __int128;  // sums of 64-bit numbers

// Whether `count` items at the constant expression `offset` lie inside of what `limits` grant at
// least, in units of 1 << unitLog2 items.
bool fits(const wasm::Module& module, wasm::CodeRange offset, size_t count,
          const wasm::Limits& limits, uint32_t unitLog2) {
  std::optional<uint64_t> at = constantAddress(module, offset, limits);
  return at && Wide{*at} + count <= Wide{limits.min} << unitLog2;
}

// The data segments that are sure to be applied. Instantiation stops at the first active segment
// that does not fit, elements before data; nothing after that one may show.
uint32_t countSureSegments(const wasm::Module& module) {
  for (const wasm::ElementSegment& segment : module.elements) {
    if (segment.mode != wasm::SegmentMode::Active) continue;
    const wasm::Limits& limits = module.tables[segment.table].type.limits;
    size_t count = segment.functions.size() + segment.expressions.size();
    if (!fits(module, segment.tableOffset, count, limits, 0)) return 0;
  }
  for (uint32_t i = 0; i < module.data.size(); ++i) {
    const wasm::DataSegment& segment = module.data[i];
    if (segment.mode != wasm::SegmentMode::Active) continue;
    const wasm::MemoryType& type = module.memories[segment.memory].type;
    if (!fits(module, segment.memoryOffset, segment.bytes.size(), type.limits, type.pageSizeLog2)) {
      return i;
    }
  }
  return module.data.size();
}

// The first `count` segments' places in `memory`.
std::vector<Placed> placeSegments(const wasm::Module& module, uint32_t memory, uint32_t count) {
  const wasm::Limits& limits = module.memories[memory].type.limits;
  std::vector<Placed> placed;
  for (uint32_t i = 0; i < count; ++i) {
    const wasm::DataSegment& segment = module.data[i];
    if (segment.mode != wasm::SegmentMode::Active || segment.memory != memory) continue;
    placed.push_back({i, *constantAddress(module, segment.memoryOffset, limits)});
  }
  return placed;
}

bool isTooSparse(uint64_t span, uint64_t payload) { return span > 4 * payload + (1 << 20); }

}  // namespace

MemoryImage buildMemoryImage(const wasm::Module& module, uint64_t pageSize) {
  MemoryImage image;
  image.isSegmentIn.resize(module.data.size());
  uint32_t sure = countSureSegments(module);
  for (uint32_t memory = module.importedMemories; memory < module.memories.size(); ++memory) {
    image.runs.emplace_back();
    const wasm::MemoryType& type = module.memories[memory].type;
    Wide memoryBytes = Wide{type.limits.min} << type.pageSizeLog2;
    if (memoryBytes > UINT64_MAX) continue;
    std::vector<Placed> placed = placeSegments(module, memory, sure);
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
