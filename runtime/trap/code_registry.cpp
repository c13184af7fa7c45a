#include "runtime/trap/code_registry.h"

#include <array>
#include <atomic>
#include <mutex>

#include "runtime/base/check.h"

namespace runtime {
namespace {

// A place for one range, used again after the range is gone. `version` is odd while a writer is at
// it, so that a reader can tell that it saw parts of two ranges.
struct Slot {
  std::atomic<uint64_t> version{0};
  std::atomic<uintptr_t> begin{0};
  std::atomic<uintptr_t> end{0};
  std::atomic<const Module*> module{nullptr};

  // All accesses are sequentially consistent, which costs nothing where it matters: lookups happen
  // once per trap.
  void set(uintptr_t newBegin, uintptr_t newEnd, const Module* newModule) {
    ++version;
    begin = newBegin;
    end = newEnd;
    module = newModule;
    ++version;
  }

  // A slot in the middle of a change holds no code that anyone runs: not a match.
  const Module* moduleAt(uintptr_t pc) const {
    uint64_t before = version;
    bool inside = begin <= pc && pc < end;
    const Module* found = module;
    return inside && before % 2 == 0 && before == version ? found : nullptr;
  }
};

// Chunks are only ever added, so that readers need no protection from their removal.
struct Chunk {
  std::array<Slot, 64> slots;
  std::atomic<Chunk*> next{nullptr};
};

constinit Chunk firstChunk;
constinit std::mutex writers;

// The module's slot, or null; a null module finds a free one.
Slot* findSlot(const Module* module) {
  for (Chunk* chunk = &firstChunk; chunk != nullptr; chunk = chunk->next) {
    for (Slot& slot : chunk->slots) {
      if (slot.module == module) return &slot;
    }
  }
  return nullptr;
}

Slot* addSlot() {
  Chunk* last = &firstChunk;
  while (last->next != nullptr) last = last->next;
  auto* chunk = new Chunk;
  last->next = chunk;
  return &chunk->slots.front();
}

}  // namespace

void registerCode(const CodeRange& code, const Module* module) {
  std::lock_guard lock(writers);
  Slot* slot = findSlot(nullptr);
  if (slot == nullptr) slot = addSlot();
  slot->set(reinterpret_cast<uintptr_t>(code.begin), reinterpret_cast<uintptr_t>(code.end), module);
}

void unregisterCode(const Module* module) {
  std::lock_guard lock(writers);
  Slot* slot = findSlot(module);
  CHECK(slot != nullptr);
  slot->set(0, 0, nullptr);
}

const Module* moduleAt(const void* pc) {
  auto address = reinterpret_cast<uintptr_t>(pc);
  for (const Chunk* chunk = &firstChunk; chunk != nullptr; chunk = chunk->next) {
    for (const Slot& slot : chunk->slots) {
      if (const Module* module = slot.moduleAt(address)) return module;
    }
  }
  return nullptr;
}

}  // namespace runtime
