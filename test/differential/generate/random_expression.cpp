#include "test/differential/generate/random_expression.h"

#include <fmt/format.h>

#include "test/differential/generate/shape.h"

namespace differential {
namespace {

// By Type.
constexpr const char* kKeywords[] = {"i32", "i64", "f32", "f64", "v128"};

// Instructions with two operands. Division traps if the divisor is zero, which is intended.
constexpr const char* kIntegerBinary[] = {"add",   "sub",   "mul",   "and",   "or",
                                          "xor",   "shl",   "shr_u", "shr_s", "rotl",
                                          "div_u", "rem_u", "add",   "sub",   "and"};
constexpr const char* kIntegerUnary[] = {"clz", "ctz", "popcnt", "extend8_s", "extend16_s"};
constexpr const char* kIntegerCompare[] = {"eq", "ne", "lt_s", "lt_u", "gt_u", "ge_s", "le_u"};
constexpr const char* kFloatBinary[] = {"add", "sub", "mul", "div", "min", "max"};
constexpr const char* kFloatCompare[] = {"eq", "lt", "ge", "ne"};
constexpr const char* kVectorBinary[] = {"i32x4.add",
                                         "i32x4.sub",
                                         "i32x4.mul",
                                         "i8x16.add",
                                         "i8x16.add_sat_u",
                                         "i16x8.mul",
                                         "i16x8.sub_sat_s",
                                         "i64x2.add",
                                         "v128.and",
                                         "v128.xor",
                                         "v128.or",
                                         "i32x4.min_s",
                                         "i8x16.max_u",
                                         "i8x16.eq",
                                         "i32x4.gt_s",
                                         "i8x16.swizzle",
                                         "i16x8.narrow_i32x4_u",
                                         "i32x4.dot_i16x8_s",
                                         "v128.andnot"};
constexpr const char* kVectorUnary[] = {"i16x8.extend_low_i8x16_s",
                                        "i32x4.extend_high_i16x8_u",
                                        "i32x4.abs",
                                        "i8x16.popcnt",
                                        "v128.not",
                                        "i64x2.extend_low_i32x4_u"};
constexpr const char* kIntegerConstants[] = {"0", "1",   "2",      "4",          "8",          "-1",
                                             "7", "-8",  "65528",  "65536",      "2147483647", "31",
                                             "3", "255", "-65536", "-2147483648"};
constexpr const char* kFloatConstants[] = {"0", "-0", "1", "-1.5", "1e10", "inf", "nan", "0.1"};

// By Type.
constexpr const char* kLoads[][8] = {
    {"i32.load", "i32.load8_u", "i32.load8_s", "i32.load16_u", "i32.load16_s", "i32.load"},
    {"i64.load", "i64.load8_u", "i64.load8_s", "i64.load16_u", "i64.load32_s", "i64.load32_u"},
    {"f32.load", "f32.load", "f32.load", "f32.load", "f32.load", "f32.load"},
    {"f64.load", "f64.load", "f64.load", "f64.load", "f64.load", "f64.load"},
    {"v128.load", "v128.load32_zero", "v128.load64_zero", "v128.load32_splat", "v128.load8x8_s",
     "v128.load16x4_u"}};
constexpr const char* kStores[][3] = {{"i32.store", "i32.store8", "i32.store16"},
                                      {"i64.store", "i64.store8", "i64.store32"},
                                      {"f32.store", "f32.store", "f32.store"},
                                      {"f64.store", "f64.store", "f64.store"},
                                      {"v128.store", "v128.store", "v128.store"}};

}  // namespace

const char* keyword(Type type) { return kKeywords[static_cast<unsigned>(type)]; }

std::string localName(Type type, unsigned number) {
  return fmt::format("${}{}", "ilfdv"[static_cast<unsigned>(type)], number);
}

std::string RandomExpression::of(Type type, unsigned depth) {
  if (depth == 0) return leaf(type);
  if (random_.chance(20)) return load(type, depth - 1);
  if (random_.chance(8)) return select(type, depth - 1);
  if (canCall_ && random_.chance(4)) return call(type, depth - 1);
  switch (type) {
    case Type::I32:
      return i32(depth - 1);
    case Type::I64:
      return i64(depth - 1);
    case Type::F32:
    case Type::F64:
      return floating(type, depth - 1);
    case Type::V128:
      return v128(depth - 1);
  }
  return leaf(type);
}

// Addresses that are not risky are masked to the first half of the first page, or are a local that
// loops count, so that most accesses do not trap.
std::string RandomExpression::place(unsigned depth) {
  uint64_t offset = random_.chance(50) ? 0 : random_.below(random_.chance(90) ? 64 : 70000);
  bool isRisky = random_.chance(riskPercent_);
  if (!isRisky && random_.chance(40)) {
    return fmt::format(" offset={} (local.get {})", offset, localName(Type::I32, random_.below(2)));
  }
  std::string index = of(Type::I32, depth);
  if (isRisky && random_.chance(50)) return fmt::format(" offset={} {}", offset, index);
  if (isRisky) {
    return fmt::format(" (i32.add (i32.const 65520) (i32.and (i32.const 15) {}))", index);
  }
  return fmt::format(" offset={} (i32.and (i32.const 0x7ff8) {})", offset % 64, index);
}

std::string RandomExpression::load(Type type, unsigned depth) {
  const char* name = kLoads[static_cast<unsigned>(type)][random_.below(6)];
  return fmt::format("({}{})", name, place(depth));
}

std::string RandomExpression::store(unsigned depth) {
  Type type = random_.oneOf(kTypes);
  const char* name = random_.oneOf(kStores[static_cast<unsigned>(type)]);
  std::string where = place(depth / 2);
  return fmt::format("({}{} {})", name, where, of(type, depth));
}

std::string RandomExpression::constant(Type type) {
  switch (type) {
    case Type::I32:
    case Type::I64:
      return fmt::format("({}.const {})", keyword(type), random_.oneOf(kIntegerConstants));
    case Type::F32:
    case Type::F64:
      return fmt::format("({}.const {})", keyword(type), random_.oneOf(kFloatConstants));
    case Type::V128:
      break;
  }
  return fmt::format("(v128.const i64x2 {} {})", random_.next(), random_.next() >> 40);
}

// Callees return an i32, which is converted. An index beyond the callees in the table would trap,
// so indirect calls have a constant index.
std::string RandomExpression::call(Type result, unsigned depth) {
  std::string arguments = of(Type::I32, depth) + " " + of(Type::I64, depth);
  uint64_t callee = random_.below(kCallees);
  std::string call =
      random_.chance(20)
          ? fmt::format("(call_indirect (type $callee) {} (i32.const {}))", arguments, callee)
          : fmt::format("(call $callee{} {})", callee, arguments);
  if (result == Type::I32) return call;
  if (result == Type::I64) return fmt::format("(i64.extend_i32_s {})", call);
  if (result == Type::V128) return fmt::format("(i32x4.splat {})", call);
  return fmt::format("({}.convert_i32_s {})", keyword(result), call);
}

std::string RandomExpression::leaf(Type type) {
  if (random_.chance(30)) return constant(type);
  bool isGlobal = random_.chance(15) && (type == Type::I32 || type == Type::I64);
  if (isGlobal) return type == Type::I32 ? "(global.get $g0)" : "(global.get $g1)";
  return fmt::format("(local.get {})", localName(type, random_.below(kLocalsPerType)));
}

std::string RandomExpression::select(Type type, unsigned depth) {
  std::string left = of(type, depth);
  std::string right = of(type, depth);
  return fmt::format("(select {} {} {})", left, right, comparison(depth));
}

std::string RandomExpression::comparison(unsigned depth) {
  constexpr Type kCompared[] = {Type::I32, Type::I32, Type::I64, Type::F64};
  Type type = random_.oneOf(kCompared);
  const char* name =
      type == Type::F64 ? random_.oneOf(kFloatCompare) : random_.oneOf(kIntegerCompare);
  return binary(name, type, depth);
}

std::string RandomExpression::binary(const char* name, Type type, unsigned depth) {
  std::string left = of(type, depth);
  return fmt::format("({}.{} {} {})", keyword(type), name, left, of(type, depth));
}

// Returns an expression with two loads from the same address, whose result may depend on neither.
std::string RandomExpression::loadedTwice(unsigned depth) {
  constexpr const char* kCanceling[] = {"xor", "sub", "eq", "and", "lt_u"};
  std::string where = place(depth);
  return fmt::format("(i32.{} (i32.load{}) (i32.load{}))", random_.oneOf(kCanceling), where, where);
}

// Cases that are not listed are binary operations, which are the most frequent.
std::string RandomExpression::i32(unsigned depth) {
  switch (random_.below(13)) {
    case 0:
      return comparison(depth);
    case 1:
      return fmt::format("(i32.wrap_i64 {})", of(Type::I64, depth));
    case 2:
      return fmt::format("(i32.{} {})", random_.oneOf(kIntegerUnary), of(Type::I32, depth));
    case 3:
      return fmt::format("(i32x4.extract_lane {} {})", laneNumber(4), of(Type::V128, depth));
    case 4:
      return fmt::format("(i8x16.bitmask {})", of(Type::V128, depth));
    case 5:
      return fmt::format("(i32.trunc_sat_f64_s {})", of(Type::F64, depth));
    case 6:
      return fmt::format("(local.tee {} {})", localName(Type::I32, 2), of(Type::I32, depth));
    case 7:
      return loadedTwice(depth);
    default:
      return binary(random_.oneOf(kIntegerBinary), Type::I32, depth);
  }
}

std::string RandomExpression::i64(unsigned depth) {
  switch (random_.below(8)) {
    case 0:
      return fmt::format("(i64.extend_i32_u {})", of(Type::I32, depth));
    case 1:
      return fmt::format("(i64.extend_i32_s {})", of(Type::I32, depth));
    case 2:
      return fmt::format("(i64.reinterpret_f64 {})", of(Type::F64, depth));
    case 3:
      return fmt::format("(i64x2.extract_lane {} {})", laneNumber(2), of(Type::V128, depth));
    default:
      return binary(random_.oneOf(kIntegerBinary), Type::I64, depth);
  }
}

// Replaces NaNs by one NaN, since the specification leaves open which NaN an operation returns.
std::string RandomExpression::floating(Type type, unsigned depth) {
  const char* name = keyword(type);
  switch (random_.below(6)) {
    case 0:
      return fmt::format("({}.convert_i32_s {})", name, of(Type::I32, depth));
    case 1:
      return fmt::format("({}.neg {})", name, of(type, depth));
    case 2:
      return fmt::format("({}.abs {})", name, of(type, depth));
    default:
      return fmt::format("(call $one_nan_{} {})", name,
                         binary(random_.oneOf(kFloatBinary), type, depth));
  }
}

std::string RandomExpression::v128(unsigned depth) {
  switch (random_.below(8)) {
    case 0:
      return fmt::format("(i32x4.splat {})", of(Type::I32, depth));
    case 1:
      return fmt::format("({} {})", random_.oneOf(kVectorUnary), of(Type::V128, depth));
    case 2: {
      std::string vector = of(Type::V128, depth);
      return fmt::format("(i16x8.replace_lane {} {} {})", laneNumber(8), vector,
                         of(Type::I32, depth));
    }
    // The lane comes between the static offset and the address in the text format.
    case 3: {
      std::string where = place(depth);
      size_t address = where.find(" (");
      return fmt::format("(v128.load32_lane{} {}{} {})", where.substr(0, address), laneNumber(4),
                         where.substr(address), of(Type::V128, depth));
    }
    case 4: {
      std::string lanes;
      for (int i = 0; i < 16; ++i) lanes += laneNumber(32) + " ";
      std::string left = of(Type::V128, depth);
      return fmt::format("(i8x16.shuffle {}{} {})", lanes, left, of(Type::V128, depth));
    }
    case 5: {
      std::string vector = of(Type::V128, depth);
      return fmt::format("(i32x4.shl {} {})", vector, of(Type::I32, depth));
    }
    default: {
      const char* name = random_.oneOf(kVectorBinary);
      std::string left = of(Type::V128, depth);
      return fmt::format("({} {} {})", name, left, of(Type::V128, depth));
    }
  }
}

}  // namespace differential
