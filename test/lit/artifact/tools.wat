;; An artifact is an ordinary shared object to every tool: no dependencies, no constructors, no text
;; relocations, only relative ones, one exported symbol, wasm names in the symbol table.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: file -b %t.so | FileCheck %s --check-prefix FILE
;; FILE: ELF 64-bit LSB shared object

;; RUN: readelf --wide --dynamic %t.so | FileCheck %s --check-prefix DYNAMIC
;; DYNAMIC-NOT: NEEDED
;; DYNAMIC-NOT: TEXTREL
;; DYNAMIC-NOT: INIT
;; DYNAMIC-NOT: FINI
;; DYNAMIC-NOT: JMPREL
;; DYNAMIC: NULL

;; RUN: readelf --wide --relocs %t.so | FileCheck %s --check-prefix RELOCS
;; RELOCS-NOT: R_{{X86_64|AARCH64}}_{{[A-QS-Z]}}

;; RUN: nm --dynamic %t.so | FileCheck %s --check-prefix DYNSYM
;; DYNSYM-NOT: {{ [^ ]+$}}
;; DYNSYM: {{[0-9a-f]+ [DRV] wasm2obj_module$}}
;; DYNSYM-NOT: {{.}}

;; RUN: nm %t.so | FileCheck %s --check-prefix NAMES
;; NAMES-DAG: t wasm.fill
;; NAMES-DAG: t wasm.answer

;; RUN: readelf --wide --notes %t.so | FileCheck %s --check-prefix NOTE
;; NOTE: wasm2obj

;; RUN: readelf --wide --program-headers %t.so | FileCheck %s --check-prefix SEGMENTS
;; SEGMENTS-NOT: RWE
;; SEGMENTS: GNU_RELRO

;; readelf reports no error, for any section.
;; RUN: readelf --wide --all %t.so > %t.readelf 2> %t.complaints
;; RUN: count 0 < %t.complaints
;; RUN: readelf --debug-dump=frames %t.so | FileCheck %s --check-prefix FRAMES
;; FRAMES: FDE
;; RUN: objdump -d %t.so | FileCheck %s --check-prefix CODE
;; CODE: <wasm.answer>:

;; dlopen accepts it as well.
;; RUN: %python %S/Inputs/dlopen.py %t.so

(module
  (memory (export "memory") 1)
  (data (i32.const 1024) "initial")
  (table 1 funcref)
  (elem (i32.const 0) func $answer)
  (func $answer (export "answer") (result i32) (i32.const 42))
  (func $fill (export "fill") (param i32 i32)
    (memory.fill (local.get 0) (i32.const 7) (local.get 1))))
