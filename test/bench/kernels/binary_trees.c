// Makes and walks many short-lived binary trees: the allocator, calls and pointers.
#include "bench.h"
#ifndef DEPTH
#define DEPTH 16
#endif

typedef struct Node {
  struct Node *left, *right;
} Node;

static Node* makeTree(int depth) {
  Node* node = benchAllocate(sizeof(Node));
  node->left = depth > 0 ? makeTree(depth - 1) : NULL;
  node->right = depth > 0 ? makeTree(depth - 1) : NULL;
  return node;
}

static unsigned count(const Node* node) {
  return 1 + (node->left ? count(node->left) + count(node->right) : 0);
}

static void freeTree(Node* node) {
  if (node->left) {
    freeTree(node->left);
    freeTree(node->right);
  }
  free(node);
}

BENCH_COMPUTATION unsigned churn(int deepest) {
  unsigned nodes = 0;
  for (int depth = 4; depth <= deepest; depth += 2) {
    for (int tree = 0; tree < 1 << (deepest - depth + 3); ++tree) {
      Node* root = makeTree(depth);
      nodes += count(root);
      freeTree(root);
    }
  }
  return nodes;
}

int main(void) {
  benchBegin();
  unsigned nodes = churn(DEPTH);
  benchEnd();
  printf("%u\n", nodes);
}
