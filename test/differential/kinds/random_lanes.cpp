// The kind "lanes": vector instructions that load or store a lane, half a vector or a whole one,
// near the end of memory. They must access exactly the bytes that they need.
#include "test/differential/generate/kinds.h"

namespace differential {
namespace {

constexpr const char* kVectorLoads[] = {
    "v128.load",         "v128.load8x8_s",    "v128.load8x8_u",    "v128.load16x4_s",
    "v128.load16x4_u",   "v128.load32x2_s",   "v128.load32x2_u",   "v128.load8_splat",
    "v128.load16_splat", "v128.load32_splat", "v128.load64_splat", "v128.load32_zero",
    "v128.load64_zero"};
constexpr const char* kOperations[] = {
    "i8x16.add",       "i16x8.sub", "i32x4.mul",           "i64x2.add",
    "v128.xor",        "v128.and",  "i32x4.max_s",         "i8x16.avgr_u",
    "i16x8.add_sat_s", "i8x16.eq",  "i16x8.q15mulr_sat_s", "i8x16.swizzle"};

// The lanes of a `v128.loadN_lane` or `v128.storeN_lane`.
struct Lane {
  unsigned bits;
  unsigned count;
};
constexpr Lane kLanes[] = {{8, 16}, {16, 8}, {32, 4}, {64, 2}};

// Returns an i32 that depends on a part of a vector only.
std::string extracted(Scope& scope, const std::string& vector) {
  switch (scope.random.below(6)) {
    case 0:
      return fmt::format("(i8x16.extract_lane_s {} {})", scope.random.below(16), vector);
    case 1:
      return fmt::format("(i16x8.extract_lane_u {} {})", scope.random.below(8), vector);
    case 2:
      return fmt::format("(i32x4.extract_lane {} {})", scope.random.below(4), vector);
    case 3:
      return fmt::format("(i8x16.bitmask {})", vector);
    case 4:
      return fmt::format("(v128.any_true {})", vector);
    default:
      return fmt::format("(i32x4.all_true {})", vector);
  }
}

// Returns "$m0 offset=8 3 ADDRESS": the lane comes before the address.
std::string withLane(const std::string& where, unsigned lane) {
  size_t address = where.find(" (");
  return fmt::format("{} {}{}", where.substr(0, address), lane, where.substr(address));
}

// Returns an access, whose value is combined with the local `vector`, used in the result or not
// used.
std::string statement(Scope& scope, const std::string& pointer, const std::string& vector) {
  Random& random = scope.random;
  const Lane& lane = random.oneOf(kLanes);
  std::string inLane =
      withLane(scope.near(pointer), static_cast<unsigned>(random.below(lane.count)));
  std::string loaded = fmt::format("({} {})", random.oneOf(kVectorLoads), scope.near(pointer));
  switch (random.below(10)) {
    case 0:
    case 1:
      return set(vector, fmt::format("(v128.load{}_lane {} {})", lane.bits, inLane, get(vector))) +
             "\n";
    case 2:
      return fmt::format("(drop (v128.load{}_lane {} {}))\n", lane.bits, inLane, get(vector));
    case 3:
    case 4:
      return fmt::format("(v128.store{}_lane {} {})\n", lane.bits, inLane, get(vector));
    case 5:
      return fmt::format("(v128.store {} {})\n", scope.near(pointer), get(vector));
    case 6:
      return fmt::format("(drop {})\n", loaded);
    case 7:
      return scope.result("i32", extracted(scope, loaded));
    case 8:
      return scope.result("i32", extracted(scope, get(vector)));
    default:
      return set(vector,
                 fmt::format("({} {} {})", random.oneOf(kOperations), loaded, get(vector))) +
             "\n";
  }
}

}  // namespace

std::string lanes(Scope& scope) {
  std::string vector = scope.declare("v128");
  std::string out = set(vector, "(i64x2.splat (local.get $l))") + "\n";
  out += scope.loopOrNot(1u << scope.random.below(5), 150, [&](const std::string& pointer) {
    std::string body;
    for (uint64_t i = 2 + scope.random.below(4); i > 0; --i) {
      body += statement(scope, pointer, vector);
    }
    return body;
  });
  return out + scope.result("v128", get(vector));
}

}  // namespace differential
