// Modules that a linker makes, or has made, a part of a program: object files and executables.
#pragma once

#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace llvm::object {
class ObjectFile;
}

namespace inspect {

// What a file tells of the module in it.
struct LinkedModule {
  abi::Arch arch;
  abi::LinkedNote note{};
  std::vector<abi::CpuNeeds> cpus{};  // of the variants of its code
  // The section of the descriptor, verified. Addresses of code and image in it are not to be used.
  base::Bytes section;

  // Returns the descriptor, at the start of the section.
  const abi::ModuleDescriptor& descriptor() const {
    return *reinterpret_cast<const abi::ModuleDescriptor*>(section.data());
  }
};

// Returns the module. Fails if there is none or several, or if it is for another ABI or damaged.
// The Error has no `where`.
base::Result<LinkedModule> findLinkedModule(const llvm::object::ObjectFile& file);

}  // namespace inspect
