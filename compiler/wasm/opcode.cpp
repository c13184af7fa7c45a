#include "compiler/wasm/opcode.h"

#include <charconv>

#include "runtime/base/check.h"

namespace wasm {
namespace {

// What the rows' immediate column expands to: a shape, or a shape applied to the log2 of a width.
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

constexpr std::string_view kFeatureNames[] = {
#define FEATURE(id, text) text,
#include "compiler/wasm/features.def"
#undef FEATURE
};

constexpr uint8_t operandsOf(std::string_view signature) {
  size_t colon = signature.find(':');
  return colon == std::string_view::npos ? kSpecialOperands : static_cast<uint8_t>(colon);
}

constexpr auto opsByCode() {
  std::array<std::array<uint16_t, kCodes>, kPrefixes> table{};
  for (auto& row : table) row.fill(kNoOp);
#define OP(id, prefix, code, text, immediate, signature, feature, family) \
  table[(prefix) == 0 ? 0 : 1 + (prefix)-kFirstPrefix][code] = static_cast<uint16_t>(Op::id);
#include "compiler/wasm/opcodes.def"
#undef OP
  return table;
}

// The decimal number at the start of `text`; 0 if there is none.
uint8_t leadingNumber(std::string_view text) {
  uint8_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

constinit const OpcodeInfo kOpcodeInfo[kOpCount] = {
#define OP(id, prefix, code, text, imm, signature, feature, family) \
  {text,                                                            \
   signature,                                                       \
   code,                                                            \
   prefix,                                                          \
   immediate::imm.shape,                                            \
   immediate::imm.log2Bytes,                                        \
   Feature::feature,                                                \
   Family::family,                                                  \
   operandsOf(signature)},
#include "compiler/wasm/opcodes.def"
#undef OP
};

constinit const std::array<std::array<uint16_t, kCodes>, kPrefixes> kOpsByCode = opsByCode();

std::string_view featureName(Feature feature) {
  return kFeatureNames[static_cast<uint8_t>(feature)];
}

std::optional<LaneShape> laneShape(Op op) {
  const OpcodeInfo& info = opcodeInfo(op);
  if (info.prefix != 0xfd) return std::nullopt;
  std::string_view text = info.text;
  if (!text.starts_with("v128.")) {
    uint8_t bits = leadingNumber(text.substr(1));
    return LaneShape{text[0] == 'f', static_cast<uint8_t>(128 / bits), bits};
  }
  // v128.load8x8_s, v128.load32_splat, v128.store8_lane: the memory width is in the keyword.
  size_t digits = text.find_first_of("0123456789", 5);
  if (digits == std::string_view::npos) return std::nullopt;
  uint8_t bits = leadingNumber(text.substr(digits));
  bool extends = text.find('x', digits) != std::string_view::npos;
  if (extends) bits *= 2;
  return LaneShape{false, static_cast<uint8_t>(128 / bits), bits};
}

uint32_t sourceBits(Op op) {
  constexpr std::string_view kVerb = ".extend";
  std::string_view text = opcodeInfo(op).text;
  size_t verb = text.find(kVerb);
  CHECK(verb != std::string_view::npos);
  return leadingNumber(text.substr(verb + kVerb.size()));
}

}  // namespace wasm
