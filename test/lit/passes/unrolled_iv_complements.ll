; RUN: %run_passes 'unrolled-iv-canonicalization' %s | FileCheck %s

; An even index, and one whose upper bits are shifted out.
; CHECK-LABEL: @backwards(
; CHECK: loop:
; CHECK: sub i32 -2, %i
; CHECK: %[[LOW:.*]] = sub i32 -2, %i
; CHECK: shl i32 %[[LOW]], 3
; CHECK: sub i32 -1, %odd
define void @backwards(ptr %memory) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %whole = xor i32 %i, -2
  %part = xor i32 %i, 536870910
  %bytes = shl i32 %part, 3
  %odd = or disjoint i32 %i, 1
  %any = xor i32 %odd, -1
  %sum = add i32 %bytes, %whole
  %both = add i32 %any, %sum
  store volatile i32 %both, ptr %memory
  %next = add i32 %i, 2
  br label %loop
}

; Not changed: an index that may be odd, upper bits that are used, another mask.
; CHECK-LABEL: @others(
; CHECK: xor i32 %i, -2
; CHECK: xor i32 %j, 536870910
; CHECK: xor i32 %j, -6
define void @others(ptr %memory) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %i.next, %loop ]
  %j = phi i32 [ 0, %entry ], [ %j.next, %loop ]
  %odd = xor i32 %i, -2
  %upper = xor i32 %j, 536870910
  %bytes = shl i32 %upper, 2
  %mask = xor i32 %j, -6
  %sum = add i32 %odd, %bytes
  %all = add i32 %sum, %mask
  store volatile i32 %all, ptr %memory
  %i.next = add i32 %i, 1
  %j.next = add i32 %j, 2
  br label %loop
}

; Not changed: a shift with nuw, which drops no bits.
; CHECK-LABEL: @kept(
; CHECK: xor i32 %i, 536870910
define void @kept(ptr %memory) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %part = xor i32 %i, 536870910
  %bytes = shl nuw i32 %part, 3
  store volatile i32 %bytes, ptr %memory
  %next = add i32 %i, 2
  br label %loop
}
