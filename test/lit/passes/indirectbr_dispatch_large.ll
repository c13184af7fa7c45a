; More opcodes than the limit of tail duplication before register allocation.
; RUN: %run_passes indirectbr-dispatch %s | FileCheck %s

; A short dispatch is copied after register allocation. Entries 0 and 1 save a subtraction.
; CHECK: @dispatch = private unnamed_addr constant [37 x ptr] [ptr blockaddress(@little, %done), ptr blockaddress(@little, %done), ptr blockaddress(@little, %op0)

define void @little(ptr %code, ptr %to) {
; CHECK-LABEL: define void @little(
; CHECK: call i32 @llvm.umin.i32(i32 %op, i32 36)
; CHECK: indirectbr ptr
entry:
  br label %dispatch

dispatch:
  %pc = phi ptr [ %code, %entry ], [ %pc0, %op0 ], [ %pc1, %op1 ], [ %pc2, %op2 ], [ %pc3, %op3 ], [ %pc4, %op4 ], [ %pc5, %op5 ], [ %pc6, %op6 ], [ %pc7, %op7 ], [ %pc8, %op8 ], [ %pc9, %op9 ], [ %pc10, %op10 ], [ %pc11, %op11 ], [ %pc12, %op12 ], [ %pc13, %op13 ], [ %pc14, %op14 ], [ %pc15, %op15 ], [ %pc16, %op16 ], [ %pc17, %op17 ], [ %pc18, %op18 ], [ %pc19, %op19 ], [ %pc20, %op20 ], [ %pc21, %op21 ], [ %pc22, %op22 ], [ %pc23, %op23 ], [ %pc24, %op24 ], [ %pc25, %op25 ], [ %pc26, %op26 ], [ %pc27, %op27 ], [ %pc28, %op28 ], [ %pc29, %op29 ], [ %pc30, %op30 ], [ %pc31, %op31 ], [ %pc32, %op32 ], [ %pc33, %op33 ]
  %op = load volatile i32, ptr %pc
  switch i32 %op, label %done [
    i32 2, label %op0
    i32 3, label %op1
    i32 4, label %op2
    i32 5, label %op3
    i32 6, label %op4
    i32 7, label %op5
    i32 8, label %op6
    i32 9, label %op7
    i32 10, label %op8
    i32 11, label %op9
    i32 12, label %op10
    i32 13, label %op11
    i32 14, label %op12
    i32 15, label %op13
    i32 16, label %op14
    i32 17, label %op15
    i32 18, label %op16
    i32 19, label %op17
    i32 20, label %op18
    i32 21, label %op19
    i32 22, label %op20
    i32 23, label %op21
    i32 24, label %op22
    i32 25, label %op23
    i32 26, label %op24
    i32 27, label %op25
    i32 28, label %op26
    i32 29, label %op27
    i32 30, label %op28
    i32 31, label %op29
    i32 32, label %op30
    i32 33, label %op31
    i32 34, label %op32
    i32 35, label %op33
  ]

op0:
  store i32 0, ptr %to
  %pc0 = getelementptr i32, ptr %pc, i64 1
  br label %dispatch
op1:
  store i32 1, ptr %to
  %pc1 = getelementptr i32, ptr %pc, i64 2
  br label %dispatch
op2:
  store i32 2, ptr %to
  %pc2 = getelementptr i32, ptr %pc, i64 3
  br label %dispatch
op3:
  store i32 3, ptr %to
  %pc3 = getelementptr i32, ptr %pc, i64 4
  br label %dispatch
op4:
  store i32 4, ptr %to
  %pc4 = getelementptr i32, ptr %pc, i64 5
  br label %dispatch
op5:
  store i32 5, ptr %to
  %pc5 = getelementptr i32, ptr %pc, i64 6
  br label %dispatch
op6:
  store i32 6, ptr %to
  %pc6 = getelementptr i32, ptr %pc, i64 7
  br label %dispatch
op7:
  store i32 7, ptr %to
  %pc7 = getelementptr i32, ptr %pc, i64 8
  br label %dispatch
op8:
  store i32 8, ptr %to
  %pc8 = getelementptr i32, ptr %pc, i64 9
  br label %dispatch
op9:
  store i32 9, ptr %to
  %pc9 = getelementptr i32, ptr %pc, i64 10
  br label %dispatch
op10:
  store i32 10, ptr %to
  %pc10 = getelementptr i32, ptr %pc, i64 11
  br label %dispatch
op11:
  store i32 11, ptr %to
  %pc11 = getelementptr i32, ptr %pc, i64 12
  br label %dispatch
op12:
  store i32 12, ptr %to
  %pc12 = getelementptr i32, ptr %pc, i64 13
  br label %dispatch
op13:
  store i32 13, ptr %to
  %pc13 = getelementptr i32, ptr %pc, i64 14
  br label %dispatch
op14:
  store i32 14, ptr %to
  %pc14 = getelementptr i32, ptr %pc, i64 15
  br label %dispatch
op15:
  store i32 15, ptr %to
  %pc15 = getelementptr i32, ptr %pc, i64 16
  br label %dispatch
op16:
  store i32 16, ptr %to
  %pc16 = getelementptr i32, ptr %pc, i64 17
  br label %dispatch
op17:
  store i32 17, ptr %to
  %pc17 = getelementptr i32, ptr %pc, i64 18
  br label %dispatch
op18:
  store i32 18, ptr %to
  %pc18 = getelementptr i32, ptr %pc, i64 19
  br label %dispatch
op19:
  store i32 19, ptr %to
  %pc19 = getelementptr i32, ptr %pc, i64 20
  br label %dispatch
op20:
  store i32 20, ptr %to
  %pc20 = getelementptr i32, ptr %pc, i64 21
  br label %dispatch
op21:
  store i32 21, ptr %to
  %pc21 = getelementptr i32, ptr %pc, i64 22
  br label %dispatch
op22:
  store i32 22, ptr %to
  %pc22 = getelementptr i32, ptr %pc, i64 23
  br label %dispatch
op23:
  store i32 23, ptr %to
  %pc23 = getelementptr i32, ptr %pc, i64 24
  br label %dispatch
op24:
  store i32 24, ptr %to
  %pc24 = getelementptr i32, ptr %pc, i64 25
  br label %dispatch
op25:
  store i32 25, ptr %to
  %pc25 = getelementptr i32, ptr %pc, i64 26
  br label %dispatch
op26:
  store i32 26, ptr %to
  %pc26 = getelementptr i32, ptr %pc, i64 27
  br label %dispatch
op27:
  store i32 27, ptr %to
  %pc27 = getelementptr i32, ptr %pc, i64 28
  br label %dispatch
op28:
  store i32 28, ptr %to
  %pc28 = getelementptr i32, ptr %pc, i64 29
  br label %dispatch
op29:
  store i32 29, ptr %to
  %pc29 = getelementptr i32, ptr %pc, i64 30
  br label %dispatch
op30:
  store i32 30, ptr %to
  %pc30 = getelementptr i32, ptr %pc, i64 31
  br label %dispatch
op31:
  store i32 31, ptr %to
  %pc31 = getelementptr i32, ptr %pc, i64 32
  br label %dispatch
op32:
  store i32 32, ptr %to
  %pc32 = getelementptr i32, ptr %pc, i64 33
  br label %dispatch
op33:
  store i32 33, ptr %to
  %pc33 = getelementptr i32, ptr %pc, i64 34
  br label %dispatch

done:
  ret void
}

; A dispatch that decodes operands is too long.
define void @much(ptr %code, ptr %to) {
; CHECK-LABEL: define void @much(
; CHECK-NOT: indirectbr
; CHECK: switch i32
entry:
  br label %dispatch

dispatch:
  %pc = phi ptr [ %code, %entry ], [ %pc0, %op0 ], [ %pc1, %op1 ], [ %pc2, %op2 ], [ %pc3, %op3 ], [ %pc4, %op4 ], [ %pc5, %op5 ], [ %pc6, %op6 ], [ %pc7, %op7 ], [ %pc8, %op8 ], [ %pc9, %op9 ], [ %pc10, %op10 ], [ %pc11, %op11 ], [ %pc12, %op12 ], [ %pc13, %op13 ], [ %pc14, %op14 ], [ %pc15, %op15 ], [ %pc16, %op16 ], [ %pc17, %op17 ], [ %pc18, %op18 ], [ %pc19, %op19 ], [ %pc20, %op20 ], [ %pc21, %op21 ], [ %pc22, %op22 ], [ %pc23, %op23 ], [ %pc24, %op24 ], [ %pc25, %op25 ], [ %pc26, %op26 ], [ %pc27, %op27 ], [ %pc28, %op28 ], [ %pc29, %op29 ], [ %pc30, %op30 ], [ %pc31, %op31 ], [ %pc32, %op32 ], [ %pc33, %op33 ]
  %op = load volatile i32, ptr %pc
  %a = lshr i32 %op, 3
  %b = xor i32 %a, %op
  %c = mul i32 %b, 5
  %selector = and i32 %c, 255
  switch i32 %selector, label %done [
    i32 2, label %op0
    i32 3, label %op1
    i32 4, label %op2
    i32 5, label %op3
    i32 6, label %op4
    i32 7, label %op5
    i32 8, label %op6
    i32 9, label %op7
    i32 10, label %op8
    i32 11, label %op9
    i32 12, label %op10
    i32 13, label %op11
    i32 14, label %op12
    i32 15, label %op13
    i32 16, label %op14
    i32 17, label %op15
    i32 18, label %op16
    i32 19, label %op17
    i32 20, label %op18
    i32 21, label %op19
    i32 22, label %op20
    i32 23, label %op21
    i32 24, label %op22
    i32 25, label %op23
    i32 26, label %op24
    i32 27, label %op25
    i32 28, label %op26
    i32 29, label %op27
    i32 30, label %op28
    i32 31, label %op29
    i32 32, label %op30
    i32 33, label %op31
    i32 34, label %op32
    i32 35, label %op33
  ]

op0:
  store i32 0, ptr %to
  %pc0 = getelementptr i32, ptr %pc, i64 1
  br label %dispatch
op1:
  store i32 1, ptr %to
  %pc1 = getelementptr i32, ptr %pc, i64 2
  br label %dispatch
op2:
  store i32 2, ptr %to
  %pc2 = getelementptr i32, ptr %pc, i64 3
  br label %dispatch
op3:
  store i32 3, ptr %to
  %pc3 = getelementptr i32, ptr %pc, i64 4
  br label %dispatch
op4:
  store i32 4, ptr %to
  %pc4 = getelementptr i32, ptr %pc, i64 5
  br label %dispatch
op5:
  store i32 5, ptr %to
  %pc5 = getelementptr i32, ptr %pc, i64 6
  br label %dispatch
op6:
  store i32 6, ptr %to
  %pc6 = getelementptr i32, ptr %pc, i64 7
  br label %dispatch
op7:
  store i32 7, ptr %to
  %pc7 = getelementptr i32, ptr %pc, i64 8
  br label %dispatch
op8:
  store i32 8, ptr %to
  %pc8 = getelementptr i32, ptr %pc, i64 9
  br label %dispatch
op9:
  store i32 9, ptr %to
  %pc9 = getelementptr i32, ptr %pc, i64 10
  br label %dispatch
op10:
  store i32 10, ptr %to
  %pc10 = getelementptr i32, ptr %pc, i64 11
  br label %dispatch
op11:
  store i32 11, ptr %to
  %pc11 = getelementptr i32, ptr %pc, i64 12
  br label %dispatch
op12:
  store i32 12, ptr %to
  %pc12 = getelementptr i32, ptr %pc, i64 13
  br label %dispatch
op13:
  store i32 13, ptr %to
  %pc13 = getelementptr i32, ptr %pc, i64 14
  br label %dispatch
op14:
  store i32 14, ptr %to
  %pc14 = getelementptr i32, ptr %pc, i64 15
  br label %dispatch
op15:
  store i32 15, ptr %to
  %pc15 = getelementptr i32, ptr %pc, i64 16
  br label %dispatch
op16:
  store i32 16, ptr %to
  %pc16 = getelementptr i32, ptr %pc, i64 17
  br label %dispatch
op17:
  store i32 17, ptr %to
  %pc17 = getelementptr i32, ptr %pc, i64 18
  br label %dispatch
op18:
  store i32 18, ptr %to
  %pc18 = getelementptr i32, ptr %pc, i64 19
  br label %dispatch
op19:
  store i32 19, ptr %to
  %pc19 = getelementptr i32, ptr %pc, i64 20
  br label %dispatch
op20:
  store i32 20, ptr %to
  %pc20 = getelementptr i32, ptr %pc, i64 21
  br label %dispatch
op21:
  store i32 21, ptr %to
  %pc21 = getelementptr i32, ptr %pc, i64 22
  br label %dispatch
op22:
  store i32 22, ptr %to
  %pc22 = getelementptr i32, ptr %pc, i64 23
  br label %dispatch
op23:
  store i32 23, ptr %to
  %pc23 = getelementptr i32, ptr %pc, i64 24
  br label %dispatch
op24:
  store i32 24, ptr %to
  %pc24 = getelementptr i32, ptr %pc, i64 25
  br label %dispatch
op25:
  store i32 25, ptr %to
  %pc25 = getelementptr i32, ptr %pc, i64 26
  br label %dispatch
op26:
  store i32 26, ptr %to
  %pc26 = getelementptr i32, ptr %pc, i64 27
  br label %dispatch
op27:
  store i32 27, ptr %to
  %pc27 = getelementptr i32, ptr %pc, i64 28
  br label %dispatch
op28:
  store i32 28, ptr %to
  %pc28 = getelementptr i32, ptr %pc, i64 29
  br label %dispatch
op29:
  store i32 29, ptr %to
  %pc29 = getelementptr i32, ptr %pc, i64 30
  br label %dispatch
op30:
  store i32 30, ptr %to
  %pc30 = getelementptr i32, ptr %pc, i64 31
  br label %dispatch
op31:
  store i32 31, ptr %to
  %pc31 = getelementptr i32, ptr %pc, i64 32
  br label %dispatch
op32:
  store i32 32, ptr %to
  %pc32 = getelementptr i32, ptr %pc, i64 33
  br label %dispatch
op33:
  store i32 33, ptr %to
  %pc33 = getelementptr i32, ptr %pc, i64 34
  br label %dispatch

done:
  ret void
}
