;; A memory of which some pages have data, and functions that change it.
(module
  (memory (export "memory") 40)
  (data (i32.const 0) "first")
  (data (i32.const 200000) "second")
  (data (i32.const 1000000) "third")
  (table $t 100 funcref)
  (elem (i32.const 3) $is_new)
  (global $g (mut i32) (i32.const 0))

  ;; Returns whether the instance is as it should be at first.
  (func $is_new (export "is_new") (result i32)
    (local $at i32)
    (if (i32.ne (memory.size) (i32.const 40)) (then (return (i32.const 0))))
    (if (global.get $g) (then (return (i32.const 0))))
    (if (i32.eqz (ref.is_null (table.get $t (i32.const 5)))) (then (return (i32.const 0))))
    (if (i64.ne (i64.load (i32.const 0)) (i64.const 0x7473726966)) (then (return (i32.const 0))))
    (if (i64.ne (i64.load (i32.const 200000)) (i64.const 0x646e6f636573))
      (then (return (i32.const 0))))
    (if (i64.ne (i64.load (i32.const 1000000)) (i64.const 0x6472696874))
      (then (return (i32.const 0))))
    ;; All other words at multiples of 1,000 are zero.
    (local.set $at (i32.const 2621000))
    (loop $words
      (if (i32.and (i32.ne (local.get $at) (i32.const 200000))
                   (i32.ne (local.get $at) (i32.const 1000000)))
        (then (if (i32.load (local.get $at)) (then (return (i32.const 0))))))
      (br_if $words (local.tee $at (i32.sub (local.get $at) (i32.const 1000)))))
    (i32.const 1))

  (func $mark
    (global.set $g (i32.const 1))
    (table.set $t (i32.const 5) (ref.func $is_new)))

  (func $little (export "little") (result i32)
    (call $mark)
    (i32.store (i32.const 0) (i32.const -1))
    (i32.store (i32.const 201000) (i32.const -1))
    (i32.store (i32.const 2000000) (i32.const -1))
    (i32.const 1))

  (func (export "much") (result i32)
    (call $mark)
    (memory.fill (i32.const 0) (i32.const 0xee) (i32.const 2621440))
    (i32.const 1))

  ;; New pages are zero although the memory may have had more before.
  (func (export "grow") (result i32)
    (local $is_zero i32)
    (drop (call $little))
    (drop (memory.grow (i32.const 60)))
    (local.set $is_zero (i32.eqz (i32.or (i32.load (i32.const 2621440))
                                         (i32.load (i32.const 6000000)))))
    (memory.fill (i32.const 2621440) (i32.const 0xee) (i32.const 3932160))
    (local.get $is_zero)))
