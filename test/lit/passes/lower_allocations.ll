; What a collection reads is initialized before the next instruction that can collect.
; RUN: %run_passes lower-allocations %s | FileCheck %s

declare ptr @wasm2obj.new(ptr, i32, i64, i64)
declare ptr @wasm2obj.new_array(ptr, i32, i32, i64, i1, ptr)
declare void @collects()

; The block stores the type word and word 1 in time, but not word 2.
define ptr @struct(ptr %context, ptr %x) {
; CHECK-LABEL: define ptr @struct(
; CHECK: [[END:%.*]] = getelementptr {{.*}}ptr [[CURSOR:%.*]], i64 24
; CHECK: [[LIMIT:%.*]] = load ptr
; CHECK-NEXT: [[FITS:%.*]] = icmp ule ptr [[END]], [[LIMIT]]
; CHECK-NEXT: br i1 [[FITS]], label %allocate, label %allocate.slowly
; CHECK: [[OBJECT:%.*]] = phi ptr
; CHECK-NEXT: [[WORD:%.*]] = getelementptr {{.*}}ptr [[OBJECT]], i64 16
; CHECK-NEXT: store ptr null, ptr [[WORD]]
; CHECK-NEXT: store i32 640, ptr [[OBJECT]]
; CHECK-NEXT: %first = getelementptr
; CHECK-NEXT: store ptr %x, ptr %first
; CHECK-NEXT: call void @collects()
  %o = call ptr @wasm2obj.new(ptr %context, i32 640, i64 24, i64 6)
  store i32 640, ptr %o
  %first = getelementptr i8, ptr %o, i64 8
  store ptr %x, ptr %first
  call void @collects()
  %second = getelementptr i8, ptr %o, i64 16
  store ptr %x, ptr %second
  ret ptr %o
}

; The words beyond the 64th are cleared.
define ptr @large(ptr %context) {
; CHECK-LABEL: define ptr @large(
; CHECK: [[OBJECT:%.*]] = phi ptr
; CHECK-NEXT: store i32 640, ptr [[OBJECT]]
; CHECK-NEXT: [[REST:%.*]] = getelementptr {{.*}}ptr [[OBJECT]], i64 512
; CHECK-NEXT: call void @llvm.memset{{.*}}(ptr align 8 [[REST]], i8 0, i64 88, i1 false)
; CHECK-NEXT: ret
  %o = call ptr @wasm2obj.new(ptr %context, i32 640, i64 600, i64 0)
  ret ptr %o
}

; The header of an array is stored even where the code stores it too late.
define ptr @numbers(ptr %context, i32 %length, i64 %size) {
; CHECK-LABEL: define ptr @numbers(
; CHECK: [[ARRAY:%.*]] = phi ptr
; CHECK-NEXT: store i32 704, ptr [[ARRAY]]
; CHECK-NEXT: [[LENGTH:%.*]] = getelementptr {{.*}}ptr [[ARRAY]], i64 4
; CHECK-NEXT: store i32 %length, ptr [[LENGTH]]
; CHECK-NEXT: call void @collects()
  %a = call ptr @wasm2obj.new_array(ptr %context, i32 704, i32 %length, i64 %size, i1 false,
                                    ptr null)
  call void @collects()
  store i32 704, ptr %a
  %place = getelementptr i8, ptr %a, i64 4
  store i32 %length, ptr %place
  ret ptr %a
}

; Few references are filled one by one, but for those that are stored anyway.
define ptr @pair(ptr %context, ptr %x, ptr %y) {
; CHECK-LABEL: define ptr @pair(
; CHECK: [[ARRAY:%.*]] = phi ptr
; CHECK: [[FIRST:%.*]] = getelementptr {{.*}}ptr [[ARRAY]], i64 8
; CHECK-NEXT: store ptr %x, ptr [[FIRST]]
; CHECK-NEXT: %second = getelementptr
; CHECK-NEXT: store ptr %y, ptr %second
; CHECK-NEXT: ret
  %a = call ptr @wasm2obj.new_array(ptr %context, i32 704, i32 2, i64 24, i1 true, ptr %x)
  %second = getelementptr i8, ptr %a, i64 16
  store ptr %y, ptr %second
  ret ptr %a
}

; Others by memset if they are null, or else by a loop.
define ptr @nulls(ptr %context, i32 %length, i64 %size) {
; CHECK-LABEL: define ptr @nulls(
; CHECK: [[ARRAY:%.*]] = phi ptr
; CHECK: [[FIRST:%.*]] = getelementptr {{.*}}ptr [[ARRAY]], i64 8
; CHECK-NEXT: call void @llvm.memset{{.*}}(ptr align 8 [[FIRST]], i8 0
; CHECK-NEXT: ret
  %a = call ptr @wasm2obj.new_array(ptr %context, i32 704, i32 %length, i64 %size, i1 true,
                                    ptr null)
  ret ptr %a
}

define ptr @references(ptr %context, i32 %length, i64 %size, ptr %x) {
; CHECK-LABEL: define ptr @references(
; CHECK: [[ARRAY:%.*]] = phi ptr
; CHECK: [[FIRST:%.*]] = getelementptr {{.*}}ptr [[ARRAY]], i64 8
; CHECK-NEXT: icmp eq i64
; CHECK-NEXT: br i1
; CHECK: fill:
; CHECK-NEXT: [[INDEX:%.*]] = phi i64
; CHECK-NEXT: [[ELEMENT:%.*]] = getelementptr inbounds ptr, ptr [[FIRST]], i64 [[INDEX]]
; CHECK-NEXT: store ptr %x, ptr [[ELEMENT]]
  %a = call ptr @wasm2obj.new_array(ptr %context, i32 704, i32 %length, i64 %size, i1 true, ptr %x)
  ret ptr %a
}
