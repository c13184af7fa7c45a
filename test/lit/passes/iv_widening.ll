; RUN: %run_passes 'loop-simplify,iv-widening,instsimplify' %s | FileCheck %s

; An ascending index: the start is extended once, and the induction variable has 64 bits.
; CHECK-LABEL: @up(
; CHECK: entry:
; CHECK: %[[WIDE:.*]] = zext i32 %start to i64
; CHECK: %first = getelementptr inbounds nuw i8, ptr %memory, i64 %[[WIDE]]
; CHECK: %passed = phi i64 [ 0, %entry ], [ %[[NEXT:.*]], %loop ]
; CHECK: %current = getelementptr inbounds nuw i8, ptr %first, i64 %passed
; CHECK-NOT: zext
; CHECK: load volatile double, ptr %current
; CHECK: store double %{{.*}}, ptr %current
; CHECK: %[[NEXT]] = add nuw nsw i64 %passed, 8
define void @up(ptr %ctx, i32 %start, i32 %end) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %old = load volatile double, ptr %address, align 1, !alias.scope !1
  %new = fadd double %old, 1.0
  store double %new, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 8
  %more = icmp ne i32 %next, %end
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Indices that differ by constants become distances from the greatest index.
; CHECK-LABEL: @neighbors(
; CHECK: %current = getelementptr inbounds nuw i8, ptr %first, i64 %passed
; CHECK: load volatile double, ptr %current
; CHECK: %[[LEFT:.*]] = getelementptr inbounds i8, ptr %current, i64 -16
; CHECK: load volatile double, ptr %[[LEFT]]
define double @neighbors(ptr %ctx, i32 %start, i32 %count) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %loop ]
  %right = add i32 %index, 8
  %right.wide = zext i32 %right to i64
  %right.address = getelementptr inbounds nuw i8, ptr %memory, i64 %right.wide
  %a = load volatile double, ptr %right.address, align 1, !alias.scope !1
  %left = add i32 %index, -8
  %left.wide = zext i32 %left to i64
  %left.address = getelementptr inbounds nuw i8, ptr %memory, i64 %left.wide
  %b = load volatile double, ptr %left.address, align 1, !alias.scope !1
  %sum = fadd double %a, %b
  %next = add i32 %index, 8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret double %sum
}

; An access with an offset cannot be at a distance below the greatest index: two recurrences.
; CHECK-LABEL: @offset_below(
; CHECK: %first = getelementptr
; CHECK: %[[OTHER:first.*]] = getelementptr
; CHECK: loop:
; CHECK: getelementptr inbounds nuw i8, ptr %[[OTHER]], i64 %passed
; CHECK: getelementptr inbounds nuw i8, ptr %first, i64 %passed
define double @offset_below(ptr %ctx, i32 %start, i32 %count) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %a = load volatile double, ptr %address, align 1, !alias.scope !1
  %left = add i32 %index, -8
  %left.wide = zext i32 %left to i64
  %left.address = getelementptr inbounds nuw i8, ptr %memory, i64 %left.wide
  %left.offset = getelementptr inbounds nuw i8, ptr %left.address, i64 16
  %b = load volatile double, ptr %left.offset, align 1, !alias.scope !1
  %sum = fadd double %a, %b
  %next = add i32 %index, 8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret double %sum
}

; A descending index traps in the guard before the memory.
; CHECK-LABEL: @down(
; CHECK: %[[LAST:.*]] = add i32 %count, -1
; CHECK: %[[TRIPS:.*]] = zext i32 %[[LAST]] to i64
; CHECK: %[[END:.*]] = mul i64 %[[TRIPS]], -8
; CHECK: %passed = phi i64
; CHECK: %current = getelementptr inbounds i8, ptr %first, i64 %passed
; CHECK: add nsw i64 %passed, -8
; CHECK: icmp ne i64 %passed, %[[END]]
define double @down(ptr %ctx, i32 %start, i32 %count) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %a = load volatile double, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, -8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret double %a
}

; An access with an offset may be in bounds when the index is not.
; CHECK-LABEL: @down_with_offset(
; CHECK-NOT: phi i64
; CHECK: ret double
define double @down_with_offset(ptr %ctx, i32 %start, i32 %count) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %field = getelementptr inbounds nuw i8, ptr %address, i64 8
  %a = load volatile double, ptr %field, align 1, !alias.scope !1
  %next = add i32 %index, -8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret double %a
}

