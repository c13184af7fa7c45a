;; The values that --invoke reads and prints, and its errors.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun --invoke echo %t.so 0xffffffff +0x10 nan:0x1 -nan | FileCheck %s --check-prefix A
;; A:      {{^}}-1{{$}}
;; A-NEXT: {{^}}16{{$}}
;; A-NEXT: {{^}}nan:0x1{{$}}
;; A-NEXT: {{^}}-nan{{$}}
;; RUN: %wasmrun --invoke echo %t.so -0x80000000 18446744073709551615 -0 0x1.8p1 | FileCheck %s --check-prefix B
;; B:      {{^}}-2147483648{{$}}
;; B-NEXT: {{^}}-1{{$}}
;; B-NEXT: {{^}}-0{{$}}
;; B-NEXT: {{^}}3{{$}}
;; RUN: %wasmrun --invoke echo %t.so 0 -9223372036854775808 inf 1e-7 | FileCheck %s --check-prefix C
;; C:      {{^}}0{{$}}
;; C-NEXT: {{^}}-9223372036854775808{{$}}
;; C-NEXT: {{^}}inf{{$}}
;; C-NEXT: {{^}}1e-07{{$}}
;; RUN: %wasmrun --invoke echo %t.so 1_000 0xff_ff -1_0.2_5 0x1_0p1_0 | FileCheck %s --check-prefix UNDERSCORES
;; UNDERSCORES:      {{^}}1000{{$}}
;; UNDERSCORES-NEXT: {{^}}65535{{$}}
;; UNDERSCORES-NEXT: {{^}}-10.25{{$}}
;; UNDERSCORES-NEXT: {{^}}16384{{$}}
;; RUN: %wasmrun --invoke echo %t.so 0XFF 1 .5 -Infinity | FileCheck %s --check-prefix PEOPLE
;; PEOPLE:      {{^}}255{{$}}
;; PEOPLE-NEXT: {{^}}1{{$}}
;; PEOPLE-NEXT: {{^}}0.5{{$}}
;; PEOPLE-NEXT: {{^}}-inf{{$}}
;; RUN: %wasmrun --invoke echo %t.so 0 0 -1e39 1E+400 | FileCheck %s --check-prefix LARGE
;; LARGE:      {{^}}-inf{{$}}
;; LARGE-NEXT: {{^}}inf{{$}}
;; Floats have the fewest digits that are read back as the same value.
;; RUN: %wasmrun --invoke echo %t.so 0 0 3.4028234663852886e38 1.7976931348623157e308 | FileCheck %s --check-prefix MOST
;; MOST:      {{^}}3.4028235e+38{{$}}
;; MOST-NEXT: {{^}}1.7976931348623157e+308{{$}}
;; RUN: %wasmrun --invoke echo %t.so 0 0 16777216 1e15 | FileCheck %s --check-prefix WHOLE
;; WHOLE:      {{^}}16777216{{$}}
;; WHOLE-NEXT: {{^}}1000000000000000{{$}}
;; RUN: %wasmrun --invoke echo %t.so 0 0 -0.1 -12345.678 | FileCheck %s --check-prefix FIXED
;; FIXED:      {{^}}-0.1{{$}}
;; FIXED-NEXT: {{^}}-12345.678{{$}}
;; RUN: %wasmrun --invoke echo %t.so 0 0 0.0001 1e16 | FileCheck %s --check-prefix BOUND
;; BOUND:      {{^}}0.0001{{$}}
;; BOUND-NEXT: {{^}}1e+16{{$}}
;; RUN: %wasmrun --invoke echo %t.so 0 0 1e-45 5e-324 | FileCheck %s --check-prefix LEAST
;; LEAST:      {{^}}1e-45{{$}}
;; LEAST-NEXT: {{^}}5e-324{{$}}
;; RUN: %wasmrun --invoke null %t.so | FileCheck %s --check-prefix NULL
;; NULL: {{^}}null{{$}}

;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 1 2 2>&1 | FileCheck %s --check-prefix COUNT
;; COUNT: echo: takes 4 arguments, 2 given; its type is [i32 i64 f32 f64] -> [i32 i64 f32 f64]
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 1 -9223372036854775809 0 0 2>&1 | FileCheck %s --check-prefix RANGE
;; RANGE: echo: argument 2, '-9223372036854775809', is not a value of type i64: out of range, which is -9223372036854775808 to 18446744073709551615
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 99999999999 1 0 0 2>&1 | FileCheck %s --check-prefix RANGE32
;; RANGE32: echo: argument 1, '99999999999', is not a value of type i32: out of range, which is -2147483648 to 4294967295
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 1__0 1 0 0 2>&1 | FileCheck %s --check-prefix DOUBLE
;; DOUBLE: echo: argument 1, '1__0', is not a value of type i32;
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 1_ 1 0 0 2>&1 | FileCheck %s --check-prefix LAST
;; LAST: echo: argument 1, '1_', is not a value of type i32;
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 0x 1 0 0 2>&1 | FileCheck %s --check-prefix HEX
;; HEX: echo: argument 1, '0x', is not
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so "1 " 1 0 0 2>&1 | FileCheck %s --check-prefix SPACE
;; SPACE: echo: argument 1, '1 ', is not
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke echo %t.so 1 1 nan:0x800000 0 2>&1 | FileCheck %s --check-prefix NAN
;; NAN: echo: argument 3, 'nan:0x800000', is not a value of type f32
;; RUN: %python %helpers/status.py 2 %wasmrun --invoke refer %t.so x 2>&1 | FileCheck %s --check-prefix REFER
;; REFER: refer: argument 1, 'x', is not a value of type externref
;; RUN: %wasmrun --invoke refer %t.so null

(module
  (func (export "echo") (param i32 i64 f32 f64) (result i32 i64 f32 f64)
    (local.get 0) (local.get 1) (local.get 2) (local.get 3))
  (func (export "null") (result funcref) (ref.null func))
  (func (export "refer") (param externref)))
