#include "compiler/codegen/passes/loops/early_exit_vectorize.h"

#include <llvm/Analysis/AssumptionCache.h>
#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/Transforms/Utils/LoopPeel.h>
#include <llvm/Transforms/Utils/LoopUtils.h>

#include <vector>

#include "compiler/codegen/passes/loops/early_exit_loop.h"

namespace codegen {

using llvm::APInt;
using llvm::BasicBlock;
using llvm::dyn_cast;
using llvm::PHINode;
using llvm::Value;

namespace {

// The smallest page size of all targets.
constexpr uint64_t kPageBytes = 4096;
// Wider vectors read more than most loops need.
constexpr uint64_t kMaxVectorBits = 256;
constexpr unsigned kMinLanes = 4;
// The largest number of early-exit loops in a function. If there are more, they are inlined copies,
// each of which is rarely executed.
constexpr size_t kMaxLoops = 8;
// The number of iterations that are peeled. Many loops end after one or two elements, and then the
// vectors and the registers that they need cost more than they save.
constexpr unsigned kPeeledIterations = 1;

// Computes the values of several consecutive iterations as vectors, or of one later iteration as
// scalars.
class Lanes {
 public:
  // `count`: the number of lanes; 0 for scalars.
  Lanes(const EarlyExitLoop& loop, llvm::IRBuilder<>& builder, unsigned count)
      : loop_(loop), builder_(builder), count_(count) {}

  // Loads the elements that follow those of the current iteration by `distance` bytes.
  void load(Value* distance) {
    for (llvm::LoadInst* load : loop_.loads()) {
      Value* from = builder_.CreateGEP(builder_.getInt8Ty(), load->getPointerOperand(), distance);
      auto* elements = builder_.CreateAlignedLoad(typeOf(load), from, llvm::Align(1));
      elements->setAAMetadata(load->getAAMetadata());
      values_[load] = elements;
    }
  }

  // Sets the value of the first-order recurrence `phi`, given the lanes of the iterations before.
  void carry(PHINode* phi, Lanes& before) { values_[phi] = before.carriedOn(phi); }

  // Returns the value of `phi` in the iterations that follow.

  Value* carriedOn(PHINode* phi) {
    return of(phi->getIncomingValueForBlock(loop_.loop().getLoopLatch()));
  }

  // Returns a mask of the lanes in which the loop exits, provided that no induction variable
  // reaches its limit. The conditions of blocks are combined along the edges of the loop body.
  Value* leaving() {
    llvm::DenseMap<BasicBlock*, Value*> reaching;
    Value* none = splat(builder_.getFalse());
    Value* leaving = none;
    reaching[loop_.blocks().front()] = splat(builder_.getTrue());
    for (BasicBlock* block : loop_.blocks()) {
      auto* branch = llvm::cast<llvm::BranchInst>(block->getTerminator());
      for (unsigned i = 0; i < branch->getNumSuccessors(); ++i) {
        BasicBlock* next = branch->getSuccessor(i);
        if (next == loop_.blocks().front()) continue;
        Value* taken = builder_.CreateAnd(reaching.lookup(block), taking(*branch, i));
        Value*& sum = loop_.loop().contains(next) ? reaching[next] : leaving;
        sum = sum == nullptr ? taken : builder_.CreateOr(sum, taken);
      }
    }
    return leaving;
  }

 private:
  Value* splat(Value* scalar) {
    return count_ == 0 ? scalar : builder_.CreateVectorSplat(count_, scalar);
  }

  llvm::Type* typeOf(const Value* scalar) const {
    llvm::Type* type = scalar->getType();
    return count_ == 0 ? type : llvm::FixedVectorType::get(type, count_);
  }

  // Returns a mask of the lanes that take the edge to `successor`.
  Value* taking(llvm::BranchInst& branch, unsigned successor) {
    if (branch.isUnconditional()) return splat(builder_.getTrue());
    Value* condition = of(branch.getCondition());
    return successor == 0 ? condition : builder_.CreateNot(condition);
  }

  // Returns the lanes of `value`.
  Value* of(Value* value) {
    if (loop_.loop().isLoopInvariant(value)) return splat(value);
    if (auto* test = loop_.counterTest(value)) return splat(builder_.getInt1(test->before));
    if (Value* known = values_.lookup(value)) return known;
    auto* scalar = llvm::cast<llvm::Instruction>(value);
    llvm::SmallVector<Value*, 3> operands;
    for (Value* operand : scalar->operands()) operands.push_back(of(operand));
    return values_[value] = create(*scalar, operands);
  }

