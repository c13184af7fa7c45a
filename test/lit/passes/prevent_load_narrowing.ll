; With AVX-512, a load is frozen before it is used by masked operations.
;
; RUN: %run_passes 'prevent-load-narrowing' %s x86_64-linux-gnu x86-64-v4 | FileCheck %s
; RUN: %run_passes 'prevent-load-narrowing' %s x86_64-linux-gnu x86-64-v3 | FileCheck %s --check-prefix NONE

; CHECK-LABEL: @selected(
; CHECK: %[[WHOLE:.*]] = freeze double %x
; CHECK: select i1 %c, double %[[WHOLE]], double %y
; NONE-LABEL: @selected(
; NONE-NOT: freeze
define double @selected(ptr %p, double %y, i1 %c) {
  %x = load volatile double, ptr %p, align 1
  %z = select i1 %c, double %x, double %y
  ret double %z
}

; CHECK-LABEL: @operand_of_selected(
; CHECK: freeze <8 x float> %x
define <8 x float> @operand_of_selected(ptr %p, <8 x float> %y, <8 x i1> %c) {
  %x = load volatile <8 x float>, ptr %p, align 1
  %sum = fadd <8 x float> %x, %y
  %z = select <8 x i1> %c, <8 x float> %sum, <8 x float> %y
  ret <8 x float> %z
}

; CHECK-LABEL: @compared(
; CHECK: freeze <8 x i32> %x
define <8 x i1> @compared(ptr %p, <8 x i32> %y, <8 x i1> %c) {
  %x = load volatile <8 x i32>, ptr %p, align 1
  %same = icmp eq <8 x i32> %x, %y
  %both = and <8 x i1> %same, %c
  ret <8 x i1> %both
}

; CHECK-LABEL: @zeroed(
; CHECK: freeze <8 x i32> %x
define <8 x i32> @zeroed(ptr %p, <8 x i1> %c) {
  %x = load volatile <8 x i32>, ptr %p, align 1
  %mask = sext <8 x i1> %c to <8 x i32>
  %z = and <8 x i32> %x, %mask
  ret <8 x i32> %z
}

; A non-volatile load has a covering access and need not trap.
; CHECK-LABEL: @ordinary(
; CHECK-NOT: freeze
define <8 x i32> @ordinary(ptr %p, <8 x i1> %c) {
  %x = load <8 x i32>, ptr %p, align 1
  %mask = sext <8 x i1> %c to <8 x i32>
  %z = and <8 x i32> %x, %mask
  ret <8 x i32> %z
}

; CHECK-LABEL: @added(
; CHECK-NOT: freeze
define <8 x float> @added(ptr %p, <8 x float> %y) {
  %x = load volatile <8 x float>, ptr %p, align 1
  %sum = fadd <8 x float> %x, %y
  ret <8 x float> %sum
}
