; The dispatch switch of an interpreter becomes an indirect branch through a table of block addresses.
; RUN: %run_passes indirectbr-dispatch %s | FileCheck %s

; CHECK: @dispatch = private unnamed_addr constant [9 x ptr]
; CHECK-SAME: blockaddress(@any_selector, %op0)
; CHECK-SAME: blockaddress(@any_selector, %op7)
; CHECK-SAME: blockaddress(@any_selector, %done)
; CHECK: @dispatch.1 = private unnamed_addr constant [16 x ptr]
; CHECK: @dispatch.2 = private unnamed_addr constant [9 x ptr]
; CHECK-NOT: @dispatch.3

; Entry 8 is the default target.
define i32 @any_selector(ptr %code) {
; CHECK-LABEL: define i32 @any_selector(
; CHECK: [[LAST:%.*]] = call i32 @llvm.umin.i32(i32 {{%.*}}, i32 8)
; CHECK: [[INDEX:%.*]] = zext i32 [[LAST]] to i64
; CHECK: [[ENTRY:%.*]] = getelementptr inbounds ptr, ptr @dispatch, i64 [[INDEX]]
; CHECK: [[TARGET:%.*]] = load ptr, ptr [[ENTRY]], {{.*}}!invariant.load
; CHECK: indirectbr ptr [[TARGET]], [label %done, label %op0, {{.*}}label %op7]
entry:
  br label %dispatch

dispatch:
  %pc = phi ptr [ %code, %entry ], [ %next, %op0 ], [ %next, %op1 ], [ %next, %op2 ], [ %next, %op3 ], [ %next, %op4 ], [ %next, %op5 ], [ %next, %op6 ], [ %next, %op7 ]
  %acc = phi i32 [ 0, %entry ], [ %x0, %op0 ], [ %x1, %op1 ], [ %x2, %op2 ], [ %x3, %op3 ], [ %x4, %op4 ], [ %x5, %op5 ], [ %x6, %op6 ], [ %x7, %op7 ]
  %next = getelementptr i8, ptr %pc, i64 1
  %op = load i32, ptr %pc
  switch i32 %op, label %done [
    i32 0, label %op0
    i32 1, label %op1
    i32 2, label %op2
    i32 3, label %op3
    i32 4, label %op4
    i32 5, label %op5
    i32 6, label %op6
    i32 7, label %op7
  ]

op0:
  %x0 = xor i32 %acc, 3
  br label %dispatch
op1:
  %x1 = xor i32 %acc, 4
  br label %dispatch
op2:
  %x2 = xor i32 %acc, 5
  br label %dispatch
op3:
  %x3 = xor i32 %acc, 6
  br label %dispatch
op4:
  %x4 = xor i32 %acc, 7
  br label %dispatch
op5:
  %x5 = xor i32 %acc, 8
  br label %dispatch
op6:
  %x6 = xor i32 %acc, 9
  br label %dispatch
op7:
  %x7 = xor i32 %acc, 10
  br label %dispatch

done:
  ret i32 %acc
}

; A selector of four bits cannot exceed a table of 16 entries.
define i32 @masked_selector(ptr %code) {
; CHECK-LABEL: define i32 @masked_selector(
; CHECK-NOT: umin
; CHECK: indirectbr
entry:
  br label %dispatch

dispatch:
  %pc = phi ptr [ %code, %entry ], [ %next, %op0 ], [ %next, %op1 ], [ %next, %op2 ], [ %next, %op3 ], [ %next, %op4 ], [ %next, %op5 ], [ %next, %op6 ], [ %next, %op7 ]
  %acc = phi i32 [ 0, %entry ], [ %x0, %op0 ], [ %x1, %op1 ], [ %x2, %op2 ], [ %x3, %op3 ], [ %x4, %op4 ], [ %x5, %op5 ], [ %x6, %op6 ], [ %x7, %op7 ]
  %next = getelementptr i8, ptr %pc, i64 1
  %byte = load i8, ptr %pc
  %wide = zext i8 %byte to i32
  %op = and i32 %wide, 15
  switch i32 %op, label %done [
    i32 0, label %op0
    i32 1, label %op1
    i32 2, label %op2
    i32 3, label %op3
    i32 4, label %op4
    i32 5, label %op5
    i32 6, label %op6
    i32 7, label %op7
  ]

op0:
  %x0 = xor i32 %acc, 3
  br label %dispatch
op1:
  %x1 = xor i32 %acc, 4
  br label %dispatch
op2:
  %x2 = xor i32 %acc, 5
  br label %dispatch
op3:
  %x3 = xor i32 %acc, 6
  br label %dispatch
op4:
  %x4 = xor i32 %acc, 7
  br label %dispatch
op5:
  %x5 = xor i32 %acc, 8
  br label %dispatch
op6:
  %x6 = xor i32 %acc, 9
  br label %dispatch
op7:
  %x7 = xor i32 %acc, 10
  br label %dispatch

done:
  ret i32 %acc
}

; Sparse selectors would need a large table.
define i32 @sparse_selector(ptr %code) {
; CHECK-LABEL: define i32 @sparse_selector(
; CHECK-NOT: indirectbr
; CHECK: switch i32
entry:
  br label %dispatch

dispatch:
  %pc = phi ptr [ %code, %entry ], [ %next, %op0 ], [ %next, %op1 ], [ %next, %op2 ], [ %next, %op3 ], [ %next, %op4 ], [ %next, %op5 ], [ %next, %op6 ], [ %next, %op7 ]
  %acc = phi i32 [ 0, %entry ], [ %x0, %op0 ], [ %x1, %op1 ], [ %x2, %op2 ], [ %x3, %op3 ], [ %x4, %op4 ], [ %x5, %op5 ], [ %x6, %op6 ], [ %x7, %op7 ]
  %next = getelementptr i8, ptr %pc, i64 1
  %op = load i32, ptr %pc
  switch i32 %op, label %done [
    i32 0, label %op0
    i32 1, label %op1
    i32 2, label %op2
    i32 3, label %op3
    i32 4, label %op4
    i32 5, label %op5
    i32 6, label %op6
    i32 7000, label %op7
  ]

op0:
  %x0 = xor i32 %acc, 3
  br label %dispatch
op1:
  %x1 = xor i32 %acc, 4
  br label %dispatch
op2:
  %x2 = xor i32 %acc, 5
  br label %dispatch
op3:
  %x3 = xor i32 %acc, 6
  br label %dispatch
op4:
  %x4 = xor i32 %acc, 7
  br label %dispatch
op5:
  %x5 = xor i32 %acc, 8
  br label %dispatch
op6:
  %x6 = xor i32 %acc, 9
  br label %dispatch
op7:
  %x7 = xor i32 %acc, 10
  br label %dispatch

done:
  ret i32 %acc
}

; A dispatch with a call is not copied.
define i32 @call_before(ptr %code) {
; CHECK-LABEL: define i32 @call_before(
; CHECK-NOT: indirectbr
; CHECK: switch i32
entry:
  br label %dispatch

dispatch:
  %pc = phi ptr [ %code, %entry ], [ %next, %op0 ], [ %next, %op1 ], [ %next, %op2 ], [ %next, %op3 ], [ %next, %op4 ], [ %next, %op5 ], [ %next, %op6 ], [ %next, %op7 ]
  %acc = phi i32 [ 0, %entry ], [ %x0, %op0 ], [ %x1, %op1 ], [ %x2, %op2 ], [ %x3, %op3 ], [ %x4, %op4 ], [ %x5, %op5 ], [ %x6, %op6 ], [ %x7, %op7 ]
  %next = getelementptr i8, ptr %pc, i64 1
  %op = call i32 @read(ptr %pc)
  switch i32 %op, label %done [
    i32 0, label %op0
    i32 1, label %op1
    i32 2, label %op2
    i32 3, label %op3
    i32 4, label %op4
    i32 5, label %op5
    i32 6, label %op6
    i32 7, label %op7
  ]

op0:
  %x0 = xor i32 %acc, 3
  br label %dispatch
op1:
  %x1 = xor i32 %acc, 4
  br label %dispatch
op2:
  %x2 = xor i32 %acc, 5
  br label %dispatch
op3:
  %x3 = xor i32 %acc, 6
  br label %dispatch
op4:
  %x4 = xor i32 %acc, 7
  br label %dispatch
op5:
  %x5 = xor i32 %acc, 8
  br label %dispatch
op6:
  %x6 = xor i32 %acc, 9
  br label %dispatch
op7:
  %x7 = xor i32 %acc, 10
  br label %dispatch

done:
  ret i32 %acc
}

declare i32 @read(ptr)

; The single latch that LoopSimplify creates is removed.
define i32 @one_latch(ptr %code) {
; CHECK-LABEL: define i32 @one_latch(
; CHECK-NOT: latch:
; CHECK: indirectbr
; CHECK-NOT: latch:
entry:
  br label %dispatch

latch:
  %acc.latch = phi i32 [ %x0, %op0 ], [ %x1, %op1 ], [ %x2, %op2 ], [ %x3, %op3 ], [ %x4, %op4 ], [ %x5, %op5 ], [ %x6, %op6 ], [ %x7, %op7 ]
  br label %dispatch

dispatch:
  %acc = phi i32 [ 0, %entry ], [ %acc.latch, %latch ]
  %op = load volatile i32, ptr %code
  switch i32 %op, label %done [
    i32 0, label %op0
    i32 1, label %op1
    i32 2, label %op2
    i32 3, label %op3
    i32 4, label %op4
    i32 5, label %op5
    i32 6, label %op6
    i32 7, label %op7
  ]

op0:
  %x0 = xor i32 %acc, 3
  br label %latch
op1:
  %x1 = xor i32 %acc, 4
  br label %latch
op2:
  %x2 = xor i32 %acc, 5
  br label %latch
op3:
  %x3 = xor i32 %acc, 6
  br label %latch
op4:
  %x4 = xor i32 %acc, 7
  br label %latch
op5:
  %x5 = xor i32 %acc, 8
  br label %latch
op6:
  %x6 = xor i32 %acc, 9
  br label %latch
op7:
  %x7 = xor i32 %acc, 10
  br label %latch

done:
  ret i32 %acc
}

; A switch outside of a loop is no dispatch.
define i32 @once(i32 %op) {
; CHECK-LABEL: define i32 @once(
; CHECK-NOT: indirectbr
; CHECK: switch i32
entry:
  switch i32 %op, label %done [
    i32 0, label %op0
    i32 1, label %op1
    i32 2, label %op2
    i32 3, label %op3
    i32 4, label %op4
    i32 5, label %op5
    i32 6, label %op6
    i32 7, label %op7
  ]

op0:
  br label %done
op1:
  br label %done
op2:
  br label %done
op3:
  br label %done
op4:
  br label %done
op5:
  br label %done
op6:
  br label %done
op7:
  br label %done

done:
  %result = phi i32 [ 9, %entry ], [ 0, %op0 ], [ 1, %op1 ], [ 2, %op2 ], [ 3, %op3 ], [ 4, %op4 ], [ 5, %op5 ], [ 6, %op6 ], [ 7, %op7 ]
  ret i32 %result
}
