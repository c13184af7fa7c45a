#include "compiler/codegen/passes/whole_loads.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/Support/CommandLine.h>

#include "runtime/base/check.h"

namespace codegen {

using llvm::isa;

namespace {

// A constant operand may mask lanes, and a conversion or shuffle leave them out.
bool needsAllLanes(const llvm::User* user) {
  bool isLaneByLane = isa<llvm::BinaryOperator, llvm::CmpInst, llvm::IntrinsicInst>(user);
  bool hasConstant = llvm::any_of(user->operands(), [](const llvm::Use& operand) {
    return isa<llvm::Constant>(operand) && !isa<llvm::Function>(operand);
  });
  return (isLaneByLane && !hasConstant) || isa<llvm::StoreInst>(user);
}

bool isUsedWhole(const llvm::LoadInst& load) {
  return llvm::all_of(load.users(), [](const llvm::User* user) {
    return needsAllLanes(user) ||
           (isa<llvm::BitCastInst>(user) && llvm::all_of(user->users(), needsAllLanes));
  });
}

}  // namespace

// As an initial value: the linker, which is of LLVM too, sets all options back to theirs.
void KeepLoadsWhole::keepUnconditional() {
  const auto& options = llvm::cl::getRegisteredOptions();
  auto found = options.find("x86-cmov-converter-force-mem-operand");
  CHECK(found != options.end());
  static_cast<llvm::cl::opt<bool>*>(found->second)->setInitialValue(false);
}

llvm::PreservedAnalyses KeepLoadsWhole::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager&) {
  for (llvm::Instruction& instruction : llvm::make_early_inc_range(llvm::instructions(function))) {
    auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction);
    bool isVector = load != nullptr && load->isVolatile() && load->getType()->isVectorTy();
    if (!isVector || isUsedWhole(*load)) continue;
    auto* whole = new llvm::FreezeInst(load, "", std::next(load->getIterator()));
    load->replaceUsesWithIf(whole, [&](llvm::Use& use) { return use.getUser() != whole; });
  }
  return llvm::PreservedAnalyses::all();
}

}  // namespace codegen
