// The assembly of host_entry.h for x86-64 (System V ABI, which is also that of LLVM's `fastcc`).
// The context is in r13, which all functions preserve.
#if defined(__x86_64__)

  .text

  // ud1 with the TrapCode, as in trap_instruction.h
  .macro trap code
  ud1l \code(%eax), %eax
  .endm

  .globl wasm2obj_hostEntry
  .hidden wasm2obj_hostEntry
  .type wasm2obj_hostEntry, @function
  .p2align 4
wasm2obj_hostEntry:
  .cfi_startproc
  movq (%r13), %rax
  leaq -262144(%rsp), %r10
  cmpq 8(%rax), %r10
  jb wasm2obj_exhaustStack
  pushq %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset %rbp, -16
  movq %rsp, %rbp
  .cfi_def_cfa_register %rbp
  subq $192, %rsp
  movq %rdi, (%rsp)
  movq %rsi, 8(%rsp)
  movq %rdx, 16(%rsp)
  movq %rcx, 24(%rsp)
  movq %r8, 32(%rsp)
  movq %r9, 40(%rsp)
  movaps %xmm0, 48(%rsp)
  movaps %xmm1, 64(%rsp)
  movaps %xmm2, 80(%rsp)
  movaps %xmm3, 96(%rsp)
  movaps %xmm4, 112(%rsp)
  movaps %xmm5, 128(%rsp)
  movaps %xmm6, 144(%rsp)
  movaps %xmm7, 160(%rsp)
  leaq 16(%rbp), %rax
  movq %rax, 176(%rsp)
  movq %r13, %rdi
  movq %rsp, %rsi
  callq wasm2obj_callHost
  testl %eax, %eax
  jnz .Lstop
  movq (%rsp), %rax
  movq 8(%rsp), %rdx
  movaps 48(%rsp), %xmm0
  movaps 64(%rsp), %xmm1
  leaveq
  .cfi_remember_state
  .cfi_def_cfa %rsp, 8
  retq
.Lstop:
  .cfi_restore_state
  leaveq
  .cfi_def_cfa %rsp, 8
  .cfi_restore %rbp
  movq %r13, %rdi
  jmp wasm2obj_stopGuest
  .cfi_endproc
  .size wasm2obj_hostEntry, . - wasm2obj_hostEntry

  // (binding %rdi). The return address is that of the guest's call. A copy of
  // wasm2obj_builtin_throwException, which returns if there is no handler, and this traps.
  .globl wasm2obj_stopGuest
  .hidden wasm2obj_stopGuest
  .type wasm2obj_stopGuest, @function
  .p2align 4
wasm2obj_stopGuest:
  .cfi_startproc
  movq (%rdi), %rax
  movq 32(%rax), %rdx
  testq %rdx, %rdx
  jnz .Lthrow
  trap 16
.Lthrow:
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
  movq %rdx, 64(%rsp)
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
  trap 17
  .cfi_endproc
  .size wasm2obj_stopGuest, . - wasm2obj_stopGuest

  .globl wasm2obj_exhaustStack
  .hidden wasm2obj_exhaustStack
  .type wasm2obj_exhaustStack, @function
wasm2obj_exhaustStack:
  .cfi_startproc
  trap 10
  .cfi_endproc
  .size wasm2obj_exhaustStack, . - wasm2obj_exhaustStack

  .globl wasm2obj_hostEntryEnd
  .hidden wasm2obj_hostEntryEnd
wasm2obj_hostEntryEnd:

#endif

  .section .note.GNU-stack, "", %progbits
