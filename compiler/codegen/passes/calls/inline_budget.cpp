#include "compiler/codegen/passes/calls/inline_budget.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/DebugInfoMetadata.h>

namespace codegen {

namespace {

using llvm::CallBase;
using llvm::Function;
using llvm::FunctionAnalysisManager;
using llvm::InlineAdvice;
using llvm::Module;

// Constant terms of the budgets, in IR instructions. A partition may also grow by half of its size,
// and a function by its size.
constexpr uint64_t kPerPart = 2'000;
constexpr uint64_t kPerFunction = 3'000;

// The cost of each pair of sibling loops, in IR instructions (tier.cpp).
constexpr uint64_t kPerLoopBefore = 9;

// When a call inside a strongly connected component (SCC) of the call graph is inlined, the CGSCC
// pass manager visits the whole SCC again. Above this number of functions, each function costs as
// much as 0.4 instructions.
constexpr uint64_t kLargeScc = 256;

uint64_t sccCost(uint64_t functions) {
  return functions > kLargeScc ? (functions - kLargeScc) * 2 / 5 : 0;
}

// The largest number of inlined calls around a call that is inlined. Each level lengthens the
// `inlinedAt` chain of the debug locations that are compared.
constexpr uint64_t kMaxDepth = 16;
constexpr uint64_t kPerDepth = 2;  // cost of a level, in IR instructions

// Returns the number of inlined calls that `call` comes from.
uint64_t depthOf(const CallBase& call) {
  uint64_t depth = 0;
  for (const llvm::DILocation* at = call.getDebugLoc(); at != nullptr; at = at->getInlinedAt()) {
    ++depth;
  }
  return depth;
}

// The code that was inlined into a function.
struct Added {
  uint64_t before = 0;  // the function's instructions before inlining
  uint64_t instructions = 0;
  uint64_t loops = 0;
};

// Restricts LLVM's default advisor. Its decisions depend on the order of calls alone, so they are
// the same in each run.
class BoundedAdvisor final : public llvm::InlineAdvisor {
 public:
  BoundedAdvisor(Module& module, FunctionAnalysisManager& analyses,
                 const llvm::InlineParams& params, llvm::InlineContext context)
      : InlineAdvisor(module, analyses, context), default_(module, analyses, params, context) {
    uint64_t before = 0;
    for (const Function& function : module) before += function.getInstructionCount();
    budget_ = kPerPart + before / 2;
  }

 private:
  std::unique_ptr<InlineAdvice> getAdviceImpl(CallBase& call) override {
    std::unique_ptr<InlineAdvice> advice = default_.getAdvice(call);
    if (advice == nullptr || !advice->isInliningRecommended() || spend(call)) return advice;
    advice->recordUnattemptedInlining();
    return std::make_unique<InlineAdvice>(this, call, getCallerORE(call), false);
  }

  void onPassEntry(llvm::LazyCallGraph::SCC* scc) override {
    scc_.clear();
    if (scc == nullptr) return;
    for (const llvm::LazyCallGraph::Node& node : *scc) scc_.insert(&node.getFunction());
  }

  // Returns true and subtracts the cost of inlining `call` if the budgets allow it.
  bool spend(const CallBase& call) {
    uint64_t depth = depthOf(call);
    if (depth > kMaxDepth) return false;
    Function& callee = *call.getCalledFunction();
    Added& added = added_[call.getCaller()];
    if (added.before == 0) added.before = call.getCaller()->getInstructionCount();
    uint64_t instructions = callee.getInstructionCount();
    uint64_t loops = FAM.getResult<llvm::LoopAnalysis>(callee).getLoopsInPreorder().size();
    uint64_t cost = instructions + depth * kPerDepth + loops * added.loops * kPerLoopBefore;
    if (scc_.contains(&callee)) cost += sccCost(scc_.size());
    if (cost > budget_ || added.instructions + instructions > added.before + kPerFunction)
      return false;
    budget_ -= cost;
    added.instructions += instructions;
    added.loops += loops;
    return true;
  }

  llvm::DefaultInlineAdvisor default_;
  uint64_t budget_;                      // in IR instructions; what the partition has left
  llvm::DenseSet<const Function*> scc_;  // the functions of the current SCC
  llvm::DenseMap<const Function*, Added> added_;
};

}  // namespace

llvm::PluginInlineAdvisorAnalysis inlineBudget() {
  return {[](Module& module, FunctionAnalysisManager& analyses, llvm::InlineParams params,
             llvm::InlineContext context) -> llvm::InlineAdvisor* {
    return new BoundedAdvisor(module, analyses, params, context);
  }};
}

}  // namespace codegen
