; Four products of 32-bit halves become one product of 128 bits.
; RUN: %run_passes mul-high-idiom %s | FileCheck %s

; t contains one cross product, and u the other.
define i64 @ladder(i64 %a, i64 %b, ptr %low) {
; CHECK-LABEL: define i64 @ladder(
; CHECK: [[LOW:%.*]] = mul i64 %a, %b
; CHECK: store i64 [[LOW]], ptr %low
; CHECK-DAG: [[A:%.*]] = zext i64 %a to i128
; CHECK: [[B:%.*]] = zext i64 %b to i128
; CHECK: [[PRODUCT:%.*]] = mul nuw i128 [[A]], [[B]]
; CHECK: [[UPPER:%.*]] = lshr i128 [[PRODUCT]], 64
; CHECK: [[HALF:%.*]] = trunc i128 [[UPPER]] to i64
; CHECK-NOT: mul
; CHECK: ret i64 [[HALF]]
  %ah = lshr i64 %a, 32
  %al = and i64 %a, 4294967295
  %bh = lshr i64 %b, 32
  %bl = and i64 %b, 4294967295
  %ll = mul i64 %al, %bl
  %lh = mul i64 %bh, %al
  %hl = mul i64 %ah, %bl
  %hh = mul i64 %ah, %bh
  %carry = lshr i64 %ll, 32
  %t = add i64 %carry, %lh
  %t.rest = and i64 %t, 4294967295
  %u = add i64 %hl, %t.rest
  %u.shifted = shl i64 %u, 32
  %ll.rest = and i64 %ll, 4294967295
  %lower = or disjoint i64 %u.shifted, %ll.rest
  store i64 %lower, ptr %low
  %t.upper = lshr i64 %t, 32
  %u.upper = lshr i64 %u, 32
  %sum = add i64 %hh, %t.upper
  %upper = add i64 %u.upper, %sum
  ret i64 %upper
}

; t is one cross product, and u contains the other terms.
define i64 @sum(i64 %a, i64 %b) {
; CHECK-LABEL: define i64 @sum(
; CHECK: mul nuw i128
; CHECK-NOT: mul i64
; CHECK: ret
  %ah = lshr i64 %a, 32
  %al = and i64 %a, 4294967295
  %bh = lshr i64 %b, 32
  %bl = and i64 %b, 4294967295
  %ll = mul i64 %al, %bl
  %lh = mul i64 %al, %bh
  %hl = mul i64 %ah, %bl
  %hh = mul i64 %ah, %bh
  %carry = lshr i64 %ll, 32
  %hl.rest = and i64 %hl, 4294967295
  %part = add i64 %carry, %hl.rest
  %u = add i64 %part, %lh
  %hl.upper = lshr i64 %hl, 32
  %u.upper = lshr i64 %u, 32
  %most = add i64 %hl.upper, %u.upper
  %upper = add i64 %most, %hh
  ret i64 %upper
}

; The constant factor 0x0000000300000005.
define i64 @constant(i64 %a) {
; CHECK-LABEL: define i64 @constant(
; CHECK: mul nuw i128 {{%.*}}, 12884901893
; CHECK-NOT: mul i64
; CHECK: ret
  %ah = lshr i64 %a, 32
  %al = and i64 %a, 4294967295
  %ll = mul i64 %al, 5
  %lh = mul i64 %al, 3
  %hl = mul i64 %ah, 5
  %hh = mul i64 %ah, 3
  %carry = lshr i64 %ll, 32
  %t = add i64 %carry, %hl
  %t.rest = and i64 %t, 4294967295
  %u = add i64 %t.rest, %lh
  %t.upper = lshr i64 %t, 32
  %u.upper = lshr i64 %u, 32
  %sum = add i64 %t.upper, %u.upper
  %upper = add i64 %sum, %hh
  ret i64 %upper
}

; Not the idiom: one cross product twice.
define i64 @same_cross(i64 %a, i64 %b) {
; CHECK-LABEL: define i64 @same_cross(
; CHECK-NOT: i128
; CHECK: ret
  %ah = lshr i64 %a, 32
  %al = and i64 %a, 4294967295
  %bh = lshr i64 %b, 32
  %bl = and i64 %b, 4294967295
  %ll = mul i64 %al, %bl
  %lh = mul i64 %al, %bh
  %hh = mul i64 %ah, %bh
  %carry = lshr i64 %ll, 32
  %t = add i64 %carry, %lh
  %t.rest = and i64 %t, 4294967295
  %u = add i64 %t.rest, %lh
  %t.upper = lshr i64 %t, 32
  %u.upper = lshr i64 %u, 32
  %sum = add i64 %t.upper, %u.upper
  %upper = add i64 %sum, %hh
  ret i64 %upper
}

; Not the idiom: the lower product has other factors.
define i64 @other_low(i64 %a, i64 %b, i64 %c) {
; CHECK-LABEL: define i64 @other_low(
; CHECK-NOT: i128
; CHECK: ret
  %ah = lshr i64 %a, 32
  %al = and i64 %a, 4294967295
  %bh = lshr i64 %b, 32
  %bl = and i64 %b, 4294967295
  %cl = and i64 %c, 4294967295
  %ll = mul i64 %al, %cl
  %lh = mul i64 %al, %bh
  %hl = mul i64 %ah, %bl
  %hh = mul i64 %ah, %bh
  %carry = lshr i64 %ll, 32
  %t = add i64 %carry, %lh
  %t.rest = and i64 %t, 4294967295
  %u = add i64 %t.rest, %hl
  %t.upper = lshr i64 %t, 32
  %u.upper = lshr i64 %u, 32
  %sum = add i64 %t.upper, %u.upper
  %upper = add i64 %sum, %hh
  ret i64 %upper
}

; Not the idiom: t is masked to 31 bits.
define i64 @other_mask(i64 %a, i64 %b) {
; CHECK-LABEL: define i64 @other_mask(
; CHECK-NOT: i128
; CHECK: ret
  %ah = lshr i64 %a, 32
  %al = and i64 %a, 4294967295
  %bh = lshr i64 %b, 32
  %bl = and i64 %b, 4294967295
  %ll = mul i64 %al, %bl
  %lh = mul i64 %al, %bh
  %hl = mul i64 %ah, %bl
  %hh = mul i64 %ah, %bh
  %carry = lshr i64 %ll, 32
  %t = add i64 %carry, %lh
  %t.rest = and i64 %t, 2147483647
  %u = add i64 %t.rest, %hl
  %t.upper = lshr i64 %t, 32
  %u.upper = lshr i64 %u, 32
  %sum = add i64 %t.upper, %u.upper
  %upper = add i64 %sum, %hh
  ret i64 %upper
}
