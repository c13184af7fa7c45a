#include "test/differential/generate/random_strands.h"

#include <fmt/format.h>

namespace differential {
namespace {

// The type of the elements. Floating-point types are left out, because NaNs are not deterministic.
struct Kind {
  const char* type;
  unsigned size;
  const char* operations[4];
  const char* invariant;
};

constexpr Kind kKinds[] = {
    {"i32", 4, {"i32.add", "i32.xor", "i32.mul", "i32.shl"}, "(local.get $i3)"},
    {"i64", 8, {"i64.add", "i64.or", "i64.sub", "i64.rotl"}, "(local.get $l1)"},
    {"v128",
     16,
     {"i32x4.add", "i32x4.sub", "i32x4.max_s", "v128.xor"},
     "(i32x4.splat (local.get $i3))"},
    {"v128",
     16,
     {"i64x2.sub", "i64x2.add", "i64x2.add", "v128.and"},
     "(i64x2.splat (local.get $l1))"},
    {"v128",
     16,
     {"i8x16.add", "i8x16.sub", "i8x16.max_u", "i8x16.add_sat_u"},
     "(i8x16.splat (local.get $i3))"}};

// Distances of 0 make arrays equal, small ones make them overlap, large ones keep them apart.
constexpr unsigned kDistances[] = {0, 0, 0, 4, 8, 12, 16, 24, 32, 64, 1024, 4096};

// The start of an array, relative to the index.
struct Array {
  unsigned distance;
  bool isElsewhere;

  explicit Array(Random& random)
      : distance(random.oneOf(kDistances)), isElsewhere(random.chance(30)) {}

  // Returns the static offset and address of the element `bytes` behind the current one.
  std::string at(const std::string& index, unsigned bytes) const {
    std::string current = fmt::format("(local.get {})", index);
    std::string first =
        isElsewhere
            ? fmt::format("(i32.add {} (i32.and (i32.const 0x7f8) (local.get $i2)))", current)
            : current;
    return fmt::format("offset={} {}", distance + bytes, first);
  }
};

// The computation of an element: to[i] = (from[i] op other[i]) op invariant.
struct Statement {
  const Kind& kind;
  Array to, from, other;
  const char* first;
  const char* second;

  Statement(Random& random, const Kind& of)
      : kind(of),
        to(random),
        from(random),
        other(random),
        first(random.oneOf(of.operations)),
        second(random.oneOf(of.operations)) {}

  // Returns the statement for the element with this number in the unrolled body.
  std::string of(const std::string& index, unsigned strand) const {
    unsigned bytes = strand * kind.size;
    std::string left = fmt::format("({}.load {})", kind.type, from.at(index, bytes));
    std::string right = fmt::format("({}.load {})", kind.type, other.at(index, bytes));
    return fmt::format("    ({}.store {} ({} ({} {} {}) {}))\n", kind.type, to.at(index, bytes),
                       second, first, left, right, kind.invariant);
  }
};

}  // namespace

std::string unrolledLoop(Random& random, const std::string& label, const std::string& index,
                         const std::string& left) {
  constexpr unsigned kStrands[] = {1, 2, 2, 3, 4, 8};
  const Kind& kind = random.oneOf(kKinds);
  Statement one(random, kind), another(random, kind);
  bool hasBoth = random.chance(40);
  unsigned strands = random.oneOf(kStrands);
  std::string body;
  for (unsigned i = 0; i < strands; ++i) {
    body += one.of(index, i);
    if (hasBoth) body += another.of(index, i);
  }
  return fmt::format(
      "    (loop {}\n{}    (local.set {} (i32.add (local.get {}) (i32.const {})))\n"
      "    (br_if {} (local.tee {} (i32.sub (local.get {}) (i32.const 1)))))",
      label, body, index, index, strands * kind.size, label, left, left);
}

}  // namespace differential
