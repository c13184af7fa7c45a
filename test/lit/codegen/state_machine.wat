;; A state machine jumps directly to the code of its next state; the dispatch is removed.
;; RUN: %wasm2obj --emit=llvm-ir %s -o - | FileCheck %s
;; RUN: %wasm2obj --emit=llvm-ir -O1 %s -o - | FileCheck --check-prefix=DISPATCH %s
;; CHECK-LABEL: @wasm.scan(
;; CHECK-NOT: switch i32
;; CHECK: {{^}$}}
;; DISPATCH-LABEL: @wasm.scan(
;; DISPATCH: switch i32
;; DISPATCH: {{^}$}}
(module
  (memory 1)
  ;; How many words with digits alone there are at `at`, up to a null character.
  (func $scan (export "scan") (param $at i32) (result i32)
    (local $state i32) (local $c i32) (local $count i32)
    (loop $next
      (if (local.tee $c (i32.load8_u (local.get $at)))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (block $step
            (block $end (block $word (block $number (block $space (br_table $space $number $word $end $space (local.get $state)))
                (if (i32.eq (local.get $c) (i32.const 32)) (then (local.set $state (i32.const 0)) (br $step)))
                (if (i32.lt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10))
                  (then (local.set $state (i32.const 1)) (br $step)))
                (local.set $state (i32.const 2))
                (br $step))
              (if (i32.eq (local.get $c) (i32.const 32)) (then (local.set $state (i32.const 3)) (br $step)))
              (if (i32.lt_u (i32.sub (local.get $c) (i32.const 48)) (i32.const 10))
                (then (local.set $state (i32.const 1)) (br $step)))
              (local.set $state (i32.const 2))
              (br $step))
            (if (i32.eq (local.get $c) (i32.const 32)) (then (local.set $state (i32.const 0)) (br $step)))
            (local.set $state (i32.const 2))
            (br $step))
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (local.set $state (i32.const 0)))
          (br $next))))
    (local.get $count)))
