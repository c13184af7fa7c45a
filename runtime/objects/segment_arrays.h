// Arrays with elements from segments: the instructions array.new_data, array.new_elem,
// array.init_data and array.init_elem. Segments are those of the instance; indices must be valid.
#pragma once

#include "runtime/abi/object.h"
#include "runtime/instance/instance.h"

namespace runtime {

// Return a new array of `length` elements from `from` on, in bytes or elements of the segment; null
// if it does not fit into the heap, or abi::kOutOfBounds. `typeId` is the canonical id of its type.
// May collect.
void* arrayNewData(Instance& instance, uint32_t typeId, uint32_t segment, uint32_t from,
                   uint32_t length);
void* arrayNewElem(Instance& instance, uint32_t typeId, uint32_t segment, uint32_t from,
                   uint32_t length);

// Copy `count` elements, to `to` or from the index `to` on, which are inside of an array.
// `sizeLog2` is of an element. Return None, or MemoryOutOfBounds or TableOutOfBounds; then nothing
// was written.
abi::TrapCode arrayInitData(const Instance& instance, void* to, uint32_t sizeLog2, uint32_t segment,
                            uint32_t from, uint32_t count);
abi::TrapCode arrayInitElem(Instance& instance, abi::ObjectHeader& array, uint32_t to,
                            uint32_t segment, uint32_t from, uint32_t count);

}  // namespace runtime
