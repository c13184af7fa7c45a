#include "compiler/wasm/opcode.h"

#include <array>
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

struct Encoding {
  uint8_t prefix;
  uint32_t code;
};

constexpr Encoding kEncodings[kOpCount] = {
#define OP(id, prefix, code, text, immediate, signature, feature, family) {prefix, code},
#include "compiler/wasm/opcodes.def"
#undef OP
};

constexpr uint16_t kNoOp = 0xffff;

// Op numbers by code, for one prefix.
template <uint32_t kSize>
constexpr std::array<uint16_t, kSize> opsOfPrefix(uint8_t prefix) {
  std::array<uint16_t, kSize> ops{};
  for (uint16_t& op : ops) op = kNoOp;
  for (uint16_t op = 0; op < kOpCount; ++op) {
    if (kEncodings[op].prefix == prefix) ops[kEncodings[op].code] = op;
  }
  return ops;
}

constexpr auto kOps00 = opsOfPrefix<0x100>(0x00);
constexpr auto kOpsFb = opsOfPrefix<0x20>(0xfb);
constexpr auto kOpsFc = opsOfPrefix<0x20>(0xfc);
constexpr auto kOpsFd = opsOfPrefix<0x120>(0xfd);
constexpr auto kOpsFe = opsOfPrefix<0x50>(0xfe);

template <size_t kSize>
std::optional<Op> lookUp(const std::array<uint16_t, kSize>& ops, uint32_t code) {
  if (code >= kSize || ops[code] == kNoOp) return std::nullopt;
  return static_cast<Op>(ops[code]);
}

// The decimal number at the start of `text`; 0 if there is none.
uint8_t leadingNumber(std::string_view text) {
  uint8_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

const OpcodeInfo kOpcodeInfo[kOpCount] = {
#define OP(id, prefix, code, text, imm, signature, feature, family) \
  {text,                                                            \
   signature,                                                       \
   code,                                                            \
   prefix,                                                          \
   immediate::imm.shape,                                            \
   immediate::imm.log2Bytes,                                        \
   Feature::feature,                                                \
   Family::family},
#include "compiler/wasm/opcodes.def"
#undef OP
};

std::string_view featureName(Feature feature) {
  return kFeatureNames[static_cast<uint8_t>(feature)];
}

std::optional<Op> findOpcode(uint8_t prefix, uint32_t code) {
  switch (prefix) {
    case 0x00:
      return lookUp(kOps00, code);
    case 0xfb:
      return lookUp(kOpsFb, code);
    case 0xfc:
      return lookUp(kOpsFc, code);
    case 0xfd:
      return lookUp(kOpsFd, code);
    case 0xfe:
      return lookUp(kOpsFe, code);
    default:
      return std::nullopt;
  }
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
