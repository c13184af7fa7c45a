; RUN: %run_passes 'widen-exit-tests' %s | FileCheck %s

; The lower half of a counter that comes by the end first.
; CHECK-LABEL: @cut(
; CHECK: icmp eq i64 %next, 2000
define void @cut(ptr %p) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %q = getelementptr i8, ptr %p, i64 %passed
  store i8 0, ptr %q
  %next = add nuw nsw i64 %passed, 8
  %half = trunc i64 %next to i32
  %is_end = icmp eq i32 %half, 2000
  br i1 %is_end, label %done, label %loop
done:
  ret void
}

; The same as LLVM likes to write it.
; CHECK-LABEL: @masked(
; CHECK: icmp ne i64 %next, 2000
define void @masked(ptr %p) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %q = getelementptr i8, ptr %p, i64 %passed
  store i8 0, ptr %q
  %next = add nuw nsw i64 %passed, 8
  %half = and i64 %next, 4294967288
  %is_within = icmp ne i64 %half, 2000
  br i1 %is_within, label %loop, label %done
done:
  ret void
}

; 2001 is no multiple of 8: never equal, whereas 2^32 + 2000 does end the loop where the mask leaves
; out a bit that matters.
; CHECK-LABEL: @passes_by(
; CHECK: icmp eq i32 %half, 2001
; CHECK-LABEL: @short_mask(
; CHECK: icmp eq i64 %half, 2000
; CHECK-LABEL: @may_wrap(
; CHECK: icmp eq i32 %half, 2000
; CHECK-LABEL: @not_each_time(
; CHECK: icmp eq i32 %half, 2000
define void @passes_by(ptr %p) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %q = getelementptr i8, ptr %p, i64 %passed
  store i8 0, ptr %q
  %next = add nuw nsw i64 %passed, 8
  %half = trunc i64 %next to i32
  %is_end = icmp eq i32 %half, 2001
  br i1 %is_end, label %done, label %loop
done:
  ret void
}

define void @short_mask(ptr %p) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %q = getelementptr i8, ptr %p, i64 %passed
  store i8 0, ptr %q
  %next = add nuw nsw i64 %passed, 8
  %half = and i64 %next, 2147483647
  %is_end = icmp eq i64 %half, 2000
  br i1 %is_end, label %done, label %loop
done:
  ret void
}

define void @may_wrap(ptr %p) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 4000, %entry ], [ %next, %loop ]
  %q = getelementptr i8, ptr %p, i64 %passed
  store i8 0, ptr %q
  %next = add i64 %passed, 8
  %half = trunc i64 %next to i32
  %is_end = icmp eq i32 %half, 2000
  br i1 %is_end, label %done, label %loop
done:
  ret void
}

define void @not_each_time(ptr %p, i1 %other) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %latch ]
  %q = getelementptr i8, ptr %p, i64 %passed
  store i8 0, ptr %q
  %next = add nuw nsw i64 %passed, 8
  br i1 %other, label %test, label %latch
test:
  %half = trunc i64 %next to i32
  %is_end = icmp eq i32 %half, 2000
  br i1 %is_end, label %done, label %latch
latch:
  %now = load volatile i1, ptr %p
  br i1 %now, label %loop, label %done
done:
  ret void
}
