#include "runtime/trap/signals.h"

#include <cerrno>
#include <iterator>

#include "runtime/arch/trap_instruction.h"
#include "runtime/base/check.h"

namespace runtime {
namespace {

constexpr int kSignals[] = {SIGSEGV, SIGBUS, kTrapSignal};
// These are written before our handler is in place, never after.
FaultHandler faultHandler = nullptr;
struct sigaction previousActions[std::size(kSignals)];  // what handled them before us

const struct sigaction& previousAction(int signal) {
  size_t index = 0;
  while (kSignals[index] != signal) ++index;
  return previousActions[index];
}

void passOn(int signal, siginfo_t* info, void* context) {
  const struct sigaction& previous = previousAction(signal);
  if (previous.sa_flags & SA_SIGINFO) {
    previous.sa_sigaction(signal, info, context);
    return;
  }
  bool isFault = info->si_code > 0;
  bool isIgnored = previous.sa_handler == SIG_IGN;
  if (isIgnored && !isFault) return;
  if (previous.sa_handler != SIG_DFL && !isIgnored) {
    previous.sa_handler(signal);
    return;
  }
  // The system's own action: a fault comes again when the handler returns, and then ends the
  // process at the right place; a signal that was sent has to be sent again.
  struct sigaction systemAction {};
  systemAction.sa_handler = SIG_DFL;
  ::sigaction(signal, &systemAction, nullptr);
  if (!isFault) ::raise(signal);
}

void handleFault(int signal, siginfo_t* info, void* context) {
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
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigemptyset(&action.sa_mask);
    CHECK(::sigaction(kSignals[i], nullptr, &previousActions[i]) == 0);
    CHECK(::sigaction(kSignals[i], &action, nullptr) == 0);
  }
}

}  // namespace runtime
