// The emitters: for each family of instructions a function with the family's name. An emitter pops
// the operands of `inst` from f.stack, adds code at f.ir, and pushes the results. Requires that the
// instruction is valid, and that it can be reached (f.control.isDead is false); only the emitters
// of `else` and `end` are also called for code that cannot be reached.
//
// families.def generates the declarations here and the table in function_emitter.cpp. A family that
// is translated (translated.h) is defined in an emit_*.cpp of this folder. No header lists these
// files, so a new kind of instruction needs only a new file. The linker reports a translated family
// without an emitter, and one with two. A registry that is filled by static initializers would
// report neither, would depend on the order of files, and would lose unreferenced object files of a
// static library.
#pragma once

#include "compiler/codegen/translate/builder/function_builder.h"

namespace codegen::emit {

#define FAMILY(id, trap, cost) void id(FunctionBuilder& f, const Inst& inst);
#include "compiler/wasm/families.def"
#undef FAMILY

}  // namespace codegen::emit
