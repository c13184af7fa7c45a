;; Functions whose fuel run_fuel.c knows.
(module
  (import "host" "refill" (func $refill))
  (func $count (export "count") (param i32)
    (loop $again
      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "refill_and_count") (param i32)
    (call $refill)
    (call $count (local.get 0)))
  (func (export "divide") (drop (i32.div_s (i32.const 1) (i32.const 0))))
  (func $begin (call $count (i32.const 100)))
  (start $begin))
