// From object files in memory to a file: linking, and sealing what the loader shall take.
#pragma once

#include <span>
#include <string>

#include "compiler/codegen/object.h"
#include "compiler/codegen/target.h"
#include "compiler/link/link.h"
#include "runtime/base/result.h"

namespace driver {

// One call at a time in a process, as linker::run.
base::Result<void> linkObjects(std::span<const codegen::ObjectBytes> objects, linker::Kind kind,
                               const codegen::Target& target, unsigned threads,
                               const std::string& output);

// Makes the shared object at `path` an artifact. Only a shared object is one; an object file is for
// another linker.
base::Result<void> sealFile(const std::string& path);

}  // namespace driver
