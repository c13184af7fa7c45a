#include "compiler/wasm/types.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

namespace wasm {
namespace {

// In the order of HeapType::Abstract.
constexpr std::string_view kHeapNames[] = {"func", "nofunc", "extern", "noextern", "any",
                                           "eq",   "i31",    "struct", "array",    "none",
                                           "exn",  "noexn",  "bottom"};

// The abbreviations of (ref null HEAP), in the same order; bottom has none.
constexpr std::string_view kNullableNames[] = {
    "funcref", "nullfuncref", "externref", "nullexternref", "anyref", "eqref",
    "i31ref",  "structref",   "arrayref",  "nullref",       "exnref", "nullexnref"};

// In the order of ValueKind, up to Ref.
constexpr std::string_view kNumberNames[] = {"i32", "i64", "f32", "f64", "v128"};

std::optional<uint32_t> position(std::span<const std::string_view> names, std::string_view name) {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<uint32_t>(found - names.begin());
}

std::string list(const ValueTypes& types) {
  std::string out = "[";
  for (const ValueType& type : types) {
    if (out.size() > 1) out += ' ';
    out += text(type);
  }
  return out + ']';
}

}  // namespace

std::string text(HeapType type) {
  if (type.isConcrete()) return std::to_string(type.typeIndex());
  return std::string(kHeapNames[type.abstract() - HeapType::kFunc]);
}

std::string text(ValueType type) {
  if (type.kind == ValueKind::Bottom) return "any type";
  if (!type.isRef()) return std::string(kNumberNames[static_cast<uint8_t>(type.kind)]);
  if (type.nullable && !type.heap.isConcrete()) {
    size_t name = type.heap.abstract() - HeapType::kFunc;
    if (name < std::size(kNullableNames)) return std::string(kNullableNames[name]);
  }
  return fmt::format("(ref {}{})", type.nullable ? "null " : "", text(type.heap));
}

std::string text(const FuncType& type) {
  return fmt::format("{} -> {}", list(type.params), list(type.results));
}

std::optional<ValueType> valueTypeNamed(std::string_view keyword) {
  if (std::optional<uint32_t> kind = position(kNumberNames, keyword)) {
    return ValueType::number(static_cast<ValueKind>(*kind));
  }
  std::optional<uint32_t> heap = position(kNullableNames, keyword);
  if (!heap) return std::nullopt;
  return ValueType::ref(static_cast<HeapType::Abstract>(HeapType::kFunc + *heap), true);
}

std::optional<HeapType> heapTypeNamed(std::string_view keyword) {
  std::optional<uint32_t> heap = position(kHeapNames, keyword);
  if (!heap || HeapType::kFunc + *heap == HeapType::kBottom) return std::nullopt;
  return HeapType(static_cast<HeapType::Abstract>(HeapType::kFunc + *heap));
}

std::vector<std::string_view> typeKeywords() {
  std::vector<std::string_view> keywords(std::begin(kNumberNames), std::end(kNumberNames));
  keywords.insert(keywords.end(), std::begin(kNullableNames), std::end(kNullableNames));
  for (std::string_view name : kHeapNames) {
    if (heapTypeNamed(name)) keywords.push_back(name);
  }
  return keywords;
}

}  // namespace wasm
