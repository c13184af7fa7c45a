; A function with more than eight early-exit loops is not changed; one with eight is.
;
; RUN: %run_passes 'loop-simplify,early-exit-vectorize' %s | FileCheck %s

; CHECK-LABEL: @nine(
; CHECK-NOT: load <16 x i8>
define i64 @nine(ptr %memory, i8 %wanted) {
entry:
  br label %loop0
loop0:
  %n0 = phi i64 [ 0, %entry ], [ %next0, %loop0 ]
  %place0 = getelementptr inbounds nuw i8, ptr %memory, i64 %n0
  %a0 = load i8, ptr %place0, align 1, !alias.scope !0
  %next0 = add nuw nsw i64 %n0, 1
  %found0 = icmp eq i8 %a0, %wanted
  br i1 %found0, label %loop1, label %loop0
loop1:
  %n1 = phi i64 [ 0, %loop0 ], [ %next1, %loop1 ]
  %place1 = getelementptr inbounds nuw i8, ptr %memory, i64 %n1
  %a1 = load i8, ptr %place1, align 1, !alias.scope !0
  %next1 = add nuw nsw i64 %n1, 1
  %found1 = icmp eq i8 %a1, %wanted
  br i1 %found1, label %loop2, label %loop1
loop2:
  %n2 = phi i64 [ 0, %loop1 ], [ %next2, %loop2 ]
  %place2 = getelementptr inbounds nuw i8, ptr %memory, i64 %n2
  %a2 = load i8, ptr %place2, align 1, !alias.scope !0
  %next2 = add nuw nsw i64 %n2, 1
  %found2 = icmp eq i8 %a2, %wanted
  br i1 %found2, label %loop3, label %loop2
loop3:
  %n3 = phi i64 [ 0, %loop2 ], [ %next3, %loop3 ]
  %place3 = getelementptr inbounds nuw i8, ptr %memory, i64 %n3
  %a3 = load i8, ptr %place3, align 1, !alias.scope !0
  %next3 = add nuw nsw i64 %n3, 1
  %found3 = icmp eq i8 %a3, %wanted
  br i1 %found3, label %loop4, label %loop3
loop4:
  %n4 = phi i64 [ 0, %loop3 ], [ %next4, %loop4 ]
  %place4 = getelementptr inbounds nuw i8, ptr %memory, i64 %n4
  %a4 = load i8, ptr %place4, align 1, !alias.scope !0
  %next4 = add nuw nsw i64 %n4, 1
  %found4 = icmp eq i8 %a4, %wanted
  br i1 %found4, label %loop5, label %loop4
loop5:
  %n5 = phi i64 [ 0, %loop4 ], [ %next5, %loop5 ]
  %place5 = getelementptr inbounds nuw i8, ptr %memory, i64 %n5
  %a5 = load i8, ptr %place5, align 1, !alias.scope !0
  %next5 = add nuw nsw i64 %n5, 1
  %found5 = icmp eq i8 %a5, %wanted
  br i1 %found5, label %loop6, label %loop5
loop6:
  %n6 = phi i64 [ 0, %loop5 ], [ %next6, %loop6 ]
  %place6 = getelementptr inbounds nuw i8, ptr %memory, i64 %n6
  %a6 = load i8, ptr %place6, align 1, !alias.scope !0
  %next6 = add nuw nsw i64 %n6, 1
  %found6 = icmp eq i8 %a6, %wanted
  br i1 %found6, label %loop7, label %loop6
loop7:
  %n7 = phi i64 [ 0, %loop6 ], [ %next7, %loop7 ]
  %place7 = getelementptr inbounds nuw i8, ptr %memory, i64 %n7
  %a7 = load i8, ptr %place7, align 1, !alias.scope !0
  %next7 = add nuw nsw i64 %n7, 1
  %found7 = icmp eq i8 %a7, %wanted
  br i1 %found7, label %loop8, label %loop7
loop8:
  %n8 = phi i64 [ 0, %loop7 ], [ %next8, %loop8 ]
  %place8 = getelementptr inbounds nuw i8, ptr %memory, i64 %n8
  %a8 = load i8, ptr %place8, align 1, !alias.scope !0
  %next8 = add nuw nsw i64 %n8, 1
  %found8 = icmp eq i8 %a8, %wanted
  br i1 %found8, label %done, label %loop8
done:
  ret i64 %n8
}

; CHECK-LABEL: @eight(
; CHECK-COUNT-8: load <16 x i8>
define i64 @eight(ptr %memory, i8 %wanted) {
entry:
  br label %loop0
loop0:
  %n0 = phi i64 [ 0, %entry ], [ %next0, %loop0 ]
  %place0 = getelementptr inbounds nuw i8, ptr %memory, i64 %n0
  %a0 = load i8, ptr %place0, align 1, !alias.scope !0
  %next0 = add nuw nsw i64 %n0, 1
  %found0 = icmp eq i8 %a0, %wanted
  br i1 %found0, label %loop1, label %loop0
loop1:
  %n1 = phi i64 [ 0, %loop0 ], [ %next1, %loop1 ]
  %place1 = getelementptr inbounds nuw i8, ptr %memory, i64 %n1
  %a1 = load i8, ptr %place1, align 1, !alias.scope !0
  %next1 = add nuw nsw i64 %n1, 1
  %found1 = icmp eq i8 %a1, %wanted
  br i1 %found1, label %loop2, label %loop1
loop2:
  %n2 = phi i64 [ 0, %loop1 ], [ %next2, %loop2 ]
  %place2 = getelementptr inbounds nuw i8, ptr %memory, i64 %n2
  %a2 = load i8, ptr %place2, align 1, !alias.scope !0
  %next2 = add nuw nsw i64 %n2, 1
  %found2 = icmp eq i8 %a2, %wanted
  br i1 %found2, label %loop3, label %loop2
loop3:
  %n3 = phi i64 [ 0, %loop2 ], [ %next3, %loop3 ]
  %place3 = getelementptr inbounds nuw i8, ptr %memory, i64 %n3
  %a3 = load i8, ptr %place3, align 1, !alias.scope !0
  %next3 = add nuw nsw i64 %n3, 1
  %found3 = icmp eq i8 %a3, %wanted
  br i1 %found3, label %loop4, label %loop3
loop4:
  %n4 = phi i64 [ 0, %loop3 ], [ %next4, %loop4 ]
  %place4 = getelementptr inbounds nuw i8, ptr %memory, i64 %n4
  %a4 = load i8, ptr %place4, align 1, !alias.scope !0
  %next4 = add nuw nsw i64 %n4, 1
  %found4 = icmp eq i8 %a4, %wanted
  br i1 %found4, label %loop5, label %loop4
loop5:
  %n5 = phi i64 [ 0, %loop4 ], [ %next5, %loop5 ]
  %place5 = getelementptr inbounds nuw i8, ptr %memory, i64 %n5
  %a5 = load i8, ptr %place5, align 1, !alias.scope !0
  %next5 = add nuw nsw i64 %n5, 1
  %found5 = icmp eq i8 %a5, %wanted
  br i1 %found5, label %loop6, label %loop5
loop6:
  %n6 = phi i64 [ 0, %loop5 ], [ %next6, %loop6 ]
  %place6 = getelementptr inbounds nuw i8, ptr %memory, i64 %n6
  %a6 = load i8, ptr %place6, align 1, !alias.scope !0
  %next6 = add nuw nsw i64 %n6, 1
  %found6 = icmp eq i8 %a6, %wanted
  br i1 %found6, label %loop7, label %loop6
loop7:
  %n7 = phi i64 [ 0, %loop6 ], [ %next7, %loop7 ]
  %place7 = getelementptr inbounds nuw i8, ptr %memory, i64 %n7
  %a7 = load i8, ptr %place7, align 1, !alias.scope !0
  %next7 = add nuw nsw i64 %n7, 1
  %found7 = icmp eq i8 %a7, %wanted
  br i1 %found7, label %done, label %loop7
done:
  ret i64 %n7
}

!0 = !{!1}
!1 = distinct !{!1, !2, !"memory"}
!2 = distinct !{!2, !"wasm"}
!9 = !{}
