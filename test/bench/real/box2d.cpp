// Box2D: a pyramid of boxes comes to rest.
#include <box2d/box2d.h>

#include "input.h"

int main() {
  b2World world({0, -10});
  b2BodyDef groundDefinition;
  b2Body* ground = world.CreateBody(&groundDefinition);
  b2EdgeShape floor;
  floor.SetTwoSided({-40, 0}, {40, 0});
  ground->CreateFixture(&floor, 0);
  b2PolygonShape box;
  box.SetAsBox(0.5f, 0.5f);
  b2Body* last = nullptr;
  for (int row = 0; row < 20; ++row) {
    for (int i = row; i < 20; ++i) {
      b2BodyDef definition;
      definition.type = b2_dynamicBody;
      definition.position.Set(-7.0f + 0.5625f * row + 1.125f * (i - row), 0.75f + 2 * row);
      last = world.CreateBody(&definition);
      last->CreateFixture(&box, 5);
    }
  }
  benchBegin();
  for (int step = 0; step < 200; ++step) world.Step(1 / 60.0f, 8, 3);
  benchEnd();
  // Only roughly: the compiler may fuse multiplications and additions.
  printf("%d %d\n", world.GetBodyCount(), last->GetPosition().y > 1);
}
