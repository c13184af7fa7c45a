// Chipmunk: discs and boxes are poured into a basin.
#include <chipmunk/chipmunk.h>

#include "input.h"

static void addWall(cpSpace* space, cpVect from, cpVect to) {
  cpShape* wall =
      cpSpaceAddShape(space, cpSegmentShapeNew(cpSpaceGetStaticBody(space), from, to, 1));
  cpShapeSetFriction(wall, 0.8);
}

static cpBody* addThing(cpSpace* space, int number) {
  cpBody* body = cpSpaceAddBody(space, cpBodyNew(1, 1));
  cpBodySetPosition(body, cpv(number * 37 % 100 - 50, 20 + number));
  cpShape* shape = number % 2 ? cpCircleShapeNew(body, 2, cpvzero) : cpBoxShapeNew(body, 4, 3, 0);
  cpShapeSetFriction(cpSpaceAddShape(space, shape), 0.6);
  return body;
}

int main(void) {
  cpSpace* space = cpSpaceNew();
  cpSpaceSetIterations(space, 12);
  cpSpaceSetGravity(space, cpv(0, -100));
  addWall(space, cpv(-60, 0), cpv(60, 0));
  addWall(space, cpv(-60, 0), cpv(-60, 500));
  addWall(space, cpv(60, 0), cpv(60, 500));
  cpBody* last = NULL;
  for (int number = 0; number < 300; ++number) last = addThing(space, number);
  benchBegin();
  for (int step = 0; step < 400; ++step) cpSpaceStep(space, 1 / 60.0);
  benchEnd();
  // Only roughly: the compiler may fuse multiplications and additions.
  cpVect position = cpBodyGetPosition(last);
  printf("%d %d\n", position.y > 0, position.x > -60 && position.x < 60);
}
