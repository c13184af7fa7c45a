// The builtins of wasm:js-string.
#include <algorithm>
#include <compare>

#include "runtime/instance/store_state.h"
#include "runtime/strings/builtins.h"
#include "runtime/strings/operands.h"
#include "runtime/strings/transcode.h"

namespace strings {
namespace {

constexpr uint32_t kLastCodePoint = 0x10ffff;

StringResult stringOf(Caller* caller, std::u16string_view units) {
  Units from(units.data(), static_cast<uint32_t>(units.size()), true);
  return checkAllocated(caller, newString(storeOf(caller), from));
}

// Two strings, whose pointers keep them alive.
struct Pair {
  Units left;
  Units right;
};

std::optional<Pair> checkPair(Caller* caller, ExternRef left, ExternRef right) {
  // Both are checked before a rope is made flat, which takes time.
  if (!checkString(caller, left) || !checkString(caller, right)) return std::nullopt;
  std::optional<Units> first = checkUnits(caller, left);
  if (!first) return std::nullopt;
  std::optional<Units> second = checkUnits(caller, right);
  if (!second) return std::nullopt;
  return Pair{*first, *second};
}

// Calls use(left, right) with views of the code units.
template <class Use>
auto visit(const Pair& pair, Use use) {
  return pair.left.visit(
      [&](auto left) { return pair.right.visit([&](auto right) { return use(left, right); }); });
}

// Returns whether the index is in bounds.
bool checkIndex(Caller* caller, ExternRef string, uint32_t index) {
  if (!checkString(caller, string)) return false;
  if (index < lengthOf(string.word)) return true;
  runtime::requestTrap(*caller, "out of bounds string access");
  return false;
}

}  // namespace

uint32_t test(Caller*, ExternRef reference) { return isString(reference.word); }

StringResult cast(Caller* caller, ExternRef reference) {
  checkString(caller, reference);
  return {reference.word};
}

StringResult fromCharCodeArray(Caller* caller, CharArray array, uint32_t begin, uint32_t end) {
  if (!checkRange(caller, array.object, begin, end)) return {};
  return stringOf(caller, {array.elements() + begin, end - begin});
}

uint32_t intoCharCodeArray(Caller* caller, ExternRef string, CharArray array, uint32_t begin) {
  if (!checkString(caller, string)) return 0;
  uint32_t count = lengthOf(string.word);
  if (!checkRange(caller, array.object, begin, uint64_t{begin} + count)) return 0;
  std::optional<Units> units = checkUnits(caller, string);
  if (!units) return 0;
  units->visit([&](auto view) { std::copy(view.begin(), view.end(), array.elements() + begin); });
  return count;
}

StringResult fromCharCode(Caller* caller, uint32_t unit) {
  auto low = static_cast<char16_t>(unit);
  return stringOf(caller, {&low, 1});
}

StringResult fromCodePoint(Caller* caller, uint32_t codePoint) {
  if (codePoint > kLastCodePoint) {
    runtime::requestTrap(*caller, "invalid code point");
    return {};
  }
  if (codePoint < kFirstPair) return fromCharCode(caller, codePoint);
  char16_t pair[] = {highSurrogateOf(codePoint), lowSurrogateOf(codePoint)};
  return stringOf(caller, {pair, 2});
}

uint32_t charCodeAt(Caller* caller, ExternRef string, uint32_t index) {
  if (!checkIndex(caller, string, index)) return 0;
  std::optional<Units> units = checkUnits(caller, string);
  return units ? (*units)[index] : 0;
}

uint32_t codePointAtIndex(Caller* caller, ExternRef string, uint32_t index) {
  if (!checkIndex(caller, string, index)) return 0;
  std::optional<Units> units = checkUnits(caller, string);
  return units ? codePointAt(*units, index) : 0;
}

uint32_t length(Caller* caller, ExternRef string) {
  return checkString(caller, string) ? lengthOf(string.word) : 0;
}

StringResult concatenate(Caller* caller, ExternRef left, ExternRef right) {
  if (!checkString(caller, left) || !checkString(caller, right)) return {};
  return checkAllocated(caller, concat(storeOf(caller), left.word, right.word));
}

StringResult substring(Caller* caller, ExternRef string, uint32_t begin, uint32_t end) {
  if (!checkString(caller, string)) return {};
  uint32_t count = lengthOf(string.word);
  end = std::min(end, count);
  if (begin >= end) return stringOf(caller, {});
  if (begin == 0 && end == count) return {string.word};
  std::optional<Units> units = checkUnits(caller, string);
  if (!units) return {};
  return checkAllocated(caller, newString(storeOf(caller), units->part(begin, end)));
}

uint32_t equals(Caller* caller, ExternRef left, ExternRef right) {
  for (ExternRef operand : {left, right}) {
    if (operand.word != 0 && !checkString(caller, operand)) return 0;
  }
  if (left.word == right.word) return 1;
  if (left.word == 0 || right.word == 0) return 0;
  if (lengthOf(left.word) != lengthOf(right.word)) return 0;
  std::optional<Pair> pair = checkPair(caller, left, right);
  return pair && visit(*pair, [](auto first, auto second) {
           return std::equal(first.begin(), first.end(), second.begin());
         });
}

uint32_t compare(Caller* caller, ExternRef left, ExternRef right) {
  std::optional<Pair> pair = checkPair(caller, left, right);
  if (!pair) return 0;
  auto order = visit(*pair, [](auto first, auto second) {
    return std::lexicographical_compare_three_way(
        first.begin(), first.end(), second.begin(), second.end(),
        [](auto a, auto b) -> std::strong_ordering { return uint32_t{a} <=> uint32_t{b}; });
  });
  return order < 0 ? ~uint32_t{0} : order > 0 ? 1 : 0;
}

}  // namespace strings
