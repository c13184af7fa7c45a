; RUN: %run_passes 'loop-simplify,pointer-disambiguation,licm-loop-versioning,loop-mssa(licm)' %s | FileCheck %s

; The factor is hoisted in the version without overlap; the other version loads it in each iteration and is
; neither vectorized nor unrolled.
; CHECK-LABEL: @scaled(
; CHECK: %[[CONFLICT:.*]] = and i1
; CHECK: br i1 %{{.*}}, label %[[SLOW:.*]], label %[[FAST:.*]]
; CHECK: loop.lver.orig:
; CHECK: load double
; CHECK: load double
; CHECK: br i1 %{{.*}}, label %loop.lver.orig, label %{{.*}}, !llvm.loop ![[SMALL:[0-9]+]]
; CHECK: loop.ph:
; CHECK: load double
; CHECK: loop:
; CHECK: load double
; CHECK-NOT: load double
; CHECK: ret void
define void @scaled(ptr %memory, i64 %x, i64 %y) {
entry:
  %to = getelementptr inbounds nuw i8, ptr %memory, i64 %x
  %factor = getelementptr inbounds nuw i8, ptr %memory, i64 %y
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %to.now = getelementptr inbounds nuw i8, ptr %to, i64 %passed
  %a = load double, ptr %to.now, align 1, !alias.scope !0
  %b = load double, ptr %factor, align 1, !alias.scope !0
  %product = fmul double %a, %b
  store double %product, ptr %to.now, align 1, !alias.scope !0
  %next = add nuw nsw i64 %passed, 8
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Without a loop-invariant access, versioning is left to the vectorizer.
; CHECK-LABEL: @copied(
; CHECK-NOT: lver
; CHECK: ret void
define void @copied(ptr %memory, i64 %x, i64 %y) {
entry:
  %to = getelementptr inbounds nuw i8, ptr %memory, i64 %x
  %from = getelementptr inbounds nuw i8, ptr %memory, i64 %y
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %from.now = getelementptr inbounds nuw i8, ptr %from, i64 %passed
  %a = load double, ptr %from.now, align 1, !alias.scope !0
  %to.now = getelementptr inbounds nuw i8, ptr %to, i64 %passed
  store double %a, ptr %to.now, align 1, !alias.scope !0
  %next = add nuw nsw i64 %passed, 8
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; CHECK: ![[SMALL]] = distinct !{![[SMALL]], ![[VECTORS:[0-9]+]], ![[UNROLLING:[0-9]+]]}
; CHECK-DAG: ![[VECTORS]] = !{!"llvm.loop.vectorize.enable", i1 false}
; CHECK-DAG: ![[UNROLLING]] = !{!"llvm.loop.unroll.disable"}

!0 = !{!1}
!1 = distinct !{!1, !2, !"memory"}
!2 = distinct !{!2, !"wasm"}
