;; The start function does not end.
(module
  (func $loop (loop $l (br $l)))
  (start $loop))
