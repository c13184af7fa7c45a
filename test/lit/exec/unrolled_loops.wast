;; Loops that compute several elements in each round do so in the order in which they are written,
;; and trap where that does, however they are optimized.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 --cpu=x86-64 %s
;; RUN: %wast -O2 --bounds=explicit %s
(module
  (memory (export "memory") 1 1)

  ;; Counts from 0 in 32-bit words.
  (func (export "reset")
    (local $i i32)
    (loop $next
      (i32.store (i32.shl (local.get $i) (i32.const 2)) (local.get $i))
      (br_if $next
        (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 16384)))))

  ;; to[i] = from[i] + 1, each load right before its store.
  (func (export "in_turn") (param $to i32) (param $from i32) (param $rounds i32)
    (loop $next
      (i32.store (local.get $to) (i32.add (i32.load (local.get $from)) (i32.const 1)))
      (i32.store offset=4 (local.get $to) (i32.add (i32.load offset=4 (local.get $from)) (i32.const 1)))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (local.set $from (i32.add (local.get $from) (i32.const 8)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))

  ;; The same with both loads before the stores.
  (func (export "in_pairs") (param $to i32) (param $from i32) (param $rounds i32)
    (local $a i32) (local $b i32)
    (loop $next
      (local.set $a (i32.load (local.get $from)))
      (local.set $b (i32.load offset=4 (local.get $from)))
      (i32.store (local.get $to) (i32.add (local.get $a) (i32.const 1)))
      (i32.store offset=4 (local.get $to) (i32.add (local.get $b) (i32.const 1)))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (local.set $from (i32.add (local.get $from) (i32.const 8)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))

  ;; The same by vectors.
  (func (export "in_vectors") (param $to i32) (param $from i32) (param $rounds i32)
    (loop $next
      (v128.store (local.get $to)
        (i32x4.add (v128.load (local.get $from)) (v128.const i32x4 1 1 1 1)))
      (v128.store offset=16 (local.get $to)
        (i32x4.add (v128.load offset=16 (local.get $from)) (v128.const i32x4 1 1 1 1)))
      (local.set $to (i32.add (local.get $to) (i32.const 32)))
      (local.set $from (i32.add (local.get $from) (i32.const 32)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))))

  (func (export "sum") (param $from i32) (param $rounds i32) (result i32)
    (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $from))))
      (local.set $sum (i32.add (local.get $sum) (i32.load offset=4 (local.get $from))))
      (local.set $sum (i32.add (local.get $sum) (i32.load offset=8 (local.get $from))))
      (local.set $sum (i32.add (local.get $sum) (i32.load offset=12 (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (br_if $next (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    (i32.add (local.get $sum) (local.get $from)))

  (func (export "word") (param $at i32) (result i32) (i32.load (local.get $at))))

;; Apart.
(assert_return (invoke "reset"))
(assert_return (invoke "in_turn" (i32.const 32768) (i32.const 0) (i32.const 500)))
(assert_return (invoke "word" (i32.const 36764)) (i32.const 1000))
(assert_return (invoke "word" (i32.const 36768)) (i32.const 9192))
(assert_return (invoke "in_pairs" (i32.const 32768) (i32.const 400) (i32.const 500)))
(assert_return (invoke "word" (i32.const 36764)) (i32.const 1100))
(assert_return (invoke "word" (i32.const 36768)) (i32.const 9192))
(assert_return (invoke "in_vectors" (i32.const 32768) (i32.const 800) (i32.const 100)))
(assert_return (invoke "word" (i32.const 35964)) (i32.const 1000))
(assert_return (invoke "word" (i32.const 35968)) (i32.const 901))
(assert_return (invoke "sum" (i32.const 0) (i32.const 250)) (i32.const 503500))

;; One word behind: each round reads what the last has written, and in turn also what this one has.
(assert_return (invoke "reset"))
(assert_return (invoke "in_turn" (i32.const 4) (i32.const 0) (i32.const 100)))
(assert_return (invoke "word" (i32.const 800)) (i32.const 200))
(assert_return (invoke "reset"))
(assert_return (invoke "in_pairs" (i32.const 4) (i32.const 0) (i32.const 100)))
(assert_return (invoke "word" (i32.const 4)) (i32.const 1))
(assert_return (invoke "word" (i32.const 8)) (i32.const 2))
(assert_return (invoke "word" (i32.const 12)) (i32.const 3))
(assert_return (invoke "word" (i32.const 16)) (i32.const 4))
(assert_return (invoke "in_pairs" (i32.const 4) (i32.const 0) (i32.const 100)))
(assert_return (invoke "word" (i32.const 8)) (i32.const 2))
(assert_return (invoke "reset"))
(assert_return (invoke "in_vectors" (i32.const 8) (i32.const 0) (i32.const 100)))
(assert_return (invoke "word" (i32.const 8)) (i32.const 1))
(assert_return (invoke "word" (i32.const 16)) (i32.const 3))
(assert_return (invoke "word" (i32.const 24)) (i32.const 4))
(assert_return (invoke "word" (i32.const 40)) (i32.const 8))
(assert_return (invoke "word" (i32.const 3200)) (i32.const 799))

;; One word ahead.
(assert_return (invoke "reset"))
(assert_return (invoke "in_turn" (i32.const 0) (i32.const 4) (i32.const 100)))
(assert_return (invoke "in_pairs" (i32.const 0) (i32.const 4) (i32.const 100)))
(assert_return (invoke "in_vectors" (i32.const 0) (i32.const 4) (i32.const 20)))
(assert_return (invoke "word" (i32.const 0)) (i32.const 6))
(assert_return (invoke "word" (i32.const 400)) (i32.const 106))

;; Beyond the end.
(assert_trap (invoke "in_turn" (i32.const 65528) (i32.const 0) (i32.const 2)) "out of bounds memory access")
(assert_trap (invoke "in_turn" (i32.const 0) (i32.const 64536) (i32.const 200)) "out of bounds memory access")
(assert_trap (invoke "in_pairs" (i32.const 0) (i32.const 64536) (i32.const 200)) "out of bounds memory access")
(assert_trap (invoke "in_pairs" (i32.const 64536) (i32.const 0) (i32.const 200)) "out of bounds memory access")
(assert_trap (invoke "in_vectors" (i32.const 0) (i32.const 65504) (i32.const 2)) "out of bounds memory access")
(assert_trap (invoke "in_vectors" (i32.const 65520) (i32.const 0) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "in_vectors" (i32.const 0) (i32.const 65524) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "in_vectors" (i32.const 0) (i32.const -4) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "in_vectors" (i32.const 0) (i32.const 0) (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "sum" (i32.const 65520) (i32.const 2)) "out of bounds memory access")
(assert_trap (invoke "sum" (i32.const 65524) (i32.const 1)) "out of bounds memory access")
(assert_trap (invoke "sum" (i32.const 0) (i32.const 0)) "out of bounds memory access")
(assert_return (invoke "reset"))
(assert_return (invoke "sum" (i32.const 65520) (i32.const 1)) (i32.const 131062))
