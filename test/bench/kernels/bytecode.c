// A machine of a few instructions, interpreted with a switch, that counts the steps of Collatz
// sequences.
#include "bench.h"
#ifndef LIMIT
#define LIMIT 60000
#endif

typedef enum {
  kHalt,
  kConstant,
  kMove,
  kAdd,
  kMultiply,
  kHalve,
  kIsOdd,
  kIsLess,
  kJump,
  kJumpIf
} Opcode;
typedef struct {
  unsigned char opcode, to, left, right;
  int immediate;
} Instruction;

BENCH_COMPUTATION void interpret(const Instruction* code, long long* r) {
  for (const Instruction* pc = code;; ++pc) {
    switch ((Opcode)pc->opcode) {
      case kHalt:
        return;
      case kConstant:
        r[pc->to] = pc->immediate;
        break;
      case kMove:
        r[pc->to] = r[pc->left];
        break;
      case kAdd:
        r[pc->to] = r[pc->left] + r[pc->right];
        break;
      case kMultiply:
        r[pc->to] = r[pc->left] * r[pc->right];
        break;
      case kHalve:
        r[pc->to] = r[pc->left] / 2;
        break;
      case kIsOdd:
        r[pc->to] = r[pc->left] & 1;
        break;
      case kIsLess:
        r[pc->to] = r[pc->left] < r[pc->right];
        break;
      case kJump:
        pc = code + pc->immediate - 1;
        break;
      case kJumpIf:
        if (r[pc->left]) pc = code + pc->immediate - 1;
        break;
    }
  }
}

enum { kN, kValue, kSteps, kOne, kThree, kTest, kEnd };
static const Instruction kProgram[] = {
    {kConstant, kSteps, 0, 0, 0},            // 0
    {kConstant, kOne, 0, 0, 1},              // 1
    {kConstant, kThree, 0, 0, 3},            // 2
    {kConstant, kN, 0, 0, 1},                // 3
    {kMove, kValue, kN, 0, 0},               // 4: the next number
    {kIsLess, kTest, kOne, kValue, 0},       // 5: its next step
    {kJumpIf, 0, kTest, 0, 11},              // 6
    {kAdd, kN, kN, kOne, 0},                 // 7
    {kIsLess, kTest, kN, kEnd, 0},           // 8
    {kJumpIf, 0, kTest, 0, 4},               // 9
    {kHalt, 0, 0, 0, 0},                     // 10
    {kAdd, kSteps, kSteps, kOne, 0},         // 11
    {kIsOdd, kTest, kValue, 0, 0},           // 12
    {kJumpIf, 0, kTest, 0, 16},              // 13
    {kHalve, kValue, kValue, 0, 0},          // 14
    {kJump, 0, 0, 0, 5},                     // 15
    {kMultiply, kValue, kValue, kThree, 0},  // 16
    {kAdd, kValue, kValue, kOne, 0},         // 17
    {kJump, 0, 0, 0, 5},                     // 18
};

int main(void) {
  long long* registers = calloc(16, sizeof(long long));
  registers[kEnd] = LIMIT;
  benchBegin();
  interpret(kProgram, registers);
  benchEnd();
  printf("%lld\n", registers[kSteps]);
}
