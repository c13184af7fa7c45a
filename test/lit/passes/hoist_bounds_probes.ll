; The last accessed byte of each array is probed before the loop, and its loads become non-volatile.
;
; RUN: %run_passes 'hoist-bounds-probes,instsimplify' %s | FileCheck %s

; CHECK-LABEL: @copy(
; CHECK: %[[COUNT:.*]] = call i64 @llvm.umin.i64(i64 %{{.*}}, i64 1073725440)
; CHECK: %[[DISTANCE:.*]] = mul nuw i64 %[[COUNT]], 4
; CHECK: %[[START:.*]] = add i64 %a.wide, %[[DISTANCE]]
; CHECK: %[[LAST:.*]] = add i64 %[[START]], 3
; CHECK: %[[PLACE:.*]] = getelementptr inbounds i8, ptr %memory, i64 %[[LAST]]
; CHECK: load volatile i8, ptr %[[PLACE]]
; CHECK: load volatile i8
; CHECK-NOT: load volatile
; CHECK: loop:
; CHECK: load i32, ptr %a.at
define void @copy(ptr %ctx, i32 %a, i32 %b, i64 %last) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %a.wide = zext i32 %a to i64
  %a.first = getelementptr inbounds nuw i8, ptr %memory, i64 %a.wide
  %b.wide = zext i32 %b to i64
  %b.first = getelementptr inbounds nuw i8, ptr %memory, i64 %b.wide
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a.at = getelementptr inbounds nuw i8, ptr %a.first, i64 %passed
  %x = load volatile i32, ptr %a.at, align 1, !alias.scope !1
  %b.at = getelementptr inbounds nuw i8, ptr %b.first, i64 %passed
  store i32 %x, ptr %b.at, align 1, !alias.scope !1
  %next = add nuw nsw i64 %passed, 4
  %more = icmp ne i64 %passed, %last
  br i1 %more, label %loop, label %done
done:
  ret void
}

; A conditional access between the bytes of unconditional accesses.
; CHECK-LABEL: @between(
; CHECK: load volatile i8
; CHECK-NOT: load volatile i32
; CHECK: ret void
define void @between(ptr %ctx, i32 %a, i64 %last) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %a.wide = zext i32 %a to i64
  %a.first = getelementptr inbounds nuw i8, ptr %memory, i64 %a.wide
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %latch ]
  %at = getelementptr inbounds nuw i8, ptr %a.first, i64 %passed
  %x = load volatile i32, ptr %at, align 1, !alias.scope !1
  %second = getelementptr inbounds nuw i8, ptr %at, i64 8
  store i32 0, ptr %second, align 1, !alias.scope !1
  %some = icmp eq i32 %x, 7
  br i1 %some, label %then, label %latch
then:
  %first = getelementptr inbounds nuw i8, ptr %at, i64 4
  %y = load volatile i32, ptr %first, align 1, !alias.scope !1
  br label %latch
latch:
  %next = add nuw nsw i64 %passed, 4
  %more = icmp ne i64 %passed, %last
  br i1 %more, label %loop, label %done
done:
  ret void
}

; A conditional access beyond them prevents probing.
; CHECK-LABEL: @beyond(
; CHECK-NOT: load volatile i8
; CHECK: load volatile i32
; CHECK: load volatile i32
; CHECK: ret void
define void @beyond(ptr %ctx, i32 %a, i64 %last) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %a.wide = zext i32 %a to i64
  %a.first = getelementptr inbounds nuw i8, ptr %memory, i64 %a.wide
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %latch ]
  %at = getelementptr inbounds nuw i8, ptr %a.first, i64 %passed
  %x = load volatile i32, ptr %at, align 1, !alias.scope !1
  %some = icmp eq i32 %x, 7
  br i1 %some, label %then, label %latch
then:
  %further = getelementptr inbounds nuw i8, ptr %at, i64 4
  %y = load volatile i32, ptr %further, align 1, !alias.scope !1
  br label %latch
latch:
  %next = add nuw nsw i64 %passed, 4
  %more = icmp ne i64 %passed, %last
  br i1 %more, label %loop, label %done
done:
  ret void
}

