// Qhull: convex hulls of points on a sphere and in a cube of four dimensions, and a Delaunay mesh.
#include <libqhull_r/qhull_ra.h>

#include "input.h"

static void hull(int dimensions, int count, char* options, int onSphere) {
  coordT* points = benchAllocate(sizeof(coordT) * dimensions * count);
  for (int i = 0; i < count; ++i) {
    double length = 0;
    for (int d = 0; d < dimensions; ++d) {
      double x = benchFraction(dimensions, i * dimensions + d) - 0.5;
      points[i * dimensions + d] = x;
      length += x * x;
    }
    for (int d = 0; d < dimensions && onSphere; ++d) points[i * dimensions + d] /= sqrt(length);
  }
  qhT qh;
  qh_zero(&qh, stderr);
  inputCheck(qh_new_qhull(&qh, dimensions, count, points, 0, options, NULL, stderr) == 0, options);
  printf("%d %d\n", qh.num_facets, qh.num_vertices);
  qh_freeqhull(&qh, qh_ALL);
  int used, blocks;
  qh_memfreeshort(&qh, &used, &blocks);
  free(points);
}

int main(void) {
  benchBegin();
  hull(3, 20000, "qhull", 1);
  hull(4, 20000, "qhull", 0);
  hull(2, 10000, "qhull d Qbb", 0);
  benchEnd();
}
