;; --fuel ends a guest that has executed so many instructions. What it has written before is there.
;;
;; RUN: %wasm2obj -O0 --count-fuel %s -o %t.0.so && %wasm2obj -O3 --count-fuel %s -o %t.so
;; RUN: %wasm2obj %s -o %t.plain.so && %wasm2obj --count-fuel %s -o %t.exe
;; RUN: %wasm2obj %s --fuel=100000 -o %t.limited.exe && %wasm2obj %s -o %t.plain.exe

;; RUN: %python %helpers/status.py 134 %wasmrun --fuel 100000 %t.0.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 134 %wasmrun --fuel 100000 %t.so 2>&1 | FileCheck %s --check-prefix OUT
;; RUN: %python %helpers/status.py 134 %wasmrun --no-cache --fuel 100000 %s 2>&1 | FileCheck %s --check-prefix OUT
;; OUT: ready
;; OUT-NEXT: wasmrun: {{.*}}: trap: all fuel consumed
;; OUT-NEXT: {{^  0: 0x[0-9a-f]+  \$spin$}}
;; OUT-NEXT: {{^  1: 0x[0-9a-f]+  \$start$}}
;; OUT-NOT: {{.}}

;; With -v it tells what was consumed, also by a guest that ends.
;; RUN: %wasmrun -v --fuel 1000 --invoke add %t.so 2 3 2>&1 | FileCheck %s --check-prefix TOLD
;; TOLD: wasmrun: 4 of 1000 units of fuel consumed
;; RUN: %python %helpers/status.py 134 %wasmrun -v --fuel 100000 %t.so 2>&1 | FileCheck %s --check-prefix ALL
;; ALL: wasmrun: 100000 of 100000 units of fuel consumed
;; RUN: %wasmrun -v --fuel 18446744073709551615 --invoke add %t.so 2 3 2>&1 | FileCheck %s --check-prefix MOST
;; MOST: wasmrun: 4 of 9223372036854775807 units of fuel consumed

;; Code that counts has no limit without the option.
;; RUN: %wasmrun --invoke add %t.so 2 3 | FileCheck %s --check-prefix SUM
;; SUM: 5

;; The cache has a module with and without counting apart.
;; RUN: rm -rf %t.cache && env XDG_CACHE_HOME=%t.cache %wasmrun --invoke add %s 2 3 | FileCheck %s --check-prefix SUM
;; RUN: env XDG_CACHE_HOME=%t.cache %wasmrun --fuel 100 --invoke add %s 2 3 | FileCheck %s --check-prefix SUM
;; RUN: env XDG_CACHE_HOME=%t.cache %wasmrun -v --fuel 100 --invoke add %s 2 3 2>&1 | FileCheck %s --check-prefix FOUND
;; FOUND: wasmrun: found {{.*}}
;; FOUND: wasmrun: 4 of 100 units of fuel consumed

;; Code that does not count is refused.
;; RUN: %python %helpers/status.py 1 %wasmrun --fuel 100 %t.plain.so 2>&1 | FileCheck %s --check-prefix PLAIN
;; RUN: %python %helpers/status.py 1 %wasmrun --fuel 100 --preload lib=%t.plain.so %t.so 2>&1 | FileCheck %s --check-prefix PLAIN
;; PLAIN: wasmrun: error: {{.*}}plain.so: does not count what it executes, which --fuel limits: compile it with wasm2obj --count-fuel

;; Executables.
;; RUN: %python %helpers/status.py 134 %run %t.limited.exe 2>&1 | FileCheck %s --check-prefix EXE
;; RUN: env WASM2OBJ_OPTIONS="--fuel 100000" %python %helpers/status.py 134 %run %t.exe 2>&1 | FileCheck %s --check-prefix EXE
;; EXE: ready
;; EXE-NEXT: trap: all fuel consumed
;; RUN: env WASM2OBJ_OPTIONS="--fuel 100000" %python %helpers/status.py 1 %run %t.plain.exe 2>&1 | FileCheck %s --check-prefix PLAIN-EXE
;; PLAIN-EXE: error: does not count what it executes

;; RUN: %wasm2obj inspect %t.so | FileCheck %s --check-prefix COUNTS
;; COUNTS: {{^}}fuel        counted
;; RUN: %wasm2obj inspect --json %t.so | FileCheck %s --check-prefix JSON
;; JSON: "counts_fuel": true
;; RUN: %wasm2obj inspect %t.plain.so | FileCheck %s --implicit-check-not counted --check-prefix NOT
;; NOT: kind
;; RUN: %wasm2obj inspect --json %t.plain.so | FileCheck %s --check-prefix JSON-PLAIN
;; JSON-PLAIN: "counts_fuel": false

;; RUN: %python %helpers/status.py 2 %wasmrun --fuel x %t.so 2>&1 | FileCheck %s --check-prefix NUMBER
;; RUN: %python %helpers/status.py 2 %wasmrun --fuel -1 %t.so 2>&1 | FileCheck %s --check-prefix NUMBER
;; RUN: %python %helpers/status.py 2 %wasmrun --fuel 18446744073709551616 %t.so 2>&1 | FileCheck %s --check-prefix NUMBER
;; NUMBER: wasmrun: error: --fuel: '{{.*}}' is not a number
;; RUN: %python %helpers/status.py 2 %wasm2obj %s --fuel 100 -o %t.x.so 2>&1 | FileCheck %s --check-prefix ARTIFACT
;; ARTIFACT: wasm2obj: error: --fuel=100: only executables have such an option

(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "ready\n")
  (data (i32.const 32) "\00\00\00\00\06\00\00\00")
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $spin (loop $l (br $l)))
  (func $start (export "_start")
    (drop (call $write (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 24)))
    (call $spin)))
