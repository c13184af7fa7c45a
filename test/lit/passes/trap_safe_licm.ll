; A store is sunk only from a loop that was probed; another loop may not terminate, or trap before.
;
; RUN: %run_passes 'loop-mssa(trap-safe-licm)' %s | FileCheck %s

; CHECK-LABEL: @probed(
; CHECK: load i32, ptr %at
; CHECK: loop:
; CHECK-NOT: store
; CHECK: br i1
; CHECK: done:
; CHECK: store i32 %{{.*}}, ptr %at
define void @probed(ptr %at, i32 %n) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %old = load i32, ptr %at, align 1
  %new = add i32 %old, %i
  store i32 %new, ptr %at, align 1
  %next = add i32 %i, 1
  %more = icmp ne i32 %next, %n
  br i1 %more, label %loop, label %done, !llvm.loop !0
done:
  ret void
}

; Loads are hoisted from any loop.
; CHECK-LABEL: @not_probed(
; CHECK: load i32, ptr %other
; CHECK: loop:
; CHECK-NOT: load i32, ptr %other
; CHECK: store i32 %{{.*}}, ptr %at
; CHECK: br i1
; CHECK: done:
; CHECK-NEXT: ret void
define void @not_probed(ptr noalias %at, ptr noalias %other, i32 %n) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %x = load i32, ptr %other, align 1
  %old = load i32, ptr %at, align 1
  %sum = add i32 %old, %x
  store i32 %sum, ptr %at, align 1
  %next = add i32 %i, 1
  %more = icmp ne i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret void
}

!0 = distinct !{!0, !1}
!1 = !{!"wasm.probed", i32 1}
