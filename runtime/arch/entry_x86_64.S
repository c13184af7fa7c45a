// The assembly of entry.h for x86-64 (System V ABI). The CFA of wasm2obj_enterGuest is relative to
// the frame pointer, so that the unwinder can walk through it although the stack is another one.
#if defined(__x86_64__)

  .text

  // (activation %rdi, thunk %rsi, context %rdx, entry %rcx, values %r8, stackTop %r9)
  .globl wasm2obj_enterGuest
  .hidden wasm2obj_enterGuest
  .type wasm2obj_enterGuest, @function
  .p2align 4
wasm2obj_enterGuest:
  .cfi_startproc
  pushq %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset %rbp, -16
  movq %rsp, %rbp
  .cfi_def_cfa_register %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  .cfi_offset %rbx, -24
  .cfi_offset %r12, -32
  .cfi_offset %r13, -40
  .cfi_offset %r14, -48
  .cfi_offset %r15, -56
  subq $8, %rsp
  movq %rbp, (%rdi)
  testq %r9, %r9
  jz .Lcall
  movq %r9, %rsp
.Lcall:
  movq %rsi, %rax
  movq %rdx, %rdi
  movq %rcx, %rsi
  movq %r8, %rdx
  callq *%rax
  xorl %eax, %eax
.Lleave:
  leaq -40(%rbp), %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  .cfi_remember_state
  .cfi_def_cfa %rsp, 8
  retq

  .globl wasm2obj_trapLanding
  .hidden wasm2obj_trapLanding
wasm2obj_trapLanding:
  .cfi_restore_state
  movl $1, %eax
  jmp .Lleave
  .cfi_endproc
  .size wasm2obj_enterGuest, . - wasm2obj_enterGuest
  .globl wasm2obj_enterGuestEnd
  .hidden wasm2obj_enterGuestEnd
wasm2obj_enterGuestEnd:

  // Reading 128 KiB (kBuiltinStack) below the stack pointer faults in the guard if less is left.
  .macro builtinStub name
  .globl wasm2obj_builtinStub_\name
  .hidden wasm2obj_builtinStub_\name
  .type wasm2obj_builtinStub_\name, @function
  .p2align 4
wasm2obj_builtinStub_\name:
  .cfi_startproc
  testb $0, -131072(%rsp)
  jmp wasm2obj_builtin_\name
  .cfi_endproc
  .size wasm2obj_builtinStub_\name, . - wasm2obj_builtinStub_\name
  .endm

  .globl wasm2obj_builtinStubsBegin
  .hidden wasm2obj_builtinStubsBegin
wasm2obj_builtinStubsBegin:
#define BUILTIN(id, signature) builtinStub id
#include "runtime/abi/builtins.def"
#undef BUILTIN
  // The TrapCode is Interrupted; see trap_instruction.h.
  .globl wasm2obj_trapInterrupted
  .hidden wasm2obj_trapInterrupted
  .type wasm2obj_trapInterrupted, @function
wasm2obj_trapInterrupted:
  .cfi_startproc
  ud1l 24(%eax), %eax
  .cfi_endproc
  .size wasm2obj_trapInterrupted, . - wasm2obj_trapInterrupted
  .globl wasm2obj_builtinStubsEnd
  .hidden wasm2obj_builtinStubsEnd
wasm2obj_builtinStubsEnd:


  // (context %rdi, exception %rsi). The frame is struct Registers and the exception.
  .globl wasm2obj_builtin_throwException
  .hidden wasm2obj_builtin_throwException
  .type wasm2obj_builtin_throwException, @function
  .p2align 4
wasm2obj_builtin_throwException:
  .cfi_startproc
  movq (%rsp), %rax
  leaq 8(%rsp), %rcx
  subq $72, %rsp
  .cfi_def_cfa_offset 80
  movq %rbp, (%rsp)
  movq %rbx, 8(%rsp)
  movq %r14, 16(%rsp)
  movq %r15, 24(%rsp)
  movq %r12, 32(%rsp)
  movq %r13, 40(%rsp)
  movq %rcx, 48(%rsp)
  movq %rax, 56(%rsp)
  movq %rsi, 64(%rsp)
  movq %rsi, %rdx
  movq %rdi, %rsi
  movq %rsp, %rdi
  callq wasm2obj_throw
  testl %eax, %eax
  jnz .Lunhandled
  movq 64(%rsp), %rax
  xorl %edx, %edx
  movq (%rsp), %rbp
  movq 8(%rsp), %rbx
  movq 16(%rsp), %r14
  movq 24(%rsp), %r15
  movq 32(%rsp), %r12
  movq 40(%rsp), %r13
  movq 56(%rsp), %rcx
  movq 48(%rsp), %rsp
  jmpq *%rcx
.Lunhandled:
  addq $72, %rsp
  .cfi_def_cfa_offset 8
  retq
  .cfi_endproc
  .size wasm2obj_builtin_throwException, . - wasm2obj_builtin_throwException

#endif

  .section .note.GNU-stack, "", %progbits
