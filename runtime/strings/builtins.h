// The builtins: host functions with the semantics of the WebAssembly JavaScript interface, section
// "Builtins", and of the proposal "JS String Builtins" for UTF-8. Indices are unsigned.
//
// All trap if a string is required and a reference is null or not a string, if an array is null or
// a range of it is out of bounds, and if a result does not fit into the heap.
#pragma once

#include "runtime/strings/builtin_types.h"

namespace strings {

using runtime::Caller;
using runtime::ExternRef;

// wasm:js-string. Those that return an i32 but `test` return a code unit, a number of them, or 0 or
// 1 for a truth value.
uint32_t test(Caller* caller, ExternRef reference);  // whether it is a string
StringResult cast(Caller* caller, ExternRef reference);
StringResult fromCharCodeArray(Caller* caller, CharArray array, uint32_t begin, uint32_t end);
// Writes the string to the array, from the index `begin` on. Returns its length.
uint32_t intoCharCodeArray(Caller* caller, ExternRef string, CharArray array, uint32_t begin);
StringResult fromCharCode(Caller* caller, uint32_t unit);  // its low 16 bits
StringResult fromCodePoint(Caller* caller, uint32_t codePoint);
// These two trap if the index is out of bounds.
uint32_t charCodeAt(Caller* caller, ExternRef string, uint32_t index);
uint32_t codePointAtIndex(Caller* caller, ExternRef string, uint32_t index);
uint32_t length(Caller* caller, ExternRef string);
StringResult concatenate(Caller* caller, ExternRef left, ExternRef right);
// Returns "" if `begin` exceeds the end; `end` may exceed the length.
StringResult substring(Caller* caller, ExternRef string, uint32_t begin, uint32_t end);
uint32_t equals(Caller* caller, ExternRef left, ExternRef right);   // they may be null
uint32_t compare(Caller* caller, ExternRef left, ExternRef right);  // by code units: -1, 0 or 1

// wasm:text-encoder. Unpaired surrogates become U+FFFD. The first two return a number of bytes.
uint32_t measureStringAsUtf8(Caller* caller, ExternRef string);
uint32_t encodeStringIntoUtf8Array(Caller* caller, ExternRef string, ByteArray array,
                                   uint32_t begin);
ByteArrayResult encodeStringToUtf8Array(Caller* caller, ExternRef string);

// wasm:text-decoder. A byte order mark at the beginning is skipped. What is ill-formed becomes
// U+FFFD.
StringResult decodeStringFromUtf8Array(Caller* caller, ByteArray array, uint32_t begin,
                                       uint32_t end);

}  // namespace strings
