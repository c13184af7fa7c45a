// Memories.
#include <algorithm>
#include <limits>

#include "loader/standard/last_error.h"
#include "loader/standard/ref.h"
#include "loader/standard/type.h"

namespace standard {
namespace {

using runtime::Memory;

base::Result<wasm_memory_t*> newMemory(const wasm_store_t* store, const wasm_memorytype_t* given) {
  TRY_ASSIGN(Entry entry, enter(store));
  if (given == nullptr) return base::Error{"", kNull};
  abi::MemoryType type = given->type;
  // The other flags are of the code that imports a memory.
  type.flags &= abi::kHasMax | abi::kShared | abi::kIndex64;
  if ((type.flags & abi::kShared) != 0) return base::Error{"", "the memory is shared"};
  if ((type.flags & abi::kHasMax) != 0 && type.max < type.min) {
    return base::Error{"", "the maximum of the memory is below its minimum"};
  }
  TRY_ASSIGN(Memory * memory, entry->createMemory(type));
  return static_cast<wasm_memory_t*>(newExtern(entry.owner(), memory));
}

base::Result<void> grow(const wasm_memory_t* ref, uint32_t delta) {
  TRY_ASSIGN(Entry entry, enter(ref));
  if (objectOf<Memory>(*ref).grow(delta)) return {};
  return base::Error{"", "the memory cannot grow so much"};
}

}  // namespace
}  // namespace standard

wasm_memory_t* wasm_memory_new(wasm_store_t* store, const wasm_memorytype_t* type) {
  auto made = standard::newMemory(store, type);
  if (!made) standard::setLastError(made.error());
  return made ? *made : nullptr;
}

wasm_memorytype_t* wasm_memory_type(const wasm_memory_t* ref) {
  auto entry = standard::enter(ref);
  if (!entry) return nullptr;
  return standard::newType(standard::objectOf<runtime::Memory>(*ref).type());
}

byte_t* wasm_memory_data(wasm_memory_t* ref) {
  auto entry = standard::enter(ref);
  if (!entry) return nullptr;
  return reinterpret_cast<byte_t*>(standard::objectOf<runtime::Memory>(*ref).base());
}

size_t wasm_memory_data_size(const wasm_memory_t* ref) {
  auto entry = standard::enter(ref);
  return entry ? standard::objectOf<runtime::Memory>(*ref).byteSize() : 0;
}

wasm_memory_pages_t wasm_memory_size(const wasm_memory_t* ref) {
  auto entry = standard::enter(ref);
  if (!entry) return 0;
  constexpr uint64_t kLargest = std::numeric_limits<wasm_memory_pages_t>::max();
  uint64_t pages = standard::objectOf<runtime::Memory>(*ref).pages();
  return static_cast<wasm_memory_pages_t>(std::min(pages, kLargest));
}

bool wasm_memory_grow(wasm_memory_t* ref, wasm_memory_pages_t delta) {
  auto done = standard::grow(ref, delta);
  if (!done) standard::setLastError(done.error());
  return done.ok();
}
