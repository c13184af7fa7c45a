; The addresses that depend on a value written to a ring buffer are prefetched.
; RUN: %run_passes ring-buffer-prefetch %s | FileCheck %s

; Two tables: the second access is in a row of 64 bytes, at an index that is not known at the store.
define void @ring(ptr %memory, i32 %i, i32 %next, i32 %tags, i32 %table) #0 {
; CHECK-LABEL: define void @ring(
; CHECK: store i32 %next, ptr %slot
; CHECK-NEXT: [[ROW:%.*]] = lshr i32 %next, 8
; CHECK-NEXT: [[TAG:%.*]] = add i32 [[ROW]], %tags
; CHECK-NEXT: [[TAG_WIDE:%.*]] = zext i32 [[TAG]] to i64
; CHECK-NEXT: [[TAG_PLACE:%.*]] = getelementptr i8, ptr %memory, i64 [[TAG_WIDE]]
; CHECK-NEXT: call void @llvm.prefetch.p0(ptr [[TAG_PLACE]], i32 0, i32 3, i32 1)
; CHECK-NEXT: [[LINE:%.*]] = shl i32 [[ROW]], 6
; CHECK-NEXT: [[ENTRY:%.*]] = add i32 [[LINE]], %table
; CHECK-NEXT: [[ENTRY_WIDE:%.*]] = zext i32 [[ENTRY]] to i64
; CHECK-NEXT: [[ENTRY_PLACE:%.*]] = getelementptr i8, ptr %memory, i64 [[ENTRY_WIDE]]
; CHECK-NEXT: call void @llvm.prefetch.p0(ptr [[ENTRY_PLACE]], i32 0, i32 3, i32 1)
; CHECK-NEXT: %row = lshr i32 %hash, 8
; CHECK-NOT: prefetch
; CHECK: ret void
entry:
  %scaled = shl i32 %i, 2
  %round = and i32 %scaled, 28
  %slot.index = add i32 %round, 1024
  %slot.wide = zext i32 %slot.index to i64
  %slot = getelementptr inbounds nuw i8, ptr %memory, i64 %slot.wide
  %hash = load i32, ptr %slot, align 1, !alias.scope !0
  store i32 %next, ptr %slot, align 1, !alias.scope !0
  %row = lshr i32 %hash, 8
  %tag.index = add i32 %row, %tags
  %tag.wide = zext i32 %tag.index to i64
  %tag.place = getelementptr inbounds nuw i8, ptr %memory, i64 %tag.wide
  %tag = load i8, ptr %tag.place, align 1, !alias.scope !0
  %tag2.place = getelementptr inbounds nuw i8, ptr %tag.place, i64 4
  %tag2 = load i8, ptr %tag2.place, align 1, !alias.scope !0
  %tag.both = add i8 %tag, %tag2
  %column.narrow = and i8 %tag.both, 15
  %column = zext nneg i8 %column.narrow to i32
  %line = shl nuw nsw i32 %row, 6
  %column.bytes = shl nuw nsw i32 %column, 2
  %in.line = or disjoint i32 %line, %column.bytes
  %entry.index = add i32 %in.line, %table
  %entry.wide = zext i32 %entry.index to i64
  %entry.place = getelementptr inbounds nuw i8, ptr %memory, i64 %entry.wide
  store i32 %i, ptr %entry.place, align 1, !alias.scope !0
  ret void
}