; A conditional access does not bound the index.
; CHECK-LABEL: @conditional(
; CHECK-NOT: phi i64
; CHECK: ret void
define void @conditional(ptr %ctx, i32 %start, i32 %end) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %latch ]
  %bit = and i32 %index, 64
  %is_taken = icmp eq i32 %bit, 0
  br i1 %is_taken, label %taken, label %latch
taken:
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  store double 0.0, ptr %address, align 1, !alias.scope !1
  br label %latch
latch:
  %next = add i32 %index, 8
  %more = icmp ne i32 %next, %end
  br i1 %more, label %loop, label %done
done:
  ret void
}

; An unconditional load bounds the index of a conditional store.
; CHECK-LABEL: @load_then_store(
; CHECK: store double 0.000000e+00, ptr %current
define void @load_then_store(ptr %ctx, i32 %start, i32 %count) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %latch ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %latch ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %old = load volatile double, ptr %address, align 1, !alias.scope !1
  %is_taken = fcmp olt double %old, 0.0
  br i1 %is_taken, label %taken, label %latch
taken:
  store double 0.0, ptr %address, align 1, !alias.scope !1
  br label %latch
latch:
  %next = add i32 %index, 8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret void
}

; The trip count is unknown, but a load bounds the index.
; CHECK-LABEL: @endless(
; CHECK: load volatile double, ptr %current
; CHECK: %more = fcmp olt
; CHECK: br i1 %more
define double @endless(ptr %ctx, i32 %start) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %a = load volatile double, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 8
  %more = fcmp olt double %a, 0.0
  br i1 %more, label %loop, label %done
done:
  ret double %a
}

; A step larger than the guard.
; CHECK-LABEL: @long_step(
; CHECK-NOT: phi i64
; CHECK: ret void
define void @long_step(ptr %ctx, i32 %start, i32 %end) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  store i8 0, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 65537
  %more = icmp ne i32 %next, %end
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Without headroom, nothing is widened.
; CHECK-LABEL: @largest_memory(
; CHECK-NOT: phi i64
; CHECK: ret void
define void @largest_memory(ptr %ctx, i32 %start, i32 %end) {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  store i8 0, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 1
  %more = icmp ne i32 %next, %end
  br i1 %more, label %loop, label %done
done:
  ret void
}

; The exit test uses the widened induction variable. A counter that steps over its limit runs until an access
; traps, so an unreachable count is selected.
; CHECK-LABEL: @to_the_end(
; CHECK: %[[BYTES:.*]] = sub i32 %{{.*}}, %start
; CHECK: %[[SPAN:.*]] = zext i32 %[[BYTES]] to i64
; CHECK: %[[REST:.*]] = urem i64 %[[SPAN]], 12
; CHECK: %[[COMES_BY:.*]] = icmp eq i64 %[[REST]], 0
; CHECK: %[[TRIPS:.*]] = udiv i64 %[[SPAN]], 12
; CHECK: %[[COUNT:.*]] = select i1 %[[COMES_BY]], i64 %[[TRIPS]], i64 1099511627776
; CHECK: %[[END:.*]] = mul i64 %[[COUNT]], 12
; CHECK: icmp ne i64 %passed, %[[END]]
; CHECK-NOT: phi i32
define void @to_the_end(ptr %ctx, i32 %start, i32 %end) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  store i8 0, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 12
  %more = icmp ne i32 %next, %end
  br i1 %more, label %loop, label %done
done:
  ret void
}

; The comparison of two induction variables is kept.
; CHECK-LABEL: @meet(
; CHECK: icmp slt i32 %next, %high.next
define void @meet(ptr %ctx, i32 %start, i32 %end) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %high = phi i32 [ %end, %entry ], [ %high.next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  store i8 0, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 1
  %high.next = add i32 %high, -1
  %more = icmp slt i32 %next, %high.next
  br i1 %more, label %loop, label %done
done:
  ret void
}

!0 = !{}
!1 = !{!2}
!2 = distinct !{!2, !3, !"memory"}
!3 = distinct !{!3, !"wasm"}
