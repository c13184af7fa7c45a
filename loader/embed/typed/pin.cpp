#include "loader/embed/typed/pin.h"

#include <utility>

namespace embed {

Pin::Pin(std::shared_ptr<SharedStore> shared, wasm2obj_instance_t& instance)
    : shared_(std::move(shared)), instance_(instance) {
  ++instance_.pins;
}

Pin::~Pin() {
  if (--instance_.pins == 0 && instance_.keeper != nullptr) shared_->release(instance_);
}

}  // namespace embed
