#include "compiler/codegen/cost/tier.h"

#include <gtest/gtest.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Verifier.h>

#include "compiler/codegen/passes/scalar/split_long_blocks.h"

namespace codegen {
namespace {

using llvm::BasicBlock;
using llvm::Value;

// Builds a function i32(i32) with one local, starting with the block behind its entry.
class Sample {
 public:
  Sample() : module_("sample", context_), builder_(context_) {
    llvm::Type* number = builder_.getInt32Ty();
    function_ = llvm::Function::Create(llvm::FunctionType::get(number, {number}, false),
                                       llvm::GlobalValue::ExternalLinkage, "f", module_);
    builder_.SetInsertPoint(newBlock());
    local_ = builder_.CreateAlloca(number);
    builder_.CreateStore(function_->getArg(0), local_);
    enter(newBlock());
  }

  BasicBlock* newBlock() { return BasicBlock::Create(context_, "", function_); }

  // Continues in `block`, after a branch to it.
  void enter(BasicBlock* block) {
    builder_.CreateBr(block);
    builder_.SetInsertPoint(block);
  }

  Value* get() { return builder_.CreateLoad(builder_.getInt32Ty(), local_); }
  void add(int number) {
    builder_.CreateStore(builder_.CreateAdd(get(), builder_.getInt32(number)), local_);
  }

  // Branches to `block` if the argument is `number`.
  void leaveIf(int number, BasicBlock* block) {
    BasicBlock* next = newBlock();
    Value* is = builder_.CreateICmpEQ(function_->getArg(0), builder_.getInt32(number));
    builder_.CreateCondBr(is, block, next);
    builder_.SetInsertPoint(next);
  }

  llvm::Function& finish() {
    builder_.CreateRet(get());
    EXPECT_FALSE(llvm::verifyFunction(*function_, &llvm::errs()));
    return *function_;
  }

  llvm::IRBuilder<>& builder() { return builder_; }