; A row of 128 bytes takes two prefetches.
define i32 @long_row(ptr %memory, i32 %i, i32 %next, ptr %unknown) #0 {
; CHECK-LABEL: define i32 @long_row(
; CHECK: [[FIRST:%.*]] = getelementptr i8, ptr %memory, i64 {{%.*}}
; CHECK-NEXT: call void @llvm.prefetch.p0(ptr [[FIRST]],
; CHECK-NEXT: [[SECOND:%.*]] = getelementptr i8, ptr [[FIRST]], i64 64
; CHECK-NEXT: call void @llvm.prefetch.p0(ptr [[SECOND]],
; CHECK-NOT: call void @llvm.prefetch
; CHECK: ret i32
entry:
  %round = and i32 %i, 7
  %scaled = shl i32 %round, 2
  %slot.wide = zext i32 %scaled to i64
  %slot = getelementptr inbounds nuw i8, ptr %memory, i64 %slot.wide
  %hash = load i32, ptr %slot, align 1, !alias.scope !0
  store i32 %next, ptr %slot, align 1, !alias.scope !0
  %any = load i32, ptr %unknown
  %column = and i32 %any, 124
  %row = shl i32 %hash, 7
  %index = or disjoint i32 %row, %column
  %wide = zext i32 %index to i64
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %result = load i32, ptr %place, align 1, !alias.scope !0
  ret i32 %result
}

; A hash table is too large for a ring buffer.
define i32 @large(ptr %memory, i32 %hash, i32 %position) #0 {
; CHECK-LABEL: define i32 @large(
; CHECK-NOT: prefetch
; CHECK: ret i32
  %round = and i32 %hash, 16380
  %slot.wide = zext i32 %round to i64
  %slot = getelementptr inbounds nuw i8, ptr %memory, i64 %slot.wide
  %before = load i32, ptr %slot, align 1, !alias.scope !0
  store i32 %position, ptr %slot, align 1, !alias.scope !0
  %wide = zext i32 %before to i64
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %result = load i32, ptr %place, align 1, !alias.scope !0
  ret i32 %result
}

; Not changed: accesses that are not to linear memory, which may have no guard pages.
define i32 @elsewhere(ptr %memory, ptr %context, i32 %i, i32 %next) #0 {
; CHECK-LABEL: define i32 @elsewhere(
; CHECK-NOT: prefetch
; CHECK: ret i32
  %round = and i32 %i, 28
  %slot.wide = zext i32 %round to i64
  %slot = getelementptr inbounds nuw i8, ptr %memory, i64 %slot.wide
  %before = load i32, ptr %slot, align 1, !alias.scope !0
  store i32 %next, ptr %slot, align 1, !alias.scope !0
  %wide = zext i32 %before to i64
  %place = getelementptr inbounds nuw i8, ptr %context, i64 %wide
  %result = load i32, ptr %place, align 1
  ret i32 %result
}

; A division is not copied, since the written value may be zero.
define i32 @division(ptr %memory, i32 %i, i32 %next) #0 {
; CHECK-LABEL: define i32 @division(
; CHECK-NOT: prefetch
; CHECK: ret i32
  %round = and i32 %i, 28
  %slot.wide = zext i32 %round to i64
  %slot = getelementptr inbounds nuw i8, ptr %memory, i64 %slot.wide
  %before = load i32, ptr %slot, align 1, !alias.scope !0
  store i32 %next, ptr %slot, align 1, !alias.scope !0
  %part = udiv i32 1000, %before
  %wide = zext i32 %part to i64
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %result = load i32, ptr %place, align 1, !alias.scope !0
  ret i32 %result
}

; A delay line of samples: no address depends on the values.
define i32 @samples(ptr %memory, i32 %i, i32 %next) #0 {
; CHECK-LABEL: define i32 @samples(
; CHECK-NOT: prefetch
; CHECK: ret i32
  %round = and i32 %i, 28
  %slot.wide = zext i32 %round to i64
  %slot = getelementptr inbounds nuw i8, ptr %memory, i64 %slot.wide
  %before = load i32, ptr %slot, align 1, !alias.scope !0
  store i32 %next, ptr %slot, align 1, !alias.scope !0
  %sum = add i32 %before, %next
  ret i32 %sum
}

; Without headroom (64-bit indices), nothing is prefetched.
define i64 @large_memory(ptr %memory, i64 %i, i64 %next) {
; CHECK-LABEL: define i64 @large_memory(
; CHECK-NOT: prefetch
; CHECK: ret i64
  %round = and i64 %i, 56
  %slot = getelementptr inbounds nuw i8, ptr %memory, i64 %round
  %before = load i64, ptr %slot, align 1, !alias.scope !0
  store i64 %next, ptr %slot, align 1, !alias.scope !0
  %place = getelementptr inbounds nuw i8, ptr %memory, i64 %before
  %result = load i64, ptr %place, align 1, !alias.scope !0
  ret i64 %result
}

attributes #0 = { "wasm-headroom" }

!0 = !{!1}
!1 = distinct !{!1, !2, !"memory"}
!2 = distinct !{!2, !"wasm"}
