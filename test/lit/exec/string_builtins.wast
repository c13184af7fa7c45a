;; The builtins for strings, as compiled code calls them, and strings as references of the any
;; hierarchy.
;;
;; RUN: %wast -O0 %s
;; RUN: %wast -O2 %s

(module
  (type $chars (array (mut i16)))
  (type $bytes (array (mut i8)))
  (type $open (sub (struct)))
  (import "wasm:js-string" "test" (func $test (param externref) (result i32)))
  (import "wasm:js-string" "cast" (func $cast (param externref) (result (ref extern))))
  (import "wasm:js-string" "fromCharCodeArray"
    (func $fromChars (param (ref null $chars) i32 i32) (result (ref extern))))
  (import "wasm:js-string" "intoCharCodeArray"
    (func $intoChars (param externref (ref null $chars) i32) (result i32)))
  (import "wasm:js-string" "fromCharCode" (func $fromChar (param i32) (result (ref extern))))
  (import "wasm:js-string" "fromCodePoint" (func $fromPoint (param i32) (result (ref extern))))
  (import "wasm:js-string" "charCodeAt" (func $charAt (param externref i32) (result i32)))
  (import "wasm:js-string" "codePointAt" (func $pointAt (param externref i32) (result i32)))
  (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
  (import "wasm:js-string" "concat"
    (func $concat (param externref externref) (result (ref extern))))
  (import "wasm:js-string" "substring"
    (func $substring (param externref i32 i32) (result (ref extern))))
  (import "wasm:js-string" "equals" (func $equals (param externref externref) (result i32)))
  (import "wasm:js-string" "compare" (func $compare (param externref externref) (result i32)))
  (import "wasm:text-encoder" "measureStringAsUTF8"
    (func $measure (param externref) (result i32)))
  (import "wasm:text-encoder" "encodeStringIntoUTF8Array"
    (func $encodeInto (param externref (ref null $bytes) i32) (result i32)))
  (import "wasm:text-encoder" "encodeStringToUTF8Array"
    (func $encode (param externref) (result (ref $bytes))))
  (import "wasm:text-decoder" "decodeStringFromUTF8Array"
    (func $decode (param (ref null $bytes) i32 i32) (result (ref extern))))
  (import "'" "constant \u{e4}\u{1f600}" (global $constant (ref extern)))
  (import "'" "" (global $empty externref))

  (global $held (mut externref) (ref.null extern))

  (func (export "constant") (result externref) (global.get $constant))
  (func (export "lengths") (result i32 i32)
    (call $length (global.get $constant))
    (call $length (global.get $empty)))
  (func (export "pair") (result i32 i32)
    (call $pointAt (global.get $constant) (i32.const 10))
    (call $charAt (global.get $constant) (i32.const 11)))

  ;; Counts up and appends each digit to a string.
  (func $digits (export "digits") (param $count i32) (result externref)
    (local $i i32) (local $all externref)
    (local.set $all (global.get $empty))
    (loop $next
      (local.set $all (call $concat (local.get $all)
        (call $fromChar (i32.add (i32.const 48) (i32.rem_u (local.get $i) (i32.const 10))))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $count))))
    (local.get $all))
  (func (export "digit") (param $count i32) (param $at i32) (result i32)
    (global.set $held (call $digits (local.get $count)))
    (i32.sub (call $charAt (global.get $held) (local.get $at)) (i32.const 48)))

  ;; A string that goes through arrays of both kinds is the same.
  (func (export "through_arrays") (result i32 i32 i32)
    (local $bytes (ref null $bytes)) (local $chars (ref null $chars))
    (local.set $bytes (call $encode (global.get $constant)))
    (local.set $chars (array.new_default $chars (i32.const 20)))
    (call $equals (global.get $constant)
      (call $decode (local.get $bytes) (i32.const 0) (array.len (local.get $bytes))))
    (i32.eq (array.len (local.get $bytes)) (call $measure (global.get $constant)))
    (call $equals (global.get $constant)
      (call $fromChars (local.get $chars) (i32.const 2)
        (i32.add (i32.const 2)
          (call $intoChars (global.get $constant) (local.get $chars) (i32.const 2))))))
  (func (export "encode_into") (param i32) (result i32)
    (call $encodeInto (global.get $constant) (array.new_default $bytes (i32.const 16))
      (local.get 0)))

  (func (export "compare") (param i32 i32) (result i32)
    (call $compare (call $fromPoint (local.get 0)) (call $fromPoint (local.get 1))))
  (func (export "substring") (param i32 i32) (result i32)
    (call $length (call $substring (global.get $constant) (local.get 0) (local.get 1))))
  (func (export "test") (param externref) (result i32) (call $test (local.get 0)))
  (func (export "length") (param externref) (result i32) (call $length (local.get 0)))
  (func (export "length_of_struct") (result i32)
    (call $length (extern.convert_any (struct.new $open))))
  (func (export "char_at") (param i32) (result i32)
    (call $charAt (global.get $constant) (local.get 0)))
  (func (export "from_point") (param i32) (drop (call $fromPoint (local.get 0))))
  (func (export "from_null") (drop (call $fromChars (ref.null $chars) (i32.const 0) (i32.const 0))))

  ;; A string is any, but of no type below.
  (func (export "types") (result i32 i32 i32 i32 i32 i32)
    (local $any anyref)
    (local.set $any (any.convert_extern (call $cast (global.get $constant))))
    (ref.test (ref any) (local.get $any))
    (ref.test (ref eq) (local.get $any))
    (ref.test (ref struct) (local.get $any))
    (ref.test (ref array) (local.get $any))
    (ref.test (ref $open) (local.get $any))
    (ref.test (ref $bytes) (local.get $any)))
  (func (export "rope_types") (result i32 i32 i32)
    (local $any anyref)
    (local.set $any (any.convert_extern (call $digits (i32.const 100))))
    (ref.test (ref eq) (local.get $any))
    (ref.test (ref struct) (local.get $any))
    (ref.test (ref $open) (local.get $any)))
  (func (export "objects_are_eq") (result i32 i32 i32)
    (ref.test (ref eq) (block (result anyref) (struct.new $open)))
    (ref.test (ref eq) (block (result anyref) (array.new_default $bytes (i32.const 1))))
    (ref.test (ref eq) (block (result anyref) (ref.i31 (i32.const 1))))))

