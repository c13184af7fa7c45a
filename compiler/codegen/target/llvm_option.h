// Options of LLVM's command line that nothing else sets. They belong to the process.
#pragma once

#include <llvm/Support/CommandLine.h>

#include "runtime/base/check.h"

namespace codegen {

// As an initial value: the linker, which is of LLVM too, sets all options back to theirs.
template <class T>
void setLlvmOption(llvm::StringRef name, T value) {
  const auto& options = llvm::cl::getRegisteredOptions();
  auto found = options.find(name);
  CHECK(found != options.end());
  static_cast<llvm::cl::opt<T>*>(found->second)->setInitialValue(value);
}

}  // namespace codegen
