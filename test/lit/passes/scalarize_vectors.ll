; RUN: %run_passes 'scalarize-vectors' %s | FileCheck %s

; The operands are built from scalars, and the lanes of the result are extracted.
; CHECK-LABEL: @lanes(
; CHECK-NOT: <4 x i32>
; CHECK-DAG: %[[A:.*]] = add nuw i32 %a, %d
; CHECK-DAG: %[[D:.*]] = add nuw i32 %b, 7
; CHECK-DAG: mul i32 %[[A]], %[[D]]
; CHECK: ret i32
define i32 @lanes(i32 %a, i32 %b, i32 %c, i32 %d) {
  %one = insertelement <4 x i32> poison, i32 %b, i64 0
  %all = shufflevector <4 x i32> %one, <4 x i32> poison, <4 x i32> zeroinitializer
  %left.0 = insertelement <4 x i32> %all, i32 %c, i64 0
  %left = insertelement <4 x i32> %left.0, i32 %a, i64 0
  %right = insertelement <4 x i32> <i32 4, i32 5, i32 6, i32 7>, i32 %d, i64 0
  %sum = add nuw <4 x i32> %left, %right
  %first = extractelement <4 x i32> %sum, i64 0
  %last = extractelement <4 x i32> %sum, i64 3
  %product = mul i32 %first, %last
  ret i32 %product
}

; The whole vector is used after the loop only.
; CHECK-LABEL: @after_loop(
; CHECK: loop:
; CHECK: %[[NEXT:.*]] = add i32 %i, %i
; CHECK: icmp ult i32 %[[NEXT]], 100
; CHECK: ret <2 x i32>
define <2 x i32> @after_loop(i32 %a) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 1, %entry ], [ %next, %loop ]
  %left = insertelement <2 x i32> zeroinitializer, i32 %i, i64 1
  %right = insertelement <2 x i32> zeroinitializer, i32 %i, i64 1
  %sum = add <2 x i32> %left, %right
  %next = extractelement <2 x i32> %sum, i64 1
  %more = icmp ult i32 %next, 100
  br i1 %more, label %loop, label %done
done:
  ret <2 x i32> %sum
}

; Not changed: an unknown lane, a variable lane, a use of the whole vector, too many lanes.
; CHECK-LABEL: @stay(
; CHECK: %unknown = add <4 x i32>
; CHECK: %chosen = add <2 x i32>
; CHECK: %whole = add <2 x i32>
; CHECK: %bytes = add <8 x i8>
define i32 @stay(i32 %a, <4 x i32> %v, ptr %to, i8 %b) {
  %partly = insertelement <4 x i32> %v, i32 %a, i64 0
  %unknown = add <4 x i32> %partly, splat (i32 1)
  %x = extractelement <4 x i32> %unknown, i64 0
  %two = insertelement <2 x i32> zeroinitializer, i32 %a, i64 0
  %chosen = add <2 x i32> %two, splat (i32 1)
  %y = extractelement <2 x i32> %chosen, i32 %a
  %whole = add <2 x i32> %two, splat (i32 2)
  store <2 x i32> %whole, ptr %to
  %eight = insertelement <8 x i8> zeroinitializer, i8 %b, i64 0
  %bytes = add <8 x i8> %eight, splat (i8 2)
  %w = extractelement <8 x i8> %bytes, i64 0
  store i8 %w, ptr %to
  %sum = add i32 %x, %y
  ret i32 %sum
}
