// The preparation of a container on the host: its module is compiled, or found in the cache of this
// node.
#pragma once

#include <optional>
#include <string>

#include "loader/crun/bundle.h"
#include "loader/crun/entry_point.h"
#include "runtime/base/file_content.h"

namespace crun {

// The compiled module of a container.
struct Prepared {
  FileIdentity source;
  base::FileContent artifact;
  std::string name;  // of the artifact, for messages
};

// Returns the compiled module of a container whose program is a WebAssembly module, and nothing for
// all other programs, as compiled modules and native programs can be opened in the container.
// Fails with a message for the user, who may be one that only sees what crun prints.
//
// Modules and artifacts are read, but none of the artifact's structure is: this is a process with
// all rights, and the module's author may have influenced what the compiler has written.
base::Result<std::optional<Prepared>> prepare(const Bundle& bundle);

}  // namespace crun
