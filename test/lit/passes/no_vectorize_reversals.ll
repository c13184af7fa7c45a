; Loops that reverse an array in place are not vectorized.
; RUN: %run_passes no-vectorize-reversals %s | FileCheck %s

define void @reversal(ptr %low, ptr %high, i32 %last) {
; CHECK-LABEL: define void @reversal(
; CHECK: br i1 %more, label %loop, label %done, !llvm.loop [[SCALAR:![0-9]+]]
entry:
  br label %loop

loop:
  %up = phi i64 [ 0, %entry ], [ %up.next, %loop ]
  %down = phi i64 [ 0, %entry ], [ %down.next, %loop ]
  %i = phi i32 [ 0, %entry ], [ %i.next, %loop ]
  %j = phi i32 [ %last, %entry ], [ %j.next, %loop ]
  %left = getelementptr inbounds i8, ptr %low, i64 %up
  %right = getelementptr inbounds i8, ptr %high, i64 %down
  %a = load i32, ptr %left
  %b = load i32, ptr %right
  store i32 %b, ptr %left
  store i32 %a, ptr %right
  %up.next = add nuw nsw i64 %up, 4
  %down.next = add nsw i64 %down, -4
  %i.next = add nuw nsw i32 %i, 1
  %j.next = add nsw i32 %j, -1
  %more = icmp slt i32 %i.next, %j.next
  br i1 %more, label %loop, label %done

done:
  ret void
}

; A reversed copy stores in one direction only.
define void @copy(ptr %low, ptr %high, i32 %last) {
; CHECK-LABEL: define void @copy(
; CHECK: br i1 %more, label %loop, label %done{{$}}
entry:
  br label %loop

loop:
  %up = phi i64 [ 0, %entry ], [ %up.next, %loop ]
  %down = phi i64 [ 0, %entry ], [ %down.next, %loop ]
  %i = phi i32 [ 0, %entry ], [ %i.next, %loop ]
  %j = phi i32 [ %last, %entry ], [ %j.next, %loop ]
  %left = getelementptr inbounds i8, ptr %low, i64 %up
  %right = getelementptr inbounds i8, ptr %high, i64 %down
  %b = load i32, ptr %right
  store i32 %b, ptr %left
  %up.next = add nuw nsw i64 %up, 4
  %down.next = add nsw i64 %down, -4
  %i.next = add nuw nsw i32 %i, 1
  %j.next = add nsw i32 %j, -1
  %more = icmp slt i32 %i.next, %j.next
  br i1 %more, label %loop, label %done

done:
  ret void
}

; The exit test compares no opposite induction variables.
define void @two_arrays(ptr %low, ptr %high) {
; CHECK-LABEL: define void @two_arrays(
; CHECK: br i1 %more, label %loop, label %done{{$}}
entry:
  br label %loop

loop:
  %up = phi i64 [ 0, %entry ], [ %up.next, %loop ]
  %down = phi i64 [ 0, %entry ], [ %down.next, %loop ]
  %left = getelementptr inbounds i8, ptr %low, i64 %up
  %right = getelementptr inbounds i8, ptr %high, i64 %down
  store i32 0, ptr %left
  store i32 0, ptr %right
  %up.next = add nuw nsw i64 %up, 4
  %down.next = add nsw i64 %down, -4
  %more = icmp ult i64 %up.next, 4000
  br i1 %more, label %loop, label %done

done:
  ret void
}

; CHECK: [[SCALAR]] = distinct !{[[SCALAR]], [[OFF:![0-9]+]]}
; CHECK: [[OFF]] = !{!"llvm.loop.vectorize.enable", i32 0}
