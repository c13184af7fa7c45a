#include "compiler/codegen/lowering/vector_parts.h"

#include <gtest/gtest.h>
#include <llvm/IR/Constants.h>

namespace codegen {
namespace {

using Lanes = std::vector<uint64_t>;

// Constants are folded while they are built, so parts of them can be looked at.
class VectorParts : public testing::Test {
 protected:
  llvm::Constant* vector(llvm::ArrayRef<uint16_t> lanes) {
    return llvm::ConstantDataVector::get(context_, lanes);
  }
  static Lanes lanesOf(llvm::Value* value) {
    Lanes lanes;
    auto* vector = llvm::cast<llvm::ConstantDataVector>(value);
    for (unsigned i = 0; i < vector->getNumElements(); ++i) {
      lanes.push_back(vector->getElementAsInteger(i));
    }
    return lanes;
  }

  llvm::LLVMContext context_;
  llvm::IRBuilder<> ir_{context_};
  Target target_ = *Target::resolve({});
  Lowering build_{ir_, target_, false};
  llvm::Constant* first_ = vector({0, 1, 2, 3, 4, 5, 6, 7});
  llvm::Constant* second_ = vector({10, 11, 12, 13, 14, 15, 16, 17});
};

TEST_F(VectorParts, LanesOfAnotherWidthFillTheSameBits) {
  llvm::Type* words = first_->getType();
  llvm::FixedVectorType* wide = withWiderLanes(words);
  EXPECT_EQ(wide, llvm::FixedVectorType::get(ir_.getInt32Ty(), 4));
  EXPECT_EQ(withNarrowerLanes(words), llvm::FixedVectorType::get(ir_.getInt8Ty(), 16));
  EXPECT_EQ(withNarrowerLanes(wide), words);
}

TEST_F(VectorParts, Halves) {
  EXPECT_EQ(lanesOf(halfOf(build_, first_, Half::Low)), (Lanes{0, 1, 2, 3}));
  EXPECT_EQ(lanesOf(halfOf(build_, first_, Half::High)), (Lanes{4, 5, 6, 7}));
}

TEST_F(VectorParts, EverySecondLane) {
  EXPECT_EQ(lanesOf(evenLanes(build_, first_)), (Lanes{0, 2, 4, 6}));
  EXPECT_EQ(lanesOf(oddLanes(build_, first_)), (Lanes{1, 3, 5, 7}));
}

TEST_F(VectorParts, InterleavedHalves) {
  EXPECT_EQ(lanesOf(interleave(build_, first_, second_, Half::Low)),
            (Lanes{0, 10, 1, 11, 2, 12, 3, 13}));
  EXPECT_EQ(lanesOf(interleave(build_, first_, second_, Half::High)),
            (Lanes{4, 14, 5, 15, 6, 16, 7, 17}));
}

TEST_F(VectorParts, HalvesConcatenatedAreTheWhole) {
  EXPECT_EQ(
      concatenate(build_, halfOf(build_, first_, Half::Low), halfOf(build_, first_, Half::High)),
      first_);
}

}  // namespace
}  // namespace codegen
