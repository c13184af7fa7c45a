// What the configuration of a container (config.json of the OCI runtime specification) says about
// its program.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/result.h"

namespace crun {

// A mount in the container, of a directory or file of the host or of another file system.
struct Mount {
  std::string source;       // absolute, or relative to the bundle; empty if it is no bind mount
  std::string destination;  // in the container, absolute
};

// A part of a configuration.
struct Bundle {
  std::string root;     // the container's root directory, absolute or relative to the bundle
  std::string program;  // the first word of the command line; empty if there is none
  std::string workingDirectory;  // in the container
  std::string searchPath;        // the container's variable PATH
  std::vector<Mount> mounts;
  // Annotations that select a handler; empty if they are absent.
  std::string handler;  // run.oci.handler
  std::string variant;  // module.wasm.image/variant
};

// Reads config.json in the working directory, which is the bundle when crun runs or creates a
// container.
base::Result<Bundle> readBundle();

// Returns whether the annotations of the container in the working directory's bundle ask for a
// handler of WebAssembly, by names that are not only ours. Returns false if there is no bundle, as
// when crun executes a program in a running container.
bool wantsWebAssembly();

}  // namespace crun
