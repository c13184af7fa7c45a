#include "runtime/strings/string_object.h"

#include <algorithm>
#include <vector>

#include "runtime/abi/object.h"
#include "runtime/base/check.h"
#include "runtime/instance/store_state.h"
#include "runtime/objects/objects.h"
#include "runtime/objects/roots.h"
#include "runtime/strings/transcode.h"
#include "runtime/types/type_descriptors.h"
#include "runtime/types/value.h"

namespace strings {
namespace {

using runtime::StoreState;
using runtime::StringRow;
using runtime::stringTypeWord;

// A flat string has its code units behind the header.
struct String : abi::ObjectHeader {
  template <class Unit>
  Unit* units() {
    return reinterpret_cast<Unit*>(reinterpret_cast<uint8_t*>(this) + abi::kElements);
  }
};

// A rope. When it has become flat, `left` is the flat string and `right` is 0.
struct Rope : abi::ObjectHeader {
  uint64_t left;
  uint64_t right;

  bool isFlat() const { return right == 0; }
};

abi::ObjectHeader& headerOf(uint64_t string) {
  return *reinterpret_cast<abi::ObjectHeader*>(string);
}
String& asFlat(uint64_t string) { return static_cast<String&>(headerOf(string)); }
Rope& asRope(uint64_t string) { return static_cast<Rope&>(headerOf(string)); }
uint64_t wordOf(const abi::ObjectHeader* object) { return reinterpret_cast<uint64_t>(object); }

bool isRope(uint64_t string) {
  return headerOf(string).type >= stringTypeWord(StringRow::Latin1Rope);
}
bool isWide(uint64_t string) {
  uint32_t type = headerOf(string).type;
  return type == stringTypeWord(StringRow::Utf16) || type == stringTypeWord(StringRow::Utf16Rope);
}

Units unitsOfFlat(uint64_t string) {
  return {asFlat(string).units<void>(), lengthOf(string), isWide(string)};
}

abi::ObjectHeader* allocate(StoreState& store, StringRow row, uint64_t length, uint64_t size) {
  // A module without objects of its own has no heap yet.
  if (length > kMaxLength || !createHeap(store)) return nullptr;
  return runtime::allocateObject(store, stringTypeWord(row), static_cast<uint32_t>(length), size);
}

// Returns a string whose code units the caller must write, or null.
String* allocateFlat(StoreState& store, uint64_t length, bool isWide) {
  if (length > kMaxLength) return nullptr;
  uint64_t size = abi::arraySize(static_cast<uint32_t>(length), isWide);
  StringRow row = isWide ? StringRow::Utf16 : StringRow::Latin1;
  return static_cast<String*>(allocate(store, row, length, size));
}

// Writes code units, which must fit the units of the string, from the index `to` on.
void write(String& string, uint32_t to, const Units& units) {
  units.visit([&](auto from) {
    if (isWide(wordOf(&string))) {
      std::copy(from.begin(), from.end(), string.units<char16_t>() + to);
    } else {
      std::copy(from.begin(), from.end(), string.units<uint8_t>() + to);
    }
  });
}

// Calls use(end, units) for the flat parts of a string, from the last one to the first one. `end`
// is the index behind the part. Depends on no stack of the guest, as ropes may be nested deeply.
template <class Use>
void forEachPart(uint64_t string, Use use) {
  uint32_t end = lengthOf(string);
  std::vector<uint64_t> waiting = {string};
  while (!waiting.empty()) {
    uint64_t part = waiting.back();
    waiting.pop_back();
    if (!isRope(part)) {
      use(end, unitsOfFlat(part));
      end -= lengthOf(part);
      continue;
    }
    const Rope& rope = asRope(part);
    waiting.push_back(rope.left);
    if (!rope.isFlat()) waiting.push_back(rope.right);
  }
}

// Makes a rope flat. Returns false if there is no room.
bool flatten(StoreState& store, uint64_t string) {
  if (asRope(string).isFlat()) return true;
  String* flat = allocateFlat(store, lengthOf(string), isWide(string));
  if (flat == nullptr) return false;
  forEachPart(string, [flat](uint32_t end, const Units& units) {
    write(*flat, end - units.length(), units);
  });
  Rope& rope = asRope(string);
  rope.left = wordOf(flat);
  rope.right = 0;
  runtime::markCards(store, &rope.left, sizeof rope.left);
  return true;
}

// Returns the flat string that a rope has become, else the string itself.
uint64_t resolved(uint64_t string) {
  return isRope(string) && asRope(string).isFlat() ? asRope(string).left : string;
}

bool isLatin1(std::u16string_view units) {
  // Without a branch in the loop, so that it is vectorized.
  char16_t all = 0;
  for (char16_t unit : units) all |= unit;
  return all < 0x100;
}
bool isLatin1(std::basic_string_view<uint8_t>) { return true; }

uint64_t newRope(StoreState& store, uint64_t left, uint64_t right) {
  bool wide = isWide(left) || isWide(right);
  uint64_t length = uint64_t{lengthOf(left)} + lengthOf(right);
  auto* rope = static_cast<Rope*>(
      allocate(store, wide ? StringRow::Utf16Rope : StringRow::Latin1Rope, length, sizeof(Rope)));
  if (rope == nullptr) return 0;
  rope->left = left;
  rope->right = right;
  return wordOf(rope);
}

}  // namespace

bool isString(uint64_t word) {
  return runtime::referentKind(word) == runtime::ReferentKind::String;
}

uint32_t lengthOf(uint64_t string) { return headerOf(string).length; }

std::optional<Units> unitsOf(StoreState& store, uint64_t string) {
  if (!isRope(string)) return unitsOfFlat(string);
  if (!flatten(store, string)) return std::nullopt;
  return unitsOfFlat(asRope(string).left);
}

std::u16string copyOf(uint64_t string) {
  std::u16string copy(lengthOf(string), u'\0');
  forEachPart(string, [&copy](uint32_t end, const Units& units) {
    units.visit([&](auto from) {
      std::copy(from.begin(), from.end(), copy.begin() + (end - from.size()));
    });
  });
  return copy;
}

uint64_t newString(StoreState& store, const Units& units) {
  bool isNarrow = units.visit([](auto view) { return isLatin1(view); });
  String* string = allocateFlat(store, units.length(), !isNarrow);
  if (string == nullptr) return 0;
  write(*string, 0, units);
  return wordOf(string);
}

uint64_t newString(StoreState& store, std::string_view utf8) {
  Utf16Size size = utf16SizeOf(utf8);
  String* string = allocateFlat(store, size.units, !size.isLatin1);
  if (string == nullptr) return 0;
  if (size.isLatin1) {
    toLatin1(utf8, string->units<uint8_t>());
  } else {
    toUtf16(utf8, string->units<char16_t>());
  }
  return wordOf(string);
}

uint64_t concat(StoreState& store, uint64_t left, uint64_t right) {
  if (lengthOf(left) == 0) return right;
  if (lengthOf(right) == 0) return left;
  uint64_t length = uint64_t{lengthOf(left)} + lengthOf(right);
  // Parts of a short string are shorter still, hence flat.
  if (length >= kMinRope) return newRope(store, resolved(left), resolved(right));
  String* string = allocateFlat(store, length, isWide(left) || isWide(right));
  if (string == nullptr) return 0;
  write(*string, 0, unitsOfFlat(left));
  write(*string, lengthOf(left), unitsOfFlat(right));
  return wordOf(string);
}

}  // namespace strings
