// The assembly of host_entry.h for AArch64 (AAPCS64, which is also that of LLVM's `fastcc`). The
// context is in x20, which all functions preserve.
#if defined(__aarch64__)

  .text

  // brk with the TrapCode, as in trap_instruction.h
  .macro trap code
  brk #(0x5500 + \code)
  .endm

  .globl wasm2obj_hostEntry
  .hidden wasm2obj_hostEntry
  .type wasm2obj_hostEntry, %function
  .p2align 4
wasm2obj_hostEntry:
  .cfi_startproc
  ldr x9, [x20]
  ldr x9, [x9, #8]
  sub x10, sp, #64, lsl #12
  cmp x10, x9
  b.lo .Lexhausted
  stp x29, x30, [sp, #-16]!
  .cfi_def_cfa_offset 16
  .cfi_offset x29, -16
  .cfi_offset x30, -8
  mov x29, sp
  .cfi_def_cfa_register x29
  sub sp, sp, #208
  stp x0, x1, [sp]
  stp x2, x3, [sp, #16]
  stp x4, x5, [sp, #32]
  stp x6, x7, [sp, #48]
  stp q0, q1, [sp, #64]
  stp q2, q3, [sp, #96]
  stp q4, q5, [sp, #128]
  stp q6, q7, [sp, #160]
  add x9, x29, #16
  str x9, [sp, #192]
  mov x0, x20
  mov x1, sp
  bl wasm2obj_callHost
  cbnz w0, .Lstop
  ldp x0, x1, [sp]
  ldp q0, q1, [sp, #64]
  mov sp, x29
  ldp x29, x30, [sp], #16
  .cfi_remember_state
  .cfi_def_cfa sp, 0
  .cfi_restore x29
  .cfi_restore x30
  ret
.Lstop:
  .cfi_restore_state
  mov sp, x29
  ldp x29, x30, [sp], #16
  .cfi_def_cfa sp, 0
  .cfi_restore x29
  .cfi_restore x30
  mov x0, x20
  b wasm2obj_stopGuest
.Lexhausted:
  b wasm2obj_exhaustStack
  .cfi_endproc
  .size wasm2obj_hostEntry, . - wasm2obj_hostEntry

  // (binding x0). The link register is that of the guest's call. A copy of
  // wasm2obj_builtin_throwException, which returns if there is no handler, and this traps.
  .globl wasm2obj_stopGuest
  .hidden wasm2obj_stopGuest
  .type wasm2obj_stopGuest, %function
  .p2align 4
wasm2obj_stopGuest:
  .cfi_startproc
  ldr x9, [x0]
  ldr x2, [x9, #32]
  cbnz x2, .Lthrow
  trap 16
.Lthrow:
  mov x9, sp
  stp x29, x30, [sp, #-192]!
  .cfi_def_cfa_offset 192
  .cfi_offset x29, -192
  .cfi_offset x30, -184
  stp x19, x20, [sp, #16]
  stp x21, x22, [sp, #32]
  stp x23, x24, [sp, #48]
  stp x25, x26, [sp, #64]
  stp x27, x28, [sp, #80]
  stp d8, d9, [sp, #96]
  stp d10, d11, [sp, #112]
  stp d12, d13, [sp, #128]
  stp d14, d15, [sp, #144]
  stp x9, x30, [sp, #160]
  str x2, [sp, #176]
  mov x1, x0
  mov x0, sp
  bl wasm2obj_throw
  cbnz w0, .Lunhandled
  ldr x0, [sp, #176]
  mov x1, #0
  ldp x19, x20, [sp, #16]
  ldp x21, x22, [sp, #32]
  ldp x23, x24, [sp, #48]
  ldp x25, x26, [sp, #64]
  ldp x27, x28, [sp, #80]
  ldp d8, d9, [sp, #96]
  ldp d10, d11, [sp, #112]
  ldp d12, d13, [sp, #128]
  ldp d14, d15, [sp, #144]
  ldp x9, x16, [sp, #160]
  ldp x29, x30, [sp]
  mov sp, x9
  br x16
.Lunhandled:
  trap 17
  .cfi_endproc
  .size wasm2obj_stopGuest, . - wasm2obj_stopGuest

  .globl wasm2obj_exhaustStack
  .hidden wasm2obj_exhaustStack
  .type wasm2obj_exhaustStack, %function
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
