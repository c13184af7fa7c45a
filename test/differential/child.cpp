#include "test/differential/child.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "runtime/base/check.h"

namespace differential {
namespace {

void writeAll(int file, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = ::write(file, text.data(), text.size());
    CHECK(written > 0);
    text.remove_prefix(static_cast<size_t>(written));
  }
}

std::string readAll(int file) {
  std::string text;
  char buffer[4096];
  ::lseek(file, 0, SEEK_SET);
  for (ssize_t count; (count = ::read(file, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<size_t>(count));
  }
  return text;
}

// Limits the processor time, which does not depend on other processes, and also the elapsed time,
// for code that sleeps. SIGXCPU comes at the soft limit, SIGKILL a second later.
void limitTime(unsigned seconds) {
  constexpr unsigned kPatience = 10;
  const rlimit limit{seconds, seconds + 1};
  CHECK(::setrlimit(RLIMIT_CPU, &limit) == 0);
  ::alarm(seconds * kPatience);
}

}  // namespace

Child::Child(const std::function<std::string()>& work, unsigned secondsToLive)
    : output_(::memfd_create("report", MFD_CLOEXEC)), secondsToLive_(secondsToLive) {
  CHECK(output_ >= 0);
  // Otherwise the child would print buffered output of the parent again.
  std::fflush(stdout);
  id_ = ::fork();
  CHECK(id_ >= 0);
  if (id_ != 0) return;
  limitTime(secondsToLive);
  writeAll(output_, work());
  // Exit handlers and destructors of static objects belong to the parent.
  ::_exit(0);
}

Report Child::report(int status) {
  Report report{readAll(output_), ""};
  ::close(output_);
  if (WIFSIGNALED(status)) {
    bool isOver = WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGALRM;
    report.accident = isOver ? fmt::format("did not end within {} s", secondsToLive_)
                             : fmt::format("crashed: {}", ::strsignal(WTERMSIG(status)));
  } else if (WEXITSTATUS(status) != 0) {
    report.accident = fmt::format("crashed: exit status {}", WEXITSTATUS(status));
  }
  return report;
}

Report runInChild(const std::function<std::string()>& work, unsigned secondsToLive) {
  Child child(work, secondsToLive);
  int status = 0;
  CHECK(::waitpid(child.id(), &status, 0) == child.id());
  return child.report(status);
}

}  // namespace differential
