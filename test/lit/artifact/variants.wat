;; An artifact can have code for several CPUs, of which the loader chooses.
;; REQUIRES: x86_64
;; RUN: %wasm2obj %s --cpu=x86-64-v4,x86-64,x86-64-v2 --target=x86_64-linux-gnu -o %t.so
;; RUN: %wasmrun --invoke bits %t.so 255 | FileCheck %s --check-prefix RESULT
;; RESULT: {{^}}8{{$}}
;; RESULT-NEXT: {{^}}65{{$}}
;; RUN: %wasmrun -v --invoke bits %t.so 255 2>&1 | FileCheck %s --check-prefix CHOICE
;; CHOICE: wasmrun: of the code for x86-64-v4, x86-64, x86-64-v2, runs that for x86-64{{(-v[24])?$}}
;; RUN: %wasm2obj %s --cpu=native,x86-64 -o %t.native.so
;; RUN: %wasmrun -v --invoke bits %t.native.so 255 2>&1 | FileCheck %s --check-prefix NATIVE
;; NATIVE: of the code for [[CPU:[^,]+]], x86-64, runs that for [[CPU]]{{$}}

;; Each has its own code and descriptor; they share the memory's image.
;; RUN: llvm-nm %t.so | grep -c " wasm.bits$" | FileCheck %s --check-prefix THREE
;; RUN: llvm-nm %t.so | grep -c " wasm2obj_module$" | FileCheck %s --check-prefix THREE
;; THREE: {{^}}3{{$}}
;; RUN: llvm-nm %t.so | grep -c " wasm2obj.image$" | FileCheck %s --check-prefix ONE
;; ONE: {{^}}1{{$}}
;; RUN: llvm-objdump -d %t.so | FileCheck %s --check-prefix CODE
;; CODE-LABEL: <wasm.bits>:
;; CODE: popcnt
;; CODE-LABEL: <wasm.bits>:
;; CODE-NOT: popcnt
;; CODE-LABEL: <wasm.bits>:
;; CODE: popcnt

;; RUN: %wasm2obj inspect %t.so | FileCheck %s --check-prefix INSPECT
;; INSPECT: CPU x86-64-v4: {{.*}}avx512f
;; INSPECT-NEXT: CPU x86-64:{{ *$}}
;; INSPECT-NEXT: CPU x86-64-v2: sse3 ssse3 sse4.1 sse4.2 popcnt{{$}}
;; INSPECT: functions 2, {{[0-9]+}} bytes of code
;; RUN: %wasm2obj inspect --json %t.so | %python -c "import json, sys; print([cpu['name'] for cpu in json.load(sys.stdin)['cpus']])" | FileCheck %s --check-prefix JSON
;; JSON: ['x86-64-v4', 'x86-64', 'x86-64-v2']

;; The same input gives the same bytes, and damage anywhere is noticed.
;; RUN: %wasm2obj %s -j 1 --cpu=x86-64-v4,x86-64,x86-64-v2 --target=x86_64-linux-gnu -o %t.again.so
;; RUN: cmp %t.so %t.again.so
;; RUN: %python %S/Inputs/corrupt.py %wasmrun %t.so

;; RUN: %wasm2obj %s --cpu=generic,neoverse-v1 --target=aarch64-linux-gnu -o %t.arm.so
;; RUN: %wasm2obj inspect %t.arm.so | FileCheck %s --check-prefix ARM
;; ARM: CPU generic:
;; ARM-NEXT: CPU neoverse-v1:

;; RUN: not %wasm2obj %s --cpu=x86-64,,native -o %t.no.so 2>&1 | FileCheck %s --check-prefix EMPTY
;; EMPTY: error: --cpu: 'x86-64,,native' has an empty name
;; RUN: not %wasm2obj %s --cpu=x86-64,unheard -o %t.no.so 2>&1 | FileCheck %s --check-prefix UNKNOWN
;; UNKNOWN: error: --cpu: {{.*}}unheard
;; RUN: not %wasm2obj %s --cpu=x86-64,native -o %t.no.o 2>&1 | FileCheck %s --check-prefix OBJECT
;; OBJECT: error: --cpu: only an artifact (.so) or an executable can have code for several CPUs
;; RUN: not ls %t.no.so %t.no.o

(module
  (memory 1)
  (data (i32.const 16) "A")
  (func (export "answer") (result i32) (i32.const 42))
  (func (export "bits") (param i32) (result i32 i32)
    (i32.popcnt (local.get 0)) (i32.load8_u (i32.const 16))))
