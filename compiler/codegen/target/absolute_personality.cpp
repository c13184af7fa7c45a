#include "compiler/codegen/target/absolute_personality.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/CodeGen/MachineFunction.h>
#include <llvm/Target/TargetLoweringObjectFile.h>
#include <llvm/Target/TargetMachine.h>

namespace codegen {

char AbsolutePersonality::kId = 0;

namespace {

// The encoding is a protected member, which classes that are derived from this one may set.
struct Encodings : llvm::TargetLoweringObjectFile {
  static void setPersonality(llvm::TargetLoweringObjectFile& file, unsigned encoding) {
    file.*& Encodings::PersonalityEncoding = encoding;
  }
};

}  // namespace

bool AbsolutePersonality::runOnMachineFunction(llvm::MachineFunction& function) {
  Encodings::setPersonality(*function.getTarget().getObjFileLowering(),
                            llvm::dwarf::DW_EH_PE_absptr | llvm::dwarf::DW_EH_PE_udata4);
  return false;
}

}  // namespace codegen
