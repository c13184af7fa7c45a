// Clipper: unions and differences of polygons with many corners, and their outlines.
#include "clipper.hpp"

#include "../real/input.h"

// Errors end the program: there is nobody to catch them.
extern "C" void* __cxa_allocate_exception(size_t) { abort(); }
extern "C" void __cxa_throw(void*, void*, void (*)(void*)) { abort(); }

using ClipperLib::Path;
using ClipperLib::Paths;

static Path star(int corners, uint64_t seed) {
  Path path;
  uint64_t state = seed * 2 + 1;
  for (int i = 0; i < corners; ++i) {
    // On a square, so that no sine is needed.
    long long along = 40000LL * i / corners;
    long long side = along / 10000, rest = along % 10000;
    long long x = side == 0 ? rest : side == 1 ? 10000 : side == 2 ? 10000 - rest : 0;
    long long y = side == 0 ? 0 : side == 1 ? rest : side == 2 ? 10000 : 10000 - rest;
    long long shrink = inputNext(&state) % 60 + 40;
    path << ClipperLib::IntPoint((x - 5000) * shrink, (y - 5000) * shrink);
  }
  return path;
}

int main() {
  benchBegin();
  double area = 0;
  size_t corners = 0;
  for (int round = 0; round < 24; ++round) {
    ClipperLib::Clipper clipper;
    clipper.AddPath(star(220, 2 * round), ClipperLib::ptSubject, true);
    clipper.AddPath(star(180, 2 * round + 1), ClipperLib::ptClip, true);
    Paths result, outline;
    clipper.Execute(round % 2 ? ClipperLib::ctUnion : ClipperLib::ctXor, result);
    ClipperLib::ClipperOffset offset;
    offset.AddPaths(result, ClipperLib::jtMiter, ClipperLib::etClosedPolygon);
    offset.Execute(outline, 500);
    for (const Path& path : outline) {
      area += ClipperLib::Area(path);
      corners += path.size();
    }
  }
  benchEnd();
  printf("%.9g %zu\n", area, corners);
}
