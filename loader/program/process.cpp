#include "loader/program/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "loader/program/exit_codes.h"
#include "loader/program/program.h"

namespace program {

void occupyStandardStreams() {
  for (int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // open() returns the lowest free descriptor, which is `fd`.
    if (::fcntl(fd, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != fd) std::abort();
  }
}

void ignoreWriteSignals() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

int finishOutput(int status, const std::string& name) {
  if (std::fflush(stdout) == 0) return status;
  printError(name, {"standard output", "cannot be written"});
  return kFailure;
}

void leave(int status) {
#ifdef __SANITIZE_ADDRESS__
  std::exit(status);  // looks for memory that has leaked
#else
  std::_Exit(status);
#endif
}

}  // namespace program
