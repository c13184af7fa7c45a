(define (tak x y z)
  (if (not (< y x)) z
      (tak (tak (- x 1) y z) (tak (- y 1) z x) (tak (- z 1) x y))))

(define (safe? row distance placed)
  (or (null? placed)
      (and (not (= (car placed) (+ row distance)))
           (not (= (car placed) (- row distance)))
           (not (= (car placed) row))
           (safe? row (+ distance 1) (cdr placed)))))

(define (queens n)
  (define (try row k placed)
    (cond ((= k n) 1)
          ((> row n) 0)
          (else (+ (if (safe? row 1 placed) (try 1 (+ k 1) (cons row placed)) 0)
                   (try (+ row 1) k placed)))))
  (try 1 0 '()))

(define (insert x sorted)
  (if (or (null? sorted) (<= x (car sorted))) (cons x sorted)
      (cons (car sorted) (insert x (cdr sorted)))))

(define (numbers n x)
  (if (= n 0) '() (cons (modulo x 1000) (numbers (- n 1) (modulo (+ (* x 421) 1663) 7875)))))

(define (sort-all list sorted)
  (if (null? list) sorted (sort-all (cdr list) (insert (car list) sorted))))

(define (fill! vector i)
  (if (= i (vector-length vector)) vector
      (begin (vector-set! vector i (* i i)) (fill! vector (+ i 1)))))

(define (sum-from vector i sum)
  (if (= i (vector-length vector)) sum
      (sum-from vector (+ i 1) (+ sum (vector-ref vector i)))))

(display (tak 14 9 4)) (newline)
(display (queens 7)) (newline)
(display (apply + (sort-all (numbers 150 7) '()))) (newline)
(display (sum-from (fill! (make-vector 5000 0) 0) 0 0)) (newline)
(display (string-length (apply string-append (map number->string (numbers 200 3))))) (newline)
