// A buffer in which structs that refer to each other by abi::RelPtr are laid out. References to
// code and to other sections are recorded as fixups, which become relocations of the object file.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"
#include "runtime/base/check.h"

namespace llvm {
class GlobalObject;
}

namespace codegen {

// All positions are byte offsets from the start of the buffer. References within the buffer need no
// relocations, since they are relative to themselves.
class Blob {
 public:
  // A reference to something outside of the buffer.
  struct Fixup {
    uint32_t offset;  // of an abi::RelPtr
    llvm::GlobalObject* target;
  };

  const base::Bytes& bytes() const { return bytes_; }
  // Returns the fixups, which sortFixups() sorts by offset.
  const std::vector<Fixup>& fixups() const { return fixups_; }
  void sortFixups();

  // Appends `count` zeroed objects of type T and returns their offset.
  template <class T>
  uint32_t place(size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.resize(abi::alignTo(bytes_.size(), alignof(T)));
    uint64_t offset = bytes_.size();
    bytes_.resize(offset + count * sizeof(T));
    CHECK(bytes_.size() <= INT32_MAX);
    return offset;
  }

  // Overwrites the bytes at `offset`, which must have been placed.
  template <class T>
  void write(uint32_t offset, const T& value) {
    CHECK(offset + sizeof(T) <= bytes_.size());
    base::storeUnaligned(&bytes_[offset], value);
  }

  // Makes the abi::Array at `field` refer to `count` objects at `target`.
  void setArray(uint32_t field, uint32_t target, uint32_t count);

  // Appends a copy of `items`, makes the abi::Array at `field` refer to it and returns its offset,
  // or 0 if there are none. If items contain references, the caller must set these.
  template <class T>
  uint32_t addArray(uint32_t field, std::span<const T> items) {
    if (items.empty()) return 0;
    uint32_t target = place<T>(items.size());
    std::memcpy(&bytes_[target], items.data(), items.size_bytes());
    setArray(field, target, items.size());
    return target;
  }

  // Appends a copy of `text` and makes the abi::String at `field` refer to it.
  void addString(uint32_t field, std::string_view text) {
    addArray(field, std::span<const char>(text));
  }

  void addFixup(uint32_t field, llvm::GlobalObject* target) { fixups_.push_back({field, target}); }

 private:
  base::Bytes bytes_;
  std::vector<Fixup> fixups_;
};

}  // namespace codegen
