// The link step of the compiler: object files in memory to one file in memory.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "compiler/codegen/target/object.h"
#include "compiler/codegen/target/target.h"
#include "compiler/link/link.h"
#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace driver {

// Links the objects of one module, and the object files `files`, for `target` with `threads`
// threads and returns the contents of the file, or an error with lld's messages. A shared object
// becomes an artifact by loader::sealArtifact(); a relocatable object is for another linker. Not
// thread-safe: like linker::run(), only one call at a time may run in a process.
base::Result<base::Bytes> linkObjects(std::span<const codegen::ObjectBytes> objects,
                                      linker::Kind kind, const codegen::Target& target,
                                      unsigned threads, const std::vector<std::string>& files = {});

}  // namespace driver