(assert_return (invoke "constant") (ref.extern))
(assert_return (invoke "lengths") (i32.const 12) (i32.const 0))
(assert_return (invoke "pair") (i32.const 0x1f600) (i32.const 0xde00))
(assert_return (invoke "digit" (i32.const 100000) (i32.const 77777)) (i32.const 7))
(assert_return (invoke "through_arrays") (i32.const 1) (i32.const 1) (i32.const 1))
(assert_return (invoke "encode_into" (i32.const 1)) (i32.const 15))
(assert_trap (invoke "encode_into" (i32.const 2)) "out of bounds array access")
(assert_return (invoke "compare" (i32.const 65) (i32.const 66)) (i32.const -1))
(assert_return (invoke "compare" (i32.const 0xffff) (i32.const 0x10000)) (i32.const 1))
(assert_return (invoke "compare" (i32.const 0xdc00) (i32.const 0xdc00)) (i32.const 0))
(assert_return (invoke "substring" (i32.const 2) (i32.const -1)) (i32.const 10))
(assert_return (invoke "substring" (i32.const 2) (i32.const 1)) (i32.const 0))
(assert_return (invoke "test" (ref.null extern)) (i32.const 0))
(assert_return (invoke "test" (ref.extern 1)) (i32.const 0))
(assert_trap (invoke "length" (ref.null extern)) "null reference")
(assert_trap (invoke "length" (ref.extern 1)) "cast failure")
(assert_trap (invoke "length_of_struct") "cast failure")
(assert_trap (invoke "char_at" (i32.const 12)) "out of bounds string access")
(assert_trap (invoke "from_point" (i32.const 0x110000)) "invalid code point")
(assert_trap (invoke "from_null") "null array reference")
(assert_return (invoke "types")
  (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
(assert_return (invoke "rope_types") (i32.const 0) (i32.const 0) (i32.const 0))
(assert_return (invoke "objects_are_eq") (i32.const 1) (i32.const 1) (i32.const 1))

;; Other types are refused, and so are constants that are variable.
(assert_unlinkable
  (module (import "wasm:js-string" "length" (func (param externref) (result i64))))
  "incompatible import type")
(assert_unlinkable
  (module (import "'" "x" (global (mut externref))))
  "unknown import")
