#include "runtime/trap/signals.h"

#include <sys/mman.h>

#include <cerrno>
#include <iterator>
#include <mutex>

#include "runtime/base/check.h"
#include "runtime/trap/activation.h"
#include "runtime/trap/backtrace.h"
#include "runtime/trap/code_registry.h"
#include "runtime/trap/entry.h"
#include "runtime/trap/signal_context.h"
#include "runtime/trap/trap_instruction.h"

namespace runtime {
namespace {

constexpr int kSignals[] = {SIGSEGV, SIGBUS, kTrapSignal};
// What handled them before us; written before our handler is in place, never after.
struct sigaction previousActions[std::size(kSignals)];

// Room for the unwinder, and for the previous handler, which may be a crash reporter.
constexpr size_t kSignalStack = 256 << 10;
constexpr size_t kSignalStackGuard = 64 << 10;

bool isGuestCode(const void* pc) {
  auto address = reinterpret_cast<uintptr_t>(pc);
  bool isBuiltinStub = address >= reinterpret_cast<uintptr_t>(wasm2obj_builtinStubsBegin) &&
                       address < reinterpret_cast<uintptr_t>(wasm2obj_builtinStubsEnd);
  return isBuiltinStub || moduleAt(pc) != nullptr;
}

// Why guest code faulted; None when nothing that a guest can do explains it.
abi::TrapCode classify(int signal, const siginfo_t& info, const void* pc,
                       const Activation& activation) {
  if (signal == kTrapSignal) return decodeTrapInstruction(pc);
  if (info.si_code <= 0) return abi::TrapCode::None;  // sent by someone, not a fault
  if (activation.stack->guards(reinterpret_cast<uintptr_t>(info.si_addr))) {
    return abi::TrapCode::CallStackExhausted;
  }
  for (const auto& memory : activation.store->memories) {
    if (memory->guards(info.si_addr)) return abi::TrapCode::MemoryOutOfBounds;
  }
  return abi::TrapCode::None;
}

bool redirectTrap(int signal, const siginfo_t& info, SignalContext context) {
  Activation* activation = currentActivation;
  if (activation == nullptr || !isGuestCode(context.pc())) return false;
  abi::TrapCode code = classify(signal, info, context.pc(), *activation);
  if (code == abi::TrapCode::None) return false;
  activation->trap.code = code;
  captureBacktrace(context.pc(), activation->trap);
  context.resumeAt(wasm2obj_trapLanding, activation->entryFrame);
  return true;
}

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
  if (!redirectTrap(signal, *info, SignalContext(context))) passOn(signal, info, context);
  errno = savedErrno;
}

void installHandlers() {
  for (size_t i = 0; i < std::size(kSignals); ++i) {
    struct sigaction action {};
    action.sa_sigaction = &handleFault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    ::sigemptyset(&action.sa_mask);
    CHECK(::sigaction(kSignals[i], nullptr, &previousActions[i]) == 0);
    CHECK(::sigaction(kSignals[i], &action, nullptr) == 0);
  }
}

}  // namespace

void installTrapHandlers() {
  static std::once_flag once;
  std::call_once(once, installHandlers);
}

SignalStack::SignalStack() {
  void* mapping = ::mmap(nullptr, kSignalStackGuard + kSignalStack, PROT_NONE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  CHECK(mapping != MAP_FAILED);
  mapping_ = mapping;
  stack_t stack{};
  stack.ss_sp = static_cast<uint8_t*>(mapping) + kSignalStackGuard;
  stack.ss_size = kSignalStack;
  CHECK(::mprotect(stack.ss_sp, kSignalStack, PROT_READ | PROT_WRITE) == 0);
  CHECK(::sigaltstack(&stack, &previous_) == 0);
}

SignalStack::~SignalStack() {
  stack_t current{};
  auto* own = static_cast<uint8_t*>(mapping_) + kSignalStackGuard;
  if (::sigaltstack(nullptr, &current) == 0 && current.ss_sp == own) {
    ::sigaltstack(&previous_, nullptr);
  }
  ::munmap(mapping_, kSignalStackGuard + kSignalStack);
}

}  // namespace runtime
