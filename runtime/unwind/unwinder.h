// The unwinding of compiled code for exceptions.
//
// It has one phase: it follows the frames from the throw outward, up to the first call that has a
// landing pad. Compiled landing pads decide themselves whether they handle an exception, and throw
// it again if not. Frames are unwound by the tables that LLVM writes. Personalities, actions and
// types in them have no meaning.
#pragma once

#include "runtime/arch/registers.h"
#include "runtime/trap/throw_trace.h"

namespace runtime {

// Searches the innermost landing pad, from the frame of `registers` on, whose pc is a return
// address. If there is one, makes `registers` those with which its code is to be entered, and
// returns true. Appends the return addresses of all frames on the way to `trace`, the last of which
// is that of the call with the pad.
//
// Returns false, and does not change `registers`, if it reaches code that is not compiled, such as
// that which has entered the guest. Returns false also at a frame that cannot be unwound, because
// its tables are missing, damaged or of an unknown kind (FrameRow::frame()), or lead out of the
// stack, which ends at `stackEnd`.
//
// Never changes the stack. Thread-safe. The code of all frames must stay registered meanwhile.
bool unwindToHandler(Registers& registers, uintptr_t stackEnd, ThrowTrace& trace);

}  // namespace runtime
