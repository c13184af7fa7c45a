#include "runtime/trap/signals.h"

#include <cerrno>
#include <iterator>

#include "runtime/arch/trap_instruction.h"
#include "runtime/base/check.h"

namespace runtime {
namespace {

constexpr int kSignals[] = {SIGSEGV, SIGBUS, kTrapSignal};
// These are written only before the signal handler is installed, so that it may read them.
FaultHandler faultHandler = nullptr;
struct sigaction previousActions[std::size(kSignals)];  // parallel to kSignals

const struct sigaction& previousAction(int signal) {
  size_t index = 0;
  while (kSignals[index] != signal) ++index;
  return previousActions[index];
}

// Does what the action that was installed before would have done.
void passOn(int signal, siginfo_t* info, void* context) {
  const struct sigaction& previous = previousAction(signal);
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(signal, info, context);
    return;
  }
  // A fault cannot be ignored: the instruction would fault again forever.
  bool isFault = info->si_code > 0;
  bool isIgnored = previous.sa_handler == SIG_IGN;
  if (isIgnored && !isFault) return;
  if (previous.sa_handler != SIG_DFL && !isIgnored) {
    previous.sa_handler(signal);
    return;
  }
  // The default action, which ends the process. A fault occurs again when the handler returns, so
  // that a core dump shows its place; a signal that was sent must be sent again.
  struct sigaction systemAction {};
  systemAction.sa_handler = SIG_DFL;
  ::sigaction(signal, &systemAction, nullptr);
  if (!isFault) ::raise(signal);
}

void handleFault(int signal, siginfo_t* info, void* context) {
  // A signal may interrupt the host between a system call and its use of errno.
  int savedErrno = errno;
  if (!faultHandler(signal, *info, SignalContext(context))) passOn(signal, info, context);
  errno = savedErrno;
}

}  // namespace

void installFaultHandler(FaultHandler handler) {
  CHECK(faultHandler == nullptr);
  faultHandler = handler;
  for (size_t i = 0; i < std::size(kSignals); ++i) {
    struct sigaction action {};
    action.sa_sigaction = &handleFault;
    // On the alternate stack, as the guest stack may be exhausted.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigemptyset(&action.sa_mask);
    // Two calls, as the handler may run before a single one has returned the previous action.
    CHECK(::sigaction(kSignals[i], nullptr, &previousActions[i]) == 0);
    CHECK(::sigaction(kSignals[i], &action, nullptr) == 0);
  }
}

}  // namespace runtime
