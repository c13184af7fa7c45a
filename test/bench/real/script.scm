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

(define (squares n)
  (if (= n 0) '() (cons (cons n (* n n)) (squares (- n 1)))))

(define (look-up n table sum)
  (if (= n 0) sum (look-up (- n 1) table (+ sum (cdr (assv n table))))))

(display (tak 14 9 4)) (newline)
(display (queens 7)) (newline)
(display (apply + (sort-all (numbers 150 7) '()))) (newline)
(display (look-up 100 (squares 100) 0)) (newline)
(display (string-length (apply string-append (map number->string (numbers 200 3))))) (newline)
