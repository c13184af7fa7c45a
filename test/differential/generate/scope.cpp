#include "test/differential/generate/scope.h"

#include <algorithm>

namespace differential {
namespace {

constexpr Access kLoads[] = {
    {"i32.load", "i32", 4},     {"i32.load8_u", "i32", 1},  {"i32.load8_s", "i32", 1},
    {"i32.load16_u", "i32", 2}, {"i32.load16_s", "i32", 2}, {"i32.load", "i32", 4},
    {"i64.load", "i64", 8},     {"i64.load8_u", "i64", 1},  {"i64.load8_s", "i64", 1},
    {"i64.load16_u", "i64", 2}, {"i64.load16_s", "i64", 2}, {"i64.load32_u", "i64", 4},
    {"i64.load32_s", "i64", 4}, {"i64.load", "i64", 8}};
constexpr Access kStores[] = {{"i32.store", "i32", 4},   {"i32.store8", "i32", 1},
                              {"i32.store16", "i32", 2}, {"i64.store", "i64", 8},
                              {"i64.store8", "i64", 1},  {"i64.store16", "i64", 2},
                              {"i64.store32", "i64", 4}, {"i32.store", "i32", 4}};
constexpr int64_t kDistances[] = {0, 0, 0, 0, 1, 2, 3, 4, 4, 7, 8, 8, 12, 15, 16, 24, 32, 64, 128};
constexpr int64_t kConstants[] = {0,   1,   2,    3,     4,     7,      8,     16,   31,
                                  32,  100, 127,  128,   255,   256,    4095,  -1,   -2,
                                  -16, -64, -128, 32767, 65535, 65536,  65520, 1000, 2147483647,
                                  12,  24,  48,   63,    64,    131072, 0x5555};

// Returns a row with this type, or any row.
template <size_t count>
const Access& anyOf(Random& random, const Access (&rows)[count], std::string_view type) {
  const Access* row = &random.oneOf(rows);
  while (!type.empty() && type != row->type) row = &random.oneOf(rows);
  return *row;
}

// Returns the value as 64 bits, all of which depend on it; floats by their bits.
std::string toI64(std::string_view type, const std::string& value) {
  if (type == "i64") return value;
  if (type == "i32") return apply("i64", "extend_i32_u", value);
  if (type == "f32") {
    return apply("i64", "extend_i32_u", apply("i32", "reinterpret_f32", value));
  }
  if (type == "f64") return apply("i64", "reinterpret_f64", value);
  return fmt::format("(i64x2.extract_lane 1 (i64x2.add {} (v128.const i64x2 1 2)))", value);
}

}  // namespace

Scope::Scope(Random& from, const Shape& of, bool isCallee)
    : random(from),
      shape(of),
      isCallee_(isCallee),
      memory_(static_cast<unsigned>(from.below(of.memories.size()))),
      index_(of.memories[memory_].is64 ? "i64" : "i32"),
      declarations_("(local $sum i64)") {}

std::string Scope::declare(std::string_view type) {
  std::string name = fmt::format("$x{}", locals_++);
  declareNamed(name, type);
  return name;
}

// Rotates before it adds, so that the order of the values matters.
std::string Scope::result(std::string_view type, const std::string& value) {
  return fmt::format("(local.set $sum (i64.add (i64.rotl (local.get $sum) (i64.const 7)) {}))\n",
                     toI64(type, value));
}

std::string Scope::constant(std::string_view type) {
  return number(type, random.oneOf(kConstants));
}

std::string Scope::value(std::string_view type) {
  bool isI32 = type == "i32";
  switch (random.below(6)) {
    case 0:
      return constant(type);
    case 1:
      return isI32 ? get("$b") : get("$l");
    case 2:
      return isI32 ? "(i32.wrap_i64 (local.get $l))" : "(i64.extend_i32_s (local.get $b))";
    case 3:
      return apply(type, "add", isI32 ? get("$a") : get("$l"), constant(type));
    case 4:
      return isI32 ? get("$a") : "(i64.extend_i32_u (local.get $a))";
    default:
      return isI32 ? "(i32.wrap_i64 (local.get $sum))" : get("$sum");
  }
}

std::string Scope::start() {
  const char* parameter = random.chance(75) ? "$a" : "$b";
  std::string at = get(parameter);
  if (index_ == "i64") {
    at = random.chance(30) ? get("$l")
                           : apply("i64", random.chance(60) ? "extend_i32_s" : "extend_i32_u", at);
  }
  if (random.chance(15)) at = add(at, constant(index_));
  if (random.chance(10)) at = apply(index_, "and", at, numberOf(0x1fff8));
  return at;
}

std::string Scope::safeStart() {
  std::string at = get(random.chance(50) ? "$a" : "$b");
  if (index_ == "i64") at = apply("i64", "extend_i32_u", at);
  return apply(index_, "and", at, numberOf(0x3ff8));
}

// A constant, or a number that depends on the parameters, so that the trip count is unknown at
// compile time.
std::string Scope::trips(unsigned most) {
  constexpr unsigned kMostInCallee = 20;
  if (isCallee_) most = std::min(most, kMostInCallee);
  if (random.chance(40)) return numberOf(static_cast<int64_t>(1 + random.below(most)));
  std::string count = get(random.chance(80) ? "$b" : "$a");
  if (index_ == "i64") count = apply("i64", "extend_i32_u", count);
  if (random.chance(50)) {
    return add(numberOf(1), apply(index_, "rem_u", count, numberOf(most)));
  }
  int64_t mask = 1;
  while (mask * 2 + 1 < most) mask = mask * 2 + 1;
  return add(numberOf(1), apply(index_, "and", count, numberOf(mask)));
}

const Access& Scope::randomLoad(std::string_view type) { return anyOf(random, kLoads, type); }
const Access& Scope::randomStore(std::string_view type) { return anyOf(random, kStores, type); }

std::string Scope::access(const Access& which, const std::string& address, uint64_t offset,
                          const std::string& value) const {
  std::string static_ = offset == 0 ? "" : fmt::format(" offset={}", offset);
  std::string operand = value.empty() ? "" : " " + value;
  return fmt::format("({} {}{} {}{})", which.name, memoryName(), static_, address, operand);
}

// Different ways to write an address that is a constant distance away, as compilers do.
std::string Scope::near(const std::string& pointer) {
  std::string at = get(pointer);
  int64_t distance = random.oneOf(kDistances);
  int64_t offset = random.oneOf(kDistances);
  if (random.chance(3)) offset = random.chance(50) ? 65536 : 0xfffffff0;
  switch (random.below(5)) {
    case 0:
      at = apply(index_, "sub", at, numberOf(distance));
      break;
    case 1:
      at = add(at, numberOf(distance));
      break;
    case 2:
      at = add(at, numberOf(-distance));
      break;
    default:
      break;
  }
  return fmt::format("{}offset={} {}", memoryName() + " ", offset, at);
}

std::string Scope::load(const Access& which, const std::string& pointer) {
  return fmt::format("({} {})", which.name, near(pointer));
}

std::string Scope::store(const Access& which, const std::string& pointer,
                         const std::string& value) {
  return fmt::format("({} {} {})\n", which.name, near(pointer), value);
}

}  // namespace differential
