// The names of heap types in the text format (sections 6.4.3 and 6.4.4).
#pragma once

#include "runtime/abi/types.h"

namespace abi {

// The names of an abstract heap type: by itself, and of the nullable reference type to it.
struct HeapName {
  const char* heap;
  const char* nullable;
};

// By HeapKind, without Concrete.
inline constexpr HeapName kHeapNames[] = {
    {"func", "funcref"},     {"nofunc", "nullfuncref"},
    {"extern", "externref"}, {"noextern", "nullexternref"},
    {"any", "anyref"},       {"eq", "eqref"},
    {"i31", "i31ref"},       {"struct", "structref"},
    {"array", "arrayref"},   {"none", "nullref"},
    {"exn", "exnref"},       {"noexn", "nullexnref"},
};
static_assert(sizeof kHeapNames / sizeof *kHeapNames == static_cast<size_t>(HeapKind::Concrete));

}  // namespace abi
