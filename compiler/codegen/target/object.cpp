#include "compiler/codegen/target/object.h"

#include <llvm/IR/LegacyPassManager.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/codegen/target/library_functions.h"
#include "runtime/base/check.h"

namespace codegen {

ObjectBytes emitCode(llvm::Module& module, llvm::TargetMachine& machine, CodeFile kind) {
  ObjectBytes bytes;
  llvm::raw_svector_ostream out(bytes);
  llvm::legacy::PassManager passes;
  passes.add(new llvm::TargetLibraryInfoWrapperPass(noLibraryFunctions(module.getTargetTriple())));
  auto fileType = kind == CodeFile::Object ? llvm::CodeGenFileType::ObjectFile
                                           : llvm::CodeGenFileType::AssemblyFile;
  CHECK(!machine.addPassesToEmitFile(passes, out, nullptr, fileType));
  // LLVM would select instructions so only at -O0. It must be set behind addPassesToEmitFile().
  if (machine.getOptLevel() == llvm::CodeGenOptLevel::Less) machine.setFastISel(true);
  passes.run(module);
  return bytes;
}

}  // namespace codegen
