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

// Instructions that may be added in any case: to a part besides half of its own, to a function
// besides as many as it has.
constexpr uint64_t kPerPart = 2'000;
constexpr uint64_t kPerFunction = 3'000;

// A loop behind another takes as long as so many instructions: 130 microseconds (effort.cpp).
constexpr uint64_t kPerLoopBefore = 9;

// Where a call inside of a cycle of many functions goes, LLVM looks at all of the cycle anew, which
// takes as long for each of them as 0.4 instructions.
constexpr uint64_t kLargeCycle = 256;

uint64_t costOfCycle(uint64_t functions) {
  return functions > kLargeCycle ? (functions - kLargeCycle) * 2 / 5 : 0;
}

// How many inlined calls may be around one that is to be inlined: lines are told apart by all of
// them, in time that grows with each.
constexpr uint64_t kMaxDepth = 16;
constexpr uint64_t kPerDepth = 2;  // in instructions

uint64_t depthOf(const CallBase& call) {
  uint64_t depth = 0;
  for (const llvm::DILocation* at = call.getDebugLoc(); at != nullptr; at = at->getInlinedAt()) {
    ++depth;
  }
  return depth;
}

// What has been inlined into a function.
struct Added {
  uint64_t own = 0;  // its instructions before
  uint64_t instructions = 0;
  uint64_t loops = 0;
};

class BoundedAdvisor final : public llvm::InlineAdvisor {
 public:
  BoundedAdvisor(Module& module, FunctionAnalysisManager& analyses,
                 const llvm::InlineParams& params, llvm::InlineContext context)
      : InlineAdvisor(module, analyses, context), usual_(module, analyses, params, context) {
    uint64_t own = 0;
    for (const Function& function : module) own += function.getInstructionCount();
    left_ = kPerPart + own / 2;
  }

 private:
  std::unique_ptr<InlineAdvice> getAdviceImpl(CallBase& call) override {
    std::unique_ptr<InlineAdvice> advice = usual_.getAdvice(call);
    if (advice == nullptr || !advice->isInliningRecommended() || spend(call)) return advice;
    advice->recordUnattemptedInlining();
    return std::make_unique<InlineAdvice>(this, call, getCallerORE(call), false);
  }

  void onPassEntry(llvm::LazyCallGraph::SCC* cycle) override {
    cycle_.clear();
    if (cycle == nullptr) return;
    for (const llvm::LazyCallGraph::Node& node : *cycle) cycle_.insert(&node.getFunction());
  }

  // Whether there is enough left for a copy of what is called.
  bool spend(const CallBase& call) {
    uint64_t depth = depthOf(call);
    if (depth > kMaxDepth) return false;
    Function& callee = *call.getCalledFunction();
    Added& added = added_[call.getCaller()];
    if (added.own == 0) added.own = call.getCaller()->getInstructionCount();
    uint64_t instructions = callee.getInstructionCount();
    uint64_t loops = FAM.getResult<llvm::LoopAnalysis>(callee).getLoopsInPreorder().size();
    uint64_t cost = instructions + depth * kPerDepth + loops * added.loops * kPerLoopBefore;
    if (cycle_.contains(&callee)) cost += costOfCycle(cycle_.size());
    if (cost > left_ || added.instructions + instructions > added.own + kPerFunction) return false;
    left_ -= cost;
    added.instructions += instructions;
    added.loops += loops;
    return true;
  }

  llvm::DefaultInlineAdvisor usual_;
  uint64_t left_;
  llvm::DenseSet<const Function*> cycle_;  // the functions at work, which call each other
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