  // Creates the operation without poison-generating flags, which hold only for iterations that the
  // loop reaches.
  Value* create(const llvm::Instruction& scalar, llvm::ArrayRef<Value*> operands) {
    if (auto* cast = dyn_cast<llvm::CastInst>(&scalar)) {
      return builder_.CreateCast(cast->getOpcode(), operands[0], typeOf(cast));
    }
    if (auto* comparison = dyn_cast<llvm::CmpInst>(&scalar)) {
      return builder_.CreateCmp(comparison->getPredicate(), operands[0], operands[1]);
    }
    if (llvm::isa<llvm::SelectInst>(scalar)) {
      return builder_.CreateSelect(operands[0], operands[1], operands[2]);
    }
    if (llvm::isa<llvm::FreezeInst>(scalar)) return builder_.CreateFreeze(operands[0]);
    return builder_.CreateBinOp(llvm::cast<llvm::BinaryOperator>(scalar).getOpcode(), operands[0],
                                operands[1]);
  }

  const EarlyExitLoop& loop_;
  llvm::IRBuilder<>& builder_;
  unsigned count_;
  llvm::DenseMap<Value*, Value*> values_;
};

// Inserts the blocks that skip iterations between the latch and the header of a loop.
class VectorSkip {
 public:
  VectorSkip(const EarlyExitLoop& loop, unsigned lanes)
      : loop_(loop),
        lanes_(lanes),
        latch_(loop.loop().getLoopLatch()),
        header_(loop.loop().getHeader()),
        start_(createBlock("start")),
        check_(createBlock("check")),
        probe_(createBlock("probe")),
        resume_(createBlock("resume")),
        builder_(start_) {}

  void insert() {
    createRemaining();
    builder_.CreateBr(check_);
    createCheck();
    createProbe();
    createResume();
    latch_->getTerminator()->replaceSuccessorWith(header_, start_);
  }

 private:
  BasicBlock* createBlock(const char* name) const {
    return BasicBlock::Create(header_->getContext(), name, header_->getParent(), header_);
  }

  // Computes the number of iterations, from the next one on, in which all tests of induction
  // variables let the loop continue.
  void createRemaining() {
    for (const auto& [value, test] : loop_.counterTests()) {
      Value* passed = iterations(test);
      remaining_ = remaining_ == nullptr
                       ? passed
                       : builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, remaining_, passed);
    }
  }

  // Returns the number of iterations from the next one on before `test` changes. A test for
  // equality of which the counter steps over its limit is rounded down, which is safe.
  Value* iterations(const CounterTest& test) {
    llvm::Type* type = test.counter->getType();
    Value* next = builder_.CreateAdd(test.counter, llvm::ConstantInt::get(type, test.step));
    Value* low = test.step.isNegative() ? test.limit : next;
    Value* high = test.step.isNegative() ? next : test.limit;
    Value* distance;
    if (test.isEquality) {
      distance = builder_.CreateSub(high, low);
    } else if (test.isSigned) {
      Value* apart = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::ssub_sat, high, low);
      distance = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::smax, apart,
                                                llvm::ConstantInt::get(type, 0));
    } else {
      distance = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::usub_sat, high, low);
    }
    Value* count = builder_.CreateUDiv(distance, llvm::ConstantInt::get(type, test.step.abs()));
    return builder_.CreateZExt(count, builder_.getInt64Ty());
  }

  unsigned vectorBytes() const { return lanes_ * loop_.elementBytes(); }

  Value* bytes(Value* elements) {
    return builder_.CreateMul(elements, builder_.getInt64(loop_.elementBytes()));
  }

  // Tests whether each vector is in one page with the element before it, which has been loaded.
  void createCheck() {
    builder_.SetInsertPoint(check_);
    skipped_ = builder_.CreatePHI(builder_.getInt64Ty(), 2, "skipped");
    skipped_->addIncoming(builder_.getInt64(0), start_);
    Value* isReadable = builder_.getTrue();
    Value* last = builder_.CreateAdd(bytes(skipped_), builder_.getInt64(loop_.elementBytes() - 1));
    for (llvm::LoadInst* load : loop_.loads()) {
      Value* start = builder_.CreatePtrToInt(load->getPointerOperand(), builder_.getInt64Ty());
      Value* offset = builder_.CreateAnd(builder_.CreateAdd(start, last), kPageBytes - 1);
      Value* fits = builder_.CreateICmpULT(offset, builder_.getInt64(kPageBytes - vectorBytes()));
      isReadable = builder_.CreateAnd(isReadable, fits);
    }
    builder_.CreateCondBr(isReadable, probe_, resume_);
  }

  // Loads the vectors and counts the lanes before the first one that exits.
  void createProbe() {
    builder_.SetInsertPoint(probe_);
    Lanes before(loop_, builder_, lanes_), lanes(loop_, builder_, lanes_);
    lanes.load(builder_.CreateAdd(bytes(skipped_), builder_.getInt64(loop_.elementBytes())));
    if (!loop_.carried().empty()) before.load(bytes(skipped_));
    for (PHINode* phi : loop_.carried()) lanes.carry(phi, before);
    Value* leaving = builder_.CreateBitCast(lanes.leaving(), builder_.getIntNTy(lanes_));
    Value* bits = builder_.CreateZExt(leaving, builder_.getInt64Ty());
    Value* sentinel = builder_.CreateOr(bits, builder_.getInt64(uint64_t{1} << lanes_));
    Value* staying = builder_.CreateIntrinsic(llvm::Intrinsic::cttz, {builder_.getInt64Ty()},
                                              {sentinel, builder_.getTrue()});
    if (remaining_ != nullptr) {
      Value* left = builder_.CreateSub(remaining_, skipped_);
      staying = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, staying, left);
    }
    probed_ = builder_.CreateNUWAdd(skipped_, staying);
    skipped_->addIncoming(probed_, probe_);
    Value* isAll = builder_.CreateICmpEQ(staying, builder_.getInt64(lanes_));
    builder_.CreateCondBr(isAll, check_, resume_);
  }

  // Advances the loop-carried values by the skipped iterations and branches to the header.
  void createResume() {
    builder_.SetInsertPoint(resume_);
    total_ = builder_.CreatePHI(builder_.getInt64Ty(), 2, "skipped");
    total_->addIncoming(skipped_, check_);
    total_->addIncoming(probed_, probe_);
    for (const auto& [phi, step] : loop_.counters()) {
      setNext(*phi, advance(phi->getIncomingValueForBlock(latch_), step, total_));
    }
    Lanes last(loop_, builder_, 0);
    if (!loop_.carried().empty()) last.load(bytes(total_));
    for (PHINode* phi : loop_.carried()) setNext(*phi, last.carriedOn(phi));
    builder_.CreateBr(header_);
  }

  void setNext(PHINode& phi, Value* value) {
    phi.setIncomingValueForBlock(latch_, value);
    phi.replaceIncomingBlockWith(latch_, resume_);
  }

  Value* advance(Value* value, const APInt& step, Value* iterations) {
    if (value->getType()->isPointerTy()) {
      Value* bytes = builder_.CreateMul(iterations, builder_.getInt(step));
      return builder_.CreateGEP(builder_.getInt8Ty(), value, bytes);
    }
    llvm::Type* type = value->getType();
    Value* count = builder_.CreateZExtOrTrunc(iterations, type);
    Value* distance = builder_.CreateMul(count, llvm::ConstantInt::get(type, step));
    return builder_.CreateAdd(value, distance);
  }

  const EarlyExitLoop& loop_;
  unsigned lanes_;
  BasicBlock* latch_;
  BasicBlock* header_;
  BasicBlock* start_;
  BasicBlock* check_;
  BasicBlock* probe_;
  BasicBlock* resume_;
  llvm::IRBuilder<> builder_;
  Value* remaining_ = nullptr;  // iterations; null if no induction variable ends the loop
  PHINode* skipped_ = nullptr;  // skipped iterations at `check`
  Value* probed_ = nullptr;     // skipped iterations at the end of `probe`
  PHINode* total_ = nullptr;    // skipped iterations at `resume`
};

