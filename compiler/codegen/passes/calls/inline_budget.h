// An InlineAdvisor that bounds the code that inlining adds.
//
// LLVM's inliner decides call by call. If small functions call each other in a cycle, each can take
// in copies of all the others, and code size grows exponentially. If one function calls many
// others, their loops become siblings in one function, where analyses take time quadratic in the
// number of loops, although each function was measured as cheap (tier.h).
//
// The advisor asks LLVM's default advisor and then refuses calls that exceed a budget: for each
// partition, in proportion to its own instructions, and for each function. Ordinary programs stay
// within the budget.
//
// See also: the inline-unit-growth and large-function-growth parameters of GCC.
#pragma once

#include <llvm/Analysis/InlineAdvisor.h>

namespace codegen {

// Returns the analysis that creates the advisor. The caller registers it with a
// ModuleAnalysisManager, where it takes the place of the default advisor.
llvm::PluginInlineAdvisorAnalysis inlineBudget();

}  // namespace codegen
