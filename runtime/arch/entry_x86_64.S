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
  .globl wasm2obj_builtinStubsEnd
  .hidden wasm2obj_builtinStubsEnd
wasm2obj_builtinStubsEnd:

#endif

  .section .note.GNU-stack, "", %progbits
