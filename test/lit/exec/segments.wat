;; Segments are applied in order, also where some are part of the memory image and some are not; the
;; start function runs after them.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun --invoke byte %t.so 100 | FileCheck %s --check-prefix LATER
;; LATER: {{^}}50{{$}}
;; RUN: %wasmrun --invoke byte %t.so 103 | FileCheck %s --check-prefix FIRST
;; FIRST: {{^}}97{{$}}
;; RUN: %wasmrun --invoke byte %t.so 102 | FileCheck %s --check-prefix LAST
;; LAST: {{^}}51{{$}}
;; RUN: %wasmrun --invoke byte %t.so 131072 | FileCheck %s --check-prefix FAR
;; FAR: {{^}}122{{$}}
;; RUN: %wasmrun --invoke seen %t.so | FileCheck %s --check-prefix SEEN
;; SEEN: {{^}}50{{$}}
;; RUN: %wasmrun --invoke reinit %t.so | FileCheck %s --check-prefix DROPPED
;; DROPPED: {{^}}1{{$}}

(module
  (memory (export "memory") 3)
  (global $base i32 (i32.const 100))
  (global $seen (mut i32) (i32.const 0))
  (data (i32.const 100) "1aaa")
  (data (global.get $base) "2b")
  (data (i32.const 102) "3")
  (data (i32.const 131072) "z")
  (data $passive "p")
  (start $start)
  (func $start (global.set $seen (i32.load8_u (i32.const 100))))
  (func (export "seen") (result i32) (global.get $seen))
  (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0)))
  ;; A passive segment of no bytes can still be used after it was dropped.
  (func (export "reinit") (result i32)
    (memory.init $passive (i32.const 5) (i32.const 0) (i32.const 1))
    (data.drop $passive)
    (memory.init $passive (i32.const 5) (i32.const 0) (i32.const 0))
    (i32.eq (i32.load8_u (i32.const 5)) (i32.const 112))))
