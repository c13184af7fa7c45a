// The hand-written validation rules of aggregate types and casts (sections 3.4.2 and 3.4.6 to
// 3.4.9). Rules of instructions that have a signature check only the field or array, and leave the
// operands to the signature. special.cpp lists the family of each rule.
#pragma once

#include "compiler/wasm/validate/code_validator.h"

namespace wasm::gc {

// struct.new pops one operand per field, the last on top. struct.new_default requires that all
// fields have a default value.
void structNew(CodeValidator& v, const Instruction& in);
void structNewDefault(CodeValidator& v, const Instruction& in);
// For struct.get and array.get, which require an unpacked field, and for their _s and _u variants,
// which require a packed one.
void getPlain(CodeValidator& v, const Instruction& in);
void getPacked(CodeValidator& v, const Instruction& in);
// Requires a mutable field or element: struct.set, array.set, array.fill and array.init_elem.
void setField(CodeValidator& v, const Instruction& in);
// Require an array type; arrayNewDefault() also requires a default value for its elements.
void expectArray(CodeValidator& v, const Instruction& in);
void arrayNewDefault(CodeValidator& v, const Instruction& in);
// Pops as many elements as the second immediate says. The check of the immediate limits their
// number.
void arrayNewFixed(CodeValidator& v, const Instruction& in);
// Require numeric or vector elements, which can be read from bytes. arrayInitData() also requires
// that the array is mutable.
void fromData(CodeValidator& v, const Instruction& in);
void arrayInitData(CodeValidator& v, const Instruction& in);
// Requires a mutable target whose elements are a supertype of those of the source.
void arrayCopy(CodeValidator& v, const Instruction& in);
// ref.test and ref.cast, for operands of the same hierarchy as the target.
void refTest(CodeValidator& v, const Instruction& in);
void refCast(CodeValidator& v, const Instruction& in);
// The target must be a subtype of the source type. The label receives the target type, or for
// br_on_cast_fail the difference of both.
void brOnCast(CodeValidator& v, const Instruction& in);
void brOnCastFail(CodeValidator& v, const Instruction& in);
// Conversions between the hierarchies of `any` and `extern`, which keep the nullability.
void anyConvertExtern(CodeValidator& v, const Instruction& in);
void externConvertAny(CodeValidator& v, const Instruction& in);

}  // namespace wasm::gc
