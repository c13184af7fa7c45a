// How much of a part's code may be copies that inlining made.
//
// LLVM decides call by call. Where small functions call one another in a cycle, each takes up all
// of the others: 5,000 functions of 25 bytes became more than ten gigabytes. And where one function
// calls many, loops that are harmless by themselves come to stand one behind the other, and were
// not measured so (effort.h). So what inlining adds is bounded: for a part, in proportion to its
// own code, and for each function. What is beyond is left a call. Programs do not get there: zstd,
// quickjs and zopfli come out the same with twice the budget.
#pragma once

#include <llvm/Analysis/InlineAdvisor.h>

namespace codegen {

// To be registered with the analyses of modules.
llvm::PluginInlineAdvisorAnalysis inlineBudget();

}  // namespace codegen
