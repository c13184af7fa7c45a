;; Limits of the host's resources, which options set: beyond them growth fails and a module is not
;; instantiated.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun --invoke memories %t.so | FileCheck %s --check-prefix UNLIMITED
;; UNLIMITED: 65536
;; RUN: %wasmrun --max-memory=1M --invoke memories %t.so | FileCheck %s --check-prefix MEMORY
;; RUN: %wasmrun --max-host-memory=2M --invoke memories %t.so | FileCheck %s --check-prefix HOST
;; MEMORY: {{^}}16{{$}}
;; HOST: {{^}}{{30|31}}{{$}}
;; RUN: %wasmrun --invoke tables %t.so 2000000 | FileCheck %s --check-prefix TABLES
;; RUN: %wasmrun --max-table-elements=100 --invoke tables %t.so 20 | FileCheck %s --check-prefix TABLES
;; TABLES: {{^}}4{{$}}
;; RUN: not %wasmrun --max-memory=64K --invoke tables %t.so 1 2>&1 | FileCheck %s --check-prefix TOO-FEW
;; TOO-FEW: cannot reserve a memory of 1 pages: 65536 bytes of memory on top of 65536 exceed the limit of 65536, {{.*}}--max-memory
;; RUN: not %wasmrun --max-table-elements=3 --invoke tables %t.so 1 2>&1 | FileCheck %s --check-prefix NO-TABLE
;; NO-TABLE: elements of tables on top of 3 exceed the limit of 3, {{.*}}--max-table-elements
;; RUN: not %wasmrun --max-memory=1T %t.so 2>&1 | FileCheck %s --check-prefix WRONG
;; RUN: not %wasmrun --max-memory= %t.so 2>&1 | FileCheck %s --check-prefix WRONG
;; RUN: not %wasmrun --max-memory=99999999999G %t.so 2>&1 | FileCheck %s --check-prefix WRONG
;; WRONG: --max-memory: '{{.*}}' is not a number, with K, M or G behind it or not

(module
  (memory $a 1)
  (memory $b 1)
  (table $0 1 funcref) (table $1 1 externref) (table $2 1 funcref) (table $3 1 funcref)
  (table $4 1 funcref) (table $5 1 funcref) (table $6 1 funcref) (table $7 1 funcref)

  ;; The pages of both, when neither grows any more.
  (func (export "memories") (result i32)
    (loop $again
      (br_if $again (i32.ne (memory.grow $b (i32.const 1)) (i32.const -1))))
    (i32.add (memory.size $a) (memory.size $b)))

  (func $grows (param i32) (result i32) (i32.ne (local.get 0) (i32.const -1)))

  ;; How many tables grow by so many elements, and no more than that many of them.
  (func (export "tables") (param $n i32) (result i32)
    (call $grows (table.grow $0 (ref.null func) (local.get $n)))
    (call $grows (table.grow $1 (ref.null extern) (local.get $n)))
    (call $grows (table.grow $2 (ref.null func) (local.get $n)))
    (call $grows (table.grow $3 (ref.null func) (local.get $n)))
    (call $grows (table.grow $4 (ref.null func) (local.get $n)))
    (call $grows (table.grow $5 (ref.null func) (local.get $n)))
    (call $grows (table.grow $6 (ref.null func) (local.get $n)))
    (call $grows (table.grow $7 (ref.null func) (local.get $n)))
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add)))
