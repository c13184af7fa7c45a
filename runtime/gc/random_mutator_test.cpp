// A random mutator with a model of the heap in containers of the standard library. After each
// collection, all objects that the model can reach must have the contents of the model, at the
// addresses where the roots find them.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "runtime/gc/heap_testing.h"

namespace runtime::gc::testing {
namespace {

class Mutator {
 public:
  Mutator(const HeapOptions& options, uint64_t seed, size_t roots)
      : heap_(options), random_(seed), targets_(roots) {
    heap_.handles.resize(roots);
    handles_.resize(roots);
    heap_.words.resize(roots);
  }

  HeapStatistics run(int steps, uint32_t maxLength) {
    maxLength_ = maxLength;
    for (int i = 0; i < steps; ++i) step();
    collect(Heap::Collection::Full);
    heap_->verify();
    EXPECT_GT(heap_->statistics().minorCollections, 0u);
    EXPECT_GT(heap_->statistics().fullCollections, 0u);
    return heap_->statistics();
  }

 private:
  struct Model {
    uint32_t type;
    uint32_t length;
    uint64_t size;
    uint64_t seed;
    std::map<uint64_t, uint64_t> references;  // those that are not null, by word
  };

  uint64_t number(uint64_t end) { return random_() % end; }

  void step() {
    uint64_t kind = number(1000);
    if (kind < 500) {
      create();
    } else if (kind < 900) {
      mutate();
    } else if (kind < 950) {
      setHandle(0);
    } else if (kind < 998) {
      setWord(number(heap_.words.size()), 0);
    } else {
      collect(kind == 998 ? Heap::Collection::Minor : Heap::Collection::Full);
    }
  }

  void create() {
    auto type = static_cast<uint32_t>(number(kTypes));
    if (type == kHuge && number(10) != 0) type = kBox;
    uint32_t length = isArray(type) ? randomLength() : static_cast<uint32_t>(random_());
    uint64_t before = collections();
    uint64_t address = heap_.allocate(type, length);
    ASSERT_NE(address, 0u);
    if (collections() != before) check();
    Model model{type, length, heap_.types().sizeOf(type, length), random_(), {}};
    expectNoOverlap(address, model.size);
    forEachWord(model, [&](uint64_t word, bool isReference) {
      if (!isReference) initialize(address, word, dataAt(model, word));
    });
    models_[address] = model;
    for (int i = 0; i < 4; ++i) setReference(address, randomReference(), true);
    if (number(2) == 0) {
      setHandle(address);
    } else {
      setWord(number(heap_.words.size()), address);
    }
  }

  uint32_t randomLength() {
    uint64_t bits = number(static_cast<uint64_t>(std::bit_width(maxLength_)));
    return static_cast<uint32_t>(number(uint64_t{1} << bits));
  }

  void mutate() {
    if (uint64_t object = randomObject()) setReference(object, randomReference(), false);
  }

  void setReference(uint64_t object, uint64_t value, bool isNew) {
    Model& model = models_.at(object);
    uint64_t word = 0;
    if (model.type == kReferences && model.length != 0) word = 1 + number(model.length);
    if (!isArray(model.type)) word = number(kWords[model.type]);
    if (word == 0 || !isReferenceWord(model.type, word)) return;
    if (isNew) {
      initialize(object, word, value);
    } else {
      heap_.store(object, word, value);
    }
    model.references[word] = value;
  }

  void setHandle(uint64_t object) {
    size_t i = number(heap_.handles.size());
    heap_.handles[i] = object;
    handles_[i] = object;
  }

  // Sets a conservative word to an address in the object or at its end.
  void setWord(size_t i, uint64_t object) {
    targets_[i] = object;
    heap_.words[i] = number(uint64_t{1} << 48);
    if (object == 0) return;
    uint64_t size = models_.at(object).size;
    heap_.words[i] = object + (number(4) == 0 ? size : number(size));
  }

  // Returns an object that is reachable, or 0.
  uint64_t randomObject() {
    uint64_t i = number(heap_.handles.size());
    uint64_t object = number(2) == 0 ? heap_.handles[i] : targets_[i];
    for (uint64_t steps = object == 0 ? 0 : number(4); steps != 0; --steps) {
      const auto& references = models_.at(object).references;
      if (references.empty()) break;
      uint64_t next = references.lower_bound(number(references.rbegin()->first + 1))->second;
      if (!abi::isObject(next)) break;
      object = next;
    }
    return object;
  }

  uint64_t randomReference() {
    uint64_t kind = number(10);
    if (kind == 0) return 0;
    if (kind == 1) return abi::i31Word(static_cast<uint32_t>(random_()));
    if (kind == 2) return random_() << 2 | 2;
    return randomObject();
  }

