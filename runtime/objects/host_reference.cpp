#include "runtime/objects/host_reference.h"

#include "runtime/instance/store_state.h"
#include "runtime/objects/objects.h"
#include "runtime/objects/roots.h"
#include "runtime/types/type_descriptors.h"

namespace runtime {
namespace {

Value externRefOf(uint64_t word) {
  Value value = Value::externRef(nullptr);
  value.slot.i64 = word;
  return value;
}

}  // namespace

base::Result<Value> newHostReference(StoreState& store, void* pointer,
                                     void (*finalize)(void* pointer)) {
  auto word = reinterpret_cast<uint64_t>(pointer);
  if (finalize == nullptr && abi::fitsHostWord(word)) return externRefOf(abi::hostWord(word));
  TRY(createHeap(store));
  abi::ObjectHeader* object = allocateObject(store, kHostBoxWord, 0, sizeof(abi::HostBox));
  if (object == nullptr) {
    return base::Error{"", "a reference to a pointer of the host does not fit into the heap"};
  }
  reinterpret_cast<abi::HostBox*>(object)->pointer = word;
  auto address = reinterpret_cast<uint64_t>(object);
  if (finalize != nullptr) store.heap->finalizers().add(address, {finalize, pointer});
  return externRefOf(address);
}

}  // namespace runtime
