// The assembly of entry.h for AArch64 (AAPCS64). The CFA of wasm2obj_enterGuest is relative to the
// frame pointer, so that the unwinder can walk through it although the stack is another one.
#if defined(__aarch64__)

  .text

  // (activation x0, thunk x1, context x2, entry x3, values x4, stackTop x5)
  .globl wasm2obj_enterGuest
  .hidden wasm2obj_enterGuest
  .type wasm2obj_enterGuest, %function
  .p2align 4
wasm2obj_enterGuest:
  .cfi_startproc
  stp x29, x30, [sp, #-160]!
  .cfi_def_cfa_offset 160
  .cfi_offset x29, -160
  .cfi_offset x30, -152
  mov x29, sp
  .cfi_def_cfa_register x29
  stp x19, x20, [sp, #16]
  stp x21, x22, [sp, #32]
  stp x23, x24, [sp, #48]
  stp x25, x26, [sp, #64]
  stp x27, x28, [sp, #80]
  stp d8, d9, [sp, #96]
  stp d10, d11, [sp, #112]
  stp d12, d13, [sp, #128]
  stp d14, d15, [sp, #144]
  .cfi_offset x19, -144
  .cfi_offset x20, -136
  .cfi_offset x21, -128
  .cfi_offset x22, -120
  .cfi_offset x23, -112
  .cfi_offset x24, -104
  .cfi_offset x25, -96
  .cfi_offset x26, -88
  .cfi_offset x27, -80
  .cfi_offset x28, -72
  .cfi_offset d8, -64
  .cfi_offset d9, -56
  .cfi_offset d10, -48
  .cfi_offset d11, -40
  .cfi_offset d12, -32
  .cfi_offset d13, -24
  .cfi_offset d14, -16
  .cfi_offset d15, -8
  str x29, [x0]
  cbz x5, .Lcall
  mov sp, x5
.Lcall:
  mov x9, x1
  mov x0, x2
  mov x1, x3
  mov x2, x4
  blr x9
  mov w0, #0
.Lleave:
  mov sp, x29
  ldp x19, x20, [sp, #16]
  ldp x21, x22, [sp, #32]
  ldp x23, x24, [sp, #48]
  ldp x25, x26, [sp, #64]
  ldp x27, x28, [sp, #80]
  ldp d8, d9, [sp, #96]
  ldp d10, d11, [sp, #112]
  ldp d12, d13, [sp, #128]
  ldp d14, d15, [sp, #144]
  ldp x29, x30, [sp], #160
  .cfi_remember_state
  .cfi_def_cfa sp, 0
  .cfi_restore x29
  .cfi_restore x30
  ret

  .globl wasm2obj_trapLanding
  .hidden wasm2obj_trapLanding
wasm2obj_trapLanding:
  .cfi_restore_state
  mov w0, #1
  b .Lleave
  .cfi_endproc
  .size wasm2obj_enterGuest, . - wasm2obj_enterGuest
  .globl wasm2obj_enterGuestEnd
  .hidden wasm2obj_enterGuestEnd
wasm2obj_enterGuestEnd:

  // Reading 128 KiB (kBuiltinStack) below the stack pointer faults in the guard if less is left.
  .macro builtinStub name
  .globl wasm2obj_builtinStub_\name
  .hidden wasm2obj_builtinStub_\name
  .type wasm2obj_builtinStub_\name, %function
  .p2align 4
wasm2obj_builtinStub_\name:
  .cfi_startproc
  sub x16, sp, #32, lsl #12
  ldrb wzr, [x16]
  b wasm2obj_builtin_\name
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
  .type wasm2obj_trapInterrupted, %function
wasm2obj_trapInterrupted:
  .cfi_startproc
  brk #(0x5500 + 24)
  .cfi_endproc
  .size wasm2obj_trapInterrupted, . - wasm2obj_trapInterrupted
  .globl wasm2obj_builtinStubsEnd
  .hidden wasm2obj_builtinStubsEnd
wasm2obj_builtinStubsEnd:


  // (context x0, exception x1). The frame is struct Registers and the exception. Its first part is
  // a frame record of x29 and x30.
  .globl wasm2obj_builtin_throwException
  .hidden wasm2obj_builtin_throwException
  .type wasm2obj_builtin_throwException, %function
  .p2align 4
wasm2obj_builtin_throwException:
  .cfi_startproc
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
  str x1, [sp, #176]
  mov x2, x1
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
  ldp x29, x30, [sp], #192
  .cfi_def_cfa_offset 0
  .cfi_restore x29
  .cfi_restore x30
  ret
  .cfi_endproc
  .size wasm2obj_builtin_throwException, . - wasm2obj_builtin_throwException

#endif

  .section .note.GNU-stack, "", %progbits
