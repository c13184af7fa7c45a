;; All missing imports are named, with their types.
;;
;; RUN: %wasm2obj %s -o %t.so
;; RUN: %python %helpers/status.py 1 %wasmrun %t.so 2>&1 | FileCheck %s
;; CHECK: unknown import env.frobnicate (function [i32 i64] -> [f32])
;; CHECK: unknown import env.table (table
(module
  (import "env" "frobnicate" (func (param i32 i64) (result f32)))
  (import "env" "table" (table 1 funcref))
  (func (export "_start")))
