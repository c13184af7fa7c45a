// The emitters: a function for each family of instructions, of the family's name. It pops the
// operands of `inst` from f.stack, adds code at f.ir, and pushes the results. The instruction is
// valid. It can be reached, unless it divides or closes a structured instruction
// (f.control.isDead).
//
// families.def is the one list of them: it makes the declarations here and the table in
// function_emitter.cpp. A family that is translated (translated.h) is defined in some emit_*.cpp of
// this folder. No header and no table names these files, so that a new kind of instruction is a
// file more. The linker reports a translated family without emitter, and one with two; a registry
// that fills itself while static objects are initialized would report neither, would depend on the
// order of files, and would lose the files of a static library that nothing refers to.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen::emit {

#define FAMILY(id, trap) void id(FunctionBuilder& f, const Inst& inst);
#include "compiler/wasm/families.def"
#undef FAMILY

}  // namespace codegen::emit
