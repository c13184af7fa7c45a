; RUN: %run_passes 'unrolled-iv-canonicalization' %s | FileCheck %s
; RUN: %run_passes 'unrolled-iv-canonicalization,loop-simplify,print<scalar-evolution>' %s 2>&1 | FileCheck --check-prefix=TRIPS %s

; A loop from i to n behind a peeled iteration.
; CHECK-LABEL: @to_limit(
; CHECK: main:
; CHECK-NOT: phi
; CHECK: %[[EVEN:.*]] = and i32 %left, -2
; CHECK: %[[START:.*]] = sub i32 %n, %[[EVEN]]
; CHECK: phi i32 [ %[[START]], %body ]
; TRIPS-LABEL: for: @to_limit
; TRIPS: Loop %loop: backedge-taken count is
define void @to_limit(ptr %memory, i32 %i, i32 %n) {
entry:
  %left = sub i32 %n, %i
  %odd = and i32 %left, 1
  %none = icmp eq i32 %odd, 0
  br i1 %none, label %main, label %peeled
peeled:
  store i8 1, ptr %memory
  %i.next = add i32 %i, 1
  br label %main
main:
  %start = phi i32 [ %i, %entry ], [ %i.next, %peeled ]
  %done = icmp eq i32 %start, %n
  br i1 %done, label %exit, label %body
body:
  br label %loop
loop:
  %j = phi i32 [ %start, %body ], [ %j.next, %loop ]
  store volatile i8 1, ptr %memory
  %j.next = add i32 %j, 2
  %last = icmp eq i32 %j.next, %n
  br i1 %last, label %exit, label %loop
exit:
  ret void
}

; The other parity, and a start at a constant distance from the tested value.
; CHECK-LABEL: @to_constant(
; CHECK: main:
; CHECK-NOT: phi
; CHECK: %[[MORE:.*]] = add i32 %i.next, 1
; CHECK: %[[EVEN:.*]] = and i32 %[[MORE]], -2
; CHECK: %[[NUMBER:.*]] = sub i32 %[[EVEN]], 1
; CHECK: store volatile i32 %[[NUMBER]]
define void @to_constant(ptr %memory, i32 %i) {
entry:
  %i.next = add i32 %i, 1
  %odd = and i32 %i.next, 1
  %some = icmp ne i32 %odd, 0
  br i1 %some, label %peeled, label %other
peeled:
  store i8 1, ptr %memory
  br label %main
other:
  br label %main
main:
  %start = phi i32 [ %i.next, %peeled ], [ %i, %other ]
  br label %loop
loop:
  store volatile i32 %start, ptr %memory
  br label %loop
}

; CHECK-LABEL: @if_even(
; CHECK: %[[EVEN:.*]] = and i32 %i, -2
; CHECK: %[[ODD:.*]] = add i32 %[[EVEN]], 1
; CHECK: sub i32 %[[ODD]], 0
define void @if_even(ptr %memory, i32 %i) {
entry:
  %odd = and i32 %i, 1
  %even = icmp eq i32 %odd, 0
  br i1 %even, label %peeled, label %main
peeled:
  store i8 1, ptr %memory
  %i.next = or i32 %i, 1
  br label %main
main:
  %start = phi i32 [ %i.next, %peeled ], [ %i, %entry ]
  br label %loop
loop:
  store volatile i32 %start, ptr %memory
  br label %loop
}

; Not changed: another tested value, and another step.
; CHECK-LABEL: @unrelated(
; CHECK: %start = phi
; CHECK: %far = phi
define void @unrelated(ptr %memory, i32 %i, i32 %n) {
entry:
  %product = mul i32 %i, %n
  %odd = and i32 %product, 1
  %none = icmp eq i32 %odd, 0
  br i1 %none, label %main, label %peeled
peeled:
  store i8 1, ptr %memory
  %i.next = add i32 %i, 1
  %i.far = add i32 %i, 3
  br label %main
main:
  %start = phi i32 [ %i, %entry ], [ %i.next, %peeled ]
  %far = phi i32 [ %i, %entry ], [ %i.far, %peeled ]
  %sum = xor i32 %start, %far
  br label %loop
loop:
  store volatile i32 %sum, ptr %memory
  br label %loop
}
