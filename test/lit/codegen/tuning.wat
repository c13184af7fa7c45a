;; Loops are unrolled as for x86-64 in general: the tables of some CPUs would make code twice as large.
;;
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=znver3 --emit=llvm-ir %s -o - | FileCheck %s
;; RUN: %wasm2obj %v3 --emit=llvm-ir %s -o - | FileCheck --check-prefix=OTHER %s
;; RUN: %wasm2obj %arm --emit=llvm-ir %s -o - | FileCheck --check-prefix=OTHER %s

(module (func (export "f")))

;; CHECK: "target-cpu"="znver3"
;; CHECK-SAME: "tune-cpu"="generic"
;; OTHER-NOT: "tune-cpu"
