// How unwind tables refer to the personality function.
//
// LLVM demands a personality function of functions with landing pads, and refers to it through a
// pointer in writable data, since in position-independent code it may be in another object. Ours is
// of no use to our unwinder. In an artifact it is the absolute symbol of value 0
// (ModuleBuilder::personality), so that tables can contain it as it is, and unwinders take it for
// none. GNU ld does not accept that, so a linked module has a function, and the pointer in data.
#pragma once

#include <llvm/CodeGen/MachineFunctionPass.h>

namespace codegen {

// Runs anywhere before code is printed. Changes no function: LLVM has no option for the encoding,
// which belongs to the object file and is initialized after all passes have been constructed.
class PersonalityEncoding : public llvm::MachineFunctionPass {
 public:
  PersonalityEncoding() : MachineFunctionPass(kId) {}
  llvm::StringRef getPassName() const override { return "wasm2obj personality encoding"; }
  bool runOnMachineFunction(llvm::MachineFunction& function) override;

 private:
  static char kId;
};

}  // namespace codegen
