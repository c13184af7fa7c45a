(module
  (func $bits (export "bits") (param i32) (result i32) (i32.popcnt (local.get 0))))