// Peels the first iterations of `loop`. Preserves the analyses.
void peel(llvm::Loop& loop, llvm::Function& function, llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  auto& assumptions = analyses.getResult<llvm::AssumptionAnalysis>(function);
  llvm::formLCSSA(loop, dominators, &loops, &evolution);
  llvm::ValueToValueMapTy copies;
  llvm::peelLoop(&loop, kPeeledIterations, /*PeelLast=*/false, &loops, &evolution, dominators,
                 &assumptions, /*PreserveLCSSA=*/true, copies);
}

}  // namespace

llvm::PreservedAnalyses EarlyExitVectorize::run(llvm::Function& function,
                                                llvm::FunctionAnalysisManager& analyses) {
  auto& loops = analyses.getResult<llvm::LoopAnalysis>(function);
  if (loops.empty()) return llvm::PreservedAnalyses::all();
  auto& target = analyses.getResult<llvm::TargetIRAnalysis>(function);
  uint64_t bits = target.getRegisterBitWidth(llvm::TargetTransformInfo::RGK_FixedWidthVector);
  uint64_t bytes = std::min(bits, kMaxVectorBits) / 8;
  auto& dominators = analyses.getResult<llvm::DominatorTreeAnalysis>(function);
  auto& evolution = analyses.getResult<llvm::ScalarEvolutionAnalysis>(function);
  std::vector<EarlyExitLoop> found;
  for (llvm::Loop* loop : loops.getLoopsInPreorder()) {
    if (!loop->isLoopSimplifyForm()) continue;
    EarlyExitLoop candidate(*loop, loops, dominators, evolution);
    if (candidate.find() && bytes / candidate.elementBytes() >= kMinLanes && canPeel(loop)) {
      found.push_back(std::move(candidate));
    }
  }
  if (found.size() > kMaxLoops) return llvm::PreservedAnalyses::all();
  // Peeling needs the analyses, which VectorSkip does not update.
  for (const EarlyExitLoop& loop : found) peel(loop.loop(), function, analyses);
  for (const EarlyExitLoop& loop : found) {
    VectorSkip(loop, static_cast<unsigned>(bytes / loop.elementBytes())).insert();
  }
  return found.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
