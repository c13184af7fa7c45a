// Non-local jumps in WebAssembly, by exceptions; wasi-libc as Debian has it lacks them. clang
// replaces the calls of setjmp and longjmp by those of the functions in setjmp.c.
#ifndef SETJMP_H
#define SETJMP_H

// What setjmp has noted, and what longjmp throws.
typedef struct {
  void* call;          // identifies the call of the function that called setjmp
  unsigned int place;  // which of its calls of setjmp
  struct {
    void* buffer;
    int value;
  } jump;
} jmp_buf[1];
typedef jmp_buf sigjmp_buf;

int setjmp(jmp_buf buffer) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf buffer, int value);

#define sigsetjmp(buffer, mask) setjmp(buffer)
#define _setjmp(buffer) setjmp(buffer)
#define siglongjmp(buffer, value) longjmp(buffer, value)
#define _longjmp(buffer, value) longjmp(buffer, value)

#endif
