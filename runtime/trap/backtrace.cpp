#include "runtime/trap/backtrace.h"

#include <unwind.h>

#include "runtime/trap/code_registry.h"
#include "runtime/trap/entry.h"

namespace runtime {
namespace {

bool isEntryStub(uintptr_t pc) {
  return pc >= reinterpret_cast<uintptr_t>(&wasm2obj_enterGuest) &&
         pc < reinterpret_cast<uintptr_t>(wasm2obj_enterGuestEnd);
}

struct Walk {
  TrapRecord& record;
  bool reachedGuest = false;  // the walk begins in the signal handler
};

_Unwind_Reason_Code noteFrame(_Unwind_Context* context, void* argument) {
  auto& walk = *static_cast<Walk*>(argument);
  TrapRecord& record = walk.record;
  uintptr_t pc = _Unwind_GetIP(context);
  if (isEntryStub(pc) || record.frameCount == kMaxFrames) return _URC_END_OF_STACK;
  auto* address = reinterpret_cast<const void*>(pc);
  if (walk.reachedGuest) {
    record.frames[record.frameCount++] = address;
  } else {
    walk.reachedGuest = address == record.frames[0];
  }
  return _URC_NO_REASON;
}

}  // namespace

void captureBacktrace(const void* pc, TrapRecord& record) {
  record.frames[0] = pc;
  record.frameCount = 1;
  Walk walk{record};
  _Unwind_Backtrace(&noteFrame, &walk);
}

std::vector<Frame> symbolize(const TrapRecord& record) {
  std::vector<Frame> frames;
  for (uint32_t i = 0; i < record.frameCount; ++i) {
    // A return address may be the next function's first: the call lies before it.
    auto* pc = static_cast<const uint8_t*>(record.frames[i]) - (i == 0 ? 0 : 1);
    const Module* module = moduleAt(pc);
    if (module == nullptr) continue;
    std::vector<Frame> here = module->symbolize(pc);
    std::move(here.begin(), here.end(), std::back_inserter(frames));
  }
  return frames;
}

}  // namespace runtime
