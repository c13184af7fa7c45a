#include "runtime/type_registry.h"

#include <array>
#include <atomic>
#include <bit>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>

#include "runtime/base/check.h"

namespace runtime {
namespace {

// What the type indices of a group mean: from `first` on they are the group's own, those before
// have their numbers already.
struct GroupScope {
  uint32_t first;
  std::span<const uint32_t> ids;  // by type index

  bool isInside(uint32_t typeIndex) const { return typeIndex >= first; }
};

// Spells a group so that equal strings mean equal groups: references into the group are relative to
// its start, others are canonical numbers.
class GroupKey {
 public:
  explicit GroupKey(const GroupScope& scope) : scope_(scope) {}

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

  // As `add` of a final function type without supertype; its type indices are numbers already.
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

  std::u32string text_;
  GroupScope scope_;
};

// The types by number. Runs of growing length that never move, so that a reader needs no lock: it
// has its number from whoever had it from `append`.
class TypeList {
 public:
  uint32_t size() const { return size_; }

  CanonicalType& append() {
    CHECK(size_ + kFirstRun < abi::kNullTypeId);
    Place place(size_++);
    if (place.index == 0) runs_[place.run].store(new CanonicalType[place.runLength()]);
    return runs_[place.run].load(std::memory_order_relaxed)[place.index];
  }

  CanonicalType& operator[](uint32_t id) const {
    Place place(id);
    CanonicalType* run = runs_[place.run].load(std::memory_order_acquire);
    CHECK(run != nullptr);
    return run[place.index];
  }

 private:
  static constexpr uint32_t kFirstRun = 64;  // types; each run is twice as long as the one before

  struct Place {
    explicit Place(uint32_t id)
        : run(std::bit_width((id + kFirstRun) / kFirstRun) - 1),
          index(id + kFirstRun - runLength()) {}
    uint32_t runLength() const { return kFirstRun << run; }
    uint32_t run;
    uint32_t index;
  };

  std::array<std::atomic<CanonicalType*>, 26> runs_{};
  uint32_t size_ = 0;
};

class TypeRegistry {
 public:
  std::vector<uint32_t> addModule(const abi::Array<abi::SubType>& types) {
    std::lock_guard lock(mutex_);
    std::vector<uint32_t> ids;
    ids.reserve(types.count);
    while (ids.size() < types.count) addGroup(types, ids);
    return ids;
  }

  uint32_t addFuncType(const FuncType& type) {
    std::lock_guard lock(mutex_);
    auto [group, isNew] = firstByKey_.try_emplace(GroupKey::of(type), types_.size());
    if (isNew) types_.append().func = type;
    return group->second;
  }

  const CanonicalType& type(uint32_t id) const { return types_[id]; }

 private:
  // Appends the numbers of the group that begins at ids.size().
  void addGroup(const abi::Array<abi::SubType>& types, std::vector<uint32_t>& ids) {
    auto first = static_cast<uint32_t>(ids.size());
    uint32_t size = types[first].groupSize;
    CHECK(size != 0 && size <= types.count - first);
    GroupKey key({first, ids});
    for (uint32_t i = 0; i < size; ++i) key.add(types[first + i]);
    auto [group, isNew] = firstByKey_.try_emplace(key.text(), types_.size());
    for (uint32_t i = 0; i < size; ++i) ids.push_back(group->second + i);
    if (!isNew) return;
    for (uint32_t i = 0; i < size; ++i) define(types_.append(), types[first + i], ids);
  }

  void define(CanonicalType& out, const abi::SubType& type, const std::vector<uint32_t>& ids) {
    out.kind = type.kind;
    if (type.supertype != abi::kNoType) {
      out.supertype = &types_[ids.at(type.supertype)];
      out.depth = out.supertype->depth + 1;
    }
    auto copy = [&](std::vector<abi::ValueType>& to, const abi::Array<abi::ValueType>& from) {
      to.assign(from.begin(), from.end());
      for (abi::ValueType& value : to) {
        if (value.heap == abi::HeapKind::Concrete) value.typeIndex = ids.at(value.typeIndex);
      }
    };
    copy(out.func.params, type.params);
    copy(out.func.results, type.results);
  }

  std::mutex mutex_;
  std::unordered_map<std::u32string, uint32_t> firstByKey_;  // the number of a group's first type
  TypeList types_;
};

// Never destroyed: modules may outlive the end of main.
TypeRegistry& registry() {
  static auto* const instance = new TypeRegistry;
  return *instance;
}

}  // namespace

std::vector<uint32_t> canonicalTypeIds(const abi::Array<abi::SubType>& types) {
  return registry().addModule(types);
}

uint32_t canonicalTypeId(const FuncType& type) { return registry().addFuncType(type); }

const CanonicalType& canonicalType(uint32_t typeId) { return registry().type(typeId); }

bool isSubtype(uint32_t sub, uint32_t super) {
  if (sub == super) return true;
  const CanonicalType* type = &canonicalType(sub);
  const CanonicalType& target = canonicalType(super);
  while (type->depth > target.depth) type = type->supertype;
  return type == &target;
}

}  // namespace runtime
