// The instructions of WebAssembly, one row of opcodes.def each. Everything that knows instructions
// (reader, writer, validator, translator, text format) is driven by these rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wasm {

// A proposal or version that brought an instruction; features.def has a row each.
enum class Feature : uint8_t {
#define FEATURE(id, text) id,
#include "compiler/wasm/features.def"
#undef FEATURE
};
std::string_view featureName(Feature feature);

enum class Op : uint16_t {
#define OP(id, prefix, code, text, immediate, signature, feature, family) id,
#include "compiler/wasm/opcodes.def"
#undef OP
};

inline constexpr uint32_t kOpCount = 0
#define OP(...) +1
#include "compiler/wasm/opcodes.def"
#undef OP
    ;

// The shape of what follows the opcode in the binary format; one reader, writer, parser and
// printer exists for each.
enum class ImmediateShape : uint8_t {
#define IMMEDIATE(id, layout) id,
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
};

// Which hand-written code translates an instruction. Instructions that differ only in type or
// width share a family.
enum class Family : uint16_t {
#define FAMILY(id) id,
#include "compiler/wasm/families.def"
#undef FAMILY
};

inline constexpr uint32_t kImmediateShapeCount = 0
#define IMMEDIATE(id, layout) +1
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
    ;

inline constexpr uint32_t kFamilyCount = 0
#define FAMILY(id) +1
#include "compiler/wasm/families.def"
#undef FAMILY
    ;

inline constexpr uint8_t kSpecialOperands = 0xff;

struct OpcodeInfo {
  std::string_view text;       // "i32.add"
  std::string_view signature;  // "ii:i", or "special": validated by hand
  uint32_t code;               // after the prefix
  uint8_t prefix;              // 0: none; else 0xfb, 0xfc, 0xfd, 0xfe
  ImmediateShape immediate;
  uint8_t naturalAlign;  // log2 of the bytes accessed, for memory and lane instructions
  Feature feature;
  Family family;
  uint8_t operands;  // letters before the signature's colon; kSpecialOperands if special
};

extern const OpcodeInfo kOpcodeInfo[kOpCount];
inline const OpcodeInfo& opcodeInfo(Op op) { return kOpcodeInfo[static_cast<uint16_t>(op)]; }

// Instructions by prefix (none, then 0xfb to 0xfe) and code: what findOpcode looks up.
inline constexpr uint8_t kFirstPrefix = 0xfb;
inline constexpr uint8_t kLastPrefix = 0xfe;
inline constexpr uint32_t kPrefixes = 1 + kLastPrefix - kFirstPrefix + 1;
inline constexpr uint32_t kCodes = 0x120;
inline constexpr uint16_t kNoOp = 0xffff;
extern const std::array<std::array<uint16_t, kCodes>, kPrefixes> kOpsByCode;

// The instruction with this encoding, if there is one.
inline std::optional<Op> findOpcode(uint8_t prefix, uint32_t code) {
  uint32_t row = prefix == 0 ? 0 : prefix < kFirstPrefix ? kPrefixes : 1u + prefix - kFirstPrefix;
  if (row >= kPrefixes || code >= kCodes || kOpsByCode[row][code] == kNoOp) return std::nullopt;
  return static_cast<Op>(kOpsByCode[row][code]);
}

// How a vector instruction divides its 16 bytes, from its keyword: "i8x16.add" works on 16 lanes of
// 8 bits, "v128.load16x4_s" makes four lanes of 32. Empty for instructions on the whole vector.
struct LaneShape {
  bool isFloat = false;
  uint8_t count = 0;
  uint8_t bits = 0;
};
std::optional<LaneShape> laneShape(Op op);

// What the integer instructions that narrow before they extend read: 8, 16 or 32 for
// iNN.extendM_s.
uint32_t sourceBits(Op op);

}  // namespace wasm
