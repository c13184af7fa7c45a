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
  std::atomic<const CompiledCode*> code{nullptr};

  // All accesses are sequentially consistent, which costs nothing where it matters: lookups happen
  // once per trap.
  void set(uintptr_t newBegin, uintptr_t newEnd, const CompiledCode* newCode) {
    ++version;
    begin = newBegin;
    end = newEnd;
    code = newCode;
    ++version;
  }

  // A slot in the middle of a change holds no code that anyone runs: not a match.
  const CompiledCode* codeAt(uintptr_t pc) const {
    uint64_t before = version;
    bool inside = begin <= pc && pc < end;
    const CompiledCode* found = code;
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

// The owner's slot, or null; a null owner finds a free one.
Slot* findSlot(const CompiledCode* code) {
  for (Chunk* chunk = &firstChunk; chunk != nullptr; chunk = chunk->next) {
    for (Slot& slot : chunk->slots) {
      if (slot.code == code) return &slot;
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

void registerCode(const CodeRange& range, const CompiledCode* code) {
  std::lock_guard lock(writers);
  Slot* slot = findSlot(nullptr);
  if (slot == nullptr) slot = addSlot();
  slot->set(reinterpret_cast<uintptr_t>(range.begin), reinterpret_cast<uintptr_t>(range.end), code);
}

void unregisterCode(const CompiledCode* code) {
  std::lock_guard lock(writers);
  Slot* slot = findSlot(code);
  CHECK(slot != nullptr);
  slot->set(0, 0, nullptr);
}

const CompiledCode* codeAt(const void* pc) {
  auto address = reinterpret_cast<uintptr_t>(pc);
  for (const Chunk* chunk = &firstChunk; chunk != nullptr; chunk = chunk->next) {
    for (const Slot& slot : chunk->slots) {
      if (const CompiledCode* code = slot.codeAt(address)) return code;
    }
  }
  return nullptr;
}

}  // namespace runtime
