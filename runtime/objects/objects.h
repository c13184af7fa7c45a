// Objects of the garbage-collected heap, as the runtime creates and accesses them. Compiled code
// does so by itself (compiler/codegen/translate/objects).
#pragma once

#include <span>
#include <vector>

#include "runtime/abi/object.h"
#include "runtime/gc/heap.h"
#include "runtime/types/type_registry.h"
#include "runtime/types/value.h"

namespace runtime {

struct StoreState;

// Slots that are roots of a store's heap during the lifetime of this object, for instance operands
// that are not on the guest's stack. What they refer to does not move. Objects of a store are
// destroyed in reverse order.
class RootedSlots {
 public:
  explicit RootedSlots(StoreState& store);
  ~RootedSlots();
  RootedSlots(const RootedSlots&) = delete;
  RootedSlots& operator=(const RootedSlots&) = delete;

  std::vector<abi::Slot> slots;

 private:
  StoreState& store_;
};

// Returns a new object, as Heap::allocate does, or null. May collect, and then runs the finalizers
// of objects that have died, unless too little is left of the guest's stack.
abi::ObjectHeader* allocateObject(StoreState& store, uint32_t type, uint32_t length, uint64_t size);
// Runs the finalizers of objects that have died, unless too little is left of the guest's stack.
void runFinalizers(StoreState& store);

// Create an object whose type has the canonical id `typeId`, with these fields, or with `length`
// elements that are zero or null. Return null if it does not fit into the heap. May collect, and
// move objects that no stack of a guest and no RootedSlots refer to.
abi::ObjectHeader* newStruct(StoreState& store, uint32_t typeId, std::span<const abi::Slot> fields);
abi::ObjectHeader* newArray(StoreState& store, uint32_t typeId, uint32_t length);

// Returns the type of an object, which is valid as long as the object.
const CanonicalType& typeOf(const abi::ObjectHeader& object);
// Returns the row of an object's type.
const abi::TypeDescriptor& descriptorOf(const abi::ObjectHeader& object);

// Return the address of a field or element. The index must be in bounds.
void* fieldAddress(abi::ObjectHeader& object, uint32_t field);
void* elementAddress(abi::ObjectHeader& array, uint32_t index);

// Returns the value at an address in an object. Packed values are zero-extended.
abi::Slot loadSlot(const void* address, const abi::FieldType& type);
// Stores a value to an object that has just been created.
void initSlot(void* address, const abi::FieldType& type, const abi::Slot& value);
// Marks the cards of [begin, begin + bytes), to which references have been stored.
void markCards(StoreState& store, const void* begin, uint64_t bytes);

}  // namespace runtime
