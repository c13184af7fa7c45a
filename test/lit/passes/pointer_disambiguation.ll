; RUN: %run_passes 'loop-simplify,pointer-disambiguation' %s | FileCheck %s

; Two arrays, one of them with two accesses at a constant distance: two bases.
; CHECK-LABEL: @two_arrays(
; CHECK: entry:
; CHECK-DAG: %[[TO:base.*]] = freeze ptr %to
; CHECK-DAG: %[[FROM:base.*]] = freeze ptr %from
; CHECK: loop:
; CHECK: %[[LOAD:.*]] = getelementptr inbounds i8, ptr %[[FROM]], i64 %
; CHECK: load double, ptr %[[LOAD]]
; CHECK: %[[NEAR:.*]] = getelementptr inbounds i8, ptr %[[FROM]], i64 %
; CHECK: %[[NEXT:.*]] = getelementptr inbounds i8, ptr %[[NEAR]], i64 8
; CHECK: load double, ptr %[[NEXT]]
; CHECK: %[[STORE:.*]] = getelementptr inbounds i8, ptr %[[TO]], i64 %
; CHECK: store double %{{.*}}, ptr %[[STORE]]
define void @two_arrays(ptr %memory, i64 %x, i64 %y) {
entry:
  %to = getelementptr inbounds nuw i8, ptr %memory, i64 %x
  %from = getelementptr inbounds nuw i8, ptr %memory, i64 %y
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from.now = getelementptr inbounds nuw i8, ptr %from, i64 %passed
  %a = load double, ptr %from.now, align 1, !alias.scope !0
  %from.next = getelementptr inbounds nuw i8, ptr %from.now, i64 8
  %b = load double, ptr %from.next, align 1, !alias.scope !0
  %sum = fadd double %a, %b
  %to.now = getelementptr inbounds nuw i8, ptr %to, i64 %passed
  store double %sum, ptr %to.now, align 1, !alias.scope !0
  %next = add nuw nsw i64 %passed, 8
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Rows of a matrix: the base is invariant in the outer loop, so that ranges can be compared before it.
; CHECK-LABEL: @rows(
; CHECK: entry:
; CHECK: freeze ptr
; CHECK: freeze ptr
; CHECK: row:
; CHECK-NOT: freeze
define void @rows(ptr %memory, i64 %x, i64 %y) {
entry:
  %to = getelementptr inbounds nuw i8, ptr %memory, i64 %x
  %from = getelementptr inbounds nuw i8, ptr %memory, i64 %y
  br label %row
row:
  %row.passed = phi i64 [ 0, %entry ], [ %row.next, %latch ]
  %to.row = getelementptr inbounds nuw i8, ptr %to, i64 %row.passed
  %from.row = getelementptr inbounds nuw i8, ptr %from, i64 %row.passed
  br label %loop
loop:
  %passed = phi i64 [ 0, %row ], [ %next, %loop ]
  %from.now = getelementptr inbounds nuw i8, ptr %from.row, i64 %passed
  %a = load double, ptr %from.now, align 1, !alias.scope !0
  %to.now = getelementptr inbounds nuw i8, ptr %to.row, i64 %passed
  store double %a, ptr %to.now, align 1, !alias.scope !0
  %next = add nuw nsw i64 %passed, 8
  %more = icmp ne i64 %next, 800
  br i1 %more, label %loop, label %latch
latch:
  %row.next = add nuw nsw i64 %row.passed, 800
  %rows.more = icmp ne i64 %row.next, 80000
  br i1 %rows.more, label %row, label %done
done:
  ret void
}

; Not changed: a loop without store, one with an address that is not affine, and one without a trip count,
; which LLVM does not vectorize.
; CHECK-LABEL: @loads(
; CHECK-NOT: freeze
; CHECK-LABEL: @scattered(
; CHECK-NOT: freeze
; CHECK-LABEL: @copies_string(
; CHECK-NOT: freeze
define double @loads(ptr %memory, i64 %x, i64 %y) {
entry:
  %one = getelementptr inbounds nuw i8, ptr %memory, i64 %x
  %other = getelementptr inbounds nuw i8, ptr %memory, i64 %y
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %one.now = getelementptr inbounds nuw i8, ptr %one, i64 %passed
  %a = load double, ptr %one.now, align 1, !alias.scope !0
  %other.now = getelementptr inbounds nuw i8, ptr %other, i64 %passed
  %b = load double, ptr %other.now, align 1, !alias.scope !0
  %sum = fadd double %a, %b
  %next = add nuw nsw i64 %passed, 8
  %more = icmp ne i64 %next, 800
  br i1 %more, label %loop, label %done
done:
  ret double %sum
}

define void @scattered(ptr %memory, i64 %x, i64 %y) {
entry:
  %to = getelementptr inbounds nuw i8, ptr %memory, i64 %x
  %from = getelementptr inbounds nuw i8, ptr %memory, i64 %y
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from.now = getelementptr inbounds nuw i8, ptr %from, i64 %passed
  %index = load i32, ptr %from.now, align 1, !alias.scope !0
  %wide = zext i32 %index to i64
  %to.now = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  store i32 0, ptr %to.now, align 1, !alias.scope !0
  %next = add nuw nsw i64 %passed, 4
  %more = icmp ne i64 %next, 800
  br i1 %more, label %loop, label %done
done:
  ret void
}

define void @copies_string(ptr %memory, i64 %x, i64 %y) {
entry:
  %to = getelementptr inbounds nuw i8, ptr %memory, i64 %x
  %from = getelementptr inbounds nuw i8, ptr %memory, i64 %y
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from.now = getelementptr inbounds nuw i8, ptr %from, i64 %passed
  %a = load i8, ptr %from.now, align 1, !alias.scope !0
  %to.now = getelementptr inbounds nuw i8, ptr %to, i64 %passed
  store i8 %a, ptr %to.now, align 1, !alias.scope !0
  %next = add nuw nsw i64 %passed, 1
  %more = icmp ne i8 %a, 0
  br i1 %more, label %loop, label %done
done:
  ret void
}

!0 = !{!1}
!1 = distinct !{!1, !2, !"memory"}
!2 = distinct !{!2, !"wasm"}
