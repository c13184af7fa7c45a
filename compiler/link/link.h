// Linking in the process, with lld: object files to one shared object or one relocatable object,
// all in memory. lld keeps global state: one call at a time in a process.
#pragma once

#include <string>
#include <vector>

#include "runtime/base/bytes.h"
#include "runtime/base/result.h"

namespace linker {

enum class Kind : uint8_t { SharedObject, Relocatable };

struct Request {
  Kind kind = Kind::SharedObject;
  std::string emulation;  // "elf_x86_64", "aarch64linux"
  std::vector<base::ByteView> inputs;
  unsigned threads = 1;
};

// What lld finds wrong is the error.
base::Result<base::Bytes> run(const Request& request);

// lld has LLVM install signal handlers that remove its output in a crash, once in a process. They
// pass signals on without the place of the fault; so where guests run in the same process, they
// must come before those of the runtime, which the first runtime::Store installs.
void installSignalHandlers();

}  // namespace linker
