#include "compiler/codegen/passes/loops/early_exit_vectorize.h"

#include <llvm/Analysis/TargetTransformInfo.h>
#include <llvm/IR/IRBuilder.h>

#include <vector>

#include "compiler/codegen/passes/loops/early_exit_loop.h"

namespace codegen {

using llvm::APInt;
using llvm::BasicBlock;
using llvm::dyn_cast;
using llvm::PHINode;
using llvm::Value;

namespace {

// Divides the pages of all machines that there is code for.
constexpr uint64_t kPageBytes = 4096;
// Wider vectors read more than most searches need.
constexpr uint64_t kMaxVectorBits = 256;
constexpr unsigned kMinLanes = 4;
// In a function. Where there are more they are copies that were inlined, of which each runs seldom.
constexpr size_t kMaxSearches = 8;
// Iterations that a loop over words makes by itself. Most matches end within them, and then looking
// further costs more than it saves.
constexpr uint64_t kOwnIterations = 2;
constexpr unsigned kWordBytes = 4;

// Computes for several iterations at once, or for another one, what a search loop computes.
class Lanes {
 public:
  // `count`: lanes of vectors; 0 for scalars.
  Lanes(const EarlyExitLoop& search, llvm::IRBuilder<>& builder, unsigned count)
      : search_(search), builder_(builder), count_(count) {}

  // The elements from `distance` bytes on behind those of the iteration.
  void load(Value* distance) {
    for (llvm::LoadInst* load : search_.loads()) {
      Value* from = builder_.CreateGEP(builder_.getInt8Ty(), load->getPointerOperand(), distance);
      auto* elements = builder_.CreateAlignedLoad(typeOf(load), from, llvm::Align(1));
      elements->setAAMetadata(load->getAAMetadata());
      values_[load] = elements;
    }
  }

  // What `phi` carries on to those that come after the iterations of `before`.
  void carry(PHINode* phi, Lanes& before) { values_[phi] = before.carriedOn(phi); }

  Value* carriedOn(PHINode* phi) {
    return of(phi->getIncomingValueForBlock(search_.loop().getLoopLatch()));
  }

