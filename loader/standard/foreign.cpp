// Objects of the program.
#include <memory>

#include "loader/standard/last_error.h"
#include "loader/standard/ref.h"

wasm_foreign_t* wasm_foreign_new(wasm_store_t* store) {
  auto entry = standard::enter(store);
  if (!entry) {
    standard::setLastError(entry.error());
    return nullptr;
  }
  return new wasm_foreign_t(entry->owner(), std::make_shared<standard::ForeignRecord>());
}
