#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "loader/run/guest.h"
#include "loader/run/open_module.h"

namespace {

// Whoever starts us without standard streams must not have files land in their place.
void occupyStandardStreams() {
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest number that is free, which is `fd`.
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
  // A guest that writes to a closed pipe, or more to a file than is allowed, gets an errno.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  auto image = run::openModule(line->options);
  if (!image) {
    // Without a text, the compiler has told it already.
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
