// An exception tag (the specification's tag instance). Tags are equal only if they are the same
// object.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace runtime {

struct GuestState;

// A tag, whose parameters are those of its function type.
class Tag {
 public:
  // Creates a tag of the store `state`. `typeId` is the canonical id of a function type, which must
  // be held as long as the tag exists. `name` is for messages, and may be empty.
  Tag(const GuestState& state, uint32_t typeId, std::string name)
      : state_(&state), typeId_(typeId), name_(std::move(name)) {}
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;

  uint32_t typeId() const { return typeId_; }
  const std::string& name() const { return name_; }
  // Returns whether the tag belongs to the store `state`.
  bool belongsTo(const GuestState& state) const { return state_ == &state; }

 private:
  const GuestState* state_;
  uint32_t typeId_;
  std::string name_;
};

}  // namespace runtime
