#include "compiler/codegen/passes/dependent_bits.h"

#include <llvm/IR/Constants.h>
#include <llvm/IR/InstVisitor.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

namespace codegen {

using llvm::APInt;
using llvm::cast;
using llvm::Constant;
using llvm::dyn_cast;
using llvm::Instruction;
using llvm::Type;

namespace {

// A value as lanes of bits; what is not a vector has one.
struct Lanes {
  unsigned count;
  unsigned width;
  unsigned total() const { return count * width; }
};

Lanes lanesOf(const Type& type) {
  auto* vector = dyn_cast<llvm::FixedVectorType>(&type);
  unsigned width = type.getScalarType()->getPrimitiveSizeInBits().getFixedValue();
  return {vector == nullptr ? 1 : vector->getNumElements(), std::max(width, 1u)};
}

// The instruction that a use is an operand of, and the bits that are asked about.
class Transfer : public llvm::InstVisitor<Transfer, APInt> {
 public:
  Transfer(const llvm::Use& use, const APInt& bits)
      : use_(use),
        bits_(bits),
        from_(lanesOf(*use->getType())),
        to_(lanesOf(*use.getUser()->getType())) {}

  APInt visitInstruction(Instruction&) { return none(); }

  APInt visitBitCastInst(llvm::BitCastInst&) { return bits_; }
  APInt visitFreezeInst(llvm::FreezeInst&) { return bits_; }
  APInt visitZExtInst(llvm::ZExtInst&) { return resizedLanes(); }
  APInt visitSExtInst(llvm::SExtInst&) { return resizedLanes(); }
  APInt visitTruncInst(llvm::TruncInst&) { return resizedLanes(); }
  APInt visitCastInst(llvm::CastInst&) { return wholeLanes(); }
  APInt visitUnaryOperator(llvm::UnaryOperator&) { return wholeLanes(); }
  APInt visitCmpInst(llvm::CmpInst&) { return wholeLanes(); }
  APInt visitGetElementPtrInst(llvm::GetElementPtrInst&) { return all(); }
  APInt visitInsertValueInst(llvm::InsertValueInst&) { return isOperand(1) ? all() : none(); }
  APInt visitSelectInst(llvm::SelectInst&) { return isOperand(0) ? all() : none(); }

  APInt visitExtractElementInst(llvm::ExtractElementInst& extract) {
    auto* index = dyn_cast<llvm::ConstantInt>(extract.getIndexOperand());
    if (index == nullptr || index->getValue().uge(from_.count)) return none();
    return lane(index->getZExtValue());
  }

  APInt visitInsertElementInst(llvm::InsertElementInst& insert) {
    auto* index = dyn_cast<llvm::ConstantInt>(insert.getOperand(2));
    if (index == nullptr || index->getValue().uge(to_.count)) return none();
    unsigned first = index->getZExtValue() * to_.width;
    APInt result = isOperand(0) ? bits_ : none();
    result.insertBits(isOperand(1) ? bits_ : APInt::getZero(to_.width), first);
    return result;
  }

  APInt visitShuffleVectorInst(llvm::ShuffleVectorInst& shuffle) {
    int skipped = isOperand(1) ? static_cast<int>(from_.count) : 0;
    APInt result = none();
    for (unsigned i = 0; i < to_.count; ++i) {
      int source = shuffle.getMaskValue(i) - skipped;
      bool isFromOperand = source >= 0 && source < static_cast<int>(from_.count);
      if (isFromOperand) result.insertBits(lane(source), i * to_.width);
    }
    return result;
  }

  APInt visitBinaryOperator(llvm::BinaryOperator& operation) {
    llvm::Value* other = operation.getOperand(isOperand(0) ? 1 : 0);
    if (other == use_.get()) return none();
    if (operation.getType()->isFPOrFPVectorTy()) return isOrdinary(*other) ? wholeLanes() : none();
    const APInt* constant = splatConstant(*other);
    if (constant == nullptr && llvm::isa<Constant>(other)) return none();
    if (constant == nullptr && mayBeBranches(operation)) return none();
    switch (operation.getOpcode()) {
      case Instruction::And:
        return constant == nullptr ? bits_ : bits_ & eachLane(*constant);
      case Instruction::Or:
        return constant == nullptr ? bits_ : bits_ & ~eachLane(*constant);
      case Instruction::Xor:
        return bits_;
      case Instruction::Add:
      case Instruction::Sub:
        return upwards(bits_);
      case Instruction::Mul:
        return constant == nullptr ? upwards(bits_) : upwards(shifted(constant->countr_zero()));
      case Instruction::Shl:
        return constant == nullptr ? topBits() : shifted(constant->getLimitedValue(to_.width));
      case Instruction::LShr:
      case Instruction::AShr:
        if (constant == nullptr) return topBits();
        return shifted(-static_cast<int>(constant->getLimitedValue(to_.width)));
      case Instruction::URem:
      case Instruction::SRem:
        return constant == nullptr ? topBits() : none();
      default:  // division
        return wholeLanes();
    }
  }

