// What keeps an instance for a linker.
#pragma once

#include <memory>

#include "loader/embed/instance.h"

namespace embed {

// A use of an instance by definitions of a linker, which may refer to all that belongs to it. The
// instance exists that long, also if the program has deleted it.
class Pin {
 public:
  Pin(std::shared_ptr<SharedStore> shared, wasm2obj_instance_t& instance);
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;
  ~Pin();

 private:
  std::shared_ptr<SharedStore> shared_;
  wasm2obj_instance_t& instance_;
};

}  // namespace embed
