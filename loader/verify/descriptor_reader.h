// Bounds-checked access to the arrays of a descriptor in a file.
#pragma once

#include <span>
#include <string_view>

#include "loader/elf/elf_headers.h"
#include "runtime/abi/module_descriptor.h"

namespace loader {

// Whether the references to code and to the memory image have been resolved by a linker.
enum class Addresses : uint8_t { Known, Unknown };

// Follows the relative references of a descriptor. All of its data must be in one segment, the
// region, but not in the memory image, whose bytes come from the module. The results refer to the
// file, which must outlive them.
class DescriptorReader {
 public:
  // `region` is the content of the load at `address`. The image is the range of `imageSize` bytes
  // at `imageOffset` in the region. `headers` must outlive the reader. If the addresses are
  // unknown, every reference to code counts as correct.
  DescriptorReader(const ElfHeaders& headers, base::ByteView region, uint64_t address,
                   uint64_t imageOffset, uint64_t imageSize, Addresses addresses = Addresses::Known)
      : headers_(headers),
        region_(region),
        address_(address),
        imageOffset_(imageOffset),
        imageSize_(imageSize),
        addresses_(addresses) {}

  // Returns the elements of `array`, which must be in the region itself. Fails if they are not in
  // the region, are not aligned, or overlap the image. The Error contains `what`.
  template <class T>
  base::Result<std::span<const T>> elements(const abi::Array<T>& array, const char* what) const {
    if (array.count == 0) return std::span<const T>();
    uint64_t offset = targetOf(array.data) - address_;
    uint64_t size = uint64_t{array.count} * sizeof(T);
    if (array.data.isNull() || !inRange(offset, size, region_.size()) || offset % alignof(T) != 0 ||
        touchesImage(offset, size))
      return base::Error{"", outside(what)};
    return std::span<const T>(reinterpret_cast<const T*>(region_.data() + offset), array.count);
  }

  // Return whether the `size` bytes at the target of a reference are in an executable segment. If
  // `size` is 0, only the first byte is checked.
  bool isCode(const abi::RelPtr<void>& reference, uint64_t size) const;
  bool isCodeOrNull(const abi::RelPtr<void>& reference) const {
    return reference.isNull() || isCode(reference, 0);
  }

  // Returns the virtual address of the target of a reference, which must be in the region itself.
  // It may be any number.
  template <class T>
  uint64_t targetOf(const abi::RelPtr<T>& reference) const {
    auto at = reinterpret_cast<const uint8_t*>(&reference) - region_.data();
    return address_ + static_cast<uint64_t>(at) +
           static_cast<uint64_t>(static_cast<int64_t>(reference.delta));
  }

  // Returns whether `size` bytes at file offset `offset` overlap the memory image.
  bool touchesImage(uint64_t offset, uint64_t size) const {
    return offset < imageOffset_ + imageSize_ && imageOffset_ < offset + size;
  }

  const ElfHeaders& headers() const { return headers_; }
  bool hasAddresses() const { return addresses_ == Addresses::Known; }

 private:
  static std::string outside(const char* what);

  const ElfHeaders& headers_;
  base::ByteView region_;
  uint64_t address_;
  uint64_t imageOffset_;
  uint64_t imageSize_;
  Addresses addresses_;
};

}  // namespace loader
