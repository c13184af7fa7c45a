#include "compiler/codegen/passes/scalar/mul_high_idiom.h"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/PatternMatch.h>
#include <llvm/Transforms/Utils/Local.h>

#include <array>

namespace codegen {

using llvm::Value;
using namespace llvm::PatternMatch;

namespace {

constexpr uint64_t kLowerHalf = UINT32_MAX;

// Returns true if `half` is the upper half of `whole`, which may be a constant.
bool isUpperHalf(Value* half, Value* whole) {
  if (auto* constant = llvm::dyn_cast<llvm::ConstantInt>(whole)) {
    return match(half, m_SpecificInt(constant->getZExtValue() >> 32));
  }
  return match(half, m_LShr(m_Specific(whole), m_SpecificInt(32)));
}

// Returns true if `half` is the lower half of `whole`, which may be a constant.
bool isLowerHalf(Value* half, Value* whole) {
  if (auto* constant = llvm::dyn_cast<llvm::ConstantInt>(whole)) {
    return match(half, m_SpecificInt(constant->getZExtValue() & kLowerHalf));
  }
  return match(half, m_And(m_Specific(whole), m_SpecificInt(kLowerHalf))) ||
         match(half, m_ZExt(m_Trunc(m_Specific(whole))));
}

// Matches `of` / M.
bool isUpperBits(Value* value, Value*& of) {
  return match(value, m_LShr(m_Value(of), m_SpecificInt(32)));
}

// Matches `of` % M.
bool isLowerBits(Value* value, Value* of) {
  return match(value, m_And(m_Specific(of), m_SpecificInt(kLowerHalf)));
}

struct Factors {
  Value* a;
  Value* b;
};

using HalfTest = bool (*)(Value* half, Value* whole);

// Returns true if `value` is the product of one half of a and one half of b, as given by the tests.
bool isProduct(Value* value, const Factors& factors, HalfTest halfOfA, HalfTest halfOfB) {
  Value *left, *right;
  if (!match(value, m_Mul(m_Value(left), m_Value(right)))) return false;
  return (halfOfA(left, factors.a) && halfOfB(right, factors.b)) ||
         (halfOfA(right, factors.a) && halfOfB(left, factors.b));
}

bool areCrossProducts(Value* one, Value* other, const Factors& factors) {
  auto isFirst = [&](Value* value) { return isProduct(value, factors, isUpperHalf, isLowerHalf); };
  auto isSecond = [&](Value* value) { return isProduct(value, factors, isLowerHalf, isUpperHalf); };
  return (isFirst(one) && isSecond(other)) || (isFirst(other) && isSecond(one));
}

bool isUpperOfLowProduct(Value* value, const Factors& factors) {
  Value* low;
  return isUpperBits(value, low) && isProduct(low, factors, isLowerHalf, isLowerHalf);
}

// Matches t = low / M + cross1, u = t % M + cross2.
bool isSequentialSum(Value* t, Value* u, const Factors& factors) {
  Value *low, *one, *rest, *other;
  if (!match(t, m_Add(m_Value(low), m_Value(one)))) return false;
  if (!match(u, m_Add(m_Value(rest), m_Value(other)))) return false;
  if (!isUpperOfLowProduct(low, factors)) std::swap(low, one);
  if (!isLowerBits(rest, t)) std::swap(rest, other);
  return isUpperOfLowProduct(low, factors) && isLowerBits(rest, t) &&
         areCrossProducts(one, other, factors);
}

// Matches u = low / M + t % M + cross2, where t is cross1.
bool isCommonSum(Value* t, Value* u, const Factors& factors) {
  Value *x, *y, *z;
  if (!match(u, m_c_Add(m_Add(m_Value(x), m_Value(y)), m_Value(z)))) return false;
  std::array<Value*, 3> terms{x, y, z};
  for (size_t i = 0; i < terms.size(); ++i) {
    for (size_t j = 0; j < terms.size(); ++j) {
      if (i != j && isUpperOfLowProduct(terms[i], factors) && isLowerBits(terms[j], t) &&
          areCrossProducts(t, terms[3 - i - j], factors)) {
        return true;
      }
    }
  }
  return false;
}

// Returns the lower half of a constant factor b. It is found in a cross product, which is a term of
// t or u: the product of the constant and the upper half of `a`.
std::optional<uint64_t> lowerHalfOfConstant(Value* a, Value* t, Value* u) {
  llvm::SmallVector<Value*, 6> terms;
  for (Value* sum : {t, u}) {
    Value *one, *other;
    terms.push_back(sum);
    if (match(sum, m_Add(m_Value(one), m_Value(other)))) terms.append({one, other});
  }
  for (Value* term : terms) {
    llvm::ConstantInt* low;
    auto upperOfA = m_LShr(m_Specific(a), m_SpecificInt(32));
    bool isCross = match(term, m_c_Mul(upperOfA, m_ConstantInt(low)));
    if (isCross && low->getZExtValue() <= kLowerHalf) return low->getZExtValue();
  }
  return std::nullopt;
}

// Returns the factors a and b, given the product `upper` of their upper halves.
std::optional<Factors> factorsOf(Value* upper, Value* t, Value* u) {
  Value *left, *right, *a, *b;
  if (!match(upper, m_Mul(m_Value(left), m_Value(right)))) return std::nullopt;
  if (!isUpperBits(left, a)) std::swap(left, right);
  if (!isUpperBits(left, a)) return std::nullopt;
  if (isUpperBits(right, b)) return Factors{a, b};
  auto* high = llvm::dyn_cast<llvm::ConstantInt>(right);
  std::optional<uint64_t> low = lowerHalfOfConstant(a, t, u);
  if (high == nullptr || high->getZExtValue() > kLowerHalf || !low) return std::nullopt;
  return Factors{a, llvm::ConstantInt::get(a->getType(), high->getZExtValue() << 32 | *low)};
}

// The upper half of a product, with the u from which the lower half may be computed.
struct UpperHalf {
  Factors factors;
  Value* u;
};

// Returns the product whose upper half is x + y + z, in any order.
std::optional<UpperHalf> matchTerms(Value* x, Value* y, Value* z) {
  std::array<Value*, 3> terms{x, y, z};
  for (size_t i = 0; i < terms.size(); ++i) {
    Value *t, *u;
    if (!isUpperBits(terms[(i + 1) % 3], t) || !isUpperBits(terms[(i + 2) % 3], u)) continue;
    std::optional<Factors> factors = factorsOf(terms[i], t, u);
    if (!factors) continue;
    if (isSequentialSum(t, u, *factors) || isCommonSum(t, u, *factors))
      return UpperHalf{*factors, u};
    if (isSequentialSum(u, t, *factors) || isCommonSum(u, t, *factors))
      return UpperHalf{*factors, t};
  }
  return std::nullopt;
}

std::optional<UpperHalf> matchUpperHalf(llvm::Instruction& sum) {
  Value *left, *right, *x, *y;
  if (!sum.getType()->isIntegerTy(64)) return std::nullopt;
  if (!match(&sum, m_Add(m_Value(left), m_Value(right)))) return std::nullopt;
  if (match(left, m_Add(m_Value(x), m_Value(y)))) {
    if (auto found = matchTerms(x, y, right)) return found;
  }
  if (match(right, m_Add(m_Value(x), m_Value(y)))) return matchTerms(x, y, left);
  return std::nullopt;
}

Value* createUpperHalf(llvm::Instruction& before, const Factors& factors) {
  llvm::IRBuilder<> builder(&before);
  llvm::Type* wide = builder.getInt128Ty();
  Value* a = builder.CreateZExt(factors.a, wide);
  Value* b = builder.CreateZExt(factors.b, wide);
  Value* product = builder.CreateNUWMul(a, b);
  return builder.CreateTrunc(builder.CreateLShr(product, 64), builder.getInt64Ty());
}

// Returns the instructions that compute the lower half, (u % M) M + low % M.
llvm::SmallVector<llvm::Instruction*, 1> lowerHalvesOf(const UpperHalf& upper) {
  llvm::SmallVector<llvm::Instruction*, 1> found;
  for (llvm::User* shifted : upper.u->users()) {
    if (!match(shifted, m_Shl(m_Specific(upper.u), m_SpecificInt(32)))) continue;
    for (llvm::User* user : shifted->users()) {
      Value* low;
      auto isOther = m_And(m_Value(low), m_SpecificInt(kLowerHalf));
      bool isJoined = match(user, m_c_Or(m_Specific(shifted), isOther)) ||
                      match(user, m_c_Add(m_Specific(shifted), isOther));
      if (isJoined && isProduct(low, upper.factors, isLowerHalf, isLowerHalf)) {
        found.push_back(llvm::cast<llvm::Instruction>(user));
      }
    }
  }
  return found;
}

}  // namespace

llvm::PreservedAnalyses MulHighIdiom::run(llvm::Function& function,
                                          llvm::FunctionAnalysisManager&) {
  llvm::SmallVector<llvm::WeakTrackingVH> replaced;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    std::optional<UpperHalf> upper = matchUpperHalf(instruction);
    if (!upper) continue;
    for (llvm::Instruction* lower : lowerHalvesOf(*upper)) {
      llvm::IRBuilder<> builder(lower);
      lower->replaceAllUsesWith(builder.CreateMul(upper->factors.a, upper->factors.b));
      replaced.push_back(lower);
    }
    instruction.replaceAllUsesWith(createUpperHalf(instruction, upper->factors));
    replaced.push_back(&instruction);
  }
  if (replaced.empty()) return llvm::PreservedAnalyses::all();
  llvm::RecursivelyDeleteTriviallyDeadInstructions(replaced);
  llvm::PreservedAnalyses preserved;
  preserved.preserveSet<llvm::CFGAnalyses>();
  return preserved;
}

}  // namespace codegen
