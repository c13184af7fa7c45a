#include "runtime/trap/backtrace.h"

#include <unwind.h>

#include <iterator>

#include "runtime/arch/entry.h"
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
void addFrames(const void* pc, std::vector<Frame>& frames) {
  const CompiledCode* code = codeAt(pc);
  if (code == nullptr) return;
  std::vector<Frame> here = code->symbolize(pc);
  std::move(here.begin(), here.end(), std::back_inserter(frames));
}

// A return address points behind its call, which may be in the next function or belong to another
// instruction of the module. The byte before it belongs to the call.
void addCallers(std::span<const void* const> returnAddresses, std::vector<Frame>& frames) {
  for (const void* address : returnAddresses) {
    addFrames(static_cast<const uint8_t*>(address) - 1, frames);
  }
}

}  // namespace

void captureBacktrace(const void* pc, Backtrace& backtrace) {
  backtrace.frames[0] = pc;
  backtrace.frameCount = 1;
  Walk walk{backtrace};
  _Unwind_Backtrace(&addFrame, &walk);
}

std::vector<Frame> symbolize(const Backtrace& backtrace) {
  std::vector<Frame> frames;
  addFrames(backtrace.frames[0], frames);
  addCallers(std::span(backtrace.frames).first(backtrace.frameCount).subspan(1), frames);
  return frames;
}

std::vector<Frame> symbolize(std::span<const void* const> returnAddresses) {
  std::vector<Frame> frames;
  addCallers(returnAddresses, frames);
  return frames;
}

}  // namespace runtime
