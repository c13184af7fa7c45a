// Canonical numbers for function types: equal types have equal numbers in the whole process, so
// that an indirect call across modules compares two integers. Numbers start at 0 and are never
// given back. Safe to use from any thread.
#pragma once

#include <cstdint>

#include "runtime/value.h"

namespace runtime {

uint32_t canonicalTypeId(const FuncType& type);

// The type of a number that canonicalTypeId has given out; valid as long as the process.
const FuncType& canonicalType(uint32_t typeId);

}  // namespace runtime
