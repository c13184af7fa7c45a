;; Exports a memory that is shared, and one that is not.
(module
  (memory (export "shared") 1 3 shared)
  (memory (export "plain") 1))
