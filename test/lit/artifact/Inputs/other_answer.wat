;; The module that an attacker would like to have loaded (signature_attacks.test).
(module (func (export "answer") (result i32) (i32.const 13)))
