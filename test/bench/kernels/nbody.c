// Newton's law for the sun and four planets, by symplectic Euler steps.
#include <math.h>

#include "bench.h"
#ifndef STEPS
#define STEPS 1500000
#endif
#define BODIES 5

typedef struct {
  double x[3], v[3], mass;
} Body;

BENCH_COMPUTATION void advance(Body* bodies, int steps, double dt) {
  for (int step = 0; step < steps; ++step) {
    for (int i = 0; i < BODIES; ++i) {
      for (int j = i + 1; j < BODIES; ++j) {
        double d[3], square = 0;
        for (int k = 0; k < 3; ++k) {
          d[k] = bodies[i].x[k] - bodies[j].x[k];
          square += d[k] * d[k];
        }
        double pull = dt / (square * sqrt(square));
        for (int k = 0; k < 3; ++k) {
          bodies[i].v[k] -= d[k] * bodies[j].mass * pull;
          bodies[j].v[k] += d[k] * bodies[i].mass * pull;
        }
      }
    }
    for (int i = 0; i < BODIES; ++i)
      for (int k = 0; k < 3; ++k) bodies[i].x[k] += dt * bodies[i].v[k];
  }
}

static double energy(const Body* bodies) {
  double sum = 0;
  for (int i = 0; i < BODIES; ++i) {
    const Body* b = &bodies[i];
    sum += 0.5 * b->mass * (b->v[0] * b->v[0] + b->v[1] * b->v[1] + b->v[2] * b->v[2]);
    for (int j = i + 1; j < BODIES; ++j) {
      double square = 0;
      for (int k = 0; k < 3; ++k) square += (b->x[k] - bodies[j].x[k]) * (b->x[k] - bodies[j].x[k]);
      sum -= b->mass * bodies[j].mass / sqrt(square);
    }
  }
  return sum;
}

int main(void) {
  Body* bodies = benchAllocate(BODIES * sizeof(Body));
  for (int i = 0; i < BODIES; ++i) {  // circular orbits that are a little inclined
    double radius = i * 4 + 1e-9, speed = i ? sqrt(40 / radius) : 0;
    bodies[i] = (Body){{radius, 0, 0.1 * i}, {0, speed, 0.01 * i}, i ? 0.02 / i : 40};
  }
  benchBegin();
  advance(bodies, STEPS, 1e-4);
  benchEnd();
  printf("%.7g\n", energy(bodies));
}
