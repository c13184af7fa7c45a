;; `inspect` tells what is in an artifact, also in one for another machine.
;; RUN: %wasm2obj %s -o %t.so --cpu=x86-64-v2 --target=x86_64-linux-gnu
;; RUN: %wasm2obj inspect %t.so | FileCheck %s
;; CHECK: file {{.*}}inspect.wat.tmp.so, {{[0-9]+}} bytes
;; CHECK-NEXT: kind artifact
;; CHECK-NEXT: module sample
;; CHECK-NEXT: source SHA-256 {{[0-9a-f]+$}}
;; CHECK-NEXT: compiler wasm2obj {{[0-9]+\.[0-9]+\.[0-9]+$}}
;; CHECK-NEXT: machine x86_64
;; CHECK-NEXT: CPU {{.*}}sse4.2
;; CHECK-NEXT: ABI {{[0-9]+}} ({{[0-9a-f]+}}), format 3
;; CHECK-NEXT: signature none
;; CHECK-NEXT: functions 2, {{[0-9]+}} bytes of code, one of them runs at the start
;; CHECK-NEXT: image 4096 bytes
;; CHECK-NEXT: memories
;; CHECK-NEXT: memory i64 1 2
;; CHECK-NEXT: memory 100 (pagesize 1)
;; CHECK-NEXT: tables
;; CHECK-NEXT: table 1 10 funcref
;; CHECK-NEXT: table 0 (ref null 0)
;; CHECK-NEXT: imports
;; CHECK-NEXT: env.f: func (param i32 (ref extern)) (result v128 anyref)
;; CHECK-NEXT: env.g: global (mut i64)
;; CHECK-NEXT: env.e: tag (param f64)
;; CHECK-NEXT: exports
;; CHECK-NEXT: a line\u{a}: func
;; CHECK-NEXT: f: func (param i32 (ref extern)) (result v128 anyref)
;; CHECK-NEXT: g: global f32
;; CHECK-NEXT: e: tag (param i32)
;; CHECK-NEXT: sections (bytes)
;; CHECK: .text {{[0-9]+}}

;; RUN: %wasm2obj inspect --json %t.so | %python -c "import json, sys; facts = json.load(sys.stdin); print(facts['imports'][1], facts['exports'][0], facts['cpus'][0]['features'][0], facts['has_start'])" | FileCheck %s --check-prefix JSON
;; JSON: {'module': 'env', 'name': 'g', 'type': 'global (mut i64)'} {'name': 'a line\n', 'type': 'func'} sse3 True

;; RUN: %wasm2obj %s -o %t.arm.so --target=aarch64-linux-gnu
;; RUN: %wasm2obj inspect %t.arm.so | FileCheck %s --check-prefix ARM
;; ARM: machine aarch64

;; The id of the source is the SHA-256 of the module in the binary format, also of one in the text
;; format, and also of what is compiled otherwise.
;; RUN: %wasm2obj %s -o %t.wasm && sha256sum < %t.wasm > %t.id && cat %t.id | FileCheck %s --check-prefix DIGEST
;; DIGEST: {{^[0-9a-f]+ }}
;; RUN: %wasm2obj %t.wasm -O0 -o %t.binary.so
;; RUN: %python %S/Inputs/source_id.py %t.id %wasm2obj %t.so %t.binary.so | FileCheck %s --check-prefix IDS
;; IDS: 2 files of this source

;; A damaged one is refused as the loader does, and so are other files.
;; RUN: head -c 5000 %t.so > %t.short.so
;; RUN: not %wasm2obj inspect %t.short.so 2>&1 | FileCheck %s --check-prefix SHORT
;; SHORT: wasm2obj: error: {{.*}}short.so: {{.*}}truncated
;; RUN: not %wasm2obj inspect %s 2>&1 | FileCheck %s --check-prefix TEXT
;; TEXT: wasm2obj: error: {{.*}}inspect.wat:
;; RUN: not %wasm2obj inspect %t.missing 2>&1 | FileCheck %s --check-prefix MISSING
;; MISSING: wasm2obj: error: {{.*}}missing: {{.*}}No such file

(module $sample
  (type $f (func (param i32 (ref extern)) (result v128 anyref)))
  (import "env" "f" (func $f (type $f)))
  (import "env" "g" (global (mut i64)))
  (import "env" "e" (tag (param f64)))
  (memory i64 1 2)
  (memory 100 (pagesize 1))
  (table 1 10 funcref)
  (table 0 (ref null $f))
  (global $g f32 (f32.const 1))
  (tag $e (param i32))
  (data (i64.const 0) "contents")
  (func $start)
  (func $line (export "a line\0a"))
  (export "f" (func $f))
  (export "g" (global $g))
  (export "e" (tag $e))
  (start $start))
