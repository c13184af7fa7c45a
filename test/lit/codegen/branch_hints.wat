;; Hints of `if` and `br_if` become branch weights, that of the arm taken where the condition holds
;; first; unlikely code is moved behind likely code.
;;
;; RUN: %wasm2obj -O0 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefix ASM

(module
  (import "m" "rare" (func $rare))
  (memory 1)

  ;; CHECK-LABEL: define {{.*}}@wasm.unlikely_if(
  ;; CHECK: br i1 {{.*}}, label %then, label %else, !prof ![[UNLIKELY:[0-9]+]]
  ;; ASM-LABEL: {{^}}wasm.unlikely_if:
  ;; ASM-NOT: call
  ;; ASM: ret
  ;; ASM: call
  (func $unlikely_if (param i32)
    (@metadata.code.branch_hint "\00")
    (if (local.get 0) (then (call $rare)))
    (i32.store (i32.const 0) (i32.const 1)))

  ;; The condition is inverted; the hint is about the inverted one.
  ;; CHECK-LABEL: define {{.*}}@wasm.likely_if(
  ;; CHECK: br i1 {{.*}}, label %then, label %else, !prof ![[LIKELY:[0-9]+]]
  ;; ASM-LABEL: {{^}}wasm.likely_if:
  ;; ASM-NOT: call
  ;; ASM: ret
  ;; ASM: call
  (func $likely_if (param i32)
    (i32.eqz (local.get 0))
    (@metadata.code.branch_hint "\01")
    if
    else
      call $rare
    end
    (i32.store (i32.const 0) (i32.const 1)))

  ;; CHECK-LABEL: define {{.*}}@wasm.unlikely_br_if(
  ;; CHECK: br i1 {{.*}}, label %end, label %{{[0-9]+}}, !prof ![[UNLIKELY]]
  ;; ASM-LABEL: {{^}}wasm.unlikely_br_if:
  ;; ASM-NOT: call
  ;; ASM: ret
  ;; ASM: call
  (func $unlikely_br_if (param i32)
    (block $out
      (@metadata.code.branch_hint "\00")
      (br_if $out (local.get 0))
      (i32.store (i32.const 0) (i32.const 1))
      return)
    (call $rare))

  ;; CHECK-LABEL: define {{.*}}@wasm.likely_br_if(
  ;; CHECK: br i1 {{.*}}, label %end, label %{{[0-9]+}}, !prof ![[LIKELY]]
  ;; ASM-LABEL: {{^}}wasm.likely_br_if:
  ;; ASM-NOT: call
  ;; ASM: ret
  ;; ASM: call
  (func $likely_br_if (param i32)
    (block $out
      (@metadata.code.branch_hint "\01")
      (br_if $out (local.get 0))
      (call $rare)
      return)
    (i32.store (i32.const 0) (i32.const 1)))

  ;; Hints in dead code are ignored; a branch without one has no weights.
  ;; CHECK-LABEL: define {{.*}}@wasm.mixed(
  ;; CHECK: br i1 %{{[0-9]+}}, label %then{{[0-9]*}}, label %else{{[0-9]*}}{{$}}
  ;; CHECK: br i1 %{{[0-9]+}}, label %then{{[0-9]*}}, label %else{{[0-9]*}}, !prof ![[LIKELY]]
  (func $mixed (param i32)
    (if (local.get 0)
      (then
        return
        (@metadata.code.branch_hint "\00")
        (if (local.get 0) (then))))
    (@metadata.code.branch_hint "\01")
    (if (local.get 0) (then (call $rare)))))

;; CHECK-DAG: ![[UNLIKELY]] = !{!"branch_weights", i32 1, i32 2000}
;; CHECK-DAG: ![[LIKELY]] = !{!"branch_weights", i32 2000, i32 1}
