// The features of WebAssembly that are translated. An instruction is translated if its feature is;
// its family must then have an emitter, which the linker checks (emitters.h). checkTranslated
// refuses modules with other instructions.
#pragma once

#include <array>

#include "compiler/wasm/opcode.h"
#include "compiler/wasm/validate/required_features.h"

namespace codegen {

// The features whose instructions all have an emitter.
inline constexpr wasm::FeatureSet kTranslated{
    wasm::Feature::signExtension,    wasm::Feature::saturatingConversion,
    wasm::Feature::bulkMemory,       wasm::Feature::referenceTypes,
    wasm::Feature::multiValue,       wasm::Feature::mutableGlobals,
    wasm::Feature::extendedConst,    wasm::Feature::tailCall,
    wasm::Feature::typedReferences,  wasm::Feature::multiMemory,
    wasm::Feature::memory64,         wasm::Feature::simd,
    wasm::Feature::relaxedSimd,      wasm::Feature::wideArithmetic,
    wasm::Feature::customPageSizes,  wasm::Feature::gc,
    wasm::Feature::threads,          wasm::Feature::exceptions,
    wasm::Feature::legacyExceptions,
};

// By family: whether it has an instruction of a translated feature. A family may also have
// instructions of other features.
inline constexpr std::array<bool, wasm::kFamilyCount> kTranslatedFamilies = [] {
  std::array<bool, wasm::kFamilyCount> isTranslated{};
#define OP(id, prefix, code, text, immediate, signature, feature, family) \
  isTranslated[static_cast<size_t>(wasm::Family::family)] |=              \
      kTranslated.has(wasm::Feature::feature);
#include "compiler/wasm/opcodes.def"
#undef OP
  return isTranslated;
}();

}  // namespace codegen
