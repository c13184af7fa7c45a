; One version of a loop over arrays has no checks; it runs if all would pass.
; RUN: %run_passes array-loop-versioning %s | FileCheck %s

!wasm2obj.array_accesses = !{}
!0 = !{!"wasm objects"}
!1 = !{!"length", !0, i64 0}
!2 = !{!1, !1, i64 0}

; The length of %b is loaded only after %b is known not to be null.
define void @add(ptr %context, ptr %a, ptr %b, i32 %n) {
; CHECK-LABEL: define void @add(
; CHECK: entry:
; CHECK: [[MORE:%.*]] = add i32 %n, -1
; CHECK-NEXT: [[FEW:%.*]] = icmp ule i32 [[MORE]], -1
; CHECK-NEXT: [[SURE:%.*]] = freeze i1 [[FEW]]
; CHECK-NEXT: br i1 [[SURE]], label %[[A:.*]], label %[[SLOW:.*]], !prof
; CHECK: [[SLOW]]:
; CHECK: loop.checked:
; CHECK: label %trap
; CHECK: label %trap.null
; CHECK: label %trap,
; CHECK: br i1 %more.checked, label %loop.checked, label %[[DONE:.*]]
; CHECK: [[A]]:
; CHECK-NEXT: [[PLACE:%.*]] = getelementptr i8, ptr %a, i64 4
; CHECK-NEXT: [[LENGTH:%.*]] = load i32, ptr [[PLACE]]
; CHECK-NEXT: [[WIDE:%.*]] = zext i32 [[LENGTH]] to i64
; CHECK-NEXT: icmp ult i64 0, [[WIDE]]
; CHECK: [[ROOM:%.*]] = mul i64 {{.*}}, 1
; CHECK-NEXT: [[LAST:%.*]] = add i64 0, [[ROOM]]
; CHECK-NEXT: icmp ult i64 [[LAST]], [[WIDE]]
; CHECK: icmp eq ptr %b, null
; CHECK: br i1 {{.*}}, label %[[B:.*]], label %[[SLOW]], !prof
; CHECK: [[B]]:
; CHECK-NEXT: getelementptr i8, ptr %b, i64 4
; CHECK: br i1 {{.*}}, label %[[FAST:.*]], label %[[SLOW]], !prof
; CHECK: [[FAST]]:
; CHECK-NEXT: br label %loop
; CHECK: loop:
; CHECK-NOT: label %trap
; CHECK: br i1 %more, label %loop, label %[[DONE]]
; CHECK: [[DONE]]:
entry:
  %place.a = getelementptr i8, ptr %a, i64 4
  %place.b = getelementptr i8, ptr %b, i64 4
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %add ]
  %length.a = load i32, ptr %place.a, !tbaa !2
  %below.a = icmp ult i32 %i, %length.a
  br i1 %below.a, label %null, label %trap
null:
  %is.null = icmp eq ptr %b, null
  br i1 %is.null, label %trap.null, label %second
second:
  %length.b = load i32, ptr %place.b, !tbaa !2
  %outside.b = icmp uge i32 %i, %length.b
  br i1 %outside.b, label %trap, label %add
add:
  %index = zext i32 %i to i64
  %element.a = getelementptr i64, ptr %a, i64 %index
  %element.b = getelementptr i64, ptr %b, i64 %index
  %x = load i64, ptr %element.a
  %y = load i64, ptr %element.b
  %sum = add i64 %x, %y
  store i64 %sum, ptr %element.a
  %next = add i32 %i, 1
  %more = icmp ne i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret void
trap:
  call void @llvm.ubsantrap(i8 15)
  unreachable
trap.null:
  call void @llvm.ubsantrap(i8 20)
  unreachable
}

; Not if the length may change between iterations, since it is no length of an array,
define void @changes(ptr %context, ptr %a, i32 %n) {
; CHECK-LABEL: define void @changes(
; CHECK-NOT: .checked
; CHECK: }
entry:
  %place = getelementptr i8, ptr %a, i64 4
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %body ]
  %length = load i32, ptr %place
  %below = icmp ult i32 %i, %length
  br i1 %below, label %body, label %trap
body:
  %next = add i32 %i, 1
  store i32 %next, ptr %place
  %more = icmp ne i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret void
trap:
  call void @llvm.ubsantrap(i8 15)
  unreachable
}

; nor if another condition decides before whether the array is one,
define void @cast(ptr %context, ptr %a, ptr %flag, i32 %n) {
; CHECK-LABEL: define void @cast(
; CHECK-NOT: .checked
; CHECK: }
entry:
  %place = getelementptr i8, ptr %a, i64 4
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %body ]
  %kind = load i32, ptr %flag
  %is.array = icmp eq i32 %kind, 64
  br i1 %is.array, label %check, label %trap
check:
  %length = load i32, ptr %place, !tbaa !2
  %below = icmp ult i32 %i, %length
  br i1 %below, label %body, label %trap
body:
  %next = add i32 %i, 1
  %more = icmp ne i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret void
trap:
  call void @llvm.ubsantrap(i8 15)
  unreachable
}

; nor if the number of iterations is not known.
define void @search(ptr %context, ptr %a, i32 %x) {
; CHECK-LABEL: define void @search(
; CHECK-NOT: .checked
; CHECK: }
entry:
  %place = getelementptr i8, ptr %a, i64 4
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %next, %body ]
  %length = load i32, ptr %place, !tbaa !2
  %below = icmp ult i32 %i, %length
  br i1 %below, label %body, label %trap
body:
  %index = zext i32 %i to i64
  %element = getelementptr i32, ptr %a, i64 %index
  %y = load i32, ptr %element
  %next = add i32 %i, 1
  %more = icmp ne i32 %x, %y
  br i1 %more, label %loop, label %done
done:
  ret void
trap:
  call void @llvm.ubsantrap(i8 15)
  unreachable
}

; The block of the trap has another predecessor, as after unswitching.
define void @shared(ptr %a, i32 %n, i1 %other) {
; CHECK-LABEL: define void @shared(
; CHECK: loop.checked:
; CHECK: loop:
; CHECK-NOT: trap
; CHECK: br i1 %more, label %loop, label %done
entry:
  %place = getelementptr i8, ptr %a, i64 4
  br i1 %other, label %ready, label %trap
ready:
  br label %loop
loop:
  %i = phi i32 [ 0, %ready ], [ %next, %add ]
  %length = load i32, ptr %place, !tbaa !2
  %below = icmp ult i32 %i, %length
  br i1 %below, label %add, label %trap
add:
  %index = zext i32 %i to i64
  %element = getelementptr i64, ptr %a, i64 %index
  store i64 1, ptr %element
  %next = add i32 %i, 1
  %more = icmp ne i32 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret void
trap:
  call void @llvm.ubsantrap(i8 15)
  unreachable
}
