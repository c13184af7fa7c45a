;; A process survives any number of traps of any kind, and the instance goes on as it was.
;;
;; RUN: %python %S/Inputs/thousand_traps.py %s > %t.wast
;; RUN: %wast %t.wast | FileCheck %s
;; CHECK: 6002 passed, 0 failed, 0 skipped

(module
  (memory 1)
  (table 1 funcref)
  (global $calls (mut i32) (i32.const 0))
  (func $count (global.set $calls (i32.add (global.get $calls) (i32.const 1))))
  (func (export "calls") (result i32) (global.get $calls))
  (func (export "unreachable") (call $count) unreachable)
  (func (export "load") (call $count) (drop (i32.load (i32.const -1))))
  (func (export "store") (call $count) (i32.store offset=65536 (i32.const 0) (i32.const 1)))
  (func (export "divide") (call $count) (drop (i32.div_u (i32.const 1) (i32.const 0))))
  (func (export "indirect") (call $count) (call_indirect (i32.const 0)))
  (func $deeper (param i32) (result i32)
    (i32.add (i32.const 1) (call $deeper (local.get 0))))
  (func (export "exhaust") (call $count) (drop (call $deeper (i32.const 1)))))