; If the start may be before the memory, an address that traps is selected.
; CHECK-LABEL: @down(
; CHECK: %[[LAST:.*]] = add i64 %a.wide, 3
; CHECK: %[[BEFORE:.*]] = icmp slt i64 %{{.*}}, 0
; CHECK: %[[EITHER:.*]] = select i1 %[[BEFORE]], i64 8589934592, i64 %[[LAST]]
; CHECK: %[[PLACE:.*]] = getelementptr inbounds i8, ptr %memory, i64 %[[EITHER]]
; CHECK: load volatile i8, ptr %[[PLACE]]
; CHECK-NOT: load volatile
; CHECK: loop:
; CHECK: load i32
define i32 @down(ptr %ctx, i32 %a, i64 %last) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %a.wide = zext i32 %a to i64
  %a.first = getelementptr inbounds nuw i8, ptr %memory, i64 %a.wide
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i32 [ 0, %entry ], [ %sum.next, %loop ]
  %at = getelementptr inbounds i8, ptr %a.first, i64 %passed
  %x = load volatile i32, ptr %at, align 1, !alias.scope !1
  %sum.next = add i32 %sum, %x
  %next = add nsw i64 %passed, -4
  %more = icmp ne i64 %next, %last
  br i1 %more, label %loop, label %done
done:
  ret i32 %sum.next
}

; A call may not return, or may read the memory.
; CHECK-LABEL: @calls(
; CHECK-NOT: load volatile i8
; CHECK: load volatile i32
define void @calls(ptr %ctx, i32 %a, i32 %b, i64 %last) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %a.wide = zext i32 %a to i64
  %a.first = getelementptr inbounds nuw i8, ptr %memory, i64 %a.wide
  %b.wide = zext i32 %b to i64
  %b.first = getelementptr inbounds nuw i8, ptr %memory, i64 %b.wide
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a.at = getelementptr inbounds nuw i8, ptr %a.first, i64 %passed
  %x = load volatile i32, ptr %a.at, align 1, !alias.scope !1
  %b.at = getelementptr inbounds nuw i8, ptr %b.first, i64 %passed
  store i32 %x, ptr %b.at, align 1, !alias.scope !1
  call void @any()
  %next = add nuw nsw i64 %passed, 4
  %more = icmp ne i64 %passed, %last
  br i1 %more, label %loop, label %done
done:
  ret void
}

; A loop with two stores that cannot be probed is not vectorized.
; CHECK-LABEL: @two_stores(
; CHECK: br i1 %more, label %loop, label %done, !llvm.loop
define void @two_stores(ptr %ctx, i32 %a, i32 %b, i64 %last) "wasm-headroom" {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %a.wide = zext i32 %a to i64
  %a.first = getelementptr inbounds nuw i8, ptr %memory, i64 %a.wide
  %b.wide = zext i32 %b to i64
  %b.first = getelementptr inbounds nuw i8, ptr %memory, i64 %b.wide
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %latch ]
  %a.at = getelementptr inbounds nuw i8, ptr %a.first, i64 %passed
  store i32 0, ptr %a.at, align 1, !alias.scope !1
  %some = icmp eq i64 %passed, 72
  br i1 %some, label %then, label %latch
then:
  %b.at = getelementptr inbounds nuw i8, ptr %b.first, i64 %passed
  store i32 0, ptr %b.at, align 1, !alias.scope !1
  br label %latch
latch:
  %next = add nuw nsw i64 %passed, 4
  %more = icmp ne i64 %passed, %last
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Without headroom, loops are not probed.
; CHECK-LABEL: @largest_memory(
; CHECK-NOT: load volatile i8
; CHECK: load volatile i32
define void @largest_memory(ptr %ctx, i32 %a, i64 %last) {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %a.wide = zext i32 %a to i64
  %a.first = getelementptr inbounds nuw i8, ptr %memory, i64 %a.wide
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr inbounds nuw i8, ptr %a.first, i64 %passed
  %x = load volatile i32, ptr %at, align 1, !alias.scope !1
  %next = add nuw nsw i64 %passed, 4
  %more = icmp ne i64 %passed, %last
  br i1 %more, label %loop, label %done
done:
  ret void
}

declare void @any()

!0 = !{}
!1 = !{!2}
!2 = distinct !{!2, !3, !"memory"}
!3 = distinct !{!3, !"wasm"}
