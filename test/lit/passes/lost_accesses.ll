; A mark without covering access aborts the compiler, with a message.
;
; RUN: split-file %s %t
; RUN: not --crash %run_passes verify-accesses %t/released.ll 2>&1 | FileCheck %t/released.ll
; RUN: not --crash %run_passes verify-accesses %t/narrowed.ll 2>&1 | FileCheck %t/narrowed.ll
; RUN: not --crash %run_passes verify-accesses %t/upper.ll 2>&1 | FileCheck %t/upper.ll
; RUN: not --crash %run_passes verify-accesses %t/in-one-arm.ll 2>&1 | FileCheck %t/in-one-arm.ll
; RUN: not --crash %run_passes verify-accesses %t/behind-loop.ll 2>&1 | FileCheck %t/behind-loop.ll
; RUN: not --crash %run_passes verify-accesses %t/behind-call.ll 2>&1 | FileCheck %t/behind-call.ll
; RUN: not --crash %run_passes verify-accesses %t/before-loop.ll 2>&1 | FileCheck %t/before-loop.ll

;--- released.ll
; A non-volatile load covers nothing.
; CHECK: in released: an access of 4 bytes would not trap
define i32 @released(ptr %at) {
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null)
  %value = load i32, ptr %at, align 1
  ret i32 %value
}

;--- narrowed.ll
; CHECK: in narrowed: an access of 4 bytes would not trap
define i8 @narrowed(ptr %at) {
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null)
  %value = load volatile i8, ptr %at, align 1
  ret i8 %value
}

;--- upper.ll
; The base may be before the memory, so a later access does not cover an earlier one.
; CHECK: in upper: an access of 4 bytes would not trap
define i16 @upper(ptr %at) {
  %half = getelementptr i8, ptr %at, i64 2
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null)
  %value = load volatile i16, ptr %half, align 1
  ret i16 %value
}

;--- in-one-arm.ll
; CHECK: in in_one_arm: an access of 4 bytes would not trap
define void @in_one_arm(ptr %at, i1 %which) {
entry:
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null)
  br i1 %which, label %arm, label %done
arm:
  store i32 0, ptr %at, align 1
  br label %done
done:
  ret void
}

;--- behind-loop.ll
; The loop may not terminate.
; CHECK: in behind_loop: an access of 4 bytes would not trap
define void @behind_loop(ptr %at, i32 %x) {
entry:
  br label %loop
loop:
  %a = phi i32 [ %x, %entry ], [ %b, %loop ]
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null)
  %c = mul i32 %a, %a
  %b = add i32 %c, 3
  %more = icmp ne i32 %b, 77
  br i1 %more, label %loop, label %done
done:
  store i32 %b, ptr %at, align 1
  ret void
}

;--- behind-call.ll
; The host may observe the memory before the trap.
; CHECK: in behind_call: an access of 4 bytes would not trap
define void @behind_call(ptr %at) {
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null)
  call void @host()
  store i32 0, ptr %at, align 1
  ret void
}
declare void @host()

;--- before-loop.ll
; An access of the previous iteration covers nothing of this one.
; CHECK: in before_loop: an access of 4 bytes would not trap
define void @before_loop(ptr %memory, i64 %n) {
entry:
  store i32 0, ptr %memory, align 1
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr i8, ptr %memory, i64 %i
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null)
  %next = add i64 %i, 4
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret void
}
