// meshoptimizer: a landscape is indexed for caches, simplified, encoded and decoded.
#include <meshoptimizer.h>

#include <vector>

#include "input.h"

struct Vertex {
  float position[3];
};

// Heights in 1024ths, so that all are exact.
static std::vector<Vertex> landscape(int side) {
  std::vector<Vertex> vertices;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x)
      vertices.push_back(
          {{float(x), float(y), float((x * x * 3 + y * x * 5 + y * y * 7) % 4096) / 1024}});
  return vertices;
}

static std::vector<unsigned> triangles(int side) {
  std::vector<unsigned> indices;
  for (int y = 0; y + 1 < side; ++y) {
    for (int x = 0; x + 1 < side; ++x) {
      unsigned at = unsigned(y * side + x), below = at + unsigned(side);
      for (unsigned index : {at, at + 1, below, below, at + 1, below + 1}) indices.push_back(index);
    }
  }
  return indices;
}

int main() {
  const int side = 160;
  std::vector<Vertex> vertices = landscape(side);
  std::vector<unsigned> indices = triangles(side), better(indices.size()), fewer(indices.size());
  std::vector<unsigned char> packed(
      meshopt_encodeVertexBufferBound(vertices.size(), sizeof(Vertex)));
  std::vector<Vertex> unpacked(vertices.size());
  benchBegin();
  meshopt_optimizeVertexCache(better.data(), indices.data(), indices.size(), vertices.size());
  meshopt_optimizeOverdraw(better.data(), better.data(), better.size(), vertices[0].position,
                           vertices.size(), sizeof(Vertex), 1.05f);
  size_t left = meshopt_simplify(fewer.data(), better.data(), better.size(), vertices[0].position,
                                 vertices.size(), sizeof(Vertex), better.size() / 4, 1e9f);
  meshopt_optimizeVertexFetch(unpacked.data(), better.data(), better.size(), vertices.data(),
                              vertices.size(), sizeof(Vertex));
  vertices = unpacked;
  size_t size = meshopt_encodeVertexBuffer(packed.data(), packed.size(), vertices.data(),
                                           vertices.size(), sizeof(Vertex));
  for (int times = 0; times < 60; ++times)
    inputCheck(meshopt_decodeVertexBuffer(unpacked.data(), vertices.size(), sizeof(Vertex),
                                          packed.data(), size) == 0,
               "decode");
  benchEnd();
  inputCheck(memcmp(unpacked.data(), vertices.data(), vertices.size() * sizeof(Vertex)) == 0,
             "round trip");
  printf("%d\n", left <= better.size() / 3);
}
