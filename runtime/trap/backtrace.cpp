#include "runtime/trap/backtrace.h"

#include <unwind.h>

#include <iterator>

#include "runtime/arch/entry.h"
#include "runtime/arch/registers.h"
#include "runtime/trap/code_registry.h"

namespace runtime {
namespace {

bool isEntryStub(uintptr_t pc) {
  return pc >= reinterpret_cast<uintptr_t>(&wasm2obj_enterGuest) &&
         pc < reinterpret_cast<uintptr_t>(wasm2obj_enterGuestEnd);
}

struct Walk {
  Backtrace& backtrace;
  bool reachedGuest = false;  // the walk begins in the signal handler, whose frames are skipped
};

_Unwind_Reason_Code addFrame(_Unwind_Context* context, void* argument) {
  auto& walk = *static_cast<Walk*>(argument);
  Backtrace& backtrace = walk.backtrace;
  uintptr_t pc = _Unwind_GetIP(context);
  // Functions preserve the register, so that here it is what the function before was called with.
  if (walk.reachedGuest) {
    backtrace.contexts[backtrace.frameCount - 1] =
        reinterpret_cast<const void*>(_Unwind_GetGR(context, kDwarfContext));
  }
  if (isEntryStub(pc) || backtrace.frameCount == kMaxFrames) return _URC_END_OF_STACK;
  auto* address = reinterpret_cast<const void*>(pc);
  if (walk.reachedGuest) {
    backtrace.frames[backtrace.frameCount++] = address;
  } else {
    walk.reachedGuest = address == backtrace.frames[0];
  }
  return _URC_NO_REASON;
}

// Appends the function at `pc`, and those into which it was inlined.
void addFrames(const void* pc, const void* context, std::vector<Frame>& frames) {
  const CompiledCode* code = codeAt(pc);
  if (code == nullptr) return;
  std::vector<Frame> here = code->symbolize(pc);
  for (Frame& frame : here) {
    frame.code = code;
    frame.context = context;
  }
  std::move(here.begin(), here.end(), std::back_inserter(frames));
}

// A return address points behind its call, which may be in the next function or belong to another
// instruction of the module. The byte before it belongs to the call.
void addCaller(const void* returnAddress, const void* context, std::vector<Frame>& frames) {
  addFrames(static_cast<const uint8_t*>(returnAddress) - 1, context, frames);
}

void addCallers(const Backtrace& backtrace, std::vector<Frame>& frames) {
  for (uint32_t i = 1; i < backtrace.frameCount; ++i) {
    addCaller(backtrace.frames[i], backtrace.contexts[i], frames);
  }
}

}  // namespace

void captureBacktrace(const void* pc, Backtrace& backtrace) {
  backtrace.frames[0] = pc;
  backtrace.frameCount = 1;
  backtrace.contexts = {};
  Walk walk{backtrace};
  _Unwind_Backtrace(&addFrame, &walk);
}

std::vector<Frame> symbolize(const Backtrace& backtrace) {
  std::vector<Frame> frames;
  addFrames(backtrace.frames[0], backtrace.contexts[0], frames);
  addCallers(backtrace, frames);
  return frames;
}

std::vector<Frame> symbolizeCallers(const Backtrace& backtrace) {
  std::vector<Frame> frames;
  addCallers(backtrace, frames);
  return frames;
}

std::vector<Frame> symbolize(std::span<const void* const> returnAddresses) {
  std::vector<Frame> frames;
  for (const void* address : returnAddresses) addCaller(address, nullptr, frames);
  return frames;
}

}  // namespace runtime
