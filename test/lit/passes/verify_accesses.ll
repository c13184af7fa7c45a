; The covering access of a mark gets metadata; the marks are removed.
;
; RUN: %run_passes verify-accesses %s | FileCheck %s
; CHECK-NOT: llvm.var.annotation

; The access itself, and an access that was merged with it.
; CHECK-LABEL: @merged(
; CHECK: load volatile i32, {{.*}}, !wasm.accesses ![[MERGED:[0-9]+]]
define i32 @merged(ptr %ctx, i32 %a) !dbg !3 {
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %index = zext i32 %a to i64
  %at = getelementptr inbounds nuw i8, ptr %memory, i64 %index
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null), !dbg !10
  %value = load volatile i32, ptr %at, align 1
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null), !dbg !11
  ret i32 %value
}

; Another access of the same element that ends later, with a rewritten index.
; CHECK-LABEL: @covered(
; CHECK: load volatile i32, {{.*}}, !wasm.accesses ![[COVERED:[0-9]+]]
; CHECK: load i8, ptr %{{.*}}, align 1{{$}}
define i8 @covered(ptr %ctx, i32 %a) !dbg !4 {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %start = zext i32 %a to i64
  br label %loop
loop:
  %index = phi i64 [ %start, %entry ], [ %next, %loop ]
  %element = getelementptr inbounds nuw i8, ptr %memory, i64 %index
  %at = getelementptr inbounds nuw i8, ptr %element, i64 8
  call void @llvm.var.annotation.p0.p0(ptr %at, ptr null, ptr null, i32 4, ptr null), !dbg !12
  %link = load volatile i32, ptr %at, align 1
  call void @llvm.var.annotation.p0.p0(ptr %element, ptr null, ptr null, i32 1, ptr null), !dbg !13
  %byte = load i8, ptr %element, align 1
  %next = zext i32 %link to i64
  %more = icmp ne i32 %link, 0
  br i1 %more, label %loop, label %done
done:
  ret i8 %byte
}

; Stores of both arms that were sunk behind the branch.
; CHECK-LABEL: @sunk(
; CHECK: store i32 0, {{.*}}, !wasm.accesses ![[SUNK:[0-9]+]]
define void @sunk(ptr %ctx, i32 %a, i32 %b, i1 %which) !dbg !5 {
entry:
  %memory = load ptr, ptr %ctx, !invariant.load !0
  %a.index = zext i32 %a to i64
  %b.index = zext i32 %b to i64
  br i1 %which, label %left, label %right
left:
  %a.at = getelementptr inbounds nuw i8, ptr %memory, i64 %a.index
  call void @llvm.var.annotation.p0.p0(ptr %a.at, ptr null, ptr null, i32 4, ptr null), !dbg !14
  br label %done
right:
  %b.at = getelementptr inbounds nuw i8, ptr %memory, i64 %b.index
  call void @llvm.var.annotation.p0.p0(ptr %b.at, ptr null, ptr null, i32 4, ptr null), !dbg !15
  br label %done
done:
  %at = phi ptr [ %a.at, %left ], [ %b.at, %right ]
  store i32 0, ptr %at, align 1
  ret void
}

; CHECK-DAG: ![[MERGED]] = !{i32 100, i32 110}
; CHECK-DAG: ![[COVERED]] = !{i32 200, i32 210}
; CHECK-DAG: ![[SUNK]] = !{i32 300, i32 310}

declare void @llvm.var.annotation.p0.p0(ptr, ptr, ptr, i32, ptr)

!llvm.module.flags = !{!20}
!llvm.dbg.cu = !{!1}
!0 = !{}
!1 = distinct !DICompileUnit(language: DW_LANG_C, file: !2)
!2 = !DIFile(filename: "a.wasm", directory: "")
!3 = distinct !DISubprogram(name: "merged", file: !2, unit: !1)
!4 = distinct !DISubprogram(name: "covered", file: !2, unit: !1)
!5 = distinct !DISubprogram(name: "sunk", file: !2, unit: !1)
!10 = !DILocation(line: 100, scope: !3)
!11 = !DILocation(line: 110, scope: !3)
!12 = !DILocation(line: 200, scope: !4)
!13 = !DILocation(line: 210, scope: !4)
!14 = !DILocation(line: 300, scope: !5)
!15 = !DILocation(line: 310, scope: !5)
!20 = !{i32 2, !"Debug Info Version", i32 3}
