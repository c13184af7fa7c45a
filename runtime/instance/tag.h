// A tag (the specification's tag instance): an identity with a type.
#pragma once

#include <cstdint>

namespace runtime {

class Tag {
 public:
  // `typeId` is the canonical id of a function type.
  explicit Tag(uint32_t typeId) : typeId_(typeId) {}
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;

  uint32_t typeId() const { return typeId_; }

 private:
  uint32_t typeId_;
};

}  // namespace runtime
