; Early-exit loops skip iterations by vector comparisons.
;
; RUN: %run_passes 'loop-simplify,early-exit-vectorize' %s | FileCheck %s
; RUN: %run_passes 'loop-simplify,early-exit-vectorize' %s x86_64-linux-gnu x86-64-v3 | FileCheck %s --check-prefix WIDE

; A string comparison. A vector is loaded only if it is in one page with the byte before it.
; CHECK-LABEL: @compare(
; CHECK: check:
; CHECK-NEXT: %skipped = phi i64 [ 0, %start ], [ %[[PASSED:.*]], %probe ]
; CHECK: and i64 %{{.*}}, 4095
; CHECK: icmp ult i64 %{{.*}}, 4080
; CHECK: and i64 %{{.*}}, 4095
; CHECK: icmp ult i64 %{{.*}}, 4080
; CHECK: probe:
; CHECK: load <16 x i8>, ptr %{{.*}}, align 1, !alias.scope
; CHECK: load <16 x i8>, ptr %{{.*}}, align 1, !alias.scope
; CHECK: %[[LEAVING:.*]] = bitcast <16 x i1> %{{.*}} to i16
; CHECK: %[[STAYING:.*]] = call i64 @llvm.cttz.i64
; CHECK: %[[PASSED]] = add nuw i64 %skipped, %[[STAYING]]
; CHECK: icmp eq i64 %[[STAYING]], 16
; CHECK: resume:
; CHECK: phi i64 [ %skipped, %check ], [ %[[PASSED]], %probe ]
; CHECK: loop:
; CHECK: phi i32 [ %i.next.peel, %{{.*}} ], [ %{{.*}}, %resume ]
; WIDE-LABEL: @compare(
; WIDE: icmp ult i64 %{{.*}}, 4064
; WIDE: load <32 x i8>
define i32 @compare(ptr %context, i32 %s, i32 %t) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %context, !invariant.load !9
  br label %loop
loop:
  %i = phi i32 [ %s, %entry ], [ %i.next, %loop ]
  %j = phi i32 [ %t, %entry ], [ %j.next, %loop ]
  %i.wide = zext i32 %i to i64
  %i.place = getelementptr inbounds nuw i8, ptr %memory, i64 %i.wide
  %a = load i8, ptr %i.place, align 1, !alias.scope !0
  %j.wide = zext i32 %j to i64
  %j.place = getelementptr inbounds nuw i8, ptr %memory, i64 %j.wide
  %b = load i8, ptr %j.place, align 1, !alias.scope !0
  %i.next = add i32 %i, 1
  %j.next = add i32 %j, 1
  %same = icmp eq i8 %a, %b
  %is.end = icmp eq i8 %a, 0
  %not.end = xor i1 %is.end, true
  %more = select i1 %same, i1 %not.end, i1 false
  br i1 %more, label %loop, label %done
done:
  ret i32 %i
}

; An induction variable bounds the number of skipped iterations. The first word is compared outside of the
; loop.
; CHECK-LABEL: @counted(
; CHECK: loop.peel:
; CHECK: load i32
; CHECK: start:
; CHECK: %[[NEXT:.*]] = add i64 %n, 4
; CHECK: %[[LEFT:.*]] = sub i64 %end, %[[NEXT]]
; CHECK: %[[ROOM:.*]] = udiv i64 %[[LEFT]], 4
; CHECK: br label %check
; CHECK: probe:
; CHECK: load <4 x i32>
; CHECK: %[[REST:.*]] = sub i64 %[[ROOM]], %skipped
; CHECK: call i64 @llvm.umin.i64(i64 %{{.*}}, i64 %[[REST]])
; CHECK: resume:
; CHECK: phi i64 [ %skipped, %check ], [ %{{.*}}, %probe ]
define i64 @counted(ptr %memory, i64 %end, i32 %wanted) {
entry:
  br label %loop
loop:
  %n = phi i64 [ 0, %entry ], [ %next, %latch ]
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %n
  %a = load i32, ptr %place, align 1, !alias.scope !0
  %found = icmp eq i32 %a, %wanted
  br i1 %found, label %done, label %latch
latch:
  %next = add nuw nsw i64 %n, 4
  %last = icmp eq i64 %n, %end
  br i1 %last, label %done, label %loop
done:
  ret i64 %n
}

; A first-order recurrence is loaded again for the iteration that continues.
; CHECK-LABEL: @rotated(
; CHECK: resume:
; CHECK: %[[AGAIN:.*]] = load i8
; CHECK: loop:
; CHECK: %last = phi i8 [ %a.peel, %{{.*}} ], [ %[[AGAIN]], %resume ]
define i64 @rotated(ptr %memory) {
entry:
  br label %loop
loop:
  %last = phi i8 [ 0, %entry ], [ %a, %latch ]
  %n = phi i64 [ 0, %entry ], [ %next, %latch ]
  %is.end = icmp eq i8 %last, 7
  br i1 %is.end, label %done, label %latch
latch:
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %n
  %a = load i8, ptr %place, align 1, !alias.scope !0
  %next = add nuw nsw i64 %n, 1
  br label %loop
done:
  ret i64 %n
}

; Without headroom, a 32-bit index may wrap.
; CHECK-LABEL: @may_wrap(
; CHECK-NOT: probe
define i32 @may_wrap(ptr %context, i32 %s) {
entry:
  %memory = load ptr, ptr %context, !invariant.load !9
  br label %loop
loop:
  %i = phi i32 [ %s, %entry ], [ %i.next, %loop ]
  %i.wide = zext i32 %i to i64
  %i.place = getelementptr inbounds nuw i8, ptr %memory, i64 %i.wide
  %a = load i8, ptr %i.place, align 1, !alias.scope !0
  %i.next = add i32 %i, 1
  %is.end = icmp eq i8 %a, 0
  br i1 %is.end, label %done, label %loop
done:
  ret i32 %i
}

; Not vectorized: a store, a reduction, and a load that is not executed in each iteration.
; CHECK-LABEL: @stores(
; CHECK-NOT: probe
; CHECK-LABEL: @sums(
; CHECK-NOT: probe
; CHECK-LABEL: @sometimes(
; CHECK-NOT: probe
define i64 @stores(ptr %memory, ptr %to) {
entry:
  br label %loop
loop:
  %n = phi i64 [ 0, %entry ], [ %next, %loop ]
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %n
  %a = load i8, ptr %place, align 1, !alias.scope !0
  store i8 %a, ptr %to, align 1, !alias.scope !0
  %next = add nuw nsw i64 %n, 1
  %is.end = icmp eq i8 %a, 0
  br i1 %is.end, label %done, label %loop
done:
  ret i64 %n
}

define i8 @sums(ptr %memory) {
entry:
  br label %loop
loop:
  %n = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i8 [ 0, %entry ], [ %sum.next, %loop ]
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %n
  %a = load i8, ptr %place, align 1, !alias.scope !0
  %sum.next = add i8 %sum, %a
  %next = add nuw nsw i64 %n, 1
  %is.end = icmp eq i8 %a, 0
  br i1 %is.end, label %done, label %loop
done:
  ret i8 %sum.next
}

define i64 @sometimes(ptr %memory, ptr %other) {
entry:
  br label %loop
loop:
  %n = phi i64 [ 0, %entry ], [ %next, %latch ]
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %n
  %a = load i8, ptr %place, align 1, !alias.scope !0
  %is.odd = icmp eq i8 %a, 1
  br i1 %is.odd, label %look, label %latch
look:
  %there = getelementptr inbounds nuw i8, ptr %other, i64 %n
  %b = load i8, ptr %there, align 1, !alias.scope !0
  %found = icmp eq i8 %b, 0
  br i1 %found, label %done, label %latch
latch:
  %next = add nuw nsw i64 %n, 1
  %is.end = icmp eq i8 %a, 0
  br i1 %is.end, label %done, label %loop
done:
  ret i64 %n
}

!0 = !{!1}
!1 = distinct !{!1, !2, !"memory"}
!2 = distinct !{!2, !"wasm"}
!9 = !{}
