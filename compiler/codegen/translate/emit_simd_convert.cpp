// Vector conversions (section 4.4.3).
#include "compiler/codegen/lowering/vector_convert.h"
#include "compiler/codegen/translate/function_emitter.h"

namespace codegen {

namespace {

constexpr wasm::LaneShape kF32x4{true, 4, 32};
constexpr wasm::LaneShape kF64x2{true, 2, 64};
constexpr wasm::LaneShape kI32x4{false, 4, 32};

}  // namespace

void FunctionEmitter::convertLanes(wasm::LaneShape from, UnaryLowering conversion) {
  pushLanes(conversion(lowering(), popLanes(lanes(from))));
}

void FunctionEmitter::simdTruncSatS(const Inst&) { convertLanes(kF32x4, truncSatLanesS); }
void FunctionEmitter::simdTruncSatU(const Inst&) { convertLanes(kF32x4, truncSatLanesU); }
void FunctionEmitter::simdTruncSatZeroS(const Inst&) { convertLanes(kF64x2, truncSatZeroS); }
void FunctionEmitter::simdTruncSatZeroU(const Inst&) { convertLanes(kF64x2, truncSatZeroU); }
void FunctionEmitter::relaxedTruncS(const Inst&) { convertLanes(kF32x4, relaxedTruncationS); }
void FunctionEmitter::relaxedTruncU(const Inst&) { convertLanes(kF32x4, relaxedTruncationU); }
void FunctionEmitter::relaxedTruncZeroS(const Inst&) {
  convertLanes(kF64x2, relaxedTruncationZeroS);
}
void FunctionEmitter::relaxedTruncZeroU(const Inst&) {
  convertLanes(kF64x2, relaxedTruncationZeroU);
}
void FunctionEmitter::simdConvertS(const Inst&) { convertLanes(kI32x4, convertLanesS); }
void FunctionEmitter::simdConvertU(const Inst&) { convertLanes(kI32x4, convertLanesU); }
void FunctionEmitter::simdConvertLowS(const Inst&) { convertLanes(kI32x4, convertLowS); }
void FunctionEmitter::simdConvertLowU(const Inst&) { convertLanes(kI32x4, convertLowU); }
void FunctionEmitter::simdDemoteZero(const Inst&) { convertLanes(kF64x2, demoteZero); }
void FunctionEmitter::simdPromoteLow(const Inst&) { convertLanes(kF32x4, promoteLow); }

}  // namespace codegen
