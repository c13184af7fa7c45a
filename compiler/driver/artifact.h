// From object files in memory to one.
#pragma once

#include <span>

#include "compiler/codegen/target/object.h"
#include "compiler/codegen/target/target.h"
#include "compiler/link/link.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace driver {

// A shared object becomes an artifact by loader::sealArtifact; an object file is for another
// linker. One call at a time in a process, as linker::run.
base::Result<base::Bytes> linkObjects(std::span<const codegen::ObjectBytes> objects,
                                      linker::Kind kind, const codegen::Target& target,
                                      unsigned threads);

}  // namespace driver
