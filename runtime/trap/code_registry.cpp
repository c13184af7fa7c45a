#include "runtime/trap/code_registry.h"

#include <array>
#include <atomic>
#include <mutex>

#include "runtime/base/check.h"

namespace runtime {
namespace {

// The place of one range, which is reused after the range is removed. It is a sequence lock
// (seqlock): `version` is odd while a writer changes the slot, so that a reader detects that it has
// read parts of two ranges.
struct Slot {
  std::atomic<uint64_t> version{0};
  std::atomic<uintptr_t> begin{0};
  std::atomic<uintptr_t> end{0};
  std::atomic<const CompiledCode*> code{nullptr};

  // Requires the writers' lock. All accesses are sequentially consistent: lookups happen once per
  // trap, too rarely for weaker orders to matter.
  void set(uintptr_t newBegin, uintptr_t newEnd, const CompiledCode* newCode) {
    ++version;
    begin = newBegin;
    end = newEnd;
    code = newCode;
    ++version;
  }

  // A reader need not retry while a slot is changed: a thread that looks up an address is executing
  // code there, so the range of that code is not the one that is added or removed.
  const CompiledCode* codeAt(uintptr_t pc) const {
    uint64_t before = version;
    bool inside = begin <= pc && pc < end;
    const CompiledCode* found = code;
    return inside && before % 2 == 0 && before == version ? found : nullptr;
  }
};

// A part of the list of slots. Chunks are never removed, so that readers need no lock.
struct Chunk {
  std::array<Slot, 64> slots;
  std::atomic<Chunk*> next{nullptr};
};

constinit Chunk firstChunk;
constinit std::mutex writers;
constinit std::atomic<uint64_t> generation{0};

// Returns the slot of an owner, or null. With a null owner, returns a free slot.
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
  ++generation;
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

// A relaxed load is sufficient: a thread that runs code which was registered after a removal sees
// the removal, since both hold the lock and something has told the thread of the code.
uint64_t codeGeneration() { return generation.load(std::memory_order_relaxed); }

}  // namespace runtime
