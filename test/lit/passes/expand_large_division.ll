; RUN: %run_passes 'expand-large-division' %s | FileCheck %s

; CHECK-LABEL: @wide(
; CHECK-NOT: div i128
; CHECK-NOT: rem i128
; CHECK: ret i128
define i128 @wide(i128 %x, i128 %y) {
  %quotient = udiv i128 %x, 65532
  %rest = srem i128 %quotient, %y
  ret i128 %rest
}

; CHECK-LABEL: @narrow(
; CHECK-NEXT: udiv i64 %x, %y
define i64 @narrow(i64 %x, i64 %y) {
  %quotient = udiv i64 %x, %y
  ret i64 %quotient
}
