// Links object files in memory, with lld as a library. lld has global state, so only one call at a
// time may run in a process.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace linker {

// The kind of the output: an artifact, or a relocatable object of all inputs.
enum class Kind : uint8_t { SharedObject, Relocatable };

// What to link and how.
struct Request {
  Kind kind = Kind::SharedObject;
  std::string emulation;               // lld's -m: "elf_x86_64", "aarch64linux"
  std::vector<base::ByteView> inputs;  // object files, which must outlive the call
  unsigned threads = 1;
};

// Returns the contents of the linked file, or an error with lld's messages.
base::Result<base::Bytes> run(const Request& request);

// Has LLVM install its signal handlers, which remove lld's output in a crash; otherwise the first
// run() does, once in a process. Since these handlers pass signals on without the address of a
// fault, a process that also runs guests must call this before it creates the first
// runtime::Store, which installs the handlers of the runtime.
void installSignalHandlers();

}  // namespace linker
