// The instructions of WebAssembly, one row of opcodes.def each. Everything that knows instructions
// (reader, writer, validator, translator, text format) is driven by these rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "compiler/wasm/signature.h"

namespace wasm {

// A proposal or version that brought an instruction; features.def has a row each.
enum class Feature : uint8_t {
#define FEATURE(id, text) id,
#include "compiler/wasm/features.def"
#undef FEATURE
};
// Returns the name that the proposal uses: "simd".
std::string_view featureName(Feature feature);

// An instruction; opcodes.def has a row each.
enum class Op : uint16_t {
#define OP(id, prefix, code, text, immediate, signature, feature, family) id,
#include "compiler/wasm/opcodes.def"
#undef OP
};

// How many instructions, immediate shapes and families there are.
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

// Which hand-written code translates an instruction (codegen/translate/emit) or checks it
// (validate/special.cpp). Instructions that differ only in type or width share a family.
enum class Family : uint16_t {
#define FAMILY(id, trap) id,
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
#define FAMILY(id, trap) +1
#include "compiler/wasm/families.def"
#undef FAMILY
    ;

// How a vector instruction divides its 16 bytes: "i8x16.add" works on 16 lanes of 8 bits,
// "v128.load16x4_s" makes four lanes of 32. No lanes for instructions on the whole vector, and for
// all others.
struct LaneShape {
  bool isFloat = false;
  uint8_t count = 0;
  uint8_t bits = 0;
};

// What an instruction is to the structured instructions around it: `else` and the legacy `catch`
// divide one, `end` and the legacy `delegate` close one.
enum class Nesting : uint8_t { None, Opens, Divides, Closes };

// Whether constant expressions may contain the instruction (section 3.4.15). Extended: since the
// extended-const proposal.
enum class Constness : uint8_t { None, Basic, Extended };

// A row of opcodes.def, decoded: nobody else reads the row's strings.
struct OpcodeInfo {
  std::string_view text;     // "i32.add"
  uint32_t code = 0;         // after the prefix
  uint8_t prefix = 0;        // 0: none; else 0xfb, 0xfc, 0xfd, 0xfe
  uint8_t naturalAlign = 0;  // log2 of the bytes accessed, for memory and lane instructions
  ImmediateShape immediate{};
  Feature feature{};
  Family family{};
  bool mayTrap = false;  // as its row of families.def says
  Nesting nesting = Nesting::None;
  Constness constness = Constness::None;
  Signature signature;
  LaneShape lanes;
  uint8_t sourceBits = 0;  // 8, 16 or 32: what iNN.extendM_s reads; 0 for others
};

// The rows by Op.
extern const OpcodeInfo kOpcodeInfo[kOpCount];
inline const OpcodeInfo& opcodeInfo(Op op) { return kOpcodeInfo[static_cast<uint16_t>(op)]; }

// Instructions by prefix (none, then 0xfb to 0xfe) and code: what findOpcode looks up.
inline constexpr uint8_t kFirstPrefix = 0xfb;
inline constexpr uint8_t kLastPrefix = 0xfe;
inline constexpr uint32_t kPrefixes = 1 + kLastPrefix - kFirstPrefix + 1;
inline constexpr uint32_t kCodes = 0x120;
inline constexpr uint16_t kNoOp = 0xffff;
extern const std::array<std::array<uint16_t, kCodes>, kPrefixes> kOpsByCode;

// Returns the instruction with this encoding, if there is one. `prefix` is 0 for codes of one byte.
inline std::optional<Op> findOpcode(uint8_t prefix, uint32_t code) {
  uint32_t row = prefix == 0 ? 0 : prefix < kFirstPrefix ? kPrefixes : 1u + prefix - kFirstPrefix;
  if (row >= kPrefixes || code >= kCodes || kOpsByCode[row][code] == kNoOp) return std::nullopt;
  return static_cast<Op>(kOpsByCode[row][code]);
}

}  // namespace wasm
