// wasm2obj_shared_memory_t.
#include <fmt/format.h>

#include <memory>

#include "loader/embed/error.h"
#include "loader/embed/instance.h"
#include "loader/embed/threads/wasm2obj_threads.h"
#include "loader/embed/typed/linker.h"
#include "runtime/abi/memory_limits.h"
#include "runtime/instance/memory.h"
#include "runtime/memory/parking_lot.h"

using embed::makeError;
using runtime::Memory;

struct wasm2obj_shared_memory_t {
  std::shared_ptr<Memory> memory;
};

namespace {

// Returns the address of the word at `at`, whose waiters are to be accessed.
base::Result<const uint32_t*> wordAt(const Memory& memory, uint64_t at) {
  constexpr uint64_t kSize = sizeof(uint32_t);
  if (at % kSize != 0) return base::Error{"", fmt::format("{} is not a multiple of {}", at, kSize)};
  uint64_t size = memory.byteSize();
  if (size < kSize || at > size - kSize) {
    return base::Error{"", fmt::format("{} is out of the bounds of {} bytes", at, size)};
  }
  return reinterpret_cast<const uint32_t*>(memory.base() + at);
}

}  // namespace

wasm2obj_error_t* wasm2obj_shared_memory_new(uint64_t min, uint64_t max,
                                             const wasm2obj_limits_t* limits,
                                             wasm2obj_shared_memory_t** memory) {
  if (max < min || max > abi::kMaxPages32) {
    return makeError(fmt::format("a shared memory cannot have {} to {} pages", min, max));
  }
  abi::MemoryType type{abi::kHasMax | abi::kShared, abi::kPageSizeLog2, min, max};
  auto made = Memory::createShared(type, embed::newAccount(limits));
  if (!made) return makeError(made.error());
  *memory = new wasm2obj_shared_memory_t{std::move(*made)};
  return nullptr;
}

wasm2obj_error_t* wasm2obj_shared_memory_new_export(const wasm2obj_instance_t* instance,
                                                    const char* name,
                                                    wasm2obj_shared_memory_t** memory) {
  if (auto usable = embed::checkUsable(*instance); !usable) return makeError(usable.error());
  Memory* found = instance->instance->memory(name);
  if (found == nullptr || !found->isShared()) {
    return makeError(fmt::format("the instance exports no shared memory '{}'", name));
  }
  *memory = new wasm2obj_shared_memory_t{found->shared_from_this()};
  return nullptr;
}

void wasm2obj_shared_memory_delete(wasm2obj_shared_memory_t* memory) { delete memory; }

void* wasm2obj_shared_memory_data(const wasm2obj_shared_memory_t* memory, size_t* size) {
  *size = memory->memory->byteSize();
  return memory->memory->base();
}

wasm2obj_error_t* wasm2obj_shared_memory_grow(wasm2obj_shared_memory_t* memory, uint64_t pages,
                                              uint64_t* oldPages) {
  auto old = memory->memory->grow(pages);
  if (!old) return makeError(fmt::format("the memory cannot grow by {} pages", pages));
  if (oldPages != nullptr) *oldPages = *old;
  return nullptr;
}

wasm2obj_error_t* wasm2obj_shared_memory_wait(const wasm2obj_shared_memory_t* memory, uint64_t at,
                                              uint32_t expected, int64_t timeout,
                                              wasm2obj_wait_t* ended) {
  auto word = wordAt(*memory->memory, at);
  if (!word) return makeError(word.error());
  // The program ends its waits by itself.
  const runtime::WaitsEnd never = false;
  *ended = static_cast<wasm2obj_wait_t>(runtime::waitAt(*word, expected, timeout, never));
  return nullptr;
}

wasm2obj_error_t* wasm2obj_shared_memory_notify(wasm2obj_shared_memory_t* memory, uint64_t at,
                                                uint32_t count, uint32_t* woken) {
  auto word = wordAt(*memory->memory, at);
  if (!word) return makeError(word.error());
  uint32_t number = runtime::notifyWaiters(*word, count);
  if (woken != nullptr) *woken = number;
  return nullptr;
}

void wasm2obj_linker_shared_memory(wasm2obj_linker_t* linker, const char* module, const char* name,
                                   const wasm2obj_shared_memory_t* memory) {
  linker->memories.push_back(memory->memory);
  linker->linker.define(module, name, memory->memory.get());
}
