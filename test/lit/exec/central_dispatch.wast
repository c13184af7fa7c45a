;; An interpreter whose dispatch becomes a jump through a table: every opcode, and numbers on both
;; sides of the table.
;;
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 %s
;; RUN: %wast -O0 %s

(module
  (memory 1)
  ;; Opcodes: 0 add, 1 subtract, 2 multiply, 3 xor, 4 shift, 5 negate, 6 store, 7 load, 8 count down
  ;; and go back, 9 stop; their operand is the word that follows.
  (func $run (export "run") (param $count i32) (result i32)
    (local $pc i32) (local $acc i32) (local $operand i32)
    (loop $next (result i32)
      (local.set $operand (i32.load offset=4 (local.get $pc)))
      (block $none (block $stop (block $back (block $load (block $store (block $negate
      (block $shift (block $xor (block $multiply (block $subtract (block $add
        (local.get $pc)
        (local.set $pc (i32.add (local.get $pc) (i32.const 8)))
        (br_table $add $subtract $multiply $xor $shift $negate $store $load $back $stop $none
          (i32.load)))
      (local.set $acc (i32.add (local.get $acc) (local.get $operand)))
      (br $next))
      (local.set $acc (i32.sub (local.get $acc) (local.get $operand)))
      (br $next))
      (local.set $acc (i32.mul (local.get $acc) (local.get $operand)))
      (br $next))
      (local.set $acc (i32.xor (local.get $acc) (local.get $operand)))
      (br $next))
      (local.set $acc (i32.shl (local.get $acc) (local.get $operand)))
      (br $next))
      (local.set $acc (i32.sub (i32.const 0) (local.get $acc)))
      (br $next))
      (i32.store (local.get $operand) (local.get $acc))
      (br $next))
      (local.set $acc (i32.load (local.get $operand)))
      (br $next))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (local.set $pc (select (local.get $operand) (local.get $pc) (local.get $count)))
      (br $next))
      (return (local.get $acc)))
    (i32.add (i32.const 1000000) (local.get $acc))))

  (func $write (export "write") (param $index i32) (param $op i32) (param $operand i32)
    (local.set $index (i32.shl (local.get $index) (i32.const 3)))
    (i32.store (local.get $index) (local.get $op))
    (i32.store offset=4 (local.get $index) (local.get $operand)))
)

;; acc = 5; then `count` times: acc = -((acc * 3 - 1) ^ 6) << 1; through memory.
(assert_return (invoke "write" (i32.const 0) (i32.const 0) (i32.const 5)))
(assert_return (invoke "write" (i32.const 1) (i32.const 2) (i32.const 3)))
(assert_return (invoke "write" (i32.const 2) (i32.const 1) (i32.const 1)))
(assert_return (invoke "write" (i32.const 3) (i32.const 3) (i32.const 6)))
(assert_return (invoke "write" (i32.const 4) (i32.const 5) (i32.const 0)))
(assert_return (invoke "write" (i32.const 5) (i32.const 4) (i32.const 1)))
(assert_return (invoke "write" (i32.const 6) (i32.const 6) (i32.const 4096)))
(assert_return (invoke "write" (i32.const 7) (i32.const 3) (i32.const -1)))
(assert_return (invoke "write" (i32.const 8) (i32.const 7) (i32.const 4096)))
(assert_return (invoke "write" (i32.const 9) (i32.const 8) (i32.const 8)))
(assert_return (invoke "write" (i32.const 10) (i32.const 9) (i32.const 0)))
(assert_return (invoke "run" (i32.const 1)) (i32.const -16))
(assert_return (invoke "run" (i32.const 2)) (i32.const 110))

;; A number that is no opcode ends it too.
(assert_return (invoke "write" (i32.const 10) (i32.const 10) (i32.const 0)))
(assert_return (invoke "run" (i32.const 1)) (i32.const 999984))
(assert_return (invoke "write" (i32.const 10) (i32.const -1) (i32.const 0)))
(assert_return (invoke "run" (i32.const 1)) (i32.const 999984))
(assert_return (invoke "write" (i32.const 10) (i32.const 0x80000000) (i32.const 0)))
(assert_return (invoke "run" (i32.const 1)) (i32.const 999984))

;; A program that runs off memory traps, whatever the opcode before was.
(assert_return (invoke "write" (i32.const 10) (i32.const 7) (i32.const 65533)))
(assert_trap (invoke "run" (i32.const 1)) "out of bounds memory access")
