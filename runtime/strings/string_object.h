// Strings of a store's heap: the values that the builtins of add_to_linker.h work on.
//
// A string is a sequence of UTF-16 code units, which may contain unpaired surrogates. It does not
// change. It is flat, with code units of one byte if all are below 256 (Latin-1), or a rope: the
// concatenation of two strings, which becomes flat when its code units are first read. So a string
// that is built piece by piece takes linear time.
//
// The functions take and return words of references (runtime/abi/object.h). They may be called by
// host functions, whose frames are roots, or by a host that keeps the operands alive otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace runtime {
struct StoreState;
}

namespace strings {

// The most code units of a string.
inline constexpr uint32_t kMaxLength = (uint32_t{1} << 29) - 24;
// The fewest code units of a rope. Shorter concatenations are copied.
inline constexpr uint32_t kMinRope = 32;

// The code units of a flat string, or of a part of one. The pointer keeps the string alive if it is
// in the frame of a host function.
class Units {
 public:
  Units(const void* data, uint32_t length, bool isWide)
      : data_(data), length_(length), isWide_(isWide) {}

  uint32_t length() const { return length_; }
  // `index` must be less than the length.
  char16_t operator[](uint32_t index) const {
    return isWide_ ? static_cast<const char16_t*>(data_)[index]
                   : static_cast<const uint8_t*>(data_)[index];
  }
  // Returns the units [begin, end), which must be in bounds.
  Units part(uint32_t begin, uint32_t end) const {
    return {static_cast<const uint8_t*>(data_) + (size_t{begin} << isWide_), end - begin, isWide_};
  }
  // Calls use() with a std::basic_string_view of uint8_t or of char16_t.
  template <class Use>
  decltype(auto) visit(Use&& use) const {
    if (isWide_) return use(std::u16string_view(static_cast<const char16_t*>(data_), length_));
    using Latin1 = std::basic_string_view<uint8_t>;
    return use(Latin1(static_cast<const uint8_t*>(data_), length_));
  }

 private:
  const void* data_;
  uint32_t length_;
  bool isWide_;
};

// Returns whether the reference refers to a string. An object must be live.
bool isString(uint64_t word);

// The parameters `string`, `left` and `right` of the functions below must be strings.

// Returns the number of code units.
uint32_t lengthOf(uint64_t string);
// Returns the code units. Makes a rope flat, which may collect. Returns nothing if there is no room
// for that.
std::optional<Units> unitsOf(runtime::StoreState& store, uint64_t string);
// Returns a copy of the code units. Does not change the heap.
std::u16string copyOf(uint64_t string);

// Create a string of these code units, of a text in UTF-8, or of two strings. Ill-formed parts of a
// text become U+FFFD, as decodeUtf8() says. May collect. Return 0 if the string does not fit into
// the heap or would be longer than kMaxLength.
uint64_t newString(runtime::StoreState& store, const Units& units);
uint64_t newString(runtime::StoreState& store, std::string_view utf8);
uint64_t concat(runtime::StoreState& store, uint64_t left, uint64_t right);

}  // namespace strings
