; A running maximum of loads that may be late becomes a select with branch weights.
; RUN: %run_passes minmax-to-branch %s | FileCheck %s

; A column of a matrix: each load is in another cache line. The store does not matter.
define i32 @column(ptr %first, ptr %result) {
; CHECK-LABEL: define i32 @column(
; CHECK: [[CHANGES:%.*]] = icmp sgt i32 %x, %best
; CHECK-NEXT: [[NOW:%.*]] = select i1 [[CHANGES]], i32 %x, i32 %best, !prof [[RARE:![0-9]+]]
; CHECK-NEXT: store i32 [[NOW]], ptr %result
; CHECK: [[CHANGES:%.*]] = icmp sgt i32 %sum, [[NOW]]
; CHECK-NEXT: select i1 [[CHANGES]], i32 %sum, i32 [[NOW]], !prof [[RARE]]
entry:
  br label %loop

loop:
  %best = phi i32 [ 0, %entry ], [ %next, %loop ]
  %passed = phi i64 [ 0, %entry ], [ %passed.next, %loop ]
  %place = getelementptr inbounds nuw i8, ptr %first, i64 %passed
  %x = load i32, ptr %place
  %now = call i32 @llvm.smax.i32(i32 %best, i32 %x)
  store i32 %now, ptr %result
  %place2 = getelementptr inbounds nuw i8, ptr %place, i64 1000
  %y = load i32, ptr %place2
  %sum = add i32 %y, %x
  %next = call i32 @llvm.smax.i32(i32 %sum, i32 %now)
  %passed.next = add nuw nsw i64 %passed, 2000
  %more = icmp ne i64 %passed.next, 80000
  br i1 %more, label %loop, label %done

done:
  ret i32 %next
}

; An indirect load.
define i32 @gather(ptr %memory, ptr %first) {
; CHECK-LABEL: define i32 @gather(
; CHECK: icmp ult i32 %x, %best
; CHECK: select {{.*}} !prof
entry:
  br label %loop

loop:
  %best = phi i32 [ -1, %entry ], [ %next, %loop ]
  %passed = phi i64 [ 0, %entry ], [ %passed.next, %loop ]
  %place = getelementptr inbounds nuw i8, ptr %first, i64 %passed
  %index = load i32, ptr %place
  %wide = zext i32 %index to i64
  %there = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %x = load i32, ptr %there
  %next = call i32 @llvm.umin.i32(i32 %best, i32 %x)
  %passed.next = add nuw nsw i64 %passed, 4
  %more = icmp ne i64 %passed.next, 4000
  br i1 %more, label %loop, label %done

done:
  ret i32 %next
}

; A row is loaded in time, even if its index may wrap.
define i32 @row(ptr %memory, i32 %first) {
; CHECK-LABEL: define i32 @row(
; CHECK-NOT: select
; CHECK: ret i32
entry:
  br label %loop

loop:
  %best = phi i32 [ 0, %entry ], [ %next, %loop ]
  %index = phi i32 [ %first, %entry ], [ %index.next, %loop ]
  %wide = zext i32 %index to i64
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %x = load i32, ptr %place
  %next = call i32 @llvm.smax.i32(i32 %best, i32 %x)
  %index.next = add i32 %index, 4
  %more = icmp ne i32 %index.next, 4000
  br i1 %more, label %loop, label %done

done:
  ret i32 %next
}

; The phi is no running maximum, since each iteration adds to it.
define i32 @grows(ptr %first) {
; CHECK-LABEL: define i32 @grows(
; CHECK-NOT: select
; CHECK: ret i32
entry:
  br label %loop

loop:
  %best = phi i32 [ 0, %entry ], [ %next, %loop ]
  %passed = phi i64 [ 0, %entry ], [ %passed.next, %loop ]
  %place = getelementptr inbounds nuw i8, ptr %first, i64 %passed
  %x = load i32, ptr %place
  %now = call i32 @llvm.smax.i32(i32 %best, i32 %x)
  %next = add i32 %now, 1
  %passed.next = add nuw nsw i64 %passed, 2000
  %more = icmp ne i64 %passed.next, 80000
  br i1 %more, label %loop, label %done

done:
  ret i32 %next
}
