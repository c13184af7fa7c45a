; Stores of integers are volatile in functions of modules with a shared memory, except to the stack.
;
; RUN: %run_passes 'prevent-store-narrowing' %s | FileCheck %s

; CHECK-LABEL: @shared(
; CHECK: store volatile i32 %x, ptr %p, align 1
; CHECK: store volatile i16 %y, ptr %p, align 1
; CHECK: store <4 x i32> %v, ptr %p, align 1
; CHECK: store atomic i32 %x, ptr %p seq_cst, align 4
; CHECK: store i32 %x, ptr %slot, align 4
define void @shared(ptr %p, i32 %x, i16 %y, <4 x i32> %v) #0 {
  %slot = alloca i32
  store i32 %x, ptr %p, align 1
  store i16 %y, ptr %p, align 1
  store <4 x i32> %v, ptr %p, align 1
  store atomic i32 %x, ptr %p seq_cst, align 4
  store i32 %x, ptr %slot, align 4
  ret void
}

; CHECK-LABEL: @of_one_thread(
; CHECK: store i32 %x, ptr %p, align 1
define void @of_one_thread(ptr %p, i32 %x) {
  store i32 %x, ptr %p, align 1
  ret void
}

attributes #0 = { "wasm-shared-memory" }
