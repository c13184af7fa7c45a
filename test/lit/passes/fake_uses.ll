; Loads are merged and hoisted while they are non-volatile; the remaining loads become volatile again.
;
; RUN: %run_passes 'insert-fake-uses' %s | FileCheck %s --check-prefix INSERT
; RUN: %run_passes 'insert-fake-uses,early-cse<memssa>,loop-mssa(licm),remove-fake-uses' %s | FileCheck %s

; INSERT-LABEL: @merged(
; INSERT: %x = load i32, ptr %p
; INSERT-NEXT: call void (...) @llvm.fake.use(i32 %x)
; CHECK-LABEL: @merged(
; CHECK: load volatile i32, ptr %p
; CHECK-NOT: load
; CHECK-NOT: fake.use
; CHECK: ret i32
define i32 @merged(ptr %p) {
  %x = load volatile i32, ptr %p, align 1
  %y = load volatile i32, ptr %p, align 1
  %sum = add i32 %x, %y
  ret i32 %sum
}

; A load whose value is unused.
; CHECK-LABEL: @unused(
; CHECK: load volatile
define void @unused(ptr %p) {
  %x = load volatile i32, ptr %p, align 1
  ret void
}

; The store covers the load, whose value it forwards.
; CHECK-LABEL: @forwarded(
; CHECK: store i32 %x, ptr %p
; CHECK-NOT: load
; CHECK: ret i32 %x
define i32 @forwarded(ptr %p, i32 %x) {
  store i32 %x, ptr %p, align 1
  %y = load volatile i32, ptr %p, align 1
  ret i32 %y
}

; CHECK-LABEL: @hoisted(
; CHECK: entry:
; CHECK-NEXT: load volatile i32, ptr %p
; CHECK: loop:
; CHECK-NOT: load
; CHECK: ret void
define void @hoisted(ptr %p, i32 %count) {
entry:
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %loop ]
  %x = load volatile i32, ptr %p, align 1
  %next = add i32 %i, 1
  %more = icmp ne i32 %next, %count
  br i1 %more, label %loop, label %done
done:
  ret void
}

; A load in one arm of a branch is not speculated.
; CHECK-LABEL: @one_arm(
; CHECK: then:
; CHECK-NEXT: load volatile i32, ptr %p
define i32 @one_arm(ptr %p, i1 %c) {
entry:
  br i1 %c, label %then, label %done
then:
  %x = load volatile i32, ptr %p, align 1
  br label %done
done:
  %y = phi i32 [ %x, %then ], [ 0, %entry ]
  ret i32 %y
}
