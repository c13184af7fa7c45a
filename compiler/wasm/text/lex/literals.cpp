#include "compiler/wasm/text/lex/literals.h"

#include <fmt/format.h>

#include <cstring>
#include <string>

#include "runtime/base/numbers.h"

namespace wasm {
namespace {

// Fails at the token and returns 0.
template <class T>
T outOfRange(TextCursor& in, const Token& token, std::string_view what) {
  in.fail(token.offset,
          fmt::format("constant out of range: {} does not fit into {}", spelling(token), what));
  return {};
}

// Parses an integer token of kBits bits. The name of the type is only for messages.
template <uint32_t kBits>
uint64_t expectInteger(TextCursor& in) {
  constexpr const char* kName = kBits == 8    ? "i8"
                                : kBits == 16 ? "i16"
                                : kBits == 32 ? "i32"
                                              : "i64";
  if (in.peek().kind != TokenKind::Integer) {
    in.unexpected(fmt::format("an {} number", kName));
    return 0;
  }
  Token token = in.take();
  std::optional<uint64_t> value = base::parseInteger(token.text, kBits);
  return value ? *value : outOfRange<uint64_t>(in, token, kName);
}

// Parses an integer or float token: a float constant may be written as an integer.
template <class T, std::optional<T> (*parse)(std::string_view)>
T expectFloat(TextCursor& in) {
  constexpr const char* kName = sizeof(T) == 4 ? "f32" : "f64";
  if (in.peek().kind != TokenKind::Integer && in.peek().kind != TokenKind::Float) {
    in.unexpected(fmt::format("an {} number", kName));
    return 0;
  }
  Token token = in.take();
  std::optional<T> value = parse(token.text);
  return value ? *value : outOfRange<T>(in, token, kName);
}

// Widens the result to the type of VectorShape::lane.
uint64_t laneF32(TextCursor& in) { return expectF32(in); }

// The notation of a v128 constant: the number and the type of its lanes.
struct VectorShape {
  std::string_view keyword;
  uint8_t lanes;
  uint64_t (*lane)(TextCursor&);  // parses one lane and returns its bits
};

constexpr VectorShape kShapes[] = {
    {"i8x16", 16, expectInteger<8>}, {"i16x8", 8, expectInteger<16>},
    {"i32x4", 4, expectInteger<32>}, {"i64x2", 2, expectInteger<64>},
    {"f32x4", 4, laneF32},           {"f64x2", 2, expectF64},
};

const VectorShape* findVectorShape(std::string_view keyword) {
  for (const VectorShape& shape : kShapes) {
    if (shape.keyword == keyword) return &shape;
  }
  return nullptr;
}

// Returns whether the token may be intended as a number; the parser of the lane checks whether it
// is one.
bool isWord(const Token& token) {
  return token.kind == TokenKind::Integer || token.kind == TokenKind::Float ||
         token.kind == TokenKind::Reserved;
}

}  // namespace

uint32_t expectI32(TextCursor& in) { return static_cast<uint32_t>(expectInteger<32>(in)); }
uint64_t expectI64(TextCursor& in) { return expectInteger<64>(in); }
uint32_t expectF32(TextCursor& in) { return expectFloat<uint32_t, base::parseF32>(in); }
uint64_t expectF64(TextCursor& in) { return expectFloat<uint64_t, base::parseF64>(in); }

std::array<uint8_t, 16> expectV128(TextCursor& in) {
  std::array<uint8_t, 16> bytes{};
  uint32_t start = in.peek().offset;
  const VectorShape* shape = findVectorShape(in.peek().text);
  if (in.peek().kind != TokenKind::Keyword || shape == nullptr) {
    in.unexpected("a vector shape such as i32x4");
    return bytes;
  }
  in.take();
  size_t laneSize = bytes.size() / shape->lanes;
  size_t lanes = 0;
  // The low bytes of a lane come first in memory, as in the integer on a little-endian host.
  for (; isWord(in.peek()) && lanes < shape->lanes; ++lanes) {
    uint64_t lane = shape->lane(in);
    std::memcpy(bytes.data() + lanes * laneSize, &lane, laneSize);
  }
  if (in.ok() && (lanes != shape->lanes || isWord(in.peek()))) {
    in.fail(start, fmt::format("wrong number of lane literals: found {}, expected {} for {}",
                               isWord(in.peek()) ? "more" : std::to_string(lanes), shape->lanes,
                               shape->keyword));
  }
  return bytes;
}

}  // namespace wasm
