#include "runtime/objects/segment_arrays.h"

#include <cstring>

#include "runtime/instance/store_state.h"
#include "runtime/objects/objects.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {

void* arrayNewData(Instance& instance, uint32_t typeId, uint32_t segment, uint32_t from,
                   uint32_t length) {
  uint32_t sizeLog2 = typeDescriptor(abi::typeWord(typeId)).elementSizeLog2;
  if (!instance.dataIn(segment, from, uint64_t{length} << sizeLog2)) {
    return reinterpret_cast<void*>(abi::kOutOfBounds);
  }
  abi::ObjectHeader* array = newArray(StoreState::of(instance.state()), typeId, length);
  if (array != nullptr && length != 0) {
    CHECK(arrayInitData(instance, elementAddress(*array, 0), sizeLog2, segment, from, length) ==
          abi::TrapCode::None);
  }
  return array;
}

void* arrayNewElem(Instance& instance, uint32_t typeId, uint32_t segment, uint32_t from,
                   uint32_t length) {
  if (!instance.elementsIn(segment, from, length))
    return reinterpret_cast<void*>(abi::kOutOfBounds);
  abi::ObjectHeader* array = newArray(StoreState::of(instance.state()), typeId, length);
  if (array != nullptr) {
    CHECK(arrayInitElem(instance, *array, 0, segment, from, length) == abi::TrapCode::None);
  }
  return array;
}

abi::TrapCode arrayInitData(const Instance& instance, void* to, uint32_t sizeLog2, uint32_t segment,
                            uint32_t from, uint32_t count) {
  uint64_t bytes = uint64_t{count} << sizeLog2;
  auto source = instance.dataIn(segment, from, bytes);
  if (!source) return abi::TrapCode::MemoryOutOfBounds;
  if (bytes != 0) std::memcpy(to, source->data(), bytes);
  return abi::TrapCode::None;
}

abi::TrapCode arrayInitElem(Instance& instance, abi::ObjectHeader& array, uint32_t to,
                            uint32_t segment, uint32_t from, uint32_t count) {
  auto source = instance.elementsIn(segment, from, count);
  if (!source) return abi::TrapCode::TableOutOfBounds;
  if (count == 0) return abi::TrapCode::None;
  void* first = elementAddress(array, to);
  std::memcpy(first, source->data(), source->size_bytes());
  if (descriptorOf(array).references != 0) {
    markCards(StoreState::of(instance.state()), first, source->size_bytes());
  }
  return abi::TrapCode::None;
}

}  // namespace runtime
