;; Strings as results, and the option for the module of string constants.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %wasmrun --string-constants words --invoke constant %t.so | FileCheck %s
;; CHECK: {{^}}string "a \"ä\" \n\u{1}"{{$}}
;; RUN: %wasmrun --string-constants=words --invoke any %t.so | FileCheck %s --check-prefix ANY
;; ANY: {{^}}string ""{{$}}
;; RUN: not %wasmrun --invoke constant %t.so 2>&1 | FileCheck %s --check-prefix UNKNOWN
;; UNKNOWN: unknown import words. (global (ref extern))

(module
  (import "words" "a \"\u{e4}\" \n\u{1}" (global $constant (ref extern)))
  (import "words" "" (global $empty (ref extern)))
  (func (export "constant") (result externref) (global.get $constant))
  (func (export "any") (result anyref) (any.convert_extern (global.get $empty))))
