; Products of 64-bit scalars stay scalars, although AVX-512 has an instruction for vectors of them.
; RUN: %run_passes 'slp-vectorizer' %s x86_64-linux-gnu x86-64-v4 | FileCheck --check-prefix=LLVM %s
; RUN: %run_passes 'slp-with-avx2-costs' %s x86_64-linux-gnu x86-64-v4 | FileCheck --check-prefix=OURS %s

; LLVM-LABEL: @multiply(
; LLVM: mul <2 x i64>
; OURS-LABEL: @multiply(
; OURS-NOT: <2 x i64>
define void @multiply(ptr noalias %p, ptr noalias %q) #0 {
  %a = load i64, ptr %p
  %p1 = getelementptr i8, ptr %p, i64 8
  %b = load i64, ptr %p1
  %a1 = mul i64 %a, %a
  %b1 = mul i64 %b, %b
  %a2 = mul i64 %a1, %a
  %b2 = mul i64 %b1, %b
  store i64 %a2, ptr %q
  %q1 = getelementptr i8, ptr %q, i64 8
  store i64 %b2, ptr %q1
  ret void
}

; Sums of what lies side by side are vectors all the same.
; OURS-LABEL: @add(
; OURS: add <4 x i32>
define void @add(ptr %p, ptr noalias %q) #0 {
  %a0 = load i32, ptr %p
  %p1 = getelementptr i8, ptr %p, i64 4
  %a1 = load i32, ptr %p1
  %p2 = getelementptr i8, ptr %p, i64 8
  %a2 = load i32, ptr %p2
  %p3 = getelementptr i8, ptr %p, i64 12
  %a3 = load i32, ptr %p3
  %s0 = add i32 %a0, 1
  %s1 = add i32 %a1, 2
  %s2 = add i32 %a2, 3
  %s3 = add i32 %a3, 4
  store i32 %s0, ptr %q
  %q1 = getelementptr i8, ptr %q, i64 4
  store i32 %s1, ptr %q1
  %q2 = getelementptr i8, ptr %q, i64 8
  store i32 %s2, ptr %q2
  %q3 = getelementptr i8, ptr %q, i64 12
  store i32 %s3, ptr %q3
  ret void
}

attributes #0 = { "target-cpu"="x86-64-v4" }
