// The functions that clang calls for setjmp and longjmp in WebAssembly, with the parameters that
// LLVM's WebAssemblyLowerEmscriptenEHSjLj defines. Other columns use their C library's.
#ifdef __wasm__

#include "setjmp.h"

#include <stddef.h>
#include <stdint.h>

// The tag of jumps. Its argument is the address of `jump` in the buffer.
__asm__(
    ".globl __c_longjmp\n"
    ".tagtype __c_longjmp i32\n"
    "__c_longjmp:\n");
#define LONGJMP_TAG 1

// Notes a call of setjmp.
void __wasm_setjmp(jmp_buf buffer, uint32_t place, void* call) {
  buffer->call = call;
  buffer->place = place;
}

// Returns the place in this call to which a jump to the buffer goes, or 0 if it goes elsewhere.
uint32_t __wasm_setjmp_test(jmp_buf buffer, void* call) {
  return buffer->call == call ? buffer->place : 0;
}

void __wasm_longjmp(jmp_buf buffer, int value) {
  buffer->jump.buffer = buffer;
  buffer->jump.value = value != 0 ? value : 1;
  __builtin_wasm_throw(LONGJMP_TAG, &buffer->jump);
}

#endif
