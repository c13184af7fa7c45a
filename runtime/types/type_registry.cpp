#include "runtime/types/type_registry.h"

#include <array>
#include <atomic>
#include <bit>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/types/id_ranges.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {
namespace {

// The meaning of type indices in a recursive group. Those from `first` on refer to types of the
// group itself; types before it have ids already. References beyond the group are invalid.
struct GroupScope {
  uint32_t first;
  std::span<const uint32_t> ids;  // by type index

  bool isInside(uint32_t typeIndex) const { return typeIndex >= first; }
};

// Serializes a group such that equal strings mean equal groups: references to types of the group
// are relative to its start, all others are canonical ids. This corresponds to the rolled-up types
// of the specification. Counts precede lists, so that the encoding is unambiguous.
class GroupKey {
 public:
  explicit GroupKey(const GroupScope& scope) : scope_(scope) { text_.reserve(kUsualLength); }

  void add(const abi::SubType& type) {
    number(static_cast<uint32_t>(type.kind) << 1 | type.isFinal);
    number(type.supertype != abi::kNoType);
    if (type.supertype != abi::kNoType) index(type.supertype);
    list(type.params);
    list(type.results);
    number(type.fields.count);
    for (const abi::FieldType& field : type.fields) {
      number(static_cast<uint32_t>(field.packed) << 1 | field.isMutable);
      value(field.value);
    }
  }

  // Returns the key of a group of one final function type without supertype, whose type indices are
  // ids. It must be the string that add() makes of such a type.
  static std::u32string of(const FuncType& type) {
    GroupKey key({abi::kNoType, {}});
    key.number(1);
    key.number(0);
    key.list(type.params);
    key.list(type.results);
    key.number(0);
    return key.text_;
  }

  const std::u32string& text() const { return text_; }

 private:
  template <class Types>
  void list(const Types& types) {
    number(static_cast<uint32_t>(types.end() - types.begin()));
    for (const abi::ValueType& type : types) value(type);
  }

  void value(const abi::ValueType& type) {
    number(static_cast<uint32_t>(type.kind) << 16 | static_cast<uint32_t>(type.heap) << 8 |
           type.isNullable);
    if (type.heap == abi::HeapKind::Concrete) index(type.typeIndex);
  }

  void index(uint32_t typeIndex) {
    bool isInside = scope_.isInside(typeIndex);
    number(isInside);
    if (isInside) {
      number(typeIndex - scope_.first);
    } else {
      number(scope_.ids.empty() ? typeIndex : scope_.ids[typeIndex]);
    }
  }

  void number(uint32_t value) { text_.push_back(static_cast<char32_t>(value)); }

  static constexpr size_t kUsualLength = 32;  // of most groups of one type

  std::u32string text_;
  GroupScope scope_;
};

// A recursive group with a reference count. Groups refer to each other without cycles, since a
// group refers only to earlier ones, so that counting suffices.
struct Group {
  const std::u32string* key;
  uint32_t first;  // ids [first, first + size)
  uint32_t size;
  uint64_t holds;            // the reference count
  std::vector<Group*> uses;  // the groups that it holds, once for each reference to one
};

struct Entry : CanonicalType {
  Group* group = nullptr;
  ReferenceMap references;
};

// The types by id, in runs of growing length that never move or disappear, so that readers need no
// lock. A reader has received its id from the thread that made the entry, with a synchronization
// that makes the entry visible as well; and no entry changes while its id is held.
class TypeList {
 public:
  Entry& makeAt(uint32_t id) {
    CHECK(id < kMaxTypes);
    Place place(id);
    Entry* run = runs_[place.run].load(std::memory_order_relaxed);
    if (run == nullptr) {
      run = new Entry[place.runLength()];
      runs_[place.run].store(run, std::memory_order_release);
    }
    return run[place.index];
  }

  Entry& operator[](uint32_t id) const {
    Place place(id);
    Entry* run = runs_[place.run].load(std::memory_order_acquire);
    CHECK(run != nullptr);
    return run[place.index];
  }

