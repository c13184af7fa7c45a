; A load whose last byte must reach an effect becomes an ordinary one; all others stay volatile.
;
; RUN: %run_passes 'release-loads' %s | FileCheck %s
; RUN: %run_passes 'anchor-loads,release-loads' %s | FileCheck %s
; RUN: %run_passes 'anchor-loads' %s | FileCheck %s --check-prefix ANCHOR
; RUN: %run_passes 'anchor-loads,early-cse<memssa>,release-loads' %s | FileCheck %s --check-prefix MERGED
; RUN: %run_passes 'anchor-loads,early-cse<memssa>,gather-anchors,simplifycfg,release-loads' %s | FileCheck %s --check-prefix GATHERED

; ANCHOR-LABEL: @stored(
; ANCHOR: %x = load i32, ptr %p
; ANCHOR-NEXT: call void (...) @llvm.fake.use(i32 %x)

; CHECK-LABEL: @stored(
; CHECK: %x = load i32
define void @stored(ptr %p, ptr %q) {
  %x = load volatile i32, ptr %p, align 1
  store i32 %x, ptr %q, align 1
  ret void
}

; CHECK-LABEL: @unused(
; CHECK: load volatile
define void @unused(ptr %p) {
  %x = load volatile i32, ptr %p, align 1
  ret void
}

; LLVM would read no more than the byte that is left.
; CHECK-LABEL: @low_byte(
; CHECK: load volatile
define i8 @low_byte(ptr %p) {
  %x = load volatile i32, ptr %p, align 1
  %low = trunc i32 %x to i8
  ret i8 %low
}

; CHECK-LABEL: @high_byte(
; CHECK: load i32
define i8 @high_byte(ptr %p) {
  %x = load volatile i32, ptr %p, align 1
  %shifted = lshr i32 %x, 24
  %high = trunc i32 %shifted to i8
  ret i8 %high
}

; CHECK-LABEL: @masked(
; CHECK: load volatile
define i32 @masked(ptr %p) {
  %x = load volatile i32, ptr %p, align 1
  %low = and i32 %x, 65535
  ret i32 %low
}

; CHECK-LABEL: @last_lane(
; CHECK: load <4 x i32>
define i32 @last_lane(ptr %p) {
  %x = load volatile <4 x i32>, ptr %p, align 1
  %lane = extractelement <4 x i32> %x, i64 3
  ret i32 %lane
}

; CHECK-LABEL: @first_lane(
; CHECK: load volatile
define i32 @first_lane(ptr %p) {
  %x = load volatile <4 x i32>, ptr %p, align 1
  %lane = extractelement <4 x i32> %x, i64 0
  ret i32 %lane
}

; CHECK-LABEL: @chosen(
; CHECK: load volatile
define i32 @chosen(ptr %p, i1 %c) {
  %x = load volatile i32, ptr %p, align 1
  %r = select i1 %c, i32 %x, i32 7
  ret i32 %r
}

; CHECK-LABEL: @on_each_branch(
; CHECK: load i32
define void @on_each_branch(ptr %p, ptr %q, i1 %c) {
  %x = load volatile i32, ptr %p, align 1
  br i1 %c, label %a, label %b
a:
  store i32 %x, ptr %q, align 1
  ret void
b:
  %y = add i32 %x, 1
  store i32 %y, ptr %q, align 1
  ret void
}

; CHECK-LABEL: @on_one_branch(
; CHECK: load volatile
define void @on_one_branch(ptr %p, ptr %q, i1 %c) {
  %x = load volatile i32, ptr %p, align 1
  br i1 %c, label %a, label %b
a:
  store i32 %x, ptr %q, align 1
  ret void
b:
  ret void
}

; CHECK-LABEL: @before_a_trap(
; CHECK: load volatile
define i32 @before_a_trap(ptr %p, i1 %c) {
  %x = load volatile i32, ptr %p, align 1
  br i1 %c, label %trap, label %b
trap:
  call void @llvm.ubsantrap(i8 1)
  unreachable
b:
  ret i32 %x
}

; CHECK-LABEL: @put_back(
; CHECK: load volatile
define void @put_back(ptr %p) {
  %x = load volatile i32, ptr %p, align 1
  store i32 %x, ptr %p, align 1
  ret void
}

; CHECK-LABEL: @sum(
; CHECK: load i32
define i32 @sum(ptr %p, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %acc = phi i32 [ 0, %entry ], [ %new, %loop ]
  %at = getelementptr i8, ptr %p, i64 %i
  %x = load volatile i32, ptr %at, align 1
  %new = add i32 %acc, %x
  %next = add i64 %i, 4
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done
done:
  %sum = phi i32 [ %new, %loop ]
  ret i32 %sum
}

; CHECK-LABEL: @sum_for_nobody(
; CHECK: load volatile
define void @sum_for_nobody(ptr %p) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %acc = phi i32 [ 0, %entry ], [ %new, %loop ]
  %at = getelementptr i8, ptr %p, i64 %i
  %x = load volatile i32, ptr %at, align 1
  %new = add i32 %acc, %x
  %next = add i64 %i, 4
  br label %loop
}

; Round a loop, LLVM may keep the last store to a place alone.
; CHECK-LABEL: @last_one(
; CHECK: load volatile
define void @last_one(ptr %p, ptr %q, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr i8, ptr %p, i64 %i
  %x = load volatile i32, ptr %at, align 1
  store i32 %x, ptr %q, align 1
  %next = add i64 %i, 4
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret void
}

; CHECK-LABEL: @accumulated(
; CHECK: load i32, ptr %q
; CHECK: load i32, ptr %at
define void @accumulated(ptr %p, ptr %q, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr i8, ptr %p, i64 %i
  %old = load volatile i32, ptr %q, align 1
  %x = load volatile i32, ptr %at, align 1
  %new = add i32 %old, %x
  store i32 %new, ptr %q, align 1
  %next = add i64 %i, 4
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Both loads are one, of which nothing is left in the result.
; MERGED-LABEL: @cancelled(
; MERGED: load volatile i32
; MERGED-NOT: load
; MERGED: ret i32 0
define i32 @cancelled(ptr %p) {
  %x = load volatile i32, ptr %p, align 1
  %y = load volatile i32, ptr %p, align 1
  %r = xor i32 %x, %y
  ret i32 %r
}

; A load that stays needs its address.
; CHECK-LABEL: @addresses(
; CHECK: %inner = load i64
; CHECK: %x = load volatile
define void @addresses(ptr %p) {
  %inner = load volatile i64, ptr %p, align 1
  %place = getelementptr i8, ptr %p, i64 %inner
  %x = load volatile i32, ptr %place, align 1
  ret void
}

; LLVM deletes a loop that does nothing and that nothing depends on, with its branches.
; CHECK-LABEL: @idle(
; CHECK: load volatile
define i32 @idle(ptr %p) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
  %place = getelementptr i8, ptr %p, i64 %i
  %x = load volatile i8, ptr %place, align 1
  %found = icmp eq i8 %x, 0
  br i1 %found, label %done, label %latch
latch:
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, 1000
  br i1 %more, label %loop, label %done
done:
  ret i32 5
}

; Where it was left decides what comes after it.
; CHECK-LABEL: @finds(
; CHECK: load i8
define i32 @finds(ptr %p) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
  %place = getelementptr i8, ptr %p, i64 %i
  %x = load volatile i8, ptr %place, align 1
  %found = icmp eq i8 %x, 0
  br i1 %found, label %done, label %latch
latch:
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, 1000
  br i1 %more, label %loop, label %done
done:
  %result = phi i32 [ 1, %loop ], [ 0, %latch ]
  ret i32 %result
}

; An anchor of a load that has been merged keeps no block, and no branch to it.
; GATHERED-LABEL: @merged_in_a_block(
; GATHERED: load volatile
; GATHERED-NOT: br
; GATHERED: ret i32 5
define i32 @merged_in_a_block(ptr %p) {
entry:
  %x = load volatile i32, ptr %p, align 1
  %found = icmp eq i32 %x, 153
  br i1 %found, label %again, label %done
again:
  %y = load volatile i32, ptr %p, align 1
  br label %done
done:
  ret i32 5
}