  // Lanes that leave the loop, if none of its counters comes to its end.
  Value* leaving() {
    llvm::DenseMap<BasicBlock*, Value*> reaching;
    Value* none = splat(builder_.getFalse());
    Value* leaving = none;
    reaching[search_.blocks().front()] = splat(builder_.getTrue());
    for (BasicBlock* block : search_.blocks()) {
      auto* branch = llvm::cast<llvm::BranchInst>(block->getTerminator());
      for (unsigned i = 0; i < branch->getNumSuccessors(); ++i) {
        BasicBlock* next = branch->getSuccessor(i);
        if (next == search_.blocks().front()) continue;
        Value* taken = builder_.CreateAnd(reaching.lookup(block), taking(*branch, i));
        Value*& sum = search_.loop().contains(next) ? reaching[next] : leaving;
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

  Value* taking(llvm::BranchInst& branch, unsigned successor) {
    if (branch.isUnconditional()) return splat(builder_.getTrue());
    Value* condition = of(branch.getCondition());
    return successor == 0 ? condition : builder_.CreateNot(condition);
  }

  Value* of(Value* value) {
    if (search_.loop().isLoopInvariant(value)) return splat(value);
    if (auto* test = search_.counterTest(value)) return splat(builder_.getInt1(test->before));
    if (Value* known = values_.lookup(value)) return known;
    auto* scalar = llvm::cast<llvm::Instruction>(value);
    llvm::SmallVector<Value*, 3> operands;
    for (Value* operand : scalar->operands()) operands.push_back(of(operand));
    return values_[value] = create(*scalar, operands);
  }

  // Without what is only promised of iterations that get there.
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

  const EarlyExitLoop& search_;
  llvm::IRBuilder<>& builder_;
  unsigned count_;
  llvm::DenseMap<Value*, Value*> values_;
};

// Puts the blocks that skip iterations behind a loop's latch.
class Skipper {
 public:
  Skipper(const EarlyExitLoop& search, unsigned lanes)
      : search_(search),
        lanes_(lanes),
        latch_(search.loop().getLoopLatch()),
        header_(search.loop().getHeader()),
        preheader_(search.loop().getLoopPreheader()),
        start_(createBlock("start")),
        check_(createBlock("check")),
        probe_(createBlock("probe")),
        resume_(createBlock("resume")),
        builder_(start_) {}

  void insert() {
    findRoom();
    builder_.CreateBr(check_);
    createCheck();
    createProbe();
    createResume();
    BasicBlock* first = search_.elementBytes() < kWordBytes ? start_ : createWait();
    latch_->getTerminator()->replaceSuccessorWith(header_, first);
  }

 private:
  BasicBlock* createBlock(const char* name) const {
    return BasicBlock::Create(header_->getContext(), name, header_->getParent(), header_);
  }

  // How many iterations from the next one on the tests of counters let pass.
  void findRoom() {
    for (const auto& [value, test] : search_.counterTests()) {
      Value* passed = iterations(test);
      room_ = room_ == nullptr
                  ? passed
                  : builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, room_, passed);
    }
  }

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

  unsigned vectorBytes() const { return lanes_ * search_.elementBytes(); }

  Value* bytes(Value* elements) {
    return builder_.CreateMul(elements, builder_.getInt64(search_.elementBytes()));
  }

  // Whether all vectors are in pages of which the element before has been read.
  void createCheck() {
    builder_.SetInsertPoint(check_);
    skipped_ = builder_.CreatePHI(builder_.getInt64Ty(), 2, "skipped");
    skipped_->addIncoming(builder_.getInt64(0), start_);
    Value* isReadable = builder_.getTrue();
    Value* last =
        builder_.CreateAdd(bytes(skipped_), builder_.getInt64(search_.elementBytes() - 1));
    for (llvm::LoadInst* load : search_.loads()) {
      Value* start = builder_.CreatePtrToInt(load->getPointerOperand(), builder_.getInt64Ty());
      Value* offset = builder_.CreateAnd(builder_.CreateAdd(start, last), kPageBytes - 1);
      Value* fits = builder_.CreateICmpULT(offset, builder_.getInt64(kPageBytes - vectorBytes()));
      isReadable = builder_.CreateAnd(isReadable, fits);
    }
    builder_.CreateCondBr(isReadable, probe_, resume_);
  }

  void createProbe() {
    builder_.SetInsertPoint(probe_);
    Lanes before(search_, builder_, lanes_), lanes(search_, builder_, lanes_);
    lanes.load(builder_.CreateAdd(bytes(skipped_), builder_.getInt64(search_.elementBytes())));
    if (!search_.carried().empty()) before.load(bytes(skipped_));
    for (PHINode* phi : search_.carried()) lanes.carry(phi, before);
    Value* leaving = builder_.CreateBitCast(lanes.leaving(), builder_.getIntNTy(lanes_));
    Value* bits = builder_.CreateZExt(leaving, builder_.getInt64Ty());
    Value* sentinel = builder_.CreateOr(bits, builder_.getInt64(uint64_t{1} << lanes_));
    Value* staying = builder_.CreateIntrinsic(llvm::Intrinsic::cttz, {builder_.getInt64Ty()},
                                              {sentinel, builder_.getTrue()});
    if (room_ != nullptr) {
      Value* left = builder_.CreateSub(room_, skipped_);
      staying = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, staying, left);
    }
    probed_ = builder_.CreateNUWAdd(skipped_, staying);
    skipped_->addIncoming(probed_, probe_);
    Value* isAll = builder_.CreateICmpEQ(staying, builder_.getInt64(lanes_));
    builder_.CreateCondBr(isAll, check_, resume_);
  }

  void createResume() {
    builder_.SetInsertPoint(resume_);
    total_ = builder_.CreatePHI(builder_.getInt64Ty(), 2, "skipped");
    total_->addIncoming(skipped_, check_);
    total_->addIncoming(probed_, probe_);
    for (const auto& [phi, step] : search_.counters()) {
      setNext(*phi, advance(phi->getIncomingValueForBlock(latch_), step, total_));
    }
    Lanes last(search_, builder_, 0);
    if (!search_.carried().empty()) last.load(bytes(total_));
    for (PHINode* phi : search_.carried()) setNext(*phi, last.carriedOn(phi));
    builder_.CreateBr(header_);
  }

  // The block, behind the latch, that lets the loop make its first iterations by itself.
  BasicBlock* createWait() {
    builder_.SetInsertPoint(header_, header_->begin());
    PHINode* made = builder_.CreatePHI(builder_.getInt64Ty(), 2, "made");
    made->addIncoming(builder_.getInt64(0), preheader_);
    BasicBlock* wait = createBlock("wait");
    builder_.SetInsertPoint(wait);
    Value* next = builder_.CreateNUWAdd(made, builder_.getInt64(1));
    made->addIncoming(next, resume_);
    total_->addIncoming(builder_.getInt64(0), wait);
    Value* isOver = builder_.CreateICmpUGE(next, builder_.getInt64(kOwnIterations));
    builder_.CreateCondBr(isOver, start_, resume_);
    return wait;
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

  const EarlyExitLoop& search_;
  unsigned lanes_;
  BasicBlock* latch_;
  BasicBlock* header_;
  BasicBlock* preheader_;
  BasicBlock* start_;
  BasicBlock* check_;
  BasicBlock* probe_;
  BasicBlock* resume_;
  llvm::IRBuilder<> builder_;
  Value* room_ = nullptr;       // null where no counter ends the loop
  PHINode* skipped_ = nullptr;  // iterations, at `check`
  Value* probed_ = nullptr;     // those and what `probe` adds
  PHINode* total_ = nullptr;    // those at `resume`
};

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
    EarlyExitLoop search(*loop, loops, dominators, evolution);
    if (search.find() && bytes / search.elementBytes() >= kMinLanes) {
      found.push_back(std::move(search));
    }
  }
  if (found.size() > kMaxSearches) return llvm::PreservedAnalyses::all();
  for (const EarlyExitLoop& search : found) {
    Skipper(search, static_cast<unsigned>(bytes / search.elementBytes())).insert();
  }
  return found.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace codegen
