;; Wide arithmetic is an instruction for each half, with the carry in a flag; a high half that is zero
;; costs nothing, and carries that are passed on as words make one chain.
;;
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu --cpu=x86-64 %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefixes X86,V1
;; RUN: %wasm2obj -O2 --target=x86_64-linux-gnu --cpu=x86-64-v3 %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefixes X86,V3
;; RUN: %wasm2obj -O2 --target=aarch64-linux-gnu %s -o %t.s
;; RUN: FileCheck %s --input-file %t.s --check-prefix ARM

(module
  (memory 1)

  ;; X86-LABEL: {{^}}wasm.add:
  ;; X86: addq
  ;; X86-NEXT: adcq
  ;; X86-NOT: {{add|adc|set|cmp}}
  ;; X86: ret
  ;; ARM-LABEL: {{^}}wasm.add:
  ;; ARM: adds x0, x0, x2
  ;; ARM-NEXT: adc x1, {{x3, x1|x1, x3}}
  ;; ARM-NEXT: ret
  (func $add (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))

  ;; X86-LABEL: {{^}}wasm.add_word:
  ;; X86: addq
  ;; X86-NEXT: adcq $0,
  ;; X86-NOT: {{add|adc|set|cmp}}
  ;; X86: ret
  ;; ARM-LABEL: {{^}}wasm.add_word:
  ;; ARM: adds x0, x0, x2
  ;; ARM-NEXT: cinc x1, x1, hs
  ;; ARM-NEXT: ret
  (func $add_word (param i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (i64.const 0)))

  ;; X86-LABEL: {{^}}wasm.carry:
  ;; X86: addq
  ;; X86-NEXT: setb %dl
  ;; X86-NEXT: ret
  ;; ARM-LABEL: {{^}}wasm.carry:
  ;; ARM: adds x0, {{x1, x0|x0, x1}}
  ;; ARM-NEXT: cset w1, hs
  ;; ARM-NEXT: ret
  (func $carry (param i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (i64.const 0) (local.get 1) (i64.const 0)))

  ;; X86-LABEL: {{^}}wasm.sub:
  ;; X86: subq
  ;; X86-NEXT: sbbq
  ;; X86-NOT: {{sub|sbb|set|cmp}}
  ;; X86: ret
  ;; ARM-LABEL: {{^}}wasm.sub:
  ;; ARM: subs x0, x0, x2
  ;; ARM-NEXT: sbc x1, x1, x3
  ;; ARM-NEXT: ret
  (func $sub (param i64 i64 i64 i64) (result i64 i64)
    (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))

  ;; X86-LABEL: {{^}}wasm.sub_word:
  ;; X86: subq
  ;; X86-NEXT: sbbq $0,
  ;; X86-NOT: {{sub|sbb|set|cmp}}
  ;; X86: ret
  ;; ARM-LABEL: {{^}}wasm.sub_word:
  ;; ARM: subs x0, x0, x2
  ;; ARM-NEXT: sbc x1, x1, xzr
  ;; ARM-NEXT: ret
  (func $sub_word (param i64 i64 i64) (result i64 i64)
    (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (i64.const 0)))

  ;; X86-LABEL: {{^}}wasm.mul_s:
  ;; X86: imulq
  ;; X86-NEXT: ret
  ;; ARM-LABEL: {{^}}wasm.mul_s:
  ;; ARM-DAG: mul x
  ;; ARM-DAG: smulh
  ;; ARM-NOT: {{mul|madd|asr}}
  ;; ARM: ret
  (func $mul_s (param i64 i64) (result i64 i64)
    (i64.mul_wide_s (local.get 0) (local.get 1)))

  ;; X86-LABEL: {{^}}wasm.mul_u:
  ;; V1: mulq
  ;; V3: mulxq
  ;; X86-NEXT: ret
  ;; ARM-LABEL: {{^}}wasm.mul_u:
  ;; ARM-DAG: mul x
  ;; ARM-DAG: umulh
  ;; ARM-NOT: {{mul|madd}}
  ;; ARM: ret
  (func $mul_u (param i64 i64) (result i64 i64)
    (i64.mul_wide_u (local.get 0) (local.get 1)))

  ;; An unused half is not computed.
  ;; X86-LABEL: {{^}}wasm.mul_high:
  ;; X86: mul
  ;; X86-NOT: mul
  ;; X86: ret
  ;; ARM-LABEL: {{^}}wasm.mul_high:
  ;; ARM: umulh x0, x1, x0
  ;; ARM-NEXT: ret
  (func $mul_high (param i64 i64) (result i64)
    (local i64)
    (i64.mul_wide_u (local.get 0) (local.get 1))
    local.set 2
    drop
    local.get 2)

  ;; A digit of a long multiplication.
  ;; X86-LABEL: {{^}}wasm.mul_add:
  ;; X86: mul
  ;; X86-COUNT-2: adcq $0, %rdx
  ;; X86-NEXT: ret
  ;; ARM-LABEL: {{^}}wasm.mul_add:
  ;; ARM-COUNT-2: cinc
  ;; ARM-NEXT: ret
  (func $mul_add (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128
      (i64.add128 (i64.mul_wide_u (local.get 0) (local.get 1)) (local.get 2) (i64.const 0))
      (local.get 3) (i64.const 0)))

  ;; Four words, each sum's carry added to the next.
  ;; X86-LABEL: {{^}}wasm.add256:
  ;; X86: addq
  ;; X86-COUNT-3: adcq
  ;; X86-NOT: {{adc|set|cmp}}
  ;; X86: ret
  ;; ARM-LABEL: {{^}}wasm.add256:
  ;; ARM: adds
  ;; ARM-COUNT-2: adcs
  ;; ARM: adc x
  ;; ARM-NOT: {{adds|adcs|cset|cinc}}
  ;; ARM: ret
  (func $add256 (param $to i32) (param $a0 i64) (param $a1 i64) (param $a2 i64) (param $a3 i64)
    (param $b0 i64) (param $b1 i64) (param $b2 i64) (param $b3 i64)
    (local $carry i64) (local $sum i64)
    (i64.add128 (local.get $a0) (i64.const 0) (local.get $b0) (i64.const 0))
    (local.set $carry) (local.set $sum)
    (i64.store (local.get $to) (local.get $sum))
    (i64.add128 (local.get $a1) (i64.const 0) (local.get $carry) (i64.const 0))
    (i64.add128 (local.get $b1) (i64.const 0))
    (local.set $carry) (local.set $sum)
    (i64.store offset=8 (local.get $to) (local.get $sum))
    (i64.add128 (local.get $a2) (i64.const 0) (local.get $carry) (i64.const 0))
    (i64.add128 (local.get $b2) (i64.const 0))
    (local.set $carry) (local.set $sum)
    (i64.store offset=16 (local.get $to) (local.get $sum))
    (i64.add128 (local.get $a3) (i64.const 0) (local.get $carry) (i64.const 0))
    (i64.add128 (local.get $b3) (i64.const 0))
    (local.set $carry) (local.set $sum)
    (i64.store offset=24 (local.get $to) (local.get $sum))))
