;; More arguments than registers of either kind, and more results, directly, through a table, and
;; from and to the host.
;;
;; RUN: %wasm2obj -O0 %s -o %t.0.so && %wasmrun --invoke all %t.0.so 1 | FileCheck %s
;; RUN: %wasm2obj -O2 %s -o %t.2.so && %wasmrun --invoke all %t.2.so 1 | FileCheck %s
;; RUN: %wasmrun --invoke direct %t.2.so 1 2 3 4 5 6 7 8 9 10.5 11.5 12.5 13.5 14.5 15.5 16.5 17.5 18.5 19.5 | FileCheck %s --check-prefix DIRECT
;; CHECK:      {{^}}45{{$}}
;; CHECK-NEXT: {{^}}150{{$}}
;; CHECK-NEXT: {{^}}9{{$}}
;; CHECK-NEXT: {{^}}19.5{{$}}
;; DIRECT:      {{^}}45{{$}}
;; DIRECT-NEXT: {{^}}150{{$}}
;; DIRECT-NEXT: {{^}}9{{$}}
;; DIRECT-NEXT: {{^}}19.5{{$}}

(module
  (type $t (func
    (param i32 i32 i32 i32 i32 i64 i64 i64 i64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f32)
    (result i64 f64 i64 f32)))
  (table funcref (elem $direct))
  (func $direct (export "direct") (type $t)
    (i64.extend_i32_s (i32.add (local.get 0) (i32.add (local.get 1) (i32.add (local.get 2)
      (i32.add (local.get 3) (local.get 4))))))
    (i64.add (i64.add (local.get 5) (local.get 6)) (i64.add (local.get 7) (local.get 8)))
    (i64.add)
    (f64.add (local.get 9) (f64.add (local.get 10) (f64.add (local.get 11) (f64.add (local.get 12)
      (f64.add (local.get 13) (f64.add (local.get 14) (f64.add (local.get 15) (f64.add
      (local.get 16) (f64.add (local.get 17) (f64.promote_f32 (local.get 18)))))))))))
    (local.get 8)
    (local.get 18))
  (func (export "all") (param i32) (result i64 f64 i64 f32)
    (call_indirect (type $t)
      (local.get 0) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5) (i64.const 6)
      (i64.const 7) (i64.const 8) (i64.const 9) (f64.const 10.5) (f64.const 11.5) (f64.const 12.5)
      (f64.const 13.5) (f64.const 14.5) (f64.const 15.5) (f64.const 16.5) (f64.const 17.5)
      (f64.const 18.5) (f32.const 19.5) (i32.const 0))))
