#include "runtime/type_registry.h"

#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>

#include "runtime/base/check.h"

namespace runtime {
namespace {

struct TypeRegistry {
  std::mutex mutex;
  std::unordered_map<std::string, uint32_t> idByKey;
  std::deque<FuncType> types;  // by id; a deque, because references to its elements stay valid
};

// Never destroyed: modules may outlive the end of main.
TypeRegistry& registry() {
  static auto* const instance = new TypeRegistry;
  return *instance;
}

std::string keyOf(const FuncType& type) {
  std::string key;
  for (abi::ValueKind kind : type.params) key += static_cast<char>(kind);
  key += '\xff';
  for (abi::ValueKind kind : type.results) key += static_cast<char>(kind);
  return key;
}

}  // namespace

uint32_t canonicalTypeId(const FuncType& type) {
  TypeRegistry& all = registry();
  std::lock_guard lock(all.mutex);
  auto [entry, isNew] = all.idByKey.try_emplace(keyOf(type), all.types.size());
  if (isNew) all.types.push_back(type);
  CHECK(entry->second != abi::kNullTypeId);
  return entry->second;
}

const FuncType& canonicalType(uint32_t typeId) {
  TypeRegistry& all = registry();
  std::lock_guard lock(all.mutex);
  CHECK(typeId < all.types.size());
  return all.types[typeId];
}

}  // namespace runtime