 private:
  static constexpr uint32_t kFirstRun = 16;  // types; each run is twice as long as the one before

  // The position of an id. The first id in run r is (kFirstRun << r) - kFirstRun.
  struct Place {
    explicit Place(uint32_t id)
        : run(std::bit_width((id + kFirstRun) / kFirstRun) - 1),
          index(id + kFirstRun - runLength()) {}
    uint32_t runLength() const { return kFirstRun << run; }
    uint32_t run;
    uint32_t index;
  };

  std::array<std::atomic<Entry*>, 26> runs_{};
};

class TypeRegistry {
 public:
  // Returns nothing if there is no room for all types, of which some may be registered already.
  std::optional<std::vector<uint32_t>> holdModule(const abi::Array<abi::SubType>& types) {
    std::lock_guard lock(mutex_);
    if (types.count > typeCapacity() - numbers_.end()) return std::nullopt;
    std::vector<uint32_t> ids;
    ids.reserve(types.count);
    while (ids.size() < types.count) holdGroup(types, ids);
    return ids;
  }

  uint32_t holdFuncType(const FuncType& type) {
    std::lock_guard lock(mutex_);
    auto [group, isNew] = hold(GroupKey::of(type), 1);
    if (isNew) {
      Entry& entry = types_[group->first];
      entry.func = type;
      entry.isPlainFunc = true;
      entry.references = describeFunctionType(group->first, type.params);
      for (const abi::ValueType& value : type.params) use(*group, value);
      for (const abi::ValueType& value : type.results) use(*group, value);
    }
    return group->first;
  }

  void hold(uint32_t id) {
    std::lock_guard lock(mutex_);
    ++types_[id].group->holds;
  }

  // Releases each group among `ids` once, however many of its ids there are.
  void release(std::span<const uint32_t> ids) {
    std::lock_guard lock(mutex_);
    std::vector<Group*> released;
    for (size_t i = 0; i < ids.size(); i += released.back()->size) {
      released.push_back(types_[ids[i]].group);
    }
    // A worklist instead of recursion: a guest determines the length of chains of groups.
    while (!released.empty()) {
      Group* group = released.back();
      released.pop_back();
      if (--group->holds != 0) continue;
      released.insert(released.end(), group->uses.begin(), group->uses.end());
      forget(*group);
    }
  }

  const CanonicalType& type(uint32_t id) const { return types_[id]; }

  uint32_t end() {
    std::lock_guard lock(mutex_);
    return numbers_.end();
  }

 private:
  struct Held {
    Group* group;
    bool isNew;  // the caller must fill its types
  };

  // Increments the count of the group with this key, and allocates ids if there is none yet.
  Held hold(const std::u32string& key, uint32_t size) {
    auto [place, isNew] = groups_.try_emplace(key);
    Group& group = place->second;
    if (isNew) {
      group = {&place->first, numbers_.take(size), size, 0, {}};
      for (uint32_t i = 0; i < size; ++i) types_.makeAt(group.first + i).group = &group;
    }
    ++group.holds;
    return {&group, isNew};
  }

  // Appends to `ids` the ids of the group that begins at type index ids.size().
  void holdGroup(const abi::Array<abi::SubType>& types, std::vector<uint32_t>& ids) {
    auto first = static_cast<uint32_t>(ids.size());
    uint32_t size = types[first].groupSize;
    CHECK(size != 0 && size <= types.count - first);
    GroupKey key({first, ids});
    for (uint32_t i = 0; i < size; ++i) key.add(types[first + i]);
    auto [group, isNew] = hold(key.text(), size);
    for (uint32_t i = 0; i < size; ++i) ids.push_back(group->first + i);
    if (!isNew) return;
    for (uint32_t i = 0; i < size; ++i) define(*group, group->first + i, types[first + i], ids);
  }

