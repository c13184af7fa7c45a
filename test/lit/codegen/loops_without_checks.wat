;; A guest can be interrupted in a loop, and no instruction of the loop is for that: there is neither
;; a memory access nor a call in it, at any level.
;;
;; REQUIRES: x86_64
;; RUN: rm -rf %t && mkdir %t
;; RUN: %wasm2obj -O0 --cpu x86-64 --emit=asm %s -o %t/0.s
;; RUN: FileCheck %s --input-file %t/0.s --check-prefixes CHECK,STACK
;; RUN: %wasm2obj -O1 --cpu x86-64 --emit=asm %s -o %t/1.s
;; RUN: FileCheck %s --input-file %t/1.s --check-prefixes CHECK,REGISTERS
;; RUN: %wasm2obj -O2 --cpu x86-64 --emit=asm %s -o %t/2.s
;; RUN: FileCheck %s --input-file %t/2.s --check-prefixes CHECK,REGISTERS
;; RUN: %wasm2obj -O3 --cpu x86-64 --emit=asm %s -o %t/3.s
;; RUN: FileCheck %s --input-file %t/3.s --check-prefixes CHECK,REGISTERS

(module
  ;; CHECK-LABEL: wasm.endless:
  ;; STACK: jmp [[LOOP:.LBB0_2]]
  ;; REGISTERS: [[LOOP:.LBB0_1]]:
  ;; STACK-NEXT: [[LOOP]]:
  ;; CHECK-NEXT: jmp [[LOOP]]
  ;; CHECK-NEXT: .Lfunc_end
  (func (export "endless") (loop $l (br $l)))

  ;; Locals are in the stack at -O0.
  ;; CHECK-LABEL: wasm.mixed:
  ;; STACK: [[LOOP:.LBB[0-9_]+]]:
  ;; STACK-NEXT: movq -8(%rsp), %rax
  ;; STACK-NEXT: shlq $3, %rax
  ;; STACK-NEXT: xorq -8(%rsp), %rax
  ;; STACK-NEXT: movq %rax, -8(%rsp)
  ;; STACK-NEXT: cmpq $5, -8(%rsp)
  ;; STACK-NEXT: setge %al
  ;; STACK-NEXT: testb $1, %al
  ;; STACK-NEXT: jne [[LOOP]]
  ;; REGISTERS: [[LOOP:.LBB[0-9_]+]]:
  ;; REGISTERS-NEXT: movq %rax, %rcx
  ;; REGISTERS-NEXT: leaq (,%rax,8), %rax
  ;; REGISTERS-NEXT: xorq %rcx, %rax
  ;; REGISTERS-NEXT: cmpq $4, %rax
  ;; REGISTERS-NEXT: jg [[LOOP]]
  (func (export "mixed") (param $n i64) (result i64)
    (loop $l
      (local.set $n (i64.xor (i64.shl (local.get $n) (i64.const 3)) (local.get $n)))
      (br_if $l (i64.ge_s (local.get $n) (i64.const 5))))
    (local.get $n)))
