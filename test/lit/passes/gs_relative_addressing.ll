; RUN: %run_passes gs-relative-addressing %s | FileCheck %s

; Blocks of high register pressure access memory 0 relative to GS.

; CHECK-LABEL: define void @crowded(
; CHECK: %[[X0:.+]] = load i64, ptr addrspace(256)
; CHECK-NOT: load i64, ptr %
; CHECK: store i64 %[[X0]], ptr addrspace(256)
; CHECK-NOT: store i64 %{{.+}}, ptr %
; CHECK: ret void
define void @crowded(ptr %context, i32 %index) "wasm-segment-base" {
  %place = getelementptr inbounds nuw i8, ptr %context, i64 24
  %memory = load ptr, ptr %place, !invariant.load !0
  %wide = zext i32 %index to i64
  %a = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %p1 = getelementptr inbounds nuw i8, ptr %a, i64 8
  %p2 = getelementptr inbounds nuw i8, ptr %a, i64 16
  %p3 = getelementptr inbounds nuw i8, ptr %a, i64 24
  %p4 = getelementptr inbounds nuw i8, ptr %a, i64 32
  %p5 = getelementptr inbounds nuw i8, ptr %a, i64 40
  %p6 = getelementptr inbounds nuw i8, ptr %a, i64 48
  %p7 = getelementptr inbounds nuw i8, ptr %a, i64 56
  %p8 = getelementptr inbounds nuw i8, ptr %a, i64 64
  %p9 = getelementptr inbounds nuw i8, ptr %a, i64 72
  %p10 = getelementptr inbounds nuw i8, ptr %a, i64 80
  %p11 = getelementptr inbounds nuw i8, ptr %a, i64 88
  %p12 = getelementptr inbounds nuw i8, ptr %a, i64 96
  %p13 = getelementptr inbounds nuw i8, ptr %a, i64 104
  %p14 = getelementptr inbounds nuw i8, ptr %a, i64 112
  %p15 = getelementptr inbounds nuw i8, ptr %a, i64 120
  %p16 = getelementptr inbounds nuw i8, ptr %a, i64 128
  %x0 = load i64, ptr %a
  %x1 = load i64, ptr %p1
  %x2 = load i64, ptr %p2
  %x3 = load i64, ptr %p3
  %x4 = load i64, ptr %p4
  %x5 = load i64, ptr %p5
  %x6 = load i64, ptr %p6
  %x7 = load i64, ptr %p7
  %x8 = load i64, ptr %p8
  %x9 = load i64, ptr %p9
  %x10 = load i64, ptr %p10
  %x11 = load i64, ptr %p11
  %x12 = load i64, ptr %p12
  %x13 = load i64, ptr %p13
  %x14 = load i64, ptr %p14
  %x15 = load i64, ptr %p15
  %x16 = load i64, ptr %p16
  store i64 %x0, ptr %p1
  store i64 %x1, ptr %p2
  store i64 %x2, ptr %p3
  store i64 %x3, ptr %p4
  store i64 %x4, ptr %p5
  store i64 %x5, ptr %p6
  store i64 %x6, ptr %p7
  store i64 %x7, ptr %p8
  store i64 %x8, ptr %p9
  store i64 %x9, ptr %p10
  store i64 %x10, ptr %p11
  store i64 %x11, ptr %p12
  store i64 %x12, ptr %p13
  store i64 %x13, ptr %p14
  store i64 %x14, ptr %p15
  store i64 %x15, ptr %p16
  store i64 %x16, ptr %a
  ret void
}

; An address is an offset from the base, including constants that are added before the index.

; CHECK-LABEL: define i64 @offsets(
; CHECK: %[[SUM:.+]] = add i64 1024, %{{.+}}
; CHECK: inttoptr i64 %[[SUM]] to ptr addrspace(256)
define i64 @offsets(ptr %context, i32 %index, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f,
                    i64 %g, i64 %h, i64 %i, i64 %j, i64 %k, i64 %l, i64 %m, i64 %n, i64 %o, i64 %p,
                    ptr %result) "wasm-segment-base" {
  %place = getelementptr inbounds nuw i8, ptr %context, i64 24
  %memory = load ptr, ptr %place, !invariant.load !0
  %table = getelementptr inbounds nuw i8, ptr %memory, i64 1024
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %table, i64 %wide
  %x = load i64, ptr %address
  %sum1 = add i64 %x, %a
  %sum2 = xor i64 %sum1, %b
  %sum3 = add i64 %sum2, %c
  %sum4 = xor i64 %sum3, %d
  %sum5 = add i64 %sum4, %e
  %sum6 = xor i64 %sum5, %f
  %sum7 = add i64 %sum6, %g
  %sum8 = xor i64 %sum7, %h
  %sum9 = add i64 %sum8, %i
  %sum10 = xor i64 %sum9, %j
  %sum11 = add i64 %sum10, %k
  %sum12 = xor i64 %sum11, %l
  %sum13 = add i64 %sum12, %m
  %sum14 = xor i64 %sum13, %n
  %sum15 = add i64 %sum14, %o
  %sum16 = xor i64 %sum15, %p
  ret i64 %sum16
}

; Low register pressure.

; CHECK-LABEL: define i32 @roomy(
; CHECK-NOT: addrspace
; CHECK: ret i32
define i32 @roomy(ptr %context, i32 %index) "wasm-segment-base" {
  %place = getelementptr inbounds nuw i8, ptr %context, i64 24
  %memory = load ptr, ptr %place, !invariant.load !0
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %x = load i32, ptr %address
  ret i32 %x
}

; Not changed: another memory, and a function without segment base.

; CHECK-LABEL: define i64 @secondMemory(
; CHECK-NOT: addrspace
; CHECK: ret i64
define i64 @secondMemory(ptr %context, i32 %index, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f,
                         i64 %g, i64 %h, i64 %i, i64 %j, i64 %k, i64 %l, i64 %m, i64 %n, i64 %o,
                         i64 %p, i64 %q, i64 %r) "wasm-segment-base" {
  %place = getelementptr inbounds nuw i8, ptr %context, i64 40
  %memory = load ptr, ptr %place, !invariant.load !0
  %x = call i64 @look(ptr %memory, i32 %index)
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %y = load i64, ptr %address
  %sum1 = add i64 %y, %a
  %sum2 = xor i64 %sum1, %b
  %sum3 = add i64 %sum2, %c
  %sum4 = xor i64 %sum3, %d
  %sum5 = add i64 %sum4, %e
  %sum6 = xor i64 %sum5, %f
  %sum7 = add i64 %sum6, %g
  %sum8 = xor i64 %sum7, %h
  %sum9 = add i64 %sum8, %i
  %sum10 = xor i64 %sum9, %j
  %sum11 = add i64 %sum10, %k
  %sum12 = xor i64 %sum11, %l
  %sum13 = add i64 %sum12, %m
  %sum14 = xor i64 %sum13, %n
  %sum15 = add i64 %sum14, %o
  %sum16 = xor i64 %sum15, %p
  %sum17 = add i64 %sum16, %q
  %sum18 = xor i64 %sum17, %r
  ret i64 %sum18
}

; CHECK-LABEL: define i64 @noBase(
; CHECK-NOT: addrspace
; CHECK: ret i64
define i64 @noBase(ptr %context, i32 %index, i64 %a, i64 %b, i64 %c, i64 %d, i64 %e, i64 %f, i64 %g,
                   i64 %h, i64 %i, i64 %j, i64 %k, i64 %l, i64 %m, i64 %n, i64 %o, i64 %p, i64 %q,
                   i64 %r) {
  %place = getelementptr inbounds nuw i8, ptr %context, i64 24
  %memory = load ptr, ptr %place, !invariant.load !0
  %wide = zext i32 %index to i64
  %address = getelementptr inbounds nuw i8, ptr %memory, i64 %wide
  %x = load i64, ptr %address
  %sum1 = add i64 %x, %a
  %sum2 = xor i64 %sum1, %b
  %sum3 = add i64 %sum2, %c
  %sum4 = xor i64 %sum3, %d
  %sum5 = add i64 %sum4, %e
  %sum6 = xor i64 %sum5, %f
  %sum7 = add i64 %sum6, %g
  %sum8 = xor i64 %sum7, %h
  %sum9 = add i64 %sum8, %i
  %sum10 = xor i64 %sum9, %j
  %sum11 = add i64 %sum10, %k
  %sum12 = xor i64 %sum11, %l
  %sum13 = add i64 %sum12, %m
  %sum14 = xor i64 %sum13, %n
  %sum15 = add i64 %sum14, %o
  %sum16 = xor i64 %sum15, %p
  %sum17 = add i64 %sum16, %q
  %sum18 = xor i64 %sum17, %r
  ret i64 %sum18
}

declare i64 @look(ptr, i32)

; Liveness is computed only for values that need general-purpose registers. Following all paths through the
; other values would take exponential time here.

; CHECK-LABEL: define void @many_ways(
define void @many_ways(ptr %context, double %f0) "wasm-segment-base" {
  %place = getelementptr inbounds nuw i8, ptr %context, i64 24
  %memory = load ptr, ptr %place, !invariant.load !0
  %bits = load i64, ptr %memory
  %f0.more = sitofp i64 %bits to double
  %f1 = fadd double %f0.more, %f0.more
  %f2 = fadd double %f1, %f1
  %f3 = fadd double %f2, %f2
  %f4 = fadd double %f3, %f3
  %f5 = fadd double %f4, %f4
  %f6 = fadd double %f5, %f5
  %f7 = fadd double %f6, %f6
  %f8 = fadd double %f7, %f7
  %f9 = fadd double %f8, %f8
  %f10 = fadd double %f9, %f9
  %f11 = fadd double %f10, %f10
  %f12 = fadd double %f11, %f11
  %f13 = fadd double %f12, %f12
  %f14 = fadd double %f13, %f13
  %f15 = fadd double %f14, %f14
  %f16 = fadd double %f15, %f15
  %f17 = fadd double %f16, %f16
  %f18 = fadd double %f17, %f17
  %f19 = fadd double %f18, %f18
  %f20 = fadd double %f19, %f19
  %f21 = fadd double %f20, %f20
  %f22 = fadd double %f21, %f21
  %f23 = fadd double %f22, %f22
  %f24 = fadd double %f23, %f23
  %f25 = fadd double %f24, %f24
  %f26 = fadd double %f25, %f25
  %f27 = fadd double %f26, %f26
  %f28 = fadd double %f27, %f27
  %f29 = fadd double %f28, %f28
  %f30 = fadd double %f29, %f29
  %f31 = fadd double %f30, %f30
  %f32 = fadd double %f31, %f31
  %f33 = fadd double %f32, %f32
  %f34 = fadd double %f33, %f33
  %f35 = fadd double %f34, %f34
  %f36 = fadd double %f35, %f35
  %f37 = fadd double %f36, %f36
  %f38 = fadd double %f37, %f37
  %f39 = fadd double %f38, %f38
  %f40 = fadd double %f39, %f39
  %f41 = fadd double %f40, %f40
  %f42 = fadd double %f41, %f41
  %f43 = fadd double %f42, %f42
  %f44 = fadd double %f43, %f43
  %f45 = fadd double %f44, %f44
  %f46 = fadd double %f45, %f45
  %f47 = fadd double %f46, %f46
  %f48 = fadd double %f47, %f47
  store double %f48, ptr %memory
  ret void
}

!0 = !{}
