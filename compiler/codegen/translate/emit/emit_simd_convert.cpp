// Vector instructions that convert lanes between floats and integers (section 4.4.3).
#include "compiler/codegen/lowering/vector_convert.h"
#include "compiler/codegen/translate/builder/lanes.h"
#include "compiler/codegen/translate/emit/emitters.h"

namespace codegen::emit {
namespace {

constexpr wasm::LaneShape kF32x4{true, 4, 32};
constexpr wasm::LaneShape kF64x2{true, 2, 64};
constexpr wasm::LaneShape kI32x4{false, 4, 32};

// Pops a vector as lanes of the source type, which is the second one in the keyword, as in
// `i32x4.trunc_sat_f32x4_s`, and pushes the result of a lowering.
void convertLanes(FunctionBuilder& f, wasm::LaneShape from, UnaryLowering conversion) {
  pushLanes(f, conversion(f.lowering(), popLanes(f, lanes(f, from))));
}

}  // namespace

void simdTruncSatS(FunctionBuilder& f, const Inst&) { convertLanes(f, kF32x4, truncSatLanesS); }
void simdTruncSatU(FunctionBuilder& f, const Inst&) { convertLanes(f, kF32x4, truncSatLanesU); }
void simdTruncSatZeroS(FunctionBuilder& f, const Inst&) { convertLanes(f, kF64x2, truncSatZeroS); }
void simdTruncSatZeroU(FunctionBuilder& f, const Inst&) { convertLanes(f, kF64x2, truncSatZeroU); }
void relaxedTruncS(FunctionBuilder& f, const Inst&) { convertLanes(f, kF32x4, relaxedTruncationS); }
void relaxedTruncU(FunctionBuilder& f, const Inst&) { convertLanes(f, kF32x4, relaxedTruncationU); }

void relaxedTruncZeroS(FunctionBuilder& f, const Inst&) {
  convertLanes(f, kF64x2, relaxedTruncationZeroS);
}

void relaxedTruncZeroU(FunctionBuilder& f, const Inst&) {
  convertLanes(f, kF64x2, relaxedTruncationZeroU);
}

void simdConvertS(FunctionBuilder& f, const Inst&) { convertLanes(f, kI32x4, convertLanesS); }
void simdConvertU(FunctionBuilder& f, const Inst&) { convertLanes(f, kI32x4, convertLanesU); }
void simdConvertLowS(FunctionBuilder& f, const Inst&) { convertLanes(f, kI32x4, convertLowS); }
void simdConvertLowU(FunctionBuilder& f, const Inst&) { convertLanes(f, kI32x4, convertLowU); }
void simdDemoteZero(FunctionBuilder& f, const Inst&) { convertLanes(f, kF64x2, demoteZero); }
void simdPromoteLow(FunctionBuilder& f, const Inst&) { convertLanes(f, kF32x4, promoteLow); }

}  // namespace codegen::emit
