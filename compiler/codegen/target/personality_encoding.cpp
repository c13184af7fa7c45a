#include "compiler/codegen/target/personality_encoding.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/CodeGen/MachineFunction.h>
#include <llvm/IR/Function.h>
#include <llvm/Target/TargetLoweringObjectFile.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

char PersonalityEncoding::kId = 0;

namespace {

// The encoding is a protected member, which classes that are derived from this one may set.
struct Encodings : llvm::TargetLoweringObjectFile {
  static void setPersonality(llvm::TargetLoweringObjectFile& file, unsigned encoding) {
    file.*& Encodings::PersonalityEncoding = encoding;
  }
};

}  // namespace

bool PersonalityEncoding::runOnMachineFunction(llvm::MachineFunction& function) {
  const llvm::Function& code = function.getFunction();
  if (!code.hasPersonalityFn()) return false;
  // The function of a linked module is hidden (ModuleBuilder::personality).
  if (llvm::cast<llvm::Function>(code.getPersonalityFn())->hasHiddenVisibility()) return false;
  Encodings::setPersonality(*function.getTarget().getObjFileLowering(),
                            llvm::dwarf::DW_EH_PE_absptr | llvm::dwarf::DW_EH_PE_udata4);
  return false;
}

}  // namespace codegen
