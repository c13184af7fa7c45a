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

}  // namespace

void captureBacktrace(const void* pc, Backtrace& backtrace) {
  backtrace.frames[0] = pc;
  backtrace.frameCount = 1;
  Walk walk{backtrace};
  _Unwind_Backtrace(&addFrame, &walk);
}

std::vector<Frame> symbolize(const Backtrace& backtrace) {
  std::vector<Frame> frames;
  for (uint32_t i = 0; i < backtrace.frameCount; ++i) {
    // A return address points behind its call, which may be in the next function or belong to
    // another instruction of the module. The byte before it belongs to the call.
    auto* pc = static_cast<const uint8_t*>(backtrace.frames[i]) - (i == 0 ? 0 : 1);
    const CompiledCode* code = codeAt(pc);
    if (code == nullptr) continue;
    std::vector<Frame> here = code->symbolize(pc);
    std::move(here.begin(), here.end(), std::back_inserter(frames));
  }
  return frames;
}

}  // namespace runtime
