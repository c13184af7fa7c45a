// The linker: lld as a library, for object files in memory. lld has global state, so only one call
// at a time may run in a process.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace linker {

// The kind of the output: an artifact; a relocatable object of all inputs, whose hidden symbols
// become local; or a static executable, which may be loaded at any address.
enum class Kind : uint8_t { SharedObject, Relocatable, Executable };

// The inputs and the options of one link.
struct Request {
  Kind kind = Kind::SharedObject;
  std::string emulation;               // the value of lld's -m: "elf_x86_64", "aarch64linux"
  std::vector<base::ByteView> inputs;  // object files, which must outlive the call
  std::vector<std::string> files;      // paths of more object files, which come first
  unsigned threads = 1;                // that lld may use
};

// Returns the contents of the linked file. Returns an error with lld's messages if linking fails,
// or with the system's message if a pipe or a file in memory cannot be created. Writes no file. May
// raise the process's soft limit of open files (RLIMIT_NOFILE).
base::Result<base::Bytes> run(const Request& request);

// Installs the signal handlers of LLVM, which remove lld's output in a crash. The first run()
// installs them otherwise; they are installed once in a process. They pass signals on without the
// address of a fault, so a process that also runs guests must call this function before it creates
// the first runtime::Store, which installs the handlers of the runtime on top of them.
void installSignalHandlers();

}  // namespace linker
