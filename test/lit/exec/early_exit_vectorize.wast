;; Loops that search memory find the same element as element by element: before, in and behind the
;; vectors with which they are executed, up to the end of a page and of the memory; and they trap if
;; it is not found.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 --cpu=x86-64 %s
;; RUN: %wast -O2 --bounds=explicit %s
(module
  (memory (export "memory") 1 1)

  (func (export "fill") (param $from i32) (param $bytes i32) (param $value i32)
    (memory.fill (local.get $from) (local.get $value) (local.get $bytes)))
  (func (export "store8") (param $at i32) (param $value i32)
    (i32.store8 (local.get $at) (local.get $value)))
  (func (export "store32") (param $at i32) (param $value i32)
    (i32.store (local.get $at) (local.get $value)))

  ;; strlen
  (func $length (export "length") (param $s i32) (result i32)
    (local $p i32)
    (local.set $p (local.get $s))
    (block $end
      (loop $next
        (br_if $end (i32.eqz (i32.load8_u (local.get $p))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $next)))
    (i32.sub (local.get $p) (local.get $s)))

  ;; How often `length` is right: of strings that begin at each of 64 places before the end of a
  ;; page, with each length up to 80.
  (func (export "lengths_about_a_page") (result i32)
    (local $start i32) (local $bytes i32) (local $right i32)
    (local.set $start (i32.const 4064))
    (loop $starts
      (local.set $bytes (i32.const 0))
      (loop $lengths
        (memory.fill (i32.const 4000) (i32.const 1) (i32.const 300))
        (i32.store8 (i32.add (local.get $start) (local.get $bytes)) (i32.const 0))
        (local.set $right
          (i32.add (local.get $right)
            (i32.eq (call $length (local.get $start)) (local.get $bytes))))
        (br_if $lengths
          (i32.le_u (local.tee $bytes (i32.add (local.get $bytes) (i32.const 1))) (i32.const 80))))
      (br_if $starts
        (i32.lt_u (local.tee $start (i32.add (local.get $start) (i32.const 1))) (i32.const 4128))))
    (local.get $right))

  ;; strcmp: how many bytes are the same.
  (func (export "same") (param $s i32) (param $t i32) (result i32)
    (local $from i32) (local $c i32)
    (local.set $from (local.get $s))
    (block $end
      (loop $next
        (br_if $end (i32.ne (local.tee $c (i32.load8_u (local.get $s)))
                            (i32.load8_u (local.get $t))))
        (br_if $end (i32.eqz (local.get $c)))
        (local.set $s (i32.add (local.get $s) (i32.const 1)))
        (local.set $t (i32.add (local.get $t) (i32.const 1)))
        (br $next)))
    (i32.sub (local.get $s) (local.get $from)))

  ;; memcmp: the index of the first difference, or $n.
  (func (export "mismatch") (param $s i32) (param $t i32) (param $n i32) (result i32)
    (local $i i32)
    (block $end
      (br_if $end (i32.eqz (local.get $n)))
      (loop $next
        (br_if $end (i32.ne (i32.load8_u (i32.add (local.get $s) (local.get $i)))
                            (i32.load8_u (i32.add (local.get $t) (local.get $i)))))
        (br_if $next
          (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
    (local.get $i))

  ;; The next character is loaded before the previous one is tested.
  (func (export "find") (param $s i32) (param $c i32) (result i32)
    (local $last i32) (local $from i32)
    (local.set $from (local.get $s))
    (local.set $last (i32.load8_u (local.get $s)))
    (block $end
      (loop $next
        (br_if $end (i32.eq (local.get $last) (local.get $c)))
        (br_if $end (i32.eqz (local.get $last)))
        (local.set $s (i32.add (local.get $s) (i32.const 1)))
        (local.set $last (i32.load8_u (local.get $s)))
        (br $next)))
    (i32.or (i32.shl (local.get $last) (i32.const 16)) (i32.sub (local.get $s) (local.get $from))))

  ;; Words, up to an address that is compared with a sign; -1 if there is none.
  (func (export "find_word") (param $p i32) (param $end i32) (param $word i32) (result i32)
    (block $none
      (loop $next
        (br_if $none (i32.ge_s (local.get $p) (local.get $end)))
        (if (i32.eq (i32.load (local.get $p)) (local.get $word)) (then (return (local.get $p))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (br $next)))
    (i32.const -1))

  ;; A counter in steps of three that comes by its end.
  (func (export "by_threes") (param $p i32) (param $left i32) (result i32)
    (loop $next
      (if (i32.load8_u (local.get $p))
        (then
          (local.set $p (i32.add (local.get $p) (i32.const 1)))
          (br_if $next
            (i32.ne (local.tee $left (i32.sub (local.get $left) (i32.const 3))) (i32.const 0))))))
    (local.get $p))

  ;; Blanks: a branch in the loop decides which test is made.
  (func (export "skip_blanks") (param $p i32) (result i32)
    (local $c i32)
    (block $end
      (loop $next
        (local.set $c (i32.load8_u (local.get $p)))
        (if (i32.ne (local.get $c) (i32.const 32))
          (then (br_if $end (i32.gt_u (i32.sub (local.get $c) (i32.const 9)) (i32.const 4)))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $next)))
    (local.get $p))

  ;; The second place is read only if the first has a certain value.
  (func (export "both") (param $s i32) (param $t i32) (result i32)
    (local $from i32)
    (local.set $from (local.get $s))
    (block $end
      (loop $next
        (br_if $end (i32.eqz (i32.load8_u (local.get $s))))
        (br_if $end (i32.eqz (i32.load8_u (local.get $t))))
        (local.set $s (i32.add (local.get $s) (i32.const 1)))
        (local.set $t (i32.add (local.get $t) (i32.const 1)))
        (br $next)))
    (i32.sub (local.get $s) (local.get $from)))

  ;; Runs forever, or until it traps; nothing depends on what it loads.
  (func (export "idle") (param $p i32) (param $n i32)
    (block $end
      (loop $next
        (br_if $end (i32.eq (i32.load8_u (local.get $p)) (i32.const 77)))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))))

(assert_return (invoke "lengths_about_a_page") (i32.const 5184))

;; To the last byte of the memory, and past it.
(invoke "fill" (i32.const 0) (i32.const 65536) (i32.const 1))
(assert_trap (invoke "length" (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "length" (i32.const 65535)) "out of bounds memory access")
(assert_trap (invoke "length" (i32.const 65536)) "out of bounds memory access")
(assert_trap (invoke "length" (i32.const -1)) "out of bounds memory access")
(invoke "store8" (i32.const 65535) (i32.const 0))
(assert_return (invoke "length" (i32.const 0)) (i32.const 65535))
(assert_return (invoke "length" (i32.const 65500)) (i32.const 35))
(assert_return (invoke "length" (i32.const 65535)) (i32.const 0))

(assert_return (invoke "same" (i32.const 0) (i32.const 0)) (i32.const 65535))
(assert_return (invoke "same" (i32.const 100) (i32.const 7)) (i32.const 65435))
(assert_trap (invoke "same" (i32.const 65536) (i32.const 0)) "out of bounds memory access")
(invoke "store8" (i32.const 5000) (i32.const 9))
(assert_return (invoke "same" (i32.const 100) (i32.const 0)) (i32.const 4900))
(assert_return (invoke "same" (i32.const 0) (i32.const 4970)) (i32.const 30))
(assert_return (invoke "mismatch" (i32.const 0) (i32.const 4970) (i32.const 29)) (i32.const 29))
(assert_return (invoke "mismatch" (i32.const 0) (i32.const 4970) (i32.const 30)) (i32.const 30))
(assert_return (invoke "mismatch" (i32.const 0) (i32.const 4970) (i32.const 31)) (i32.const 30))
(assert_return (invoke "mismatch" (i32.const 0) (i32.const 4970) (i32.const -1)) (i32.const 30))
(assert_return (invoke "mismatch" (i32.const 1) (i32.const 2) (i32.const 0)) (i32.const 0))
(invoke "store8" (i32.const 65535) (i32.const 1))
(assert_return (invoke "mismatch" (i32.const 8000) (i32.const 9000) (i32.const 56536))
  (i32.const 56536))
(assert_trap (invoke "mismatch" (i32.const 8000) (i32.const 9000) (i32.const 56537))
  "out of bounds memory access")

(assert_return (invoke "find" (i32.const 0) (i32.const 9)) (i32.const 0x91388))
(assert_return (invoke "find" (i32.const 4999) (i32.const 9)) (i32.const 0x90001))
(assert_return (invoke "find" (i32.const 5000) (i32.const 9)) (i32.const 0x90000))
(assert_trap (invoke "find" (i32.const 5001) (i32.const 9)) "out of bounds memory access")
(invoke "store8" (i32.const 5090) (i32.const 0))
(assert_return (invoke "find" (i32.const 5001) (i32.const 9)) (i32.const 89))

(invoke "fill" (i32.const 0) (i32.const 65536) (i32.const 0))
(invoke "store32" (i32.const 8188) (i32.const 1234567))
(assert_return (invoke "find_word" (i32.const 0) (i32.const 65536) (i32.const 1234567))
  (i32.const 8188))
(assert_return (invoke "find_word" (i32.const 0) (i32.const 8188) (i32.const 1234567))
  (i32.const -1))
(assert_return (invoke "find_word" (i32.const 0) (i32.const 8189) (i32.const 1234567))
  (i32.const 8188))
(assert_return (invoke "find_word" (i32.const 0) (i32.const -2147483648) (i32.const 1234567))
  (i32.const -1))
(assert_return (invoke "find_word" (i32.const 2) (i32.const 65534) (i32.const 1234567))
  (i32.const -1))
(assert_trap (invoke "find_word" (i32.const 2) (i32.const 65535) (i32.const 1234567))
  "out of bounds memory access")
(assert_trap (invoke "find_word" (i32.const 0) (i32.const 65537) (i32.const 7654321))
  "out of bounds memory access")

(invoke "fill" (i32.const 100) (i32.const 1000) (i32.const 1))
(assert_return (invoke "by_threes" (i32.const 100) (i32.const 300)) (i32.const 200))
(assert_return (invoke "by_threes" (i32.const 100) (i32.const 301)) (i32.const 1100))
(assert_return (invoke "by_threes" (i32.const 100) (i32.const 3)) (i32.const 101))
(assert_return (invoke "by_threes" (i32.const 1099) (i32.const 300)) (i32.const 1100))

(invoke "fill" (i32.const 200) (i32.const 100) (i32.const 32))
(invoke "fill" (i32.const 230) (i32.const 10) (i32.const 9))
(assert_return (invoke "skip_blanks" (i32.const 200)) (i32.const 300))
(assert_return (invoke "skip_blanks" (i32.const 239)) (i32.const 300))
(assert_return (invoke "skip_blanks" (i32.const 300)) (i32.const 300))

;; At the end of the memory, only if it is not read.
(invoke "fill" (i32.const 65436) (i32.const 100) (i32.const 5))
(assert_return (invoke "both" (i32.const 1000) (i32.const 65436)) (i32.const 100))
(invoke "store8" (i32.const 1100) (i32.const 1))
(assert_trap (invoke "both" (i32.const 1000) (i32.const 65436)) "out of bounds memory access")

(assert_return (invoke "idle" (i32.const 0) (i32.const 65536)))
(assert_trap (invoke "idle" (i32.const 0) (i32.const 65537)) "out of bounds memory access")
(assert_trap (invoke "idle" (i32.const 65530) (i32.const 7)) "out of bounds memory access")
