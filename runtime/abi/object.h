// The layout of objects: structs, arrays, exceptions, strings, and boxes of host pointers. Compiled
// code, the collector and the host access them by these definitions.
//
// A reference to an object is its address, a multiple of 8. Other references are words that are no
// multiples of 8: an i31 is `value << 1 | 1`, a pointer of the host (an externref) `pointer << 2 |
// 2`, or the address of a HostBox if it does not fit or has a finalizer. The null reference is 0.
// anyref and externref have one representation, so that any.convert_extern and extern.convert_any
// are no operations.
#pragma once

#include <cstddef>
#include <cstdint>

namespace abi {

// The first 8 bytes of an object.
struct ObjectHeader {
  uint32_t type;  // the type word: the offset of the TypeDescriptor in the table; never 0
  // Arrays: the number of elements. Strings: of code units. Structs have their first fields here.
  uint32_t length;
};
static_assert(sizeof(ObjectHeader) == 8);

// What objects have a type. Exceptions have the function type of their tag. Strings and boxes are
// objects of the host, of no type of a module; a rope is the concatenation of two strings.
enum class ObjectKind : uint8_t { Exception, Rope, HostBox, Struct, Array, String };

// Returns whether objects of this kind consist of a header and `length` elements of one size.
constexpr bool hasElements(ObjectKind kind) { return kind >= ObjectKind::Array; }
static_assert(!hasElements(ObjectKind::Struct) && hasElements(ObjectKind::String));

// The most types between a type and the topmost one above it that are tested without a loop.
inline constexpr uint32_t kDisplaySize = 12;

// A row of the process's table of types (ExecState::typeDescriptors). The row of the type with the
// canonical id `id` is at typeWord(id).
struct alignas(64) TypeDescriptor {
  // display[d] is the type word of the supertype with depth d, counted from the topmost one; at the
  // type's own depth it is the type's own word. 0 beyond. So a type is a subtype of another one
  // with the word `w` and the depth d < kDisplaySize exactly if display[d] == w.
  uint32_t display[kDisplaySize];
  // The size in bytes with the header, a multiple of 8; without the elements of arrays and strings.
  uint32_t size;
  ObjectKind kind;
  uint8_t elementSizeLog2;  // arrays and strings: of the size in bytes, 0 to 4
  uint16_t depth;           // the number of supertypes above it
  // The places of references to objects. Arrays: 1 if the elements are references, else 0. Other
  // objects of at most 64 words: bit i is set if the word at byte 8 * i is a reference. Larger
  // ones: the address of an array of such words, for (size / 8 + 63) / 64 * 64 words.
  uint64_t references;
};
static_assert(sizeof(TypeDescriptor) == 64 && offsetof(TypeDescriptor, references) == 56);

// The rows before that of the canonical id 0. No type has the word 0; the runtime uses the others
// for objects that have no type.
inline constexpr uint32_t kFirstTypeRow = 8;

// Returns the type word of a canonical id.
constexpr uint32_t typeWord(uint32_t id) {
  return (id + kFirstTypeRow) * uint32_t{sizeof(TypeDescriptor)};
}
// Returns the canonical id of a type word.
constexpr uint32_t typeIdOf(uint32_t word) {
  return word / uint32_t{sizeof(TypeDescriptor)} - kFirstTypeRow;
}

// The offset of the elements of an array or a string. They are aligned to their size, but at most
// to 8.
inline constexpr uint32_t kElements = 8;
// The offset of an exception's tag, which is no reference to an object. Its arguments follow, like
// fields of a struct.
inline constexpr uint32_t kExceptionTag = 8;

// An object that a pointer of the host is in.
struct HostBox {
  ObjectHeader header;
  uint64_t pointer;
};

// Returns the size in bytes of an array or a string, a multiple of 8.
constexpr uint64_t arraySize(uint32_t length, uint32_t elementSizeLog2) {
  return (kElements + (uint64_t{length} << elementSizeLog2) + 7) & ~uint64_t{7};
}

// The most bytes of an object that compiled code allocates itself. The collector has other blocks
// for larger ones.
inline constexpr uint64_t kMaxSmallObject = 8192;
// The bytes of a card of the write barrier, as a power of two.
inline constexpr uint32_t kCardSizeLog2 = 7;

// Places fields in the order of their declaration, each at the lowest free offset that is aligned
// to the field's size (at most 8). The place of a field depends only on those before it, so a
// subtype has its supertype's fields at the same places.
class FieldPlacer {
 public:
  // `start` is the end of what comes before the fields: the type word, or an exception's tag.
  constexpr explicit FieldPlacer(uint32_t start) { free(start, (start + 7) & ~uint32_t{7}); }
  static constexpr FieldPlacer forStruct() { return FieldPlacer(sizeof(uint32_t)); }
  static constexpr FieldPlacer forException() { return FieldPlacer(kExceptionTag + 8); }

  // Returns the offset of the next field of 1, 2, 4, 8 or 16 bytes.
  constexpr uint32_t place(uint32_t size) {
    for (uint32_t log2 = 0; log2 < 3; ++log2) {
      if ((uint32_t{1} << log2) < size || gaps_[log2] == 0) continue;
      uint32_t offset = gaps_[log2];
      gaps_[log2] = 0;
      free(offset + size, offset + (uint32_t{1} << log2));
      return offset;
    }
    uint32_t offset = end_;
    free(offset + size, (offset + size + 7) & ~uint32_t{7});
    return offset;
  }

  // Returns the size of the object with the fields placed so far.
  constexpr uint32_t size() const { return end_; }

 private:
  // Notes the free bytes [from, to), which end at a multiple of 8 or at the end of a gap.
  constexpr void free(uint32_t from, uint32_t to) {
    for (uint32_t log2 = 0; log2 < 3; ++log2) {
      uint32_t bytes = uint32_t{1} << log2;
      if ((from & bytes) == 0 || from + bytes > to) continue;
      gaps_[log2] = from;
      from += bytes;
    }
    if (to > end_) end_ = to;
  }

  uint32_t end_ = 0;
  // The offset of the one gap of 1, 2 and 4 bytes; 0 if there is none. More cannot arise, since a
  // gap is split only if there is no smaller one that suffices.
  uint32_t gaps_[3] = {};
};

// What builtins return instead of an object if a segment's range is out of bounds.
inline constexpr uint64_t kOutOfBounds = 1;

// Words of references that are not addresses of objects.
constexpr uint64_t i31Word(uint32_t value) { return uint64_t{value & 0x7fffffff} << 1 | 1; }
constexpr int32_t i31Value(uint64_t word) { return static_cast<int32_t>(word) >> 1; }
// hostWord() requires that the pointer fits: that it is less than 2^62.
constexpr bool fitsHostWord(uint64_t pointer) { return pointer >> 62 == 0; }
constexpr uint64_t hostWord(uint64_t pointer) { return pointer << 2 | 2; }
constexpr uint64_t hostPointer(uint64_t word) { return word >> 2; }
constexpr bool isI31(uint64_t word) { return (word & 1) != 0; }
constexpr bool isHostWord(uint64_t word) { return (word & 3) == 2; }
constexpr bool isObject(uint64_t word) { return word != 0 && (word & 7) == 0; }

}  // namespace abi
