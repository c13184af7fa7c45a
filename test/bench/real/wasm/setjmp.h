// In place of the C library's, in all columns: WebAssembly without exceptions has no non-local
// jumps, and no driver makes its library report an error by one.
#ifndef SETJMP_H
#define SETJMP_H

#include <stdlib.h>

typedef int jmp_buf[1];
typedef int sigjmp_buf[1];

static inline int setJump(void* buffer) {
  (void)buffer;
  return 0;
}

static inline void jump(int* buffer, int value) {
  (void)buffer, (void)value;
  abort();
}

#define setjmp(buffer) setJump(buffer)
#define sigsetjmp(buffer, mask) setJump(buffer)
#define _setjmp(buffer) setJump(buffer)
#define longjmp jump
#define siglongjmp jump
#define _longjmp jump

#endif
