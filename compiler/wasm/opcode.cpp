#include "compiler/wasm/opcode.h"

namespace wasm {
namespace {

// The expansion of the immediate column of a row: a shape, or a shape applied to the log2 of a
// width in bytes, as in memArg(2).
struct Immediate {
  ImmediateShape shape;
  uint8_t log2Bytes = 0;

  constexpr Immediate operator()(uint8_t log2) const { return {shape, log2}; }
};

namespace immediate {
#define IMMEDIATE(id, layout) [[maybe_unused]] constexpr Immediate id{ImmediateShape::id};
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
}  // namespace immediate

// The columns of families.def.
enum class FamilyTrap : uint8_t { neverTraps, mayTrap };
namespace cost {
constexpr Cost free = Cost::Free;
constexpr Cost one = Cost::One;
constexpr Cost perUnit = Cost::PerUnit;
constexpr Cost perGrowth = Cost::PerGrowth;
}  // namespace cost

constexpr std::string_view kFeatureNames[] = {
#define FEATURE(id, text) text,
#include "compiler/wasm/features.def"
#undef FEATURE
};

constexpr bool kFamilyMayTrap[] = {
#define FAMILY(id, trap, cost) FamilyTrap::trap == FamilyTrap::mayTrap,
#include "compiler/wasm/families.def"
#undef FAMILY
};

constexpr Cost kFamilyCost[] = {
#define FAMILY(id, trap, column) cost::column,
#include "compiler/wasm/families.def"
#undef FAMILY
};

// Some letters depend on the immediates of the instruction: `x` is the type of a local or of a
// global. An unknown letter throws, which is an error in a constant expression, so a typing error
// in opcodes.def fails to compile.
consteval SignatureType typeOfLetter(char letter, ImmediateShape shape) {
  using enum SignatureType;
  switch (letter) {
    case 'i':
      return I32;
    case 'l':
      return I64;
    case 'f':
      return F32;
    case 'd':
      return F64;
    case 'v':
      return V128;
    case 'q':
      return EqRef;
    case 'r':
      return ArrayRef;
    case 'J':
      return I31Ref;
    case 'j':
      return NonNullI31Ref;
    case 'a':
      return shape == ImmediateShape::dataMemory ? SecondMemoryIndex : MemoryIndex;
    case 'b':
      return SecondMemoryIndex;
    case 't':
      return shape == ImmediateShape::elementTable ? SecondTableIndex : TableIndex;
    case 'u':
      return SecondTableIndex;
    case 'n':
      return shape == ImmediateShape::memoryMemory ? SmallerMemoryIndex : SmallerTableIndex;
    case 'e':
      return TableElement;
    case 'x':
      return shape == ImmediateShape::local ? Local : Global;
    case 'R':
      return NullableReference;
    case 'N':
      return NonNullReference;
    case 'F':
      return shape == ImmediateShape::typeField ? StructField : ArrayElement;
  }
  throw "unknown signature letter";
}

consteval Signature decodeSignature(std::string_view letters, ImmediateShape shape) {
  Signature signature;
  if (letters == "special") return signature;
  signature.isSpecial = false;
  size_t colon = letters.find(':');
  for (char letter : letters.substr(0, colon)) {
    signature.operandTypes[signature.operandCount++] = typeOfLetter(letter, shape);
  }
  for (char letter : letters.substr(colon + 1)) {
    signature.resultTypes[signature.resultCount++] = typeOfLetter(letter, shape);
  }
  return signature;
}

consteval bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Returns the decimal number at the start of `text`; 0 if there is none.
consteval uint8_t leadingNumber(std::string_view text) {
  uint8_t number = 0;
  for (size_t i = 0; i < text.size() && isDigit(text[i]); ++i) number = number * 10 + text[i] - '0';
  return number;
}

// The lanes are those of the vector: an extending load widens each lane to twice its width in
// memory.
consteval LaneShape decodeLanes(std::string_view text) {
  constexpr std::string_view kWhole = "v128.";
  if (!text.starts_with(kWhole)) {
    uint8_t bits = leadingNumber(text.substr(1));
    return LaneShape{text[0] == 'f', static_cast<uint8_t>(128 / bits), bits};
  }
  // v128.load8x8_s, v128.load32_splat, v128.store8_lane: the memory width is in the keyword.
  size_t digits = text.find_first_of("0123456789", kWhole.size());
  if (digits == std::string_view::npos) return {};
  uint8_t bits = leadingNumber(text.substr(digits));
  bool extends = text.find('x', digits) != std::string_view::npos;
  if (extends) bits *= 2;
  return LaneShape{false, static_cast<uint8_t>(128 / bits), bits};
}

// i32.extend8_s, i64.extend32_s and the like. The vector instructions i16x8.extend_low_i8x16_s have
// no digit after the verb, so the result is 0.
consteval uint8_t decodeSourceBits(std::string_view text) {
  constexpr std::string_view kVerb = ".extend";
  size_t verb = text.find(kVerb);
  return verb == std::string_view::npos ? 0 : leadingNumber(text.substr(verb + kVerb.size()));
}

consteval Nesting nestingOf(ImmediateShape shape, Family family) {
  if (shape == ImmediateShape::blockType || shape == ImmediateShape::tryTable) {
    return Nesting::Opens;
  }
  switch (family) {
    case Family::elseArm:
    case Family::legacyCatch:
    case Family::legacyCatchAll:
      return Nesting::Divides;
    case Family::end:
    case Family::legacyDelegate:
      return Nesting::Closes;
    default:
      return Nesting::None;
  }
}

consteval Constness constnessOf(Op op) {
  switch (op) {
#define CONST_INSTRUCTION(op, step) \
  case Op::op:                      \
    return Constness::Basic;
#define CONST_ARITHMETIC(id, member, operation) \
  case Op::id:                                  \
    return Constness::Extended;
#include "runtime/abi/const_ops.def"
    case Op::End:
      return Constness::Basic;
    default:
      return Constness::None;
  }
}

constexpr uint8_t kVectorPrefix = 0xfd;

struct Row {
  Op op;
  uint8_t prefix;
  uint32_t code;
  std::string_view text;
  Immediate immediate;
  std::string_view signature;
  Feature feature;
  Family family;
};

consteval OpcodeInfo decode(const Row& row) {
  ImmediateShape shape = row.immediate.shape;
  return {.text = row.text,
          .code = row.code,
          .prefix = row.prefix,
          .naturalAlign = row.immediate.log2Bytes,
          .immediate = shape,
          .feature = row.feature,
          .family = row.family,
          .mayTrap = kFamilyMayTrap[static_cast<size_t>(row.family)],
          .cost = kFamilyCost[static_cast<size_t>(row.family)],
          .nesting = nestingOf(shape, row.family),
          .constness = constnessOf(row.op),
          .signature = decodeSignature(row.signature, shape),
          .lanes = row.prefix == kVectorPrefix ? decodeLanes(row.text) : LaneShape{},
          .sourceBits = decodeSourceBits(row.text)};
}

// Maps codes to rows, so that decoding an opcode is one load.
constexpr auto opsByCode() {
  std::array<std::array<uint16_t, kCodes>, kPrefixes> table{};
  for (auto& row : table) row.fill(kNoOp);
#define OP(id, prefix, code, text, immediate, signature, feature, family) \
  table[(prefix) == 0 ? 0 : 1 + (prefix)-kFirstPrefix][code] = static_cast<uint16_t>(Op::id);
#include "compiler/wasm/opcodes.def"
#undef OP
  return table;
}

}  // namespace

constinit const OpcodeInfo kOpcodeInfo[kOpCount] = {
#define OP(id, prefix, code, text, imm, signature, feature, family) \
  decode({Op::id, prefix, code, text, immediate::imm, signature, Feature::feature, Family::family}),
#include "compiler/wasm/opcodes.def"
#undef OP
};

constinit const std::array<std::array<uint16_t, kCodes>, kPrefixes> kOpsByCode = opsByCode();

std::string_view featureName(Feature feature) {
  return kFeatureNames[static_cast<uint8_t>(feature)];
}

}  // namespace wasm
