;; A guest that calls a function of the program again and again, which calls the guest.
(module
  (import "host" "again" (func $again))
  (global $sum (mut i32) (i32.const 0))
  (func (export "work")
    (local $i i32)
    (loop $l
      (global.set $sum (i32.add (global.get $sum) (local.get $i)))
      (br_if $l
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000)))))
  (func (export "nested") (loop $l (call $again) (br $l))))
