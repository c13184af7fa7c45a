; The base of an element's address is live as long as the address.
; RUN: %run_passes keep-bases %s | FileCheck %s

!wasm2obj.array_accesses = !{}

declare void @collects()

; In a loop that can collect, the base is kept in front of the access.
define i64 @inside(ptr %context, ptr %array, i64 %n) {
; CHECK-LABEL: define i64 @inside(
; CHECK: loop:
; CHECK: %element = getelementptr
; CHECK-NEXT: call void asm sideeffect "", "X"(ptr %array)
; CHECK-NEXT: load i64, ptr %element
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %element = getelementptr i64, ptr %array, i64 %i
  %x = load i64, ptr %element
  call void @collects()
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret i64 %x
}

; Loops that cannot collect are not burdened: the base is kept in front of the outermost one.
define i64 @outside(ptr %context, ptr %array, i64 %n) {
; CHECK-LABEL: define i64 @outside(
; CHECK: entry:
; CHECK-NEXT: call void @collects()
; CHECK-NEXT: call void asm sideeffect "", "X"(ptr %array)
; CHECK-NEXT: br label %outer
; CHECK-NOT: asm
; CHECK: }
entry:
  call void @collects()
  br label %outer
outer:
  %j = phi i64 [ 0, %entry ], [ %next.j, %latch ]
  br label %inner
inner:
  %i = phi i64 [ %j, %outer ], [ %next, %inner ]
  %element = getelementptr i64, ptr %array, i64 %i
  %x = load i64, ptr %element
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %inner, label %latch
latch:
  %next.j = add i64 %j, 1
  %again = icmp ult i64 %next.j, %n
  br i1 %again, label %outer, label %done
done:
  ret i64 %x
}

; One use for all accesses between two collections; none if the base has just been loaded.
define i64 @straight(ptr %context, ptr %array, ptr %rows, i64 %i) {
; CHECK-LABEL: define i64 @straight(
; CHECK: call void asm sideeffect "", "X"(ptr %array)
; CHECK-NEXT: load i64
; CHECK-NOT: asm
; CHECK: call void @collects()
; CHECK: call void asm sideeffect "", "X"(ptr %array)
; CHECK-NEXT: store i64
; CHECK-NOT: asm
; CHECK: ret
entry:
  %element = getelementptr i64, ptr %array, i64 %i
  %x = load i64, ptr %element
  store i64 1, ptr %element
  call void @collects()
  store i64 2, ptr %element
  store i64 3, ptr %element
  %row = load ptr, ptr %rows
  %other = getelementptr i64, ptr %row, i64 %i
  store i64 4, ptr %other
  ret i64 %x
}

; A pointer that moves through an array has a phi of bases beside it.
define i64 @moving(ptr %context, ptr %a, ptr %b, i1 %which, i64 %n) {
; CHECK-LABEL: define i64 @moving(
; CHECK: [[START:%.*]] = select i1 %which, ptr %a, ptr %b
; CHECK: loop:
; CHECK: [[BASE:%.*]] = phi ptr [ [[START]], %entry ], [ [[BASE]], %loop ]
; CHECK-NEXT: %at = phi ptr
; CHECK: call void asm sideeffect "", "X"(ptr [[BASE]])
; CHECK-NEXT: load i64, ptr %at
entry:
  %first.a = getelementptr i8, ptr %a, i64 8
  %first.b = getelementptr i8, ptr %b, i64 8
  %first = select i1 %which, ptr %first.a, ptr %first.b
  br label %loop
loop:
  %at = phi ptr [ %first, %entry ], [ %then, %loop ]
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %x = load i64, ptr %at
  call void @collects()
  %then = getelementptr i8, ptr %at, i64 8
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %n
  br i1 %more, label %loop, label %done
done:
  ret i64 %x
}

; Objects that move through a loop are bases themselves. Fields need nothing, nor does what is
; reached through the context.
define i64 @list(ptr %context, ptr %list, i64 %i) {
; CHECK-LABEL: define i64 @list(
; CHECK-NOT: asm
; CHECK: }
entry:
  %place = getelementptr i8, ptr %context, i64 32
  %table = load ptr, ptr %place, !invariant.load !0
  br label %loop
loop:
  %at = phi ptr [ %list, %entry ], [ %next, %loop ]
  %field = getelementptr i8, ptr %at, i64 8
  %next = load ptr, ptr %field
  %row = getelementptr i64, ptr %table, i64 %i
  %x = load i64, ptr %row
  call void @collects()
  %end = icmp eq ptr %next, null
  br i1 %end, label %done, label %loop
done:
  ret i64 %x
}

; Without a collection, nothing is kept.
define i64 @leaf(ptr %context, ptr %array, i64 %i) {
; CHECK-LABEL: define i64 @leaf(
; CHECK-NOT: asm
; CHECK: }
  %element = getelementptr i64, ptr %array, i64 %i
  %x = load i64, ptr %element
  ret i64 %x
}

!0 = !{}
