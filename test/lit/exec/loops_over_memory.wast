;; Loops whose addresses leave the memory, or wrap at 2^32, do so as the specification says, however
;; they are optimized.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 --cpu=x86-64 %s
;; RUN: %wast -O2 --bounds=explicit %s
(module
  (memory (export "memory") 2)

  ;; Stores `value` at begin, begin + step, ... `count` times.
  (func $fill (export "fill") (param $begin i32) (param $step i32) (param $count i32) (param $value i32)
    (loop $next
      (i32.store8 (local.get $begin) (local.get $value))
      (local.set $begin (i32.add (local.get $begin) (local.get $step)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  (func (export "fill1") (param $begin i32) (param $count i32)
    (loop $next
      (i32.store8 (local.get $begin) (i32.const 7))
      (local.set $begin (i32.add (local.get $begin) (i32.const 1)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Downwards, without and with an offset.
  (func (export "down") (param $begin i32) (param $count i32)
    (loop $next
      (i32.store8 (local.get $begin) (i32.const 8))
      (local.set $begin (i32.add (local.get $begin) (i32.const -1)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))
  (func (export "down_rows") (param $begin i32) (param $count i32)
    (loop $next
      (i32.store (local.get $begin) (i32.const 8))
      (local.set $begin (i32.add (local.get $begin) (i32.const -1000)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))
  (func (export "down_offset") (param $begin i32) (param $count i32)
    (loop $next
      (i32.store8 offset=100 (local.get $begin) (i32.const 9))
      (local.set $begin (i32.add (local.get $begin) (i32.const -1)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Only every `1 + mask` iterations stores; all others skip the place.
  (func (export "sparse") (param $begin i32) (param $count i32) (param $mask i32)
    (loop $next
      (if (i32.eqz (i32.and (local.get $count) (local.get $mask)))
        (then (i32.store8 (local.get $begin) (i32.const 10))))
      (local.set $begin (i32.add (local.get $begin) (i32.const 4096)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; Steps of 65,537 bytes, over the guard and the pages that no memory has.
  (func (export "stride") (param $begin i32) (param $count i32)
    (loop $next
      (i32.store8 (local.get $begin) (i32.const 11))
      (local.set $begin (i32.add (local.get $begin) (i32.const 65537)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; a[i] = b[i - 1] + b[i + 1], where b starts at `from`: the first neighbors wrap if it is 0.
  (func (export "neighbors") (param $from i32) (param $to i32) (param $count i32)
    (loop $next
      (i32.store (local.get $to)
        (i32.add (i32.load (i32.add (local.get $from) (i32.const -4)))
                 (i32.load (i32.add (local.get $from) (i32.const 4)))))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))

  ;; An index that has wrapped, lifted back by the offset: from 2^32 - 8 on, 8 bytes further.
  (func (export "lifted") (param $begin i32) (param $count i32) (result i32)
    (local $sum i32)
    (loop $next
      (local.set $sum (i32.add (local.get $sum)
        (i32.load8_u offset=16 (i32.add (local.get $begin) (i32.const -8)))))
      (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $begin))))
      (local.set $begin (i32.add (local.get $begin) (i32.const 1)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum))

  ;; The memory grows in the loop, so that what follows is inside.
  (func (export "growing") (param $begin i32) (param $count i32) (result i32)
    (loop $next
      (if (i32.eq (local.get $begin) (i32.const 131072))
        (then (drop (memory.grow (i32.const 1)))))
      (i32.store (local.get $begin) (i32.const 12))
      (local.set $begin (i32.add (local.get $begin) (i32.const 4)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (memory.size))

  ;; Rows of 400 bytes; row `r` is added to the sum of its column's element, as matrix code does it.
  (func (export "nest") (param $to i32) (param $from i32) (param $rows i32) (param $columns i32)
    (local $j i32) (local $element i32)
    (loop $row
      (local.set $j (local.get $columns))
      (local.set $element (local.get $from))
      (loop $column
        (i32.store (local.get $to) (i32.add (i32.load (local.get $to)) (i32.load (local.get $element))))
        (local.set $element (i32.add (local.get $element) (i32.const 4)))
        (br_if $column (local.tee $j (i32.sub (local.get $j) (i32.const 1)))))
      (local.set $from (i32.add (local.get $from) (i32.const 400)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (br_if $row (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  (func (export "zero") (param $begin i32) (param $count i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $count)))
        (i32.store (local.get $begin) (i32.const 0))
        (local.set $begin (i32.add (local.get $begin) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next))))

  (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "word") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "set") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
)

;; Up to the end, and one too many; the last address is the last that is stored to.
(assert_return (invoke "fill1" (i32.const 131000) (i32.const 72)))
(assert_return (invoke "byte" (i32.const 131071)) (i32.const 7))
(assert_trap (invoke "fill1" (i32.const 131000) (i32.const 73)) "out of bounds memory access")
(assert_trap (invoke "fill1" (i32.const -8) (i32.const 16)) "out of bounds memory access")
(assert_return (invoke "byte" (i32.const 0)) (i32.const 0))
(assert_trap (invoke "fill" (i32.const 131071) (i32.const 1) (i32.const 2) (i32.const 1))
             "out of bounds memory access")
;; A step that is not known may wrap on purpose: 0, 2^31, 0 would be in a memory of 2 GiB only.
(assert_trap (invoke "fill" (i32.const 5) (i32.const 0x80000000) (i32.const 3) (i32.const 1))
             "out of bounds memory access")
(assert_return (invoke "fill" (i32.const 5) (i32.const -1) (i32.const 6) (i32.const 3)))
(assert_return (invoke "byte" (i32.const 0)) (i32.const 3))

(assert_return (invoke "down" (i32.const 9) (i32.const 10)))
(assert_return (invoke "byte" (i32.const 0)) (i32.const 8))
(assert_trap (invoke "down" (i32.const 9) (i32.const 11)) "out of bounds memory access")
(assert_trap (invoke "down" (i32.const 9) (i32.const 100000)) "out of bounds memory access")
(assert_return (invoke "down_rows" (i32.const 9004) (i32.const 10)))
(assert_return (invoke "byte" (i32.const 4)) (i32.const 8))
(assert_trap (invoke "down_rows" (i32.const 9004) (i32.const 11)) "out of bounds memory access")
(assert_trap (invoke "down_rows" (i32.const 130290) (i32.const 1000)) "out of bounds memory access")
(assert_return (invoke "down_offset" (i32.const 9) (i32.const 10)))
(assert_return (invoke "byte" (i32.const 100)) (i32.const 9))
(assert_trap (invoke "down_offset" (i32.const 9) (i32.const 11)) "out of bounds memory access")
(assert_return (invoke "byte" (i32.const 99)) (i32.const 0))

;; From 4096 on, 2^20 iterations of 4096 bytes come back to 4096, over 4 GiB that are not there.
(assert_return (invoke "sparse" (i32.const 4096) (i32.const 1048577) (i32.const 0x1fffff)))
(assert_return (invoke "sparse" (i32.const 4096) (i32.const 1048576) (i32.const 0xfffff)))
(assert_return (invoke "byte" (i32.const 4096)) (i32.const 10))
(assert_trap (invoke "sparse" (i32.const 4096) (i32.const 1048576) (i32.const 1))
             "out of bounds memory access")

(assert_return (invoke "stride" (i32.const 1) (i32.const 2)))
(assert_return (invoke "byte" (i32.const 65538)) (i32.const 11))
(assert_trap (invoke "stride" (i32.const 1) (i32.const 3)) "out of bounds memory access")
(assert_trap (invoke "stride" (i32.const 1) (i32.const 65537)) "out of bounds memory access")

(assert_return (invoke "set" (i32.const 1000) (i32.const 20)))
(assert_return (invoke "set" (i32.const 1008) (i32.const 22)))
(assert_return (invoke "neighbors" (i32.const 1004) (i32.const 2000) (i32.const 40)))
(assert_return (invoke "word" (i32.const 2000)) (i32.const 42))
(assert_trap (invoke "neighbors" (i32.const 0) (i32.const 2000) (i32.const 40))
             "out of bounds memory access")
(assert_trap (invoke "neighbors" (i32.const 131064) (i32.const 2000) (i32.const 40))
             "out of bounds memory access")
(assert_return (invoke "neighbors" (i32.const 1004) (i32.const 1004) (i32.const 3)))
(assert_return (invoke "word" (i32.const 1004)) (i32.const 42))
(assert_return (invoke "word" (i32.const 1008)) (i32.const 42))

(assert_trap (invoke "lifted" (i32.const 0) (i32.const 4)) "out of bounds memory access")
(assert_trap (invoke "lifted" (i32.const 7) (i32.const 40)) "out of bounds memory access")
(assert_return (invoke "lifted" (i32.const 40000) (i32.const 40)) (i32.const 0))

(assert_return (invoke "nest" (i32.const 60000) (i32.const 1000) (i32.const 5) (i32.const 3)))
(assert_return (invoke "word" (i32.const 60000)) (i32.const 104))
;; The sum is in the row that is added.
(assert_return (invoke "set" (i32.const 70000) (i32.const 1)))
(assert_return (invoke "nest" (i32.const 70000) (i32.const 69996) (i32.const 1) (i32.const 40)))
(assert_return (invoke "word" (i32.const 70000)) (i32.const 2))
(assert_return (invoke "nest" (i32.const 70000) (i32.const 70000) (i32.const 1) (i32.const 4)))
(assert_return (invoke "word" (i32.const 70000)) (i32.const 4))
(assert_trap (invoke "nest" (i32.const 60000) (i32.const 131000) (i32.const 5) (i32.const 20))
             "out of bounds memory access")
(assert_trap (invoke "nest" (i32.const 60000) (i32.const 0) (i32.const 400) (i32.const 20))
             "out of bounds memory access")

(assert_return (invoke "zero" (i32.const -1) (i32.const 0)))
(assert_return (invoke "zero" (i32.const 131068) (i32.const 1)))
(assert_trap (invoke "zero" (i32.const 131068) (i32.const 2)) "out of bounds memory access")

(assert_return (invoke "growing" (i32.const 130000) (i32.const 1000)) (i32.const 3))
(assert_return (invoke "word" (i32.const 133996)) (i32.const 12))
(assert_trap (invoke "growing" (i32.const 196000) (i32.const 1000)) "out of bounds memory access")

;; With several memories, each is its own.
(module
  (memory $a 1)
  (memory $b 1)
  (func (export "copy") (param $from i32) (param $to i32) (param $count i32)
    (loop $next
      (i32.store8 $b (local.get $to) (i32.load8_u $a (local.get $from)))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))
  (func (export "set_a") (param i32 i32) (i32.store $a (local.get 0) (local.get 1)))
  (func (export "get_b") (param i32) (result i32) (i32.load $b (local.get 0))))
(assert_return (invoke "set_a" (i32.const 60) (i32.const 123456789)))
(assert_return (invoke "copy" (i32.const 40) (i32.const 140) (i32.const 400)))
(assert_return (invoke "get_b" (i32.const 160)) (i32.const 123456789))
(assert_trap (invoke "copy" (i32.const 65500) (i32.const 0) (i32.const 100))
             "out of bounds memory access")

;; A memory with 64-bit addresses beside it: an index extended from 32 bits may go beyond 4 GiB.
(module
  (memory i64 1)
  (func (export "fill") (param $begin i32) (param $count i32)
    (loop $next
      (i32.store8 (i64.extend_i32_u (local.get $begin)) (i32.const 7))
      (local.set $begin (i32.add (local.get $begin) (i32.const 1)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
(assert_return (invoke "fill" (i32.const 65000) (i32.const 536)))
(assert_trap (invoke "fill" (i32.const 65000) (i32.const 537)) "out of bounds memory access")
(assert_trap (invoke "fill" (i32.const -1) (i32.const 2)) "out of bounds memory access")

;; Two loads that cancel each other, so that their value is unused: the loads that prove that the address
;; does not wrap may be removed, up to an iteration far beyond the memory.
(module
  (memory 1)
  (func (export "up") (param $trips i64) (param $wanted i64) (result i32)
    (local $trip i64) (local $at i32) (local $a i32) (local $b i32) (local $result i32)
    (loop $next
      (local.set $a (i32.load (local.get $at)))
      (local.set $b (i32.load (local.get $at)))
      (if (i64.eq (local.get $trip) (local.get $wanted))
        (then (local.set $result (local.get $a)))
        (else (i32.store (i32.const 8) (i32.xor (local.get $a) (local.get $b)))))
      (local.set $at (i32.add (local.get $at) (i32.const 4096)))
      (local.set $trip (i64.add (local.get $trip) (i64.const 1)))
      (br_if $next (i64.ne (local.get $trip) (local.get $trips))))
    (local.get $result))
  (func (export "down") (param $trips i64) (param $wanted i64) (result i32)
    (local $trip i64) (local $at i32) (local $a i32) (local $b i32) (local $result i32)
    (local.set $at (i32.const 0xfffc))
    (loop $next
      (local.set $a (i32.load (local.get $at)))
      (local.set $b (i32.load (local.get $at)))
      (if (i64.eq (local.get $trip) (local.get $wanted))
        (then (local.set $result (local.get $a)))
        (else (i32.store (i32.const 8) (i32.xor (local.get $a) (local.get $b)))))
      (local.set $at (i32.sub (local.get $at) (i32.const 64)))
      (local.set $trip (i64.add (local.get $trip) (i64.const 1)))
      (br_if $next (i64.ne (local.get $trip) (local.get $trips))))
    (local.get $result)))
(assert_return (invoke "up" (i64.const 16) (i64.const 15)) (i32.const 0))
(assert_trap (invoke "up" (i64.const 17) (i64.const 16)) "out of bounds memory access")
(assert_trap (invoke "up" (i64.const 0x100000000001) (i64.const 0x100000000000))
             "out of bounds memory access")
(assert_return (invoke "down" (i64.const 1024) (i64.const 1023)) (i32.const 0))
(assert_trap (invoke "down" (i64.const 1025) (i64.const 1024)) "out of bounds memory access")
(assert_trap (invoke "down" (i64.const 0x100000000001) (i64.const 0x100000000000))
             "out of bounds memory access")

;; The same in a loop that is in another, short one: what both have passed counts.
(module
  (memory 1)
  (func (export "rows") (param $start i32) (param $trips i64) (param $wanted i64) (result i32)
    (local $row i32) (local $trip i64) (local $at i32) (local $a i32) (local $b i32) (local $result i32)
    (loop $next_row
      (local.set $at (local.get $start))
      (local.set $trip (i64.const 0))
      (loop $next
        (local.set $a (i32.load (local.get $at)))
        (local.set $b (i32.load (local.get $at)))
        (if (i64.eq (local.get $trip) (local.get $wanted))
          (then (local.set $result (local.get $a)))
          (else (i32.store (i32.const 8) (i32.xor (local.get $a) (local.get $b)))))
        (local.set $at (i32.add (local.get $at) (i32.const 1024)))
        (local.set $trip (i64.add (local.get $trip) (i64.const 1)))
        (br_if $next (i64.ne (local.get $trip) (local.get $trips))))
      (local.set $start (i32.add (local.get $start) (i32.const 60000)))
      (br_if $next_row (i32.ne (local.tee $row (i32.add (local.get $row) (i32.const 1)))
                               (i32.const 1000))))
    (local.get $result)))
(assert_trap (invoke "rows" (i32.const 0) (i64.const 4) (i64.const 3)) "out of bounds memory access")
(assert_trap (invoke "rows" (i32.const -4) (i64.const 4) (i64.const 3)) "out of bounds memory access")
(assert_trap (invoke "rows" (i32.const 0) (i64.const 0x100000000001) (i64.const 0x100000000000))
             "out of bounds memory access")
