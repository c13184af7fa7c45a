;; A store that changes half of what the next iteration loads.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O1 %s
;; RUN: %wast -O2 %s
;; RUN: %wast -O3 %s

(module
  (memory 1 1)
  (data (i32.const 0) "\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10\11\12\13\14\15\16\17\18\19\1a\1b\1c\1d\1e\1f\20\21\22\23\24\25\26\27\28\29\2a\2b\2c\2d\2e\2f\30\31\32\33\34\35\36\37\38\39\3a\3b\3c\3d\3e\3f\40")
  ;; The first store changes half of what is loaded next; the other half is from the iteration before.
  (func (export "shift") (param $n i32) (result i64)
    (local $i i32)
    (loop $next
      (i64.store (local.get $i) (i64.load offset=16 (local.get $i)))
      (i64.store offset=12 (local.get $i)
        (i64.xor (i64.load offset=4 (local.get $i)) (i64.load offset=16 (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 8)))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i64.load offset=4 (local.get $i))))
(assert_return (invoke "shift" (i32.const 4)) (i64.const 3173641396653655044))