  static uint64_t dataAt(const Model& model, uint64_t word) {
    return (model.seed + word) * 0x9e3779b97f4a7c15;
  }

  template <class Visit>
  static void forEachWord(const Model& model, Visit visit) {
    for (uint64_t word = 1; word < model.size / 8; ++word) {
      visit(word,
            isArray(model.type) ? model.type == kReferences : isReferenceWord(model.type, word));
    }
  }

  void collect(Heap::Collection kind) {
    heap_->collect(kind);
    check();
  }
  uint64_t collections() {
    HeapStatistics statistics = heap_->statistics();
    return statistics.minorCollections + statistics.fullCollections;
  }

  // Compares all reachable objects with the model, which gets their new addresses, and forgets the
  // others. What a conservative word refers to has not moved.
  void check() {
    std::map<uint64_t, uint64_t> moved;  // the new address of each object that has been reached
    std::vector<uint64_t> pending;       // their old addresses
    auto reach = [&](uint64_t before, uint64_t now) {
      auto [known, isNew] = moved.emplace(before, now);
      ASSERT_EQ(known->second, now);
      if (isNew) pending.push_back(before);
    };
    for (size_t i = 0; i < handles_.size(); ++i) reach(handles_[i], heap_.handles[i]);
    for (uint64_t target : targets_) reach(target, target);
    std::map<uint64_t, Model> reached;
    while (!pending.empty()) {
      uint64_t before = pending.back();
      pending.pop_back();
      uint64_t object = moved.at(before);
      if (!abi::isObject(before)) {
        ASSERT_EQ(object, before);
        continue;
      }
      ASSERT_FALSE(reached.contains(object));
      Model& model = reached[object] = std::move(models_.at(before));
      expectContents(object, model);
      for (auto& [word, value] : model.references) {
        uint64_t now = load(object, word);
        reach(value, now);
        value = now;
      }
    }
    models_ = std::move(reached);
    handles_ = heap_.handles;
    expectDisjoint();
  }

  void expectContents(uint64_t object, const Model& model) {
    ASSERT_TRUE(heap_->contains(object));
    abi::ObjectHeader header;
    std::memcpy(&header, reinterpret_cast<void*>(object), sizeof header);
    ASSERT_EQ(header.type, TestTypes::word(model.type));
    ASSERT_EQ(header.length, model.length);
    uint64_t differences = 0;
    forEachWord(model, [&](uint64_t word, bool isReference) {
      if (isReference && model.references.contains(word)) return;
      uint64_t expected = isReference ? 0 : dataAt(model, word);
      differences += load(object, word) != expected ? 1 : 0;
    });
    ASSERT_EQ(differences, 0u);
  }

  void expectDisjoint() {
    uint64_t end = 0;
    for (const auto& [object, model] : models_) {
      ASSERT_LE(end, object);
      end = object + model.size;
    }
  }

  // No memory is reused between two collections, and those in the model survived the last one.
  void expectNoOverlap(uint64_t address, uint64_t size) {
    auto next = models_.lower_bound(address);
    if (next != models_.end()) {
      ASSERT_LE(address + size, next->first);
    }
    if (next == models_.begin()) return;
    --next;
    ASSERT_LE(next->first + next->second.size, address);
  }

  TestHeap heap_;
  std::mt19937_64 random_;
  std::vector<uint64_t> handles_;  // those of the heap before the last collection
  std::vector<uint64_t> targets_;  // of the conservative words
  std::map<uint64_t, Model> models_;
  uint32_t maxLength_ = 0;
};

TEST(RandomMutator, SmallObjects) {
  HeapStatistics done = Mutator({.maxBytes = uint64_t{64} << 20}, 1, 2000).run(150000, 60);
  EXPECT_GT(done.compactions, 0u);
}

TEST(RandomMutator, AllSizes) {
  HeapStatistics done =
      Mutator({.maxBytes = uint64_t{256} << 20}, 2, 200).run(20000, uint32_t{1} << 17);
  EXPECT_GT(done.compactions, 0u);
}

TEST(RandomMutator, SmallHeap) {
  Mutator({.maxBytes = uint64_t{4} << 20}, 3, 40).run(60000, uint32_t{1} << 10);
}

TEST(RandomMutator, Stressed) {
  for (uint64_t seed = 0; seed < 8; ++seed) {
    Mutator mutator({.maxBytes = uint64_t{64} << 20, .isStressed = true}, seed, 20);
    EXPECT_GT(mutator.run(1000, 4000).compactions, 0u);
  }
}

}  // namespace
}  // namespace runtime::gc::testing
