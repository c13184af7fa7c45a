#include "runtime/objects/objects.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/instance/store_state.h"
#include "runtime/trap/activation.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {
namespace {

uint8_t* bytesOf(abi::ObjectHeader& object) { return reinterpret_cast<uint8_t*>(&object); }

// Returns whether there is as much stack as a function of the host may use.
bool hasHostStack() {
  auto stackPointer = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  const Activation* activation = currentActivation;
  if (activation == nullptr || !activation->stack->contains(stackPointer)) return true;
  return stackPointer >= activation->stack->limit() + abi::kHostStack;
}

}  // namespace

RootedSlots::RootedSlots(StoreState& store) : store_(store) { store.rootedSlots.push_back(this); }

RootedSlots::~RootedSlots() {
  CHECK(store_.rootedSlots.back() == this);
  store_.rootedSlots.pop_back();
}

abi::ObjectHeader* allocateObject(StoreState& store, uint32_t type, uint32_t length,
                                  uint64_t size) {
  if (store.interruption.isRequested()) return nullptr;  // the heap may be inconsistent
  abi::ObjectHeader* object = store.heap->allocate(type, length, size);
  if (store.heap->finalizers().hasDue()) runFinalizers(store);
  return object;
}

void runFinalizers(StoreState& store) {
  if (hasHostStack()) store.heap->finalizers().runDue();
}

abi::ObjectHeader* newStruct(StoreState& store, uint32_t typeId,
                             std::span<const abi::Slot> fields) {
  const CanonicalType& type = canonicalType(typeId);
  CHECK(type.kind == abi::CompositeKind::Struct && type.fields.size() == fields.size());
  uint32_t word = abi::typeWord(typeId);
  uint32_t size = typeDescriptor(word).size;
  RootedSlots rooted(store);
  rooted.slots.assign(fields.begin(), fields.end());
  abi::ObjectHeader* object = allocateObject(store, word, 0, size);
  if (object == nullptr) return nullptr;
  abi::FieldPlacer placer = abi::FieldPlacer::forStruct();
  for (size_t i = 0; i < fields.size(); ++i) {
    initSlot(bytesOf(*object) + placer.place(storageSize(type.fields[i])), type.fields[i],
             fields[i]);
  }
  return object;
}

abi::ObjectHeader* newArray(StoreState& store, uint32_t typeId, uint32_t length) {
  const abi::TypeDescriptor& row = typeDescriptor(abi::typeWord(typeId));
  CHECK(row.kind == abi::ObjectKind::Array);
  uint64_t size = abi::arraySize(length, row.elementSizeLog2);
  abi::ObjectHeader* array = allocateObject(store, abi::typeWord(typeId), length, size);
  if (array != nullptr) std::memset(bytesOf(*array) + abi::kElements, 0, size - abi::kElements);
  return array;
}

const CanonicalType& typeOf(const abi::ObjectHeader& object) {
  return canonicalType(abi::typeIdOf(object.type));
}

const abi::TypeDescriptor& descriptorOf(const abi::ObjectHeader& object) {
  return typeDescriptor(object.type);
}

void* fieldAddress(abi::ObjectHeader& object, uint32_t field) {
  const CanonicalType& type = typeOf(object);
  abi::FieldPlacer placer = abi::FieldPlacer::forStruct();
  uint32_t offset = 0;
  for (uint32_t i = 0; i <= field; ++i) offset = placer.place(storageSize(type.fields.at(i)));
  return bytesOf(object) + offset;
}

void* elementAddress(abi::ObjectHeader& array, uint32_t index) {
  CHECK(index < array.length);
  return bytesOf(array) + abi::kElements + (uint64_t{index} << descriptorOf(array).elementSizeLog2);
}

// Values are little-endian, so that a packed value is the first bytes of a slot.
abi::Slot loadSlot(const void* address, const abi::FieldType& type) {
  abi::Slot value{};
  std::memcpy(&value, address, storageSize(type));
  return value;
}

void initSlot(void* address, const abi::FieldType& type, const abi::Slot& value) {
  std::memcpy(address, &value, storageSize(type));
}

void markCards(StoreState& store, const void* begin, uint64_t bytes) {
  if (bytes == 0) return;
  auto first = reinterpret_cast<uintptr_t>(begin);
  uint8_t* cards = store.allocation.cards;
  for (uintptr_t card = first >> abi::kCardSizeLog2;
       card <= (first + bytes - 1) >> abi::kCardSizeLog2; ++card) {
    cards[card] = 1;
  }
}

}  // namespace runtime
