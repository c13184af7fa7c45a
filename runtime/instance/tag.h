// An exception tag (the specification's tag instance). Tags are equal only if they are the same
// object.
#pragma once

#include <cstdint>

namespace runtime {

// A tag, whose parameters are those of its function type.
class Tag {
 public:
  // `typeId` is the canonical id of a function type, which must be held as long as the tag exists.
  explicit Tag(uint32_t typeId) : typeId_(typeId) {}
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;

  uint32_t typeId() const { return typeId_; }

 private:
  uint32_t typeId_;
};

}  // namespace runtime
