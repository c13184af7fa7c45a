; RUN: %run_passes 'loop-simplify,widen-addresses,instsimplify' %s | FileCheck %s

; An array that a loop goes up through: the start is extended once, and the index is 64 bits wide.
; CHECK-LABEL: @up(
; CHECK: entry:
; CHECK: %[[WIDE:.*]] = zext i32 %start to i64
; CHECK: %first = getelementptr inbounds nuw i8, ptr %memory, i64 %[[WIDE]]
; CHECK: %passed = phi i64 [ 0, %entry ], [ %[[NEXT:.*]], %loop ]
; CHECK: %current = getelementptr inbounds nuw i8, ptr %first, i64 %passed
; CHECK-NOT: zext
; CHECK: load double, ptr %current
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
  %old = load double, ptr %address, align 1, !alias.scope !1
  %new = fadd double %old, 1.0
  store double %new, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 8
  %more = icmp ne i32 %next, %end
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Neighbours are reckoned from the greatest index.
; CHECK-LABEL: @neighbours(
; CHECK: %current = getelementptr inbounds nuw i8, ptr %first, i64 %passed
; CHECK: load double, ptr %current
; CHECK: %[[LEFT:.*]] = getelementptr inbounds i8, ptr %current, i64 -16
; CHECK: load double, ptr %[[LEFT]]
define double @neighbours(ptr %ctx, i32 %start, i32 %count) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %loop ]
  %right = add i32 %index, 8
  %right.wide = zext i32 %right to i64
  %right.address = getelementptr inbounds nuw i8, ptr %memory, i64 %right.wide
  %a = load double, ptr %right.address, align 1, !alias.scope !1
  %left = add i32 %index, -8
  %left.wide = zext i32 %left to i64
  %left.address = getelementptr inbounds nuw i8, ptr %memory, i64 %left.wide
  %b = load double, ptr %left.address, align 1, !alias.scope !1
  %sum = fadd double %a, %b
  %next = add i32 %index, 8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret double %sum
}

; An offset lifts what is below the greatest index back into memory: two recurrences.
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
  %a = load double, ptr %address, align 1, !alias.scope !1
  %left = add i32 %index, -8
  %left.wide = zext i32 %left to i64
  %left.address = getelementptr inbounds nuw i8, ptr %memory, i64 %left.wide
  %left.offset = getelementptr inbounds nuw i8, ptr %left.address, i64 16
  %b = load double, ptr %left.offset, align 1, !alias.scope !1
  %sum = fadd double %a, %b
  %next = add i32 %index, 8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret double %sum
}

; Down, the guard before the memory stops it, with the first index below 0.
; CHECK-LABEL: @down(
; CHECK: %[[FIRST:.*]] = ptrtoint ptr %first to i64
; CHECK: %[[BASE:.*]] = ptrtoint ptr %memory to i64
; CHECK: %[[INDEX:.*]] = sub i64 %[[FIRST]], %[[BASE]]
; CHECK: %[[LEFT:.*]] = call i64 @llvm.smax.i64(i64 %[[INDEX]], i64 0)
; CHECK: %[[BELOW:.*]] = udiv i64 %[[LEFT]], 8
; CHECK: %[[MOST:.*]] = add nuw i64 %[[BELOW]], 1
; CHECK: call i64 @llvm.umin.i64(i64 %{{.*}}, i64 %[[MOST]])
; CHECK: %passed = phi i64
; CHECK: %current = getelementptr inbounds i8, ptr %first, i64 %passed
; CHECK: add nsw i64 %passed, -8
define double @down(ptr %ctx, i32 %start, i32 %count) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %a = load double, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, -8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret double %a
}

; But not an access with an offset, which may be in the memory when the index is not.
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
  %a = load double, ptr %field, align 1, !alias.scope !1
  %next = add i32 %index, -8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, %count
  br i1 %more, label %loop, label %done
done:
  ret double %a
}

; What is accessed in some iterations only may step over the end of memory.
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

; A load in each iteration vouches for a store in some, but might be dropped; so the loop ends, at the
; latest, before the index reaches 2^32.
; CHECK-LABEL: @load_then_store(
; CHECK: %[[FIRST:.*]] = ptrtoint ptr %first to i64
; CHECK: %[[BASE:.*]] = ptrtoint ptr %memory to i64
; CHECK: %[[INDEX:.*]] = sub i64 %[[FIRST]], %[[BASE]]
; CHECK: %[[UNCHECKED:.*]] = sub i64 4294967295, %[[INDEX]]
; CHECK: %[[LEFT:.*]] = call i64 @llvm.smax.i64(i64 %[[UNCHECKED]], i64 0)
; CHECK: %[[MOST:.*]] = udiv i64 %[[LEFT]], 8
; CHECK: %[[TRIPS:.*]] = call i64 @llvm.umin.i64(i64 %{{.*}}, i64 %[[MOST]])
; CHECK: %[[END:.*]] = mul i64 %[[TRIPS]], 8
; CHECK: store double 0.000000e+00, ptr %current
; CHECK: icmp ne i64 %passed, %[[END]]
define void @load_then_store(ptr %ctx, i32 %start, i32 %count) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %latch ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %latch ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %old = load double, ptr %address, align 1, !alias.scope !1
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

; Loads only, and nobody knows how often: it might go on for ever once they are dropped.
; CHECK-LABEL: @endless(
; CHECK-NOT: phi i64
; CHECK: ret double
define double @endless(ptr %ctx, i32 %start) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %a = load double, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 8
  %more = fcmp olt double %a, 0.0
  br i1 %more, label %loop, label %done
done:
  ret double %a
}

; A few iterations cannot leave the reservation.
; CHECK-LABEL: @short(
; CHECK-NOT: umin
; CHECK: load double, ptr %current
define double @short(ptr %ctx, i32 %start) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  br label %loop
loop:
  %index = phi i32 [ %start, %entry ], [ %next, %loop ]
  %trip = phi i32 [ 0, %entry ], [ %trip.next, %loop ]
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %a = load double, ptr %address, align 1, !alias.scope !1
  %next = add i32 %index, 8
  %trip.next = add i32 %trip, 1
  %more = icmp ne i32 %trip.next, 1000
  br i1 %more, label %loop, label %done
done:
  ret double %a
}

; A step over the guard.
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

; A memory of 4 GiB has no end that would stop a recurrence.
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

!0 = !{}
!1 = !{!2}
!2 = distinct !{!2, !3, !"memory"}
!3 = distinct !{!3, !"wasm"}
