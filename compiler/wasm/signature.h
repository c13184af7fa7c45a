// The operand and result types of an instruction. A row of opcodes.def gives them as letters, which
// opcode.cpp decodes at compile time.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "compiler/wasm/types.h"

namespace wasm {

// One operand or result: a type, or the part of the module or function that has the type. `index`
// and `index2` are the immediates of the instruction.
enum class SignatureType : uint8_t {
  I32,
  I64,
  F32,
  F64,
  V128,
  EqRef,
  ArrayRef,
  I31Ref,
  NonNullI31Ref,
  MemoryIndex,         // the index type of memory `index`
  SecondMemoryIndex,   // the index type of memory `index2`
  SmallerMemoryIndex,  // the smaller of these two
  TableIndex,          // the index type of table `index`
  SecondTableIndex,    // the index type of table `index2`
  SmallerTableIndex,   // the smaller of these two
  TableElement,        // the element type of table `index`
  Local,               // the type of local `index`
  Global,              // the type of global `index`
  NullableReference,   // (ref null `index`)
  NonNullReference,    // (ref `index`)
  StructField,         // field `index2` of type `index`, unpacked
  ArrayElement,        // the element of type `index`, unpacked
};
inline constexpr size_t kSignatureTypeCount = static_cast<size_t>(SignatureType::ArrayElement) + 1;

// The types that do not depend on the module; kBottom for the others. A table rather than a switch,
// since the validator calls fixedType() for every operand.
inline constexpr std::array<ValueType, kSignatureTypeCount> kFixedTypes = {
    kI32,
    kI64,
    kF32,
    kF64,
    kV128,
    ValueType::ref(HeapType::kEq, true),
    ValueType::ref(HeapType::kArray, true),
    ValueType::ref(HeapType::kI31, true),
    ValueType::ref(HeapType::kI31, false),
};
// Returns the type if it is the same in every module, else kBottom.
constexpr ValueType fixedType(SignatureType type) { return kFixedTypes[static_cast<size_t>(type)]; }

// The operands and results of an instruction, each from the bottom of the operand stack to its top.
struct Signature {
  static constexpr size_t kMaxOperands = 4;
  static constexpr size_t kMaxResults = 2;

  bool isSpecial = true;  // validated by hand; the lists of operands and results are empty
  uint8_t operandCount = 0;
  uint8_t resultCount = 0;
  SignatureType operandTypes[kMaxOperands]{};
  SignatureType resultTypes[kMaxResults]{};

  // Return the types from the bottom of the operand stack to its top.
  constexpr std::span<const SignatureType> operands() const { return {operandTypes, operandCount}; }
  constexpr std::span<const SignatureType> results() const { return {resultTypes, resultCount}; }
};

}  // namespace wasm
