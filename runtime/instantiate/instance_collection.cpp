#include "runtime/instantiate/instance_collection.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "runtime/instance/global.h"
#include "runtime/instance/instance.h"
#include "runtime/instance/store_state.h"
#include "runtime/instance/table.h"
#include "runtime/objects/objects.h"

namespace runtime {
namespace {

// A search for the released instances that cannot be reached. It takes every word that may be an
// address for one.
class InstanceSearch final : private RootVisitor {
 public:
  explicit InstanceSearch(const StoreState& store);

  // Searches, and returns those that have not been reached. Called once.
  std::unordered_set<const Instance*> unreachable();

 private:
  // Memory whose address tells that the instance is used.
  struct Part {
    uintptr_t begin;
    uintptr_t end;
    const Instance* instance;
  };

  void addParts(const Instance* instance);
  void searchHost();
  void reference(uint64_t& word) override { conservative({&word, &word + 1}); }
  void conservative(WordRange words) override;
  void reach(uintptr_t word);

  const StoreState& store_;
  std::unique_ptr<HeapSearch> objects_;  // null if there is no heap
  std::vector<Part> parts_;              // of released instances, by address
  std::unordered_set<const Instance*> unreached_;
  std::vector<const Instance*> reached_;  // to be searched
};

InstanceSearch::InstanceSearch(const StoreState& store)
    : store_(store), unreached_(store.released.begin(), store.released.end()) {
  if (store.heap != nullptr) objects_ = store.heap->search();
  std::ranges::for_each(store.released, [this](const Instance* i) { addParts(i); });
  std::ranges::sort(parts_, {}, &Part::begin);
}

void InstanceSearch::addParts(const Instance* instance) {
  for (WordRange part : instance->parts()) {
    parts_.push_back(
        {reinterpret_cast<uintptr_t>(part.begin), reinterpret_cast<uintptr_t>(part.end), instance});
  }
}

std::unordered_set<const Instance*> InstanceSearch::unreachable() {
  searchHost();
  for (;;) {
    if (!reached_.empty()) {
      const Instance* instance = reached_.back();
      reached_.pop_back();
      for (WordRange words : instance->words()) conservative(words);
    } else if (auto words = objects_ != nullptr ? objects_->next() : std::nullopt) {
      conservative(*words);
    } else {
      return std::move(unreached_);
    }
  }
}

// Searches from all that the host has: instances, tables and globals of its own, and handles.
void InstanceSearch::searchHost() {
  std::unordered_set<const void*> owned;
  for (const auto& instance : store_.instances) {
    owned.insert(instance->ownTables().begin(), instance->ownTables().end());
    owned.insert(instance->ownGlobals().begin(), instance->ownGlobals().end());
    if (!unreached_.contains(instance.get())) reached_.push_back(instance.get());
  }
  for (const auto& table : store_.tables) {
    if (!owned.contains(table.get())) conservative(table->words());
  }
  for (const auto& global : store_.globals) {
    if (owned.contains(global.get())) continue;
    conservative(global->words());
  }
  store_.hostRoots->visitRoots(*this);
  store_.hostFunctions->visitRoots(*this);
}

void InstanceSearch::conservative(WordRange words) {
  if (objects_ != nullptr) objects_->conservative(words);
  std::for_each(words.begin, words.end, [this](uintptr_t word) { reach(word); });
}

void InstanceSearch::reach(uintptr_t word) {
  auto behind = std::ranges::upper_bound(parts_, word, {}, &Part::begin);
  if (behind == parts_.begin()) return;
  const Part& part = *std::prev(behind);
  if (word < part.end && unreached_.erase(part.instance) != 0) reached_.push_back(part.instance);
}

// An interruption may leave the heap such that it must not be searched.
bool isIdle(const StoreState& store) {
  return !store.interruption.isRequested() && store.activation == nullptr &&
         store.unpublished == nullptr && store.rootedSlots.empty();
}

}  // namespace

void collectInstances(StoreState& store) {
  if (store.released.empty() || !isIdle(store)) return;
  store.releasedSinceSearch = 0;
  std::unordered_set<const Instance*> dead = InstanceSearch(store).unreachable();
  if (dead.empty()) return;
  if (store.onDestroyed) {
    for (const Instance* instance : dead) store.onDestroyed(*instance);
  }
  store.removeItems(std::vector<const Instance*>(dead.begin(), dead.end()));
  std::erase_if(store.released, [&](const Instance* released) { return dead.contains(released); });
  std::erase_if(store.instances, [&](const auto& instance) { return dead.contains(&*instance); });
  // The thunks and the frames may be of modules that have been freed.
  store.relearnEntryThunks();
  store.lastThrow = {};
  if (store.heap == nullptr) return;
  store.heap->collect(Heap::Collection::Full);
  runFinalizers(store);
}

void collectManyInstances(StoreState& store) {
  if (store.releasedSinceSearch >= (store.instances.size() + 1) / 2) collectInstances(store);
}

}  // namespace runtime
