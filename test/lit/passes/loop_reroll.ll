; RUN: %run_passes 'loop-simplify,lcssa,loop-reroll' %s x86_64-linux-gnu x86-64-v3 | FileCheck %s
; RUN: %run_passes 'loop-simplify,lcssa,loop-reroll' %s | FileCheck --check-prefix=NARROW %s

; Two iterations in order. Overlap does not matter.
; CHECK-LABEL: @sums(
; CHECK: loop:
; CHECK-NEXT: %[[I:.*]] = phi i64 [ 0, %entry ], [ %[[NEXT:.*]], %loop ]
; CHECK: load double
; CHECK: load double
; CHECK: fadd double
; CHECK: store double
; CHECK-NOT: store
; CHECK: %[[NEXT]] = add nuw nsw i64 %[[I]], 1
; CHECK: icmp ne i64 %[[NEXT]], 1000
define void @sums(ptr %to, ptr %from) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %to.0 = getelementptr inbounds i8, ptr %to, i64 %passed
  %from.0 = getelementptr inbounds i8, ptr %from, i64 %passed
  %from.1 = getelementptr inbounds i8, ptr %from.0, i64 8
  %from.2 = getelementptr inbounds i8, ptr %from.0, i64 16
  %to.1 = getelementptr inbounds i8, ptr %to.0, i64 8
  %a = load double, ptr %from.0, align 1
  %b = load double, ptr %from.1, align 1
  %first = fadd double %a, %b
  store double %first, ptr %to.0, align 1
  %c = load double, ptr %from.2, align 1
  %d = load double, ptr %from.1, align 1
  %second = fadd double %c, %d
  store double %second, ptr %to.1, align 1
  %next = add nuw nsw i64 %passed, 16
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; The second load precedes the first store and overlaps it.
; CHECK-LABEL: @overlapping(
; CHECK: store
; CHECK: store
; CHECK: ret void
define void @overlapping(ptr %array) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at.0 = getelementptr inbounds i8, ptr %array, i64 %passed
  %at.1 = getelementptr inbounds i8, ptr %at.0, i64 8
  %at.2 = getelementptr inbounds i8, ptr %at.0, i64 16
  %a = load i64, ptr %at.0, align 1
  %b = load i64, ptr %at.1, align 1
  store i64 %a, ptr %at.1, align 1
  store i64 %b, ptr %at.2, align 1
  %next = add nuw nsw i64 %passed, 16
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; The loads may overlap the stores, so the ranges are compared before the loop.
; CHECK-LABEL: @reordered(
; CHECK: %[[OVERLAP:.*]] = and i1
; CHECK: br i1 %{{.*}}, label %[[SLOW:.*]], label %[[FAST:.*]]
; CHECK: loop.lver.orig:
; CHECK: store
; CHECK: store
; CHECK: loop.ph:
; CHECK: load
; CHECK-NOT: load
; CHECK: store {{.*}}, !noalias
; CHECK-NOT: store
; CHECK: ret void
define void @reordered(ptr %to, ptr %from) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %to.0 = getelementptr inbounds i8, ptr %to, i64 %passed
  %to.1 = getelementptr inbounds i8, ptr %to.0, i64 8
  %from.0 = getelementptr inbounds i8, ptr %from, i64 %passed
  %from.1 = getelementptr inbounds i8, ptr %from.0, i64 8
  %a = load i64, ptr %from.0, align 1
  %b = load i64, ptr %from.1, align 1
  store i64 %a, ptr %to.0, align 1
  store i64 %b, ptr %to.1, align 1
  %next = add nuw nsw i64 %passed, 16
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Two vectors of four lanes are eight iterations, if the target has wider vectors.
; CHECK-LABEL: @vectors(
; CHECK: load float, ptr
; CHECK: fmul float %{{.*}}, %factor
; CHECK: call float @llvm.sqrt.f32(
; CHECK: store float
; CHECK-NOT: store
; CHECK: icmp ne i64 %{{.*}}, 2000
; NARROW-LABEL: @vectors(
; NARROW: load <4 x float>
define void @vectors(ptr %array, float %factor) {
entry:
  %one = insertelement <4 x float> poison, float %factor, i64 0
  %all = shufflevector <4 x float> %one, <4 x float> poison, <4 x i32> zeroinitializer
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at.0 = getelementptr inbounds i8, ptr %array, i64 %passed
  %at.1 = getelementptr inbounds i8, ptr %at.0, i64 16
  %a = load <4 x float>, ptr %at.0, align 1
  %b = fmul <4 x float> %a, %all
  %c = call <4 x float> @llvm.sqrt.v4f32(<4 x float> %b)
  store <4 x float> %c, ptr %at.0, align 1
  %d = load <4 x float>, ptr %at.1, align 1
  %e = fmul <4 x float> %d, %all
  %f = call <4 x float> @llvm.sqrt.v4f32(<4 x float> %e)
  store <4 x float> %f, ptr %at.1, align 1
  %next = add nuw nsw i64 %passed, 32
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; The second lane of the loaded vector overlaps the first lane of the stored one.
; CHECK-LABEL: @shifted_vector(
; CHECK: store <2 x i64>
; CHECK: ret void
define void @shifted_vector(ptr %array) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at.0 = getelementptr inbounds i8, ptr %array, i64 %passed
  %at.1 = getelementptr inbounds i8, ptr %at.0, i64 8
  %a = load <2 x i64>, ptr %at.0, align 1
  store <2 x i64> %a, ptr %at.1, align 1
  %next = add nuw nsw i64 %passed, 16
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; Lanes that are permuted.
; CHECK-LABEL: @reversed_vector(
; CHECK: store <2 x i64>
; CHECK: ret void
define void @reversed_vector(ptr %array) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at = getelementptr inbounds i8, ptr %array, i64 %passed
  %a = load <2 x i64>, ptr %at, align 1
  %b = shufflevector <2 x i64> %a, <2 x i64> poison, <2 x i32> <i32 1, i32 0>
  store <2 x i64> %b, ptr %at, align 1
  %next = add nuw nsw i64 %passed, 16
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret void
}

; A reduction and an induction variable, both used after the loop.
; CHECK-LABEL: @sum(
; CHECK: %[[TOTAL:.*]] = add nuw nsw i64 %{{.*}}, 2
; CHECK: loop:
; CHECK: %sum = phi i32 [ 0, %entry ], [ %[[MORE:.*]], %loop ]
; CHECK: load i32
; CHECK-NOT: load
; CHECK: trunc i64 %{{.*}} to i32
; CHECK: %[[MORE]] = add i32 %sum,
; CHECK: icmp ne i64 %{{.*}}, %[[TOTAL]]
; CHECK: done:
; CHECK: phi i32 [ %[[MORE]], %loop ]
define i32 @sum(ptr %array, i32 %count) {
entry:
  %trips = and i32 %count, 65534
  %last = add nuw nsw i32 %trips, 2
  br label %loop
loop:
  %i = phi i32 [ 0, %entry ], [ %i.next, %loop ]
  %sum = phi i32 [ 0, %entry ], [ %second, %loop ]
  %j = or disjoint i32 %i, 1
  %i.wide = zext nneg i32 %i to i64
  %at.0 = getelementptr inbounds i32, ptr %array, i64 %i.wide
  %at.1 = getelementptr inbounds i8, ptr %at.0, i64 4
  %a = load i32, ptr %at.0, align 1
  %b = mul i32 %a, %i
  %first = add i32 %sum, %b
  %c = load i32, ptr %at.1, align 1
  %d = mul i32 %j, %c
  %second = add i32 %first, %d
  %i.next = add nuw nsw i32 %i, 2
  %more = icmp ne i32 %i.next, %last
  br i1 %more, label %loop, label %done
done:
  %result = add i32 %second, %i.next
  ret i32 %result
}

; A floating-point reduction is not vectorized, so it is not rerolled.
; CHECK-LABEL: @float_sum(
; CHECK: load double
; CHECK: load double
; CHECK: ret double
define double @float_sum(ptr %array) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi double [ 0.0, %entry ], [ %second, %loop ]
  %at.0 = getelementptr inbounds i8, ptr %array, i64 %passed
  %at.1 = getelementptr inbounds i8, ptr %at.0, i64 8
  %a = load double, ptr %at.0, align 1
  %first = fadd double %sum, %a
  %b = load double, ptr %at.1, align 1
  %second = fadd double %first, %b
  %next = add nuw nsw i64 %passed, 16
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %done
done:
  ret double %second
}

; Iterations that differ: in a constant, in a distance, in volatility.
; CHECK-LABEL: @unlike(
; CHECK: store
; CHECK: store
; CHECK: store
; CHECK: store
; CHECK: store volatile
; CHECK: ret void
define void @unlike(ptr %to) {
entry:
  br label %loop
loop:
  %passed = phi i64 [ 0, %entry ], [ %next, %loop ]
  %at.0 = getelementptr inbounds i8, ptr %to, i64 %passed
  %at.1 = getelementptr inbounds i8, ptr %at.0, i64 8
  store i64 1, ptr %at.0, align 1
  store i64 2, ptr %at.1, align 1
  %next = add nuw nsw i64 %passed, 16
  %more = icmp ne i64 %next, 8000
  br i1 %more, label %loop, label %other
other:
  %passed.2 = phi i64 [ 0, %loop ], [ %next.2, %other ]
  %at.2 = getelementptr inbounds i8, ptr %to, i64 %passed.2
  %at.3 = getelementptr inbounds i8, ptr %at.2, i64 16
  store i64 1, ptr %at.2, align 1
  store i64 1, ptr %at.3, align 1
  %next.2 = add nuw nsw i64 %passed.2, 16
  %more.2 = icmp ne i64 %next.2, 8000
  br i1 %more.2, label %other, label %third
third:
  %passed.3 = phi i64 [ 0, %other ], [ %next.3, %third ]
  %at.4 = getelementptr inbounds i8, ptr %to, i64 %passed.3
  %at.5 = getelementptr inbounds i8, ptr %at.4, i64 8
  store i64 1, ptr %at.4, align 1
  store volatile i64 1, ptr %at.5, align 1
  %next.3 = add nuw nsw i64 %passed.3, 16
  %more.3 = icmp ne i64 %next.3, 8000
  br i1 %more.3, label %third, label %done
done:
  ret void
}
