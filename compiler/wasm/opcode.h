// The table of WebAssembly instructions. opcodes.def has one row for each, and the reader, the
// writer, the validator, the translator and the text format are driven by these rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/wasm/signature.h"

namespace wasm {

// The proposal or version that introduced an instruction; features.def has a row for each.
enum class Feature : uint8_t {
#define FEATURE(id, text) id,
#include "compiler/wasm/features.def"
#undef FEATURE
};
// Returns the name of a proposal, such as "simd", or "WebAssembly 1.0" for mvp.
std::string_view featureName(Feature feature);

// An instruction; opcodes.def has a row for each. The value is the number of the row.
enum class Op : uint16_t {
#define OP(id, prefix, code, text, immediate, signature, feature, family) id,
#include "compiler/wasm/opcodes.def"
#undef OP
};

// The number of instructions.
inline constexpr uint32_t kOpCount = 0
#define OP(...) +1
#include "compiler/wasm/opcodes.def"
#undef OP
    ;

// The layout and meaning of the immediates after an opcode; immediates.def has a row for each. Each
// shape has one reader, writer, check, parser and printer.
enum class ImmediateShape : uint8_t {
#define IMMEDIATE(id, layout) id,
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
};

// The key of the hand-written code that translates an instruction (codegen/translate/emit) or
// validates it (validate/special.cpp). Instructions that differ only in type or width share a
// family.
enum class Family : uint16_t {
#define FAMILY(id, trap, cost) id,
#include "compiler/wasm/families.def"
#undef FAMILY
};

// The number of shapes.
inline constexpr uint32_t kImmediateShapeCount = 0
#define IMMEDIATE(id, layout) +1
#include "compiler/wasm/immediates.def"
#undef IMMEDIATE
    ;

// The number of families.
inline constexpr uint32_t kFamilyCount = 0
#define FAMILY(id, trap, cost) +1
#include "compiler/wasm/families.def"
#undef FAMILY
    ;

// The division of a vector's 16 bytes by an instruction: "i8x16.add" works on 16 lanes of 8 bits,
// "v128.load16x4_s" makes four lanes of 32 bits. There are no lanes (all members are 0) for
// instructions on the whole vector and for scalar instructions.
struct LaneShape {
  bool isFloat = false;
  uint8_t count = 0;
  uint8_t bits = 0;
};

// The role of an instruction in the nesting of structured instructions: `else` and the legacy
// `catch` divide a structured instruction; `end` and the legacy `delegate` close it.
enum class Nesting : uint8_t { None, Opens, Divides, Closes };

// What an instruction takes of the fuel: nothing, or one unit; or in addition as many units as its
// last operand says, in any case or if it grows a memory or table.
enum class Cost : uint8_t { Free, One, PerUnit, PerGrowth };

// Whether constant expressions may contain the instruction (section 3.4.13). Extended means that
// the extended-const proposal allowed it.
enum class Constness : uint8_t { None, Basic, Extended };

// A decoded row of opcodes.def. The strings of a row are decoded at compile time and only in
// opcode.cpp.
struct OpcodeInfo {
  std::string_view text;     // "i32.add"
  uint32_t code = 0;         // after the prefix
  uint8_t prefix = 0;        // 0: none; else 0xfb, 0xfc, 0xfd, 0xfe
  uint8_t naturalAlign = 0;  // log2 of the bytes accessed, for memory and lane instructions
  ImmediateShape immediate{};
  Feature feature{};
  Family family{};
  bool mayTrap = false;  // the column of its row in families.def; likewise the next
  Cost cost = Cost::One;
  Nesting nesting = Nesting::None;
  Constness constness = Constness::None;
  Signature signature;
  LaneShape lanes;
  uint8_t sourceBits = 0;  // the M of iNN.extendM_s: 8, 16 or 32; 0 for others
};

// The decoded rows, indexed by Op.
extern const OpcodeInfo kOpcodeInfo[kOpCount];
inline const OpcodeInfo& opcodeInfo(Op op) { return kOpcodeInfo[static_cast<uint16_t>(op)]; }

// Instructions by prefix (none, then 0xfb to 0xfe) and code. kOpsByCode is the table that
// findOpcode() reads; kNoOp marks codes without an instruction.
inline constexpr uint8_t kFirstPrefix = 0xfb;
inline constexpr uint8_t kLastPrefix = 0xfe;
inline constexpr uint32_t kPrefixes = 1 + kLastPrefix - kFirstPrefix + 1;
inline constexpr uint32_t kCodes = 0x120;
inline constexpr uint16_t kNoOp = 0xffff;
extern const std::array<std::array<uint16_t, kCodes>, kPrefixes> kOpsByCode;

// Returns the instruction with this encoding, or nothing if there is none. `prefix` is 0 for
// opcodes of one byte, else the first byte; `code` is the LEB128 number after it (section 5.4).
inline std::optional<Op> findOpcode(uint8_t prefix, uint32_t code) {
  uint32_t row = prefix == 0 ? 0 : prefix < kFirstPrefix ? kPrefixes : 1u + prefix - kFirstPrefix;
  if (row >= kPrefixes || code >= kCodes || kOpsByCode[row][code] == kNoOp) return std::nullopt;
  return static_cast<Op>(kOpsByCode[row][code]);
}

}  // namespace wasm
