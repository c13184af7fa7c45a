;; Every opcode of an interpreter ends with an indirect jump of its own, also where there are more of
;; them than LLVM would copy a jump for.
;;
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64 --emit=asm %s -o %t.s
;; RUN: grep -c 'jmpq.*\*.*%r[^i]' %t.s | FileCheck %s --check-prefix COPIES
;; COPIES: {{^}}18{{$}}
;; RUN: %wasm2obj --target=x86_64-linux-gnu --cpu=x86-64 --disable-pass=indirectbr-dispatch --emit=asm %s -o %t.s
;; RUN: grep -c 'jmpq.*\*.*%r[^i]' %t.s | FileCheck %s --check-prefix ONE
;; ONE: {{^}}1{{$}}

(module
  (memory 1)
  (func (export "run") (param $pc i32) (param $operand i32) (result i32)
    (local $acc i32)
    (loop $next
      (block $stop (block $extend16_s (block $extend8_s (block $eqz (block $popcnt (block $ctz
      (block $clz (block $rotr (block $rotl (block $shr_u (block $shr_s (block $shl (block
      $and (block $or (block $xor (block $mul (block $sub (block $add
        (local.get $pc)
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (br_table $add $sub $mul $xor $or $and $shl $shr_s $shr_u $rotl $rotr $clz $ctz $popcnt
        $eqz $extend8_s $extend16_s $stop (i32.load8_u)))
      (local.set $acc (i32.add (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.and (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.sub (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.shl (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.mul (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.shr_s (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.xor (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.shr_u (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.or (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.rotl (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.and (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.rotr (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.shl (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.clz (local.get $pc)))
      (br $next))
      (local.set $acc (i32.shr_s (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.ctz (local.get $pc)))
      (br $next))
      (local.set $acc (i32.shr_u (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.popcnt (local.get $pc)))
      (br $next))
      (local.set $acc (i32.rotl (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.eqz (local.get $pc)))
      (br $next))
      (local.set $acc (i32.rotr (local.get $acc) (local.get $operand)))
      (local.set $pc (i32.extend8_s (local.get $pc)))
      (br $next))
      (local.set $acc (i32.clz (local.get $acc)))
      (local.set $pc (i32.extend16_s (local.get $pc)))
      (br $next))
      (local.set $acc (i32.ctz (local.get $acc)))
      (local.set $pc (i32.add (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.popcnt (local.get $acc)))
      (local.set $pc (i32.sub (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.eqz (local.get $acc)))
      (local.set $pc (i32.mul (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.extend8_s (local.get $acc)))
      (local.set $pc (i32.xor (local.get $pc) (local.get $acc)))
      (br $next))
      (local.set $acc (i32.extend16_s (local.get $acc)))
      (local.set $pc (i32.or (local.get $pc) (local.get $acc)))
      (br $next))
    )
    (local.get $acc)))
