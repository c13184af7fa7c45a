// CaDiCaL: random formulas and pigeon holes.
#include <cadical.hpp>

#include "formula.h"

static CaDiCaL::Solver* solver;

static void add(int literal) { solver->add(literal); }

static void solve(int number) {
  solver = new CaDiCaL::Solver;
  solver->set("quiet", 1);
  if (number == 0)
    formulaPigeons(add, 6);
  else
    formulaRandom(add, 200, 850, number);
  printf("%d %d\n", number, solver->solve());
  delete solver;
}

int main() {
  benchBegin();
  for (int number = 0; number < 6; ++number) solve(number);
  benchEnd();
}
