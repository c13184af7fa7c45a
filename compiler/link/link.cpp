#include "compiler/link/link.h"

#include <fmt/format.h>
#include <lld/Common/Driver.h>
#include <llvm/Support/Signals.h>
#include <llvm/Support/raw_ostream.h>

#include <vector>

LLD_HAS_DRIVER(elf)

namespace linker {
namespace {

// An artifact exports one symbol (all others are hidden), needs no other library, and keeps code,
// read-only data and what is sealed after relocation on pages of their own.
constexpr const char* kSharedOptions[] = {
    "-shared",
    "-z",
    "separate-code",
    "-z",
    "relro",
    "-z",
    "now",
    "-z",
    "noexecstack",
    "-z",
    "defs",
    "-z",
    "text",
    "--hash-style=gnu",
    "--eh-frame-hdr",
    "--strip-debug",
    "--build-id=none",
};

constexpr const char* kRelocatableOptions[] = {"-r", "--strip-debug"};

}  // namespace

base::Result<void> run(const Request& request) {
  std::vector<std::string> words{"ld.lld",          "-m",
                                 request.emulation, "-o",
                                 request.output,    fmt::format("--threads={}", request.threads)};
  if (request.kind == Kind::SharedObject) {
    words.insert(words.end(), std::begin(kSharedOptions), std::end(kSharedOptions));
  } else {
    words.insert(words.end(), std::begin(kRelocatableOptions), std::end(kRelocatableOptions));
  }
  words.insert(words.end(), request.inputs.begin(), request.inputs.end());

  std::vector<const char*> args;
  for (const std::string& word : words) args.push_back(word.c_str());
  std::string messages;
  llvm::raw_string_ostream out(messages);
  lld::Result result = lld::lldMain(args, out, out, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode != 0) return base::Error{"lld", out.str()};
  return {};
}

// Of the functions that have LLVM install its handlers, this one does nothing else.
void installSignalHandlers() { llvm::sys::SetInfoSignalFunction(nullptr); }

}  // namespace linker
