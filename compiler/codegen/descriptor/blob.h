// A growing buffer in which structs that refer to each other by abi::RelPtr are laid out.
// References to code and to other sections are recorded as fixups; the object file has a 32-bit
// PC-relative relocation for each, which the linker resolves.
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

// All positions are byte offsets from the start of the buffer, and stay valid when it grows.
// References within the buffer need no relocations, since they are relative to themselves. Not
// thread-safe.
class Blob {
 public:
  // A reference to a symbol outside of the buffer. The target belongs to its llvm::Module, which
  // must outlive the Blob.
  struct Fixup {
    uint32_t offset;  // of an abi::RelPtr
    llvm::GlobalObject* target;
  };

  // Returns the contents. Fields with a fixup are zero in them.
  const base::Bytes& bytes() const { return bytes_; }
  // Returns the fixups in the order in which they were added, or by offset after sortFixups().
  const std::vector<Fixup>& fixups() const { return fixups_; }
  // Sorts the fixups by offset.
  void sortFixups();

  // Appends `count` zeroed objects of type T, aligned to alignof(T), and returns the offset of the
  // first one. The buffer may not exceed INT32_MAX bytes, the range of a RelPtr.
  template <class T>
  uint32_t place(size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.resize(abi::alignTo(bytes_.size(), alignof(T)));
    uint64_t offset = bytes_.size();
    bytes_.resize(offset + count * sizeof(T));
    CHECK(bytes_.size() <= INT32_MAX);
    return offset;
  }

  // Overwrites the sizeof(T) bytes at `offset`, which must have been placed.
  template <class T>
  void write(uint32_t offset, const T& value) {
    CHECK(offset + sizeof(T) <= bytes_.size());
    base::storeUnaligned(&bytes_[offset], value);
  }

  // Makes the abi::Array at the offset `field` refer to `count` objects at the offset `target`.
  void setArray(uint32_t field, uint32_t target, uint32_t count);

  // Appends a copy of `items`, makes the abi::Array at the offset `field` refer to it and returns
  // the offset of the copy. Without items the array stays null, and the result is 0. References
  // inside of the items are relative to their place and must be set by the caller afterwards.
  template <class T>
  uint32_t addArray(uint32_t field, std::span<const T> items) {
    if (items.empty()) return 0;
    uint32_t target = place<T>(items.size());
    std::memcpy(&bytes_[target], items.data(), items.size_bytes());
    setArray(field, target, items.size());
    return target;
  }

  // Appends a copy of `text`, without a terminating zero, and makes the abi::String at the offset
  // `field` refer to it.
  void addString(uint32_t field, std::string_view text) {
    addArray(field, std::span<const char>(text));
  }

  // Records that the abi::RelPtr at the offset `field` refers to `target`. At most one per field.
  void addFixup(uint32_t field, llvm::GlobalObject* target) { fixups_.push_back({field, target}); }

 private:
  base::Bytes bytes_;
  std::vector<Fixup> fixups_;
};

}  // namespace codegen
