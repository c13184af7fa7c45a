;; A v128 on the command line: lanes of some shape, or all bits as one number; printed as the latter.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun --invoke echo %t.so i32x4:1,2,-3,0x40 | FileCheck %s --check-prefix I32
;; I32: {{^}}0x00000040fffffffd0000000200000001{{$}}
;; RUN: %wasmrun --invoke echo %t.so 0x00000040fffffffd0000000200000001 | FileCheck %s --check-prefix I32
;; RUN: %wasmrun --invoke echo %t.so i8x16:0,1,2,3,4,5,6,7,8,9,10,11,12,13,-128,255 | FileCheck %s --check-prefix I8
;; I8: {{^}}0xff800d0c0b0a09080706050403020100{{$}}
;; RUN: %wasmrun --invoke echo %t.so i16x8:1,2,3,4,5,6,7,65535 | FileCheck %s --check-prefix I16
;; I16: {{^}}0xffff0007000600050004000300020001{{$}}
;; RUN: %wasmrun --invoke echo %t.so i64x2:-1,0x8000000000000000 | FileCheck %s --check-prefix I64
;; I64: {{^}}0x8000000000000000ffffffffffffffff{{$}}
;; RUN: %wasmrun --invoke echo %t.so f32x4:1.5,-0,nan,nan:0x1 | FileCheck %s --check-prefix F32
;; F32: {{^}}0x7f8000017fc00000800000003fc00000{{$}}
;; RUN: %wasmrun --invoke echo %t.so f64x2:-inf,1 | FileCheck %s --check-prefix F64
;; F64: {{^}}0x3ff0000000000000fff0000000000000{{$}}
;; RUN: %wasmrun --invoke echo %t.so 258 | FileCheck %s --check-prefix NUMBER
;; RUN: %wasmrun --invoke echo %t.so 0x102 | FileCheck %s --check-prefix NUMBER
;; NUMBER: {{^}}0x00000000000000000000000000000102{{$}}
;; RUN: %wasmrun --invoke echo %t.so 340282366920938463463374607431768211455 | FileCheck %s --check-prefix ONES
;; ONES: {{^}}0xffffffffffffffffffffffffffffffff{{$}}
;; RUN: %wasmrun --invoke pair %t.so 7 i64x2:1,2 | FileCheck %s --check-prefix PAIR
;; PAIR:      {{^}}0x00000000000000020000000000000001{{$}}
;; PAIR-NEXT: {{^}}7{{$}}

;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so i32x4:1,2,3 2>&1 | FileCheck %s --check-prefix FEW
;; FEW: wasmrun: {{.*}}echo: argument 1, 'i32x4:1,2,3', is not a value of type v128, such as i32x4:1,2,3,4 or 0x{{[0-9]+}}; its type is [v128] -> [v128]
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so i32x4:1,2,3,4,5 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so i32x4:1,2,3, 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so i8x16:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,256 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so i32x2:1,2 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so f64x2:1,x 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 0x100000000000000000000000000000000 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 340282366920938463463374607431768211456 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 0x 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 12a 2>&1 | FileCheck %s --check-prefix BAD
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so "" 2>&1 | FileCheck %s --check-prefix BAD
;; BAD: echo: argument 1, '{{.*}}', is not a value of type v128

(module
  (func (export "echo") (param v128) (result v128) (local.get 0))
  (func (export "pair") (param i32 v128) (result v128 i32) (local.get 1) (local.get 0)))
