#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "loader/run/guest.h"
#include "loader/run/open_module.h"

namespace {

// Opens /dev/null for standard streams that are closed. Otherwise files that are opened later would
// have their descriptors, and the guest would read and write those.
void occupyStandardStreams() {
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // open() returns the lowest free descriptor, which is `fd`.
    if (::fcntl(fd, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != fd) std::abort();
  }
}

}  // namespace

int main(int argc, char** argv) {
  occupyStandardStreams();
  auto line = run::parseCommandLine(argc, argv);
  if (!line) {
    run::printError(line.error());
    std::fputs("Run 'wasmrun --help' for usage.\n", stderr);
    return run::kUsageError;
  }
  if (line->exitStatus) return *line->exitStatus;
  // A write to a closed pipe or beyond the limit of file sizes must not end the process: it fails
  // with an errno, which the guest receives.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  auto image = run::openModule(line->options);
  if (!image) {
    // The compiler has printed errors without a text.
    if (!image.error().text().empty()) run::printError(image.error());
    return run::kFailure;
  }
  int status = run::runGuest(line->options, std::move(*image));
  if (std::fflush(stdout) != 0) {
    run::printError({"standard output", "cannot be written"});
    return run::kFailure;
  }
  return status;
}
