// libdivsufsort: the suffix array of a text, and its Burrows-Wheeler transform.
#include "divsufsort.h"

#include "../real/input.h"

enum { SIZE = 300000 };

int main(void) {
  char* text = inputText(SIZE, 5);
  saidx_t* suffixes = benchAllocate(SIZE * sizeof *suffixes);
  uint8_t* transformed = benchAllocate(SIZE);
  benchBegin();
  divsufsort((uint8_t*)text, suffixes, SIZE);
  saidx_t first = divbwt((uint8_t*)text, transformed, NULL, SIZE);
  benchEnd();
  printf("%d %08x %08x\n", (int)first, inputHash((char*)suffixes, SIZE * sizeof *suffixes),
         inputHash((char*)transformed, SIZE));
}
