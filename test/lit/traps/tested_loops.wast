;; Loads that bound a loop of which a test comes before them, and loads that a test in a loop needs.
;;
;; REQUIRES: x86_64
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 %s
;; RUN: %wast -O3 --cpu x86-64 %s
;; RUN: %wast -O2 --bounds=explicit %s
;; RUN: %wast -O2 --verify-ir %s

(module
  (memory 1 1)
  (global $g (mut i32) (i32.const 0))
  (func (export "test_first") (param $i i32) (param $n i32) (result i32)
    (local $sum i32)
    (block
      (loop
        (br_if 1 (i32.eqz (local.get $n)))
        (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br 0)))
    (local.get $sum))
  (func (export "division_first") (param $x i32) (result i32)
    (local $i i32) (local $n i32) (local $sum i32)
    (local.set $i (i32.const -65536))
    (local.set $n (i32.const 86))
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (i32.rem_u (local.get $x) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 65532)))
      (br_if $next
        (i32.and
          (i32.ne (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 0))
          (i32.load offset=46 (local.get $i)))))
    (local.get $sum))
  ;; The second test is not needed where the first is true, as it is of memory that is zero.
  (func (export "half_a_test") (param $i i32) (param $n i32) (result i32)
    (block
      (loop $next
        (br_if 1
          (i32.eqz
            (i32.or
              (i64.lt_u (i64.load (local.get $i)) (i64.const 54))
              (i64.eq (i64.load (local.get $i)) (i64.load offset=4095 (local.get $i))))))
        (local.set $i (i32.add (local.get $i) (i32.const 8)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
    (local.get $i))
  (func (export "tested_state") (param $p i32) (param $q i32)
    (local $d f64) (local $state i32) (local $left i32)
    (local.set $d (f64.load (local.get $p)))
    (local.set $state (i32.const 2))
    (local.set $left (i32.const 40))
    (loop $next
      (block $step
        (block $two (block $one (block $zero (br_table $zero $one $two $zero (local.get $state)))
            (local.set $state (i32.const 2))
            (br $step))
          (global.set $g
            (i32.load offset=49
              (i32.and (i32.const 0x7ff8)
                (select (local.get $q)
                  (i32.xor (i32.load offset=17 (i32.const 32760)) (i32.load offset=17 (i32.const 32760)))
                  (i32.le_u (i32.const -1) (i32.trunc_sat_f64_s (local.get $d)))))))
          (local.set $state
            (i32.and (i32.const 3) (i32.lt_u (i32.load (local.get $q)) (i32.load (local.get $q)))))
          (br $step))
        (local.set $state (i32.const 0)))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))
(assert_return (invoke "test_first" (i32.const 65528) (i32.const 2)) (i32.const 0))
(assert_trap (invoke "test_first" (i32.const 65528) (i32.const 3)) "out of bounds memory access")
(assert_trap (invoke "test_first" (i32.const -4) (i32.const 3)) "out of bounds memory access")
(assert_trap (invoke "test_first" (i32.const -8) (i32.const 3)) "out of bounds memory access")
(assert_trap (invoke "division_first" (i32.const 3)) "out of bounds memory access")
(assert_return (invoke "half_a_test" (i32.const 0) (i32.const 9)) (i32.const 72))
(assert_trap (invoke "half_a_test" (i32.const 61440) (i32.const 9)) "out of bounds memory access")
(assert_trap (invoke "half_a_test" (i32.const 0) (i32.const 10000)) "out of bounds memory access")
(assert_trap (invoke "tested_state" (i32.const 65536) (i32.const 0)) "out of bounds memory access")