 private:
  llvm::LLVMContext context_;
  llvm::Module module_;
  llvm::IRBuilder<> builder_;
  llvm::Function* function_;
  llvm::AllocaInst* local_;
};

// Returns a function with a block of `count` predecessors, each with a different value of the
// local.
llvm::Function& withJoin(Sample& sample, int count) {
  BasicBlock* join = sample.newBlock();
  for (int i = 0; i < count; ++i) {
    sample.leaveIf(i, join);
    sample.add(i);
  }
  sample.enter(join);
  return sample.finish();
}

TEST(FunctionShape, CountsWaysToAPhiAndBranchesOnAValue) {
  Sample sample;
  FunctionShape shape = measureShape(withJoin(sample, 9));
  EXPECT_EQ(shape.joins, 10U * 10U);
  EXPECT_EQ(shape.chains, 1U);
  EXPECT_EQ(shape.conditions, 9U * 9U);
  EXPECT_EQ(shape.continues, 0U);
}

TEST(FunctionShape, ChainsAreOfPhisThatAreComputedFromOneAnother) {
  Sample sample;
  for (int i = 0; i < 3; ++i) {
    BasicBlock* join = sample.newBlock();
    sample.leaveIf(i, join);
    sample.add(1);
    sample.enter(join);
  }
  EXPECT_EQ(measureShape(sample.finish()).chains, 1U + 2U + 3U);
}

TEST(FunctionShape, LoopsInAChainCountFromTheFourthOn) {
  for (int loops : {3, 6}) {
    Sample sample;
    for (int i = 0; i < loops; ++i) {
      BasicBlock* loop = sample.newBlock();
      sample.enter(loop);
      sample.add(4);
      sample.leaveIf(i, loop);
    }
    EXPECT_EQ(measureShape(sample.finish()).loopChains, loops == 3 ? 0U : 1U + 2U + 3U);
  }
}

TEST(FunctionShape, CountsBlocksInAllLoopsAroundThem) {
  Sample sample;
  std::vector<BasicBlock*> headers;
  for (int i = 0; i < 3; ++i) {
    headers.push_back(sample.newBlock());
    sample.enter(headers.back());
  }
  // The last header branches back to itself; the blocks behind it to the outer ones.
  for (int i = 2; i >= 0; --i) sample.leaveIf(i, headers[i]);
  BasicBlock* other = sample.newBlock();
  sample.enter(other);
  sample.leaveIf(7, other);
  EXPECT_EQ(loopSteps(sample.finish()), 1U + 2U + 3U + 2U + 1U + 1U);
}

TEST(FunctionShape, CountsWaysRoundAndOutOfALoop) {
  Sample sample;
  BasicBlock* loop = sample.newBlock();
  BasicBlock* out = sample.newBlock();
  sample.enter(loop);
  sample.add(1);
  for (int i = 0; i < 4; ++i) {
    sample.leaveIf(i, loop);
    sample.leaveIf(i + 10, out);
  }
  sample.enter(out);
  FunctionShape shape = measureShape(sample.finish());
  EXPECT_EQ(shape.continues, 4U * 4U);
  EXPECT_EQ(shape.exits, 4U * 4U);  // the block behind the last exit is not part of the loop
}

TEST(FunctionShape, CountsDivisionsAndUsesOfOneValue) {
  Sample sample;
  Value* number = sample.get();
  Value* sum = number;
  for (int i = 0; i < 5; ++i) sum = sample.builder().CreateUDiv(sum, number);
  FunctionShape shape = measureShape(sample.finish());
  EXPECT_EQ(shape.divisions, 5U * 5U);
  EXPECT_GE(shape.uses, 6U * 6U);  // the first division uses it twice
}

uint64_t excessOfJoin(int branches) {
  constexpr uint64_t kBytesOfABranch = 12;
  Sample sample;
  return excessTime(withJoin(sample, branches), branches * kBytesOfABranch);
}

TEST(Tier, ExcessGrowsFasterThanTheFunction) {
  EXPECT_LT(excessOfJoin(40), 10'000'000U);
  EXPECT_GT(excessOfJoin(4000), 50 * excessOfJoin(400));
}

TEST(Tier, IsOptimizedWhereTheModuleIsLongEnoughForWhatItsFunctionsTake) {
  const std::vector<uint64_t> excess{500'000'000, 0, 700'000'000};
  using Tiers = std::vector<Tier>;
  EXPECT_EQ(chooseTiers(excess, 1 << 20), Tiers(3, Tier::Optimized));
  EXPECT_EQ(chooseTiers(excess, 40'000), (Tiers{Tier::Optimized, Tier::Optimized, Tier::Baseline}));
  EXPECT_EQ(chooseTiers(excess, 1000), (Tiers{Tier::Baseline, Tier::Optimized, Tier::Baseline}));
  EXPECT_EQ(chooseTiers({}, 0), Tiers());
}

TEST(FunctionShape, CountsSumsAndDifferencesComparedWithWhatTheyAreMadeOf) {
  Sample sample;
  Value* number = sample.get();
  llvm::IRBuilder<>& builder = sample.builder();
  Value* carry = nullptr;
  for (int i = 0; i < 4; ++i) {
    Value* addend = sample.get();
    carry = builder.CreateICmpULT(builder.CreateAdd(number, addend), number);
    builder.CreateStore(builder.CreateZExt(carry, builder.getInt32Ty()),
                        builder.CreateAlloca(builder.getInt32Ty()));
    builder.CreateSub(number, addend);
  }
  EXPECT_EQ(measureShape(sample.finish()).overflows, 4U * 4U);
}

// Successors of one switch, none of which dominates another.
TEST(FunctionShape, CountsBlocksThatComputeTheSameBesideEachOther) {
  Sample arms, sequence;
  BasicBlock* end = arms.newBlock();
  llvm::SwitchInst* choice = arms.builder().CreateSwitch(arms.get(), end);
  for (int i = 0; i < 10; ++i) {
    BasicBlock* arm = arms.newBlock();
    choice->addCase(arms.builder().getInt32(i), arm);
    arms.builder().SetInsertPoint(arm);
    arms.add(5);
    arms.builder().CreateBr(end);
  }
  arms.builder().SetInsertPoint(end);
  EXPECT_EQ(measureShape(arms.finish()).repetitions, 100);

  for (int i = 0; i < 10; ++i) {
    sequence.enter(sequence.newBlock());
    sequence.builder().CreateMul(sequence.get(), sequence.get());
  }
  EXPECT_EQ(measureShape(sequence.finish()).repetitions, 1);
}

TEST(Tier, AFunctionOfAFewBytesTakesMoreThanItsProportion) {
  Sample sample;
  constexpr uint64_t kBytes = 8;
  EXPECT_GT(excessTime(sample.finish(), kBytes), 500'000U);
  Sample same;
  EXPECT_LT(excessTime(same.finish(), 100), 1'000U);
}

TEST(Tier, ThunksAreOptimizedUnlessThereAreTooManyForTheCode) {
  EXPECT_EQ(tierForThunks(60, 0), Tier::Optimized);
  EXPECT_EQ(tierForThunks(600, 100'000), Tier::Optimized);
  EXPECT_EQ(tierForThunks(600, 1'000), Tier::Baseline);
}

TEST(ShortBlocks, KeepEveryInstructionInOrder) {
  Sample sample;
  for (int i = 0; i < 2000; ++i) sample.add(i);
  llvm::Function& function = sample.finish();
  size_t instructions = function.getInstructionCount();
  size_t blocks = function.size();
  splitLongBlocks(function);
  EXPECT_FALSE(llvm::verifyFunction(function, &llvm::errs()));
  EXPECT_GT(function.size(), blocks + 10);
  // Each split has added a branch.
  EXPECT_EQ(function.getInstructionCount(), instructions + function.size() - blocks);
  for (const BasicBlock& block : function) EXPECT_LT(block.size(), 300U);
}

}  // namespace
}  // namespace codegen
