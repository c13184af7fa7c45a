// The interface between crun and its handlers, as far as this handler uses it: facts of crun 1.8.1
// to 1.29. It has no version. crun has only appended functions since 1.8.1, so that a handler that
// ends with null pointers is one that later versions accept.
//
// crun's own structures are not described here. Their layout is that of generated code, which
// changes; the handler reads the container's configuration from its file instead (bundle.h).
#pragma once

namespace crun {

// crun's structures.
struct Container;
struct Context;
struct Configuration;

// An error, which crun frees with free(), and so its message.
struct ErrorRecord {
  int status;  // an errno that crun appends to the message, or 0
  char* message;
};

// When crun calls `configureContainer`: in the container's first process, which is root and has not
// left the host's root directory.
enum ConfigurePhase : int { kBeforeMounts = 1 };

// The functions of a handler. Those that return an int fail with a negative number, with `error`
// set. `cookie` is what `load` has set.
struct Handler {
  const char* name;     // selects the handler in the annotation run.oci.handler
  const char* feature;  // for `crun --version`
  const char* alias;    // another name
  // Called by `run`, `create`, `exec` and `update` in crun's own process.
  int (*load)(void** cookie, ErrorRecord** error);
  int (*unload)(void* cookie, ErrorRecord** error);
  // Called in the container's process, instead of execv(path, argv).
  int (*run)(void* cookie, Container* container, const char* path, char* const argv[]);
  int (*exec)(void* cookie, Container* container, const char* path, char* const argv[]);
  int (*configureContainer)(void* cookie, int phase, Context* context, Container* container,
                            const char* root, ErrorRecord** error);
  // Returns whether this handler is for a container that names none.
  int (*canHandleContainer)(Container* container, ErrorRecord** error);
  // Called by `run`, `create` and `update` after `load`, in crun's own process.
  int (*modifyConfiguration)(void* cookie, Context* context, Configuration* configuration,
                             ErrorRecord** error);
  // Since 1.27.1: closes descriptors before `run`, by default all that are not passed on.
  int (*closeDescriptors)(void* cookie, Container* container, int preserved, ErrorRecord** error);
  void* later[16];  // functions of later versions, which are null
};

}  // namespace crun

// Returns the handler. crun calls it after it has loaded this library.
extern "C" __attribute__((visibility("default"))) crun::Handler* run_oci_handler_get_handler();
