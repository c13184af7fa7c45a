// Hand-written validation rules of aggregate types and casts (sections 3.4.6 to 3.4.9). Rules of
// instructions that have a signature check only the field or array, and leave the operands to the
// signature.
#pragma once

#include "compiler/wasm/validate/code_validator.h"

namespace wasm::gc {

void structNew(CodeValidator& v, const Instruction& in);
void structNewDefault(CodeValidator& v, const Instruction& in);
void getPlain(CodeValidator& v, const Instruction& in);
void getPacked(CodeValidator& v, const Instruction& in);
void setField(CodeValidator& v, const Instruction& in);
void expectArray(CodeValidator& v, const Instruction& in);
void arrayNewDefault(CodeValidator& v, const Instruction& in);
void arrayNewFixed(CodeValidator& v, const Instruction& in);
void fromData(CodeValidator& v, const Instruction& in);
void arrayInitData(CodeValidator& v, const Instruction& in);
void arrayCopy(CodeValidator& v, const Instruction& in);
void refTest(CodeValidator& v, const Instruction& in);
void refCast(CodeValidator& v, const Instruction& in);
void brOnCast(CodeValidator& v, const Instruction& in);
void brOnCastFail(CodeValidator& v, const Instruction& in);
void anyConvertExtern(CodeValidator& v, const Instruction& in);
void externConvertAny(CodeValidator& v, const Instruction& in);

}  // namespace wasm::gc