  void define(Group& group, uint32_t id, const abi::SubType& type,
              const std::vector<uint32_t>& ids) {
    Entry& out = types_[id];
    out.kind = type.kind;
    out.isPlainFunc = type.kind == abi::CompositeKind::Func && type.isFinal && group.size == 1 &&
                      type.supertype == abi::kNoType;
    const abi::TypeDescriptor* superRow = nullptr;
    if (type.supertype != abi::kNoType) {
      uint32_t supertype = ids.at(type.supertype);
      out.supertype = &types_[supertype];
      out.depth = out.supertype->depth + 1;
      superRow = &typeDescriptor(abi::typeWord(supertype));
      use(group, supertype);
    }
    out.references = describeType(id, type, superRow);
    auto copy = [&](std::vector<abi::ValueType>& to, const abi::Array<abi::ValueType>& from) {
      to.assign(from.begin(), from.end());
      for (abi::ValueType& value : to) {
        if (value.heap == abi::HeapKind::Concrete) value.typeIndex = ids.at(value.typeIndex);
        use(group, value);
      }
    };
    copy(out.func.params, type.params);
    copy(out.func.results, type.results);
    out.fields.assign(type.fields.begin(), type.fields.end());
    for (abi::FieldType& field : out.fields) {
      if (field.value.heap != abi::HeapKind::Concrete) continue;
      field.value.typeIndex = ids.at(field.value.typeIndex);
      use(group, field.value);
    }
  }

  void use(Group& group, const abi::ValueType& value) {
    if (value.heap == abi::HeapKind::Concrete) use(group, value.typeIndex);
  }

  void use(Group& group, uint32_t id) {
    Group* used = types_[id].group;
    if (used == &group) return;  // a reference to itself would keep it forever
    ++used->holds;
    group.uses.push_back(used);
  }

  void forget(const Group& group) {
    for (uint32_t i = 0; i < group.size; ++i) types_[group.first + i] = Entry();
    numbers_.giveBack(group.first, group.size);
    groups_.erase(groups_.find(*group.key));
  }

  std::mutex mutex_;
  std::unordered_map<std::u32string, Group> groups_;
  IdRanges numbers_;
  TypeList types_;
};

// Never destroyed, as modules may be destroyed by destructors of static objects.
TypeRegistry& registry() {
  static auto* const instance = new TypeRegistry;
  return *instance;
}

}  // namespace

TypeIds::TypeIds(const abi::Array<abi::SubType>& types) {
  auto ids = registry().holdModule(types);
  CHECK(ids.has_value());
  ids_ = std::move(*ids);
}

std::optional<TypeIds> TypeIds::tryHold(const abi::Array<abi::SubType>& types) {
  auto ids = registry().holdModule(types);
  if (!ids) return std::nullopt;
  TypeIds held;
  held.ids_ = std::move(*ids);
  return held;
}

TypeIds::TypeIds(const FuncType& type) : ids_{registry().holdFuncType(type)} {}

TypeIds::TypeIds(const abi::ValueType& type) {
  if (type.heap != abi::HeapKind::Concrete) return;
  registry().hold(type.typeIndex);
  ids_.push_back(type.typeIndex);
}

TypeIds::TypeIds(TypeIds&& other) noexcept : ids_(std::exchange(other.ids_, {})) {}

TypeIds& TypeIds::operator=(TypeIds&& other) noexcept {
  std::swap(ids_, other.ids_);
  return *this;
}

TypeIds::~TypeIds() {
  if (!ids_.empty()) registry().release(ids_);
}

const CanonicalType& canonicalType(uint32_t typeId) { return registry().type(typeId); }

uint32_t typeIdsEnd() { return registry().end(); }

bool isSubtype(uint32_t sub, uint32_t super) {
  if (sub == super) return true;
  // A supertype is as many steps up as its depth is less. Its address identifies it.
  const CanonicalType* type = &canonicalType(sub);
  const CanonicalType& target = canonicalType(super);
  while (type->depth > target.depth) type = type->supertype;
  return type == &target;
}

}  // namespace runtime
