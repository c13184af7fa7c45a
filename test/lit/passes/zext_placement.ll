; Memory indices are extended at their definition, not at their uses.
; RUN: %run_passes zext-placement %s | FileCheck %s

; The phi is widened; its extension was executed in each iteration.
define i32 @scan(ptr %memory, i32 %start) {
; CHECK-LABEL: define i32 @scan(
; CHECK: entry:
; CHECK-NEXT: [[START:%.*]] = zext i32 %start to i64
; CHECK: loop:
; CHECK-NEXT: [[WIDE:%.*]] = phi i64 [ [[START]], %entry ], [ [[NEXT:%.*]], %loop ]
; CHECK-NEXT: [[HALF:%.*]] = trunc i64 [[WIDE]] to i32
; CHECK-NEXT: getelementptr i8, ptr %memory, i64 [[WIDE]]
; CHECK: %next = add i32 [[HALF]], 1
; CHECK-NEXT: [[NEXT]] = zext i32 %next to i64
; CHECK: done:
; CHECK-NEXT: [[RESULT:%.*]] = trunc i64 [[WIDE]] to i32
; CHECK-NEXT: ret i32 [[RESULT]]
entry:
  br label %loop

loop:
  %at = phi i32 [ %start, %entry ], [ %next, %loop ]
  %wide = zext i32 %at to i64
  %pointer = getelementptr i8, ptr %memory, i64 %wide
  %byte = load volatile i8, ptr %pointer
  %next = add i32 %at, 1
  %end = icmp eq i8 %byte, 0
  br i1 %end, label %done, label %loop

done:
  ret i32 %at
}

; The extension is one of the next value; the back end may rotate the loop.
define i32 @step(ptr %memory, i32 %start) {
; CHECK-LABEL: define i32 @step(
; CHECK: loop:
; CHECK-NEXT: [[WIDE:%.*]] = phi i64 [ {{%.*}}, %entry ], [ [[NEXT:%.*]], %loop ]
; CHECK: %next = add i32 {{%.*}}, 1
; CHECK-NEXT: [[NEXT]] = zext i32 %next to i64
entry:
  br label %loop

loop:
  %at = phi i32 [ %start, %entry ], [ %next, %loop ]
  %next = add i32 %at, 1
  %wide = zext i32 %next to i64
  %pointer = getelementptr i8, ptr %memory, i64 %wide
  %byte = load volatile i8, ptr %pointer
  %end = icmp eq i8 %byte, 0
  br i1 %end, label %done, label %loop

done:
  ret i32 %next
}

; Phis that depend on each other are widened together; constants are extended at compile time.
define void @web(ptr %memory, i1 %long) {
; CHECK-LABEL: define void @web(
; CHECK: loop:
; CHECK-NEXT: phi i64 [ 16, %entry ], [ [[JOINED:%.*]], %join ]
; CHECK: join:
; CHECK-NEXT: [[JOINED]] = phi i64 [ {{%.*}}, %loop ], [ {{%.*}}, %longer ]
; CHECK-NOT: phi i32
entry:
  br label %loop

loop:
  %at = phi i32 [ 16, %entry ], [ %joined, %join ]
  %wide = zext i32 %at to i64
  %pointer = getelementptr i8, ptr %memory, i64 %wide
  store i8 0, ptr %pointer
  %next = add i32 %at, 1
  br i1 %long, label %longer, label %join

longer:
  %skip = load i32, ptr %pointer
  br label %join

join:
  %joined = phi i32 [ %next, %loop ], [ %skip, %longer ]
  br label %loop
}

; One extension at the definition replaces one for each use.
define void @uses_in_other_blocks(ptr %memory, i32 %a, i32 %b, i1 %which) {
; CHECK-LABEL: define void @uses_in_other_blocks(
; CHECK: %sum = add i32 %a, %b
; CHECK-NEXT: [[WIDE:%.*]] = zext i32 %sum to i64
; CHECK: left:
; CHECK-NEXT: getelementptr i8, ptr %memory, i64 [[WIDE]]
; CHECK: right:
; CHECK-NEXT: getelementptr i8, ptr %memory, i64 [[WIDE]]
entry:
  %sum = add i32 %a, %b
  br i1 %which, label %left, label %right

left:
  %wide.left = zext i32 %sum to i64
  %pointer.left = getelementptr i8, ptr %memory, i64 %wide.left
  store i8 0, ptr %pointer.left
  ret void

right:
  %wide.right = zext i32 %sum to i64
  %pointer.right = getelementptr i8, ptr %memory, i64 %wide.right
  store i8 1, ptr %pointer.right
  ret void
}

; The extension of a parameter is an instruction and stays in the block that is executed less often.
define void @rare(ptr %memory, i32 %at, i1 %which) {
; CHECK-LABEL: define void @rare(
; CHECK: rarely:
; CHECK-NEXT: zext i32 %at to i64
entry:
  br i1 %which, label %rarely, label %done, !prof !0

rarely:
  %wide = zext i32 %at to i64
  %pointer = getelementptr i8, ptr %memory, i64 %wide
  store i8 0, ptr %pointer
  br label %done

done:
  ret void
}

!0 = !{!"branch_weights", i32 1, i32 2000}