  APInt visitIntrinsicInst(llvm::IntrinsicInst& intrinsic) {
    switch (intrinsic.getIntrinsicID()) {
      case llvm::Intrinsic::abs:
      case llvm::Intrinsic::ceil:
      case llvm::Intrinsic::ctpop:
      case llvm::Intrinsic::fabs:
      case llvm::Intrinsic::floor:
      case llvm::Intrinsic::fma:
      case llvm::Intrinsic::fmuladd:
      case llvm::Intrinsic::fptosi_sat:
      case llvm::Intrinsic::fptoui_sat:
      case llvm::Intrinsic::nearbyint:
      case llvm::Intrinsic::rint:
      case llvm::Intrinsic::roundeven:
      case llvm::Intrinsic::sqrt:
      case llvm::Intrinsic::trunc:
        return wholeLanes();
      case llvm::Intrinsic::smax:
      case llvm::Intrinsic::smin:
      case llvm::Intrinsic::umax:
      case llvm::Intrinsic::umin:
        return llvm::isa<Constant>(intrinsic.getArgOperand(isOperand(0) ? 1 : 0)) ? none()
                                                                                  : wholeLanes();
      case llvm::Intrinsic::copysign:
        return isOperand(0) ? wholeLanes() : none();
      case llvm::Intrinsic::fshl:
      case llvm::Intrinsic::fshr:
        return rotated(intrinsic);
      case llvm::Intrinsic::bswap:
        return from_.count == 1 ? bits_.byteSwap() : none();
      default:
        return none();
    }
  }

 private:
  // A branch on `a and b` may become one on `a` and another on `b`, and the back end move down to
  // the second what that alone needs.
  static bool mayBeBranches(const llvm::BinaryOperator& operation) {
    bool isChoice =
        operation.getOpcode() == Instruction::And || operation.getOpcode() == Instruction::Or;
    return isChoice && operation.getType()->isIntegerTy(1);
  }

  bool isOperand(unsigned number) const { return use_.getOperandNo() == number; }
  APInt none() const { return APInt::getZero(to_.total()); }
  APInt all() const { return APInt::getAllOnes(to_.total()); }
  APInt lane(unsigned index) const { return bits_.extractBits(from_.width, index * from_.width); }

  template <class Change>
  APInt laneByLane(Change change) const {
    if (from_.count != to_.count) return none();
    APInt result = none();
    for (unsigned i = 0; i < from_.count; ++i) result.insertBits(change(lane(i)), i * to_.width);
    return result;
  }

  APInt resizedLanes() const {
    return laneByLane([this](const APInt& bits) { return bits.zextOrTrunc(to_.width); });
  }

  // Any bit of an operand's lane may change all of the result's.
  APInt wholeLanes() const {
    return laneByLane([this](const APInt& bits) {
      return bits.isZero() ? APInt::getZero(to_.width) : APInt::getAllOnes(to_.width);
    });
  }

  // Of a shift by an unknown amount only the lane as a whole is sure to depend on the operand. The
  // top bit stands for that, as it is lost first.
  APInt topBits() const {
    return laneByLane(
        [this](const APInt& bits) { return bits.isZero() ? bits : APInt::getSignMask(to_.width); });
  }

  // With the bits above, which a carry reaches.
  APInt upwards(const APInt& bits) const {
    APInt result = none();
    for (unsigned i = 0; i < to_.count; ++i) {
      APInt lane = bits.extractBits(to_.width, i * to_.width);
      if (!lane.isZero()) lane.setBits(lane.countr_zero(), to_.width);
      result.insertBits(lane, i * to_.width);
    }
    return result;
  }

  APInt shifted(int amount) const {
    return laneByLane([amount](const APInt& bits) {
      return amount >= 0 ? bits.shl(amount) : bits.lshr(-amount);
    });
  }

  APInt rotated(llvm::IntrinsicInst& rotate) const {
    bool isRotate = rotate.getArgOperand(0) == rotate.getArgOperand(1);
    const APInt* amount = splatConstant(*rotate.getArgOperand(2));
    if (!isRotate || isOperand(2)) return none();
    if (amount == nullptr) return topBits();
    bool isLeft = rotate.getIntrinsicID() == llvm::Intrinsic::fshl;
    return laneByLane(
        [&](const APInt& bits) { return isLeft ? bits.rotl(*amount) : bits.rotr(*amount); });
  }

  // The integer that `value` has in all its lanes.
  static const APInt* splatConstant(const llvm::Value& value) {
    auto* constant = dyn_cast<Constant>(&value);
    if (constant != nullptr && constant->getType()->isVectorTy()) {
      constant = constant->getSplatValue();
    }
    auto* integer = llvm::dyn_cast_or_null<llvm::ConstantInt>(constant);
    return integer == nullptr ? nullptr : &integer->getValue();
  }

  // Whether the result of float arithmetic with `value` depends on the other operand: not with NaN.
  static bool isOrdinary(const llvm::Value& value) {
    auto* constant = dyn_cast<Constant>(&value);
    if (constant == nullptr) return true;
    if (constant->getType()->isVectorTy()) constant = constant->getSplatValue();
    auto* number = llvm::dyn_cast_or_null<llvm::ConstantFP>(constant);
    return number != nullptr && !number->isNaN();
  }

  APInt eachLane(const APInt& lane) const { return APInt::getSplat(to_.total(), lane); }

  const llvm::Use& use_;
  const APInt& bits_;
  Lanes from_;
  Lanes to_;
};

}  // namespace

APInt allBits(const Type& type) { return APInt::getAllOnes(lanesOf(type).total()); }

APInt dependentBits(const llvm::Use& use, const APInt& bits) {
  return Transfer(use, bits).visit(cast<Instruction>(use.getUser()));
}

}  // namespace codegen
