// The kind "narrowed": loads of which only some bytes or bits are used. An optimized load may be
// narrower and at another address, but must trap in the same cases.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

// Returns an expression of type i32 that depends on a part of the value, an i32.
std::string narrowI32(Scope& scope, const std::string& value) {
  constexpr const char* kMasks[] = {"255",        "65535", "0xff00",  "-256",
                                    "0x80000000", "1",     "0xff0000"};
  constexpr unsigned kShifts[] = {8, 16, 24, 31, 9, 30};
  Random& random = scope.random;
  switch (random.below(9)) {
    case 0:
    case 1:
      return apply("i32", random.chance(70) ? "shr_u" : "shr_s", value,
                   number("i32", random.oneOf(kShifts)));
    case 2:
      return fmt::format("(i32.and {} (i32.const {}))", value, random.oneOf(kMasks));
    case 3:
      return apply("i32", random.chance(50) ? "extend8_s" : "extend16_s", value);
    case 4:
      return apply("i32", "lt_s", value, number("i32", 0));
    case 5:
      return fmt::format("(i32.eqz (i32.and {} (i32.const {})))", value, random.oneOf(kMasks));
    case 6:
      return apply("i32", "shr_s", apply("i32", "shl", value, number("i32", 24)),
                   number("i32", 24));
    case 7:
      return fmt::format("(i32.shr_u (i32.and {} (i32.const {})) (i32.const {}))", value,
                         random.oneOf(kMasks), random.oneOf(kShifts));
    default:
      return apply("i32", "shl", value, number("i32", random.oneOf(kShifts)));
  }
}

// Returns an expression of type i64 that depends on a part of the value, an i64.
std::string narrowI64(Scope& scope, const std::string& value) {
  constexpr unsigned kShifts[] = {8, 16, 24, 32, 40, 48, 56, 63};
  constexpr const char* kMasks[] = {"255",          "65535", "0xffffffff",
                                    "0xff00000000", "-256",  "0xff00000000000000"};
  Random& random = scope.random;
  switch (random.below(7)) {
    case 0:
      return apply("i64", random.chance(70) ? "shr_u" : "shr_s", value,
                   number("i64", random.oneOf(kShifts)));
    case 1:
      return fmt::format("(i64.and {} (i64.const {}))", value, random.oneOf(kMasks));
    case 2:
      return apply("i64", random.chance(50) ? "extend8_s" : "extend32_s", value);
    case 3:
      return apply("i64", "extend_i32_u", narrowI32(scope, apply("i32", "wrap_i64", value)));
    case 4:
      return apply("i64", "extend_i32_s",
                   apply("i32", "wrap_i64",
                         apply("i64", "shr_u", value, number("i64", random.oneOf(kShifts)))));
    case 5:
      return apply("i64", "extend_i32_u", apply("i64", "lt_s", value, number("i64", 0)));
    default:
      return apply("i64", "shl", value, number("i64", random.oneOf(kShifts)));
  }
}

// Returns an expression of type i32 that depends on a part of the value, a vector.
std::string narrowVector(Scope& scope, const std::string& value) {
  switch (scope.random.below(4)) {
    case 0:
      return fmt::format("(i8x16.extract_lane_u {} {})", scope.random.below(16), value);
    case 1:
      return fmt::format("(i32x4.extract_lane {} {})", scope.random.below(4), value);
    case 2:
      return fmt::format("(i16x8.extract_lane_s {} (v128.and {} (v128.const i64x2 0 0xffff)))",
                         scope.random.below(8), value);
    default:
      return fmt::format("(i32.wrap_i64 (i64x2.extract_lane {} {}))", scope.random.below(2), value);
  }
}

// Returns a use of a narrowed load: in the result, in a store, or none.
std::string statement(Scope& scope, const std::string& pointer) {
  Random& random = scope.random;
  if (random.chance(15)) {
    return scope.result("i32",
                        narrowVector(scope, fmt::format("(v128.load {})", scope.near(pointer))));
  }
  const char* type = random.chance(65) ? "i32" : "i64";
  std::string loaded = scope.load(scope.randomLoad(type), pointer);
  std::string narrow = type[1] == '3' ? narrowI32(scope, loaded) : narrowI64(scope, loaded);
  if (random.chance(20)) return fmt::format("(drop {})\n", narrow);
  if (random.chance(25)) return scope.store(scope.randomStore(type), pointer, narrow);
  return scope.result(type, narrow);
}

}  // namespace

// Strides below the width of the loads make them overlap.
std::string narrowed(Scope& scope) {
  constexpr unsigned kStrides[] = {1, 2, 4, 4, 8, 16, 3};
  std::string out;
  for (uint64_t i = 1 + scope.random.below(2); i > 0; --i) {
    out += scope.loopOrNot(scope.random.oneOf(kStrides), 200, [&](const std::string& pointer) {
      std::string body;
      for (uint64_t k = 1 + scope.random.below(3); k > 0; --k) body += statement(scope, pointer);
      return body;
    });
  }
  return out;
}

}  // namespace differential
