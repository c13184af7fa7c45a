;; An instance of it cannot be made.
(module
  (tag $failure (export "failure") (param i32))
  (func $start (throw $failure (i32.const 5)))
  (start $start))
