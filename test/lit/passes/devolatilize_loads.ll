; The load that ends last covers the other loads of the same element.
;
; RUN: %run_passes 'devolatilize-loads' %s | FileCheck %s

; CHECK-LABEL: @fields(
; CHECK: %x = load i32
; CHECK: %y = load volatile i32
define i32 @fields(ptr %ctx, i32 %index) {
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %wide = zext i32 %index to i64
  %at = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %x = load volatile i32, ptr %at, align 1, !alias.scope !1
  %second = getelementptr inbounds nuw i8, ptr %at, i64 4
  %y = load volatile i32, ptr %second, align 1, !alias.scope !1
  %sum = add i32 %x, %y
  ret i32 %sum
}

; A store between two loads is observable, so the second load does not cover the first; but a load that
; dominates another one covers it.
; CHECK-LABEL: @store_between(
; CHECK: %x = load volatile i32
; CHECK: %y = load volatile i32
; CHECK: %z = load i32
define i32 @store_between(ptr %ctx, i32 %index, ptr %other) {
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %wide = zext i32 %index to i64
  %at = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %x = load volatile i32, ptr %at, align 1, !alias.scope !1
  store i32 0, ptr %other, align 1, !alias.scope !1
  %second = getelementptr inbounds nuw i8, ptr %at, i64 4
  %y = load volatile i32, ptr %second, align 1, !alias.scope !1
  store i32 0, ptr %other, align 1, !alias.scope !1
  %z = load volatile i32, ptr %at, align 1, !alias.scope !1
  %sum = add i32 %x, %y
  %all = add i32 %sum, %z
  ret i32 %all
}

; A load in one arm of a branch does not cover a load in the other arm.
; CHECK-LABEL: @arms(
; CHECK: then:
; CHECK: load volatile i64
; CHECK: otherwise:
; CHECK: load volatile i32
define i64 @arms(ptr %ctx, i32 %index, i1 %c) {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %wide = zext i32 %index to i64
  %at = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  br i1 %c, label %then, label %otherwise
then:
  %x = load volatile i64, ptr %at, align 1, !alias.scope !1
  ret i64 %x
otherwise:
  %y = load volatile i32, ptr %at, align 1, !alias.scope !1
  %z = zext i32 %y to i64
  ret i64 %z
}

; A widened address may be before the memory, so it is no element.
; CHECK-LABEL: @no_element(
; CHECK: load volatile i32
; CHECK: load volatile i32
define i32 @no_element(ptr %ctx, i64 %index) {
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %at = getelementptr inbounds i8, ptr %memory, i64 %index
  %x = load volatile i32, ptr %at, align 1, !alias.scope !1
  %second = getelementptr inbounds nuw i8, ptr %at, i64 4
  %y = load volatile i32, ptr %second, align 1, !alias.scope !1
  %sum = add i32 %x, %y
  ret i32 %sum
}

!0 = !{}
!1 = !{!2}
!2 = distinct !{!2, !3, !"memory"}
!3 = distinct !{!3, !"wasm"}
