// PicoSAT: random formulas and pigeon holes.
#include "picosat.h"

#include "formula.h"

static PicoSAT* solver;

static void add(int literal) { picosat_add(solver, literal); }

static void solve(int number) {
  solver = picosat_init();
  if (number == 0)
    formulaPigeons(add, 7);
  else
    formulaRandom(add, 180, 765, number);
  int result = picosat_sat(solver, -1);
  printf("%d %d %llu\n", number, result, picosat_decisions(solver));
  picosat_reset(solver);
}

int main(void) {
  benchBegin();
  for (int number = 0; number < 8; ++number) solve(number);
  benchEnd();
}
