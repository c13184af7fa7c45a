// Formulas for the solvers: clauses of random literals near the threshold of being satisfiable, and
// the pigeon holes, which cannot be satisfied.
#ifndef FORMULA_H
#define FORMULA_H

#include "input.h"

// `add` takes literals as DIMACS has them, 0 after each clause.
static inline void formulaRandom(void (*add)(int), int variables, int clauses, uint64_t seed) {
  uint64_t state = seed * 2 + 1;
  for (int i = 0; i < clauses; ++i) {
    for (int j = 0; j < 3; ++j) {
      int variable = 1 + (int)(inputNext(&state) % variables);
      add(inputNext(&state) % 2 ? variable : -variable);
    }
    add(0);
  }
}

static inline void formulaPigeons(void (*add)(int), int holes) {
  for (int pigeon = 0; pigeon <= holes; ++pigeon) {
    for (int hole = 1; hole <= holes; ++hole) add(pigeon * holes + hole);
    add(0);
  }
  for (int hole = 1; hole <= holes; ++hole) {
    for (int pigeon = 0; pigeon <= holes; ++pigeon) {
      for (int other = 0; other < pigeon; ++other) {
        add(-(pigeon * holes + hole));
        add(-(other * holes + hole));
        add(0);
      }
    }
  }
}

#endif
