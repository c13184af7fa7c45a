#include "compiler/codegen/plan/memory_image.h"

#include <algorithm>
#include <optional>

#include "compiler/codegen/plan/const_expr.h"
#include "runtime/abi/vmctx.h"

namespace codegen {
namespace {

// An active data segment, by index, and its address in its memory.
struct Placed {
  uint32_t segment;
  uint64_t address;
};

// Returns the minimal size of a memory. Returns 0 for a size that no memory can have, so that no
// segment fits: instantiation fails, and the shift must not overflow.
uint64_t byteSize(const wasm::MemoryType& type) {
  constexpr uint64_t kMost = INT64_MAX;
  return type.limits.min > kMost >> type.pageSizeLog2 ? 0 : type.limits.min << type.pageSizeLog2;
}

// Returns the place of the `count` units of a segment in a memory or table of `size` units, or
// nothing if they may not fit: if the offset is not constant, or the end lies beyond `size`. An
// imported memory or table is at least as large as its type says.
std::optional<uint64_t> certainPlace(const wasm::Module& module, wasm::CodeRange offset,
                                     const wasm::Limits& limits, uint64_t count, uint64_t size) {
  std::optional<uint64_t> value = constantInteger(module, offset);
  if (!value) return std::nullopt;
  uint64_t place = limits.is64 ? *value : static_cast<uint32_t>(*value);
  if (place > size || count > size - place) return std::nullopt;
  return place;
}

// Returns whether no active element segment can trap. Instantiation applies all element segments
// before the first data segment.
bool areElementsCertain(const wasm::Module& module) {
  for (const wasm::ElementSegment& segment : module.elements) {
    if (segment.mode != wasm::SegmentMode::Active) continue;
    const wasm::Limits& limits = module.tables[segment.table].type.limits;
    uint64_t count = segment.functions.size() + segment.expressions.size();
    if (!certainPlace(module, segment.tableOffset, limits, count, limits.min)) return false;
  }
  return true;
}

// Returns the active data segments, in order, up to the first one that may trap. If it does, the
// segments behind it must not be in the memories: an instance whose instantiation traps is
// observable, since its functions may already be in imported tables.
std::vector<Placed> placeSegments(const wasm::Module& module) {
  std::vector<Placed> placed;
  if (!areElementsCertain(module)) return placed;
  for (uint32_t i = 0; i < module.data.size(); ++i) {
    const wasm::DataSegment& segment = module.data[i];
    if (segment.mode != wasm::SegmentMode::Active) continue;
    const wasm::MemoryType& type = module.memories[segment.memory].type;
    std::optional<uint64_t> address = certainPlace(module, segment.memoryOffset, type.limits,
                                                   segment.bytes.size(), byteSize(type));
    if (!address) break;
    placed.push_back({i, *address});
  }
  return placed;
}

// An image may have a megabyte of zeros, and more if at least a quarter of it is data. Beyond that
// the size of the artifact matters more than the time that copying takes.
bool isTooSparse(uint64_t span, uint64_t payload) { return span > 4 * payload + (1 << 20); }

// Adds the run of one memory to the image, with the segments among `placed` that belong to it.
void addRun(MemoryImage& image, const wasm::Module& module, uint32_t memory,
            const std::vector<Placed>& placed, uint64_t pageSize) {
  image.runs.emplace_back();
  auto isHere = [&](const Placed& item) { return module.data[item.segment].memory == memory; };
  uint64_t low = UINT64_MAX;
  uint64_t high = 0;
  uint64_t payload = 0;
  for (const Placed& item : placed) {
    uint64_t size = module.data[item.segment].bytes.size();
    if (!isHere(item) || size == 0) continue;
    low = std::min(low, item.address);
    high = std::max(high, item.address + size);
    payload += size;
  }
  if (payload == 0) return;
  low = low / pageSize * pageSize;
  high = abi::alignTo(high, pageSize);
  // With pages of one byte a memory may end within a page of the host, which cannot be mapped.
  if (high > byteSize(module.memories[memory].type) || isTooSparse(high - low, payload)) return;

  // In the order of the module: later segments overwrite earlier ones.
  MemoryImage::Run& run = image.runs.back();
  run = {image.bytes.size(), low, high - low};
  image.bytes.resize(run.offset + run.size);
  for (const Placed& item : placed) {
    if (!isHere(item)) continue;
    image.isSegmentIn[item.segment] = true;
    base::ByteView bytes = module.data[item.segment].bytes;
    if (bytes.empty()) continue;
    std::copy(bytes.begin(), bytes.end(), image.bytes.begin() + run.offset + (item.address - low));
  }
}

}  // namespace

MemoryImage buildMemoryImage(const wasm::Module& module, uint64_t pageSize) {
  MemoryImage image;
  image.isSegmentIn.resize(module.data.size());
  std::vector<Placed> placed = placeSegments(module);
  for (uint32_t memory = module.importedMemories; memory < module.memories.size(); ++memory) {
    addRun(image, module, memory, placed, pageSize);
  }
  return image;
}

}  // namespace codegen
