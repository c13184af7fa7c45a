// MiniSat with its preprocessor: random formulas and pigeon holes.
#include <minisat/simp/SimpSolver.h>

#include "formula.h"

#ifdef __wasi__
// It throws when memory runs out; WebAssembly without exceptions ends then.
extern "C" void* __cxa_allocate_exception(size_t) noexcept { abort(); }
extern "C" void __cxa_throw(void*, void*, void (*)(void*)) { abort(); }
#endif

static Minisat::SimpSolver* solver;

static void add(int literal) {
  static Minisat::vec<Minisat::Lit> clause;
  if (literal == 0) {
    solver->addClause(clause);
    clause.clear();
    return;
  }
  int variable = abs(literal) - 1;
  while (variable >= solver->nVars()) solver->newVar();
  clause.push(Minisat::mkLit(variable, literal < 0));
}

static void solve(int number) {
  solver = new Minisat::SimpSolver;
  solver->verbosity = 0;
  if (number == 0)
    formulaPigeons(add, 7);
  else
    formulaRandom(add, 200, 850, number);
  bool result = solver->solve();
  printf("%d %d %llu\n", number, result, (unsigned long long)solver->conflicts);
  delete solver;
}

int main() {
  benchBegin();
  for (int number = 0; number < 8; ++number) solve(number);
  benchEnd();
}
