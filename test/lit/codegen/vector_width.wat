;; Loops become vectors of 256 bits also if the CPU has wider ones, unless an option selects those.
;;
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=znver4 %s -o %t.ll
;; RUN: FileCheck %s --input-file %t.ll
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=skylake-avx512 %s -o %t.intel.ll
;; RUN: FileCheck %s --input-file %t.intel.ll
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=znver4 --cpu-features=-prefer-256-bit %s -o %t.wide.ll
;; RUN: FileCheck %s --input-file %t.wide.ll --check-prefix=WIDE

;; CHECK-LABEL: define {{.*}}@wasm.scale(
;; CHECK-NOT: <16 x float>
;; CHECK: fmul <8 x float>
;; CHECK-NOT: <16 x float>
;; CHECK-LABEL: define {{.*}}@memcpy

;; WIDE-LABEL: define {{.*}}@wasm.scale(
;; WIDE: fmul <16 x float>

(module
  (memory 1)
  (func $scale (export "scale") (param $place i32) (param $end i32) (param $by f32)
    (loop $next
      (f32.store (local.get $place) (f32.mul (local.get $by) (f32.load (local.get $place))))
      (br_if $next
        (i32.ne (local.get $end)
          (local.tee $place (i32.add (local.get $place) (i32.const 4))))))))
