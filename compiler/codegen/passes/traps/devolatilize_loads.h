// Frees loads from the duty to trap that are in bounds if another load is.
//
// Of the fields of a structure, if the last can be loaded, all before it can: where p is the
// address of an element of a memory, and p[12] is loaded by a load that stays volatile, one of p[4]
// becomes an ordinary one, of which LLVM loads no more than is needed.
//
// That is for integers, of which parts are used. Of floating-point numbers LLVM would make vectors
// in straight-line code where only some could be released, which gains nothing: nbody 1.00 to 1.22.
//
// It is sound. What vouches for a load has been made before, or is made in any case, with nothing
// in between that could be seen: then the trap comes there instead. A memory never shrinks. An
// address of an element is a memory's base and an index that is not negative; so what comes before
// something that is in bounds, is.
//
// Worth: snappy 1.40 to 1.27 of native -O3.
#pragma once

#include <llvm/IR/PassManager.h>

namespace codegen {

class DevolatilizeLoads : public llvm::PassInfoMixin<DevolatilizeLoads> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace codegen
