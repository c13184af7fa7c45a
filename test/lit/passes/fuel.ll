; RUN: %run_passes drop-fuel-stores %s | FileCheck %s --check-prefix DROP
; RUN: %run_passes fuel-loop-versioning,lower-fuel-checks %s | FileCheck %s --check-prefix VERSION

declare void @wasm2obj.fuel(ptr, i64)
declare void @other()
declare void @llvm.ubsantrap(i8)

; A store is dropped unless it is read on some path: here by a call, a trap or the caller.
define void @stores(ptr %place, i1 %c, i1 %d, i64 %n) {
; DROP-LABEL: define void @stores(
; DROP-NOT: store i64 1,
; DROP: call void @wasm2obj.fuel
; DROP: called:
; DROP-NEXT: store i64 2,
; DROP-NEXT: call void @other
; DROP-NOT: store i64 3,
; DROP: joined:
; DROP-NEXT: store i64 4,
; DROP-NEXT: br i1
; DROP: traps:
; DROP-NEXT: call void @llvm.ubsantrap
; DROP: returns:
; DROP-NEXT: store volatile i64 5,
; DROP-NEXT: store i64 6,
; DROP-NEXT: ret void
  store i64 1, ptr %place, !alias.scope !2
  call void @wasm2obj.fuel(ptr %place, i64 %n)
  br i1 %c, label %called, label %joined

called:
  store i64 2, ptr %place, !alias.scope !2
  call void @other()
  store i64 3, ptr %place, !alias.scope !2
  br label %joined

joined:
  store i64 4, ptr %place, !alias.scope !2
  br i1 %d, label %traps, label %returns

traps:
  call void @llvm.ubsantrap(i8 1)
  unreachable

returns:
  store volatile i64 5, ptr %place, !alias.scope !2
  store i64 6, ptr %place, !alias.scope !2
  ret void
}

; The version without the check runs if n - 1 iterations of at most 7 units do not exceed the fuel,
; nor 2^31. What iterations consume is added up in 32 bits.
define i64 @versions(ptr %context, i64 %fuel, i32 %n, ptr %a) {
; VERSION-LABEL: define i64 @versions(
; VERSION: [[MORE:%.*]] = zext i32 {{.*}} to i64
; VERSION: [[NEED:%.*]] = mul i64 [[MORE]], 7
; VERSION-NEXT: icmp sle i64 [[NEED]],
; VERSION-NEXT: icmp ule i64 [[MORE]], 306783377
; VERSION: br i1 {{.*}}, label %entry.split, label %entry.split.checked, !prof
; VERSION: loop.checked:
; VERSION: icmp slt i64 {{.*}}, 0
; VERSION: call void @llvm.ubsantrap(i8 25)
; VERSION: {{^}}loop:
; VERSION-NEXT: [[SUM:%.*]] = phi i32 [ 0, {{.*}} ], [ [[NEXT:%.*]], %join ]
; VERSION-NOT: i64
; VERSION: join:
; VERSION-NEXT: [[CHANGE:%.*]] = phi i32 [ -3, {{.*}} ], [ -7, {{.*}} ]
; VERSION: [[NEXT]] = add nsw i32 [[SUM]], [[CHANGE]]
; VERSION: end.counted:
; VERSION: [[TOTAL:%.*]] = sext i32 {{.*}} to i64
; VERSION-NEXT: [[LEFT:%.*]] = add nsw i64 %fuel, [[TOTAL]]
; VERSION: phi i64 {{.*}}[ [[LEFT]], %end.counted ]
entry:
  br label %loop

loop:
  %i = phi i32 [ 0, %entry ], [ %next, %join ]
  %left = phi i64 [ %fuel, %entry ], [ %merged, %join ]
  call void @wasm2obj.fuel(ptr %context, i64 %left)
  %place = getelementptr i8, ptr %a, i32 %i
  %byte = load i8, ptr %place
  %odd = trunc i8 %byte to i1
  br i1 %odd, label %then, label %else

then:
  %less = add nsw i64 %left, -3
  br label %join

else:
  %more = add nsw i64 %left, -7
  br label %join

join:
  %merged = phi i64 [ %less, %then ], [ %more, %else ]
  %next = add nuw nsw i32 %i, 1
  %again = icmp ult i32 %next, %n
  br i1 %again, label %loop, label %end

end:
  ret i64 %merged
}

; Nothing is known of how often a loop runs that follows a list.
define void @search(ptr %context, i64 %fuel, ptr %list) {
; VERSION-LABEL: define void @search(
; VERSION-NOT: checked
; VERSION: ret void
entry:
  br label %loop

loop:
  %at = phi ptr [ %list, %entry ], [ %next, %loop ]
  %left = phi i64 [ %fuel, %entry ], [ %rest, %loop ]
  call void @wasm2obj.fuel(ptr %context, i64 %left)
  %next = load ptr, ptr %at
  %rest = add nsw i64 %left, -3
  %again = icmp ne ptr %next, null
  br i1 %again, label %loop, label %end

end:
  ret void
}

; A cycle inside of the loop that is no loop itself has two entries.
define void @irreducible(ptr %context, i64 %fuel, i32 %n, i1 %c, ptr %a) {
; VERSION-LABEL: define void @irreducible(
; VERSION-NOT: checked
; VERSION: ret void
entry:
  br label %loop

loop:
  %i = phi i32 [ 0, %entry ], [ %next, %latch ]
  %left = phi i64 [ %fuel, %entry ], [ %rest, %latch ]
  call void @wasm2obj.fuel(ptr %context, i64 %left)
  br i1 %c, label %one, label %other

one:
  %first = phi i64 [ %left, %loop ], [ %second.less, %other ]
  %first.less = add nsw i64 %first, -3
  %b = load volatile i1, ptr %a
  br i1 %b, label %other, label %latch

other:
  %second = phi i64 [ %left, %loop ], [ %first.less, %one ]
  %second.less = add nsw i64 %second, -3
  %d = load volatile i1, ptr %a
  br i1 %d, label %one, label %latch

latch:
  %rest = phi i64 [ %first.less, %one ], [ %second.less, %other ]
  %next = add nuw nsw i32 %i, 1
  %again = icmp ult i32 %next, %n
  br i1 %again, label %loop, label %end

end:
  ret void
}

!0 = distinct !{!0, !"wasm"}
!1 = distinct !{!1, !0, !"fuel"}
!2 = !{!1}
