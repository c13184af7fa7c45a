#include "compiler/wasm/text/lex/keywords.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <utility>

#include "compiler/wasm/types.h"

namespace wasm {
namespace {

constexpr std::string_view kKeywords[kOpCount] = {
#define OP(id, prefix, code, text, immediate, signature, feature, family) text,
#include "compiler/wasm/opcodes.def"
#undef OP
};

// All keywords that are not instructions, types or vector shapes.
constexpr std::string_view kStructure[] = {
    "module",  "type",       "rec",   "sub",           "final",    "func",  "struct",
    "array",   "field",      "mut",   "param",         "result",   "local", "import",
    "export",  "item",       "table", "memory",        "shared",   "data",  "pagesize",
    "global",  "tag",        "start", "elem",          "offset",   "ref",   "null",
    "declare", "then",       "do",    "catch_ref",     "before",   "after", "binary",
    "quote",   "first",      "last",  "catch_all_ref", "instance", "code",  "i8",
    "i16",     "definition",
};

// The shapes of v128.const.
constexpr std::string_view kVectorShapes[] = {"i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2"};

// The size of a hash table with open addressing. It has at least four times as many slots as
// keywords, so that most lookups need one probe.
constexpr size_t kSlots = 4096;
static_assert(kSlots >= kOpCount * size_t{4});

// The upper bits are mixed into the lower ones, which select the slot.
constexpr size_t slotOf(std::string_view keyword) {
  uint32_t hash = 2166136261u;  // FNV-1a
  for (char c : keyword) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  return (hash ^ hash >> 15) % kSlots;
}

// The table is built at compile time. Of two rows with the same keyword, which are neighbors in
// opcodes.def, only the first is inserted.
constexpr auto makeTable() {
  std::array<uint16_t, kSlots> table{};
  table.fill(kNoOp);
  for (uint16_t op = 0; op < kOpCount; ++op) {
    if (op > 0 && kKeywords[op] == kKeywords[op - 1]) continue;
    size_t slot = slotOf(kKeywords[op]);
    while (table[slot] != kNoOp) slot = (slot + 1) % kSlots;
    table[slot] = op;
  }
  return table;
}
constinit const std::array<uint16_t, kSlots> kTable = makeTable();

// The largest edit distance at which words are similar, and the length in bytes of the longest word
// that is compared, which bounds the row of editDistance().
constexpr size_t kMaxDistance = 2;
constexpr size_t kMaxLength = 40;

// Returns the Levenshtein distance of two words: the number of characters to change, insert or
// delete. Requires that `b` has at most kMaxLength bytes. Keeps one row of the table of distances.
size_t editDistance(std::string_view a, std::string_view b) {
  std::array<size_t, kMaxLength + 1> row;
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i + 1);
    for (size_t j = 0; j < b.size(); ++j) {
      size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::optional<Op> findKeyword(std::string_view keyword) {
  for (size_t slot = slotOf(keyword); kTable[slot] != kNoOp; slot = (slot + 1) % kSlots) {
    if (kKeywords[kTable[slot]] == keyword) return static_cast<Op>(kTable[slot]);
  }
  return std::nullopt;
}

std::optional<Op> otherRow(Op op) {
  size_t next = static_cast<size_t>(op) + 1;
  if (next >= kOpCount || kKeywords[next] != kKeywords[next - 1]) return std::nullopt;
  return static_cast<Op>(next);
}

bool isKnownWord(std::string_view word) {
  auto isIn = [&](const auto& words) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
  };
  return findKeyword(word) || valueTypeNamed(word) || heapTypeNamed(word) || isIn(kStructure) ||
         isIn(kVectorShapes);
}

std::string_view similarWord(std::string_view word) {
  bool isAssignment = word.find('=') != std::string_view::npos;  // such as a misplaced offset=8
  if (word.size() > kMaxLength || isAssignment) return {};
  std::string_view best;
  // In short words a distance of two would make almost any word similar.
  size_t bestDistance = std::min(kMaxDistance, word.size() / 2) + 1;
  auto consider = [&](std::string_view known) {
    size_t distance = editDistance(word, known);
    if (distance >= bestDistance) return;
    best = known;
    bestDistance = distance;
  };
  for (std::string_view keyword : kKeywords) consider(keyword);
  for (std::string_view known : kStructure) consider(known);
  for (std::string_view type : typeKeywords()) consider(type);
  for (std::string_view shape : kVectorShapes) consider(shape);
  return best;
}

}  // namespace wasm
