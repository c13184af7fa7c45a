// A compiled module in memory, ready for the runtime: mapped by us rather than by dlopen, so that
// all of it is checked before any of it can run, and so that it works from a buffer and inside a
// static executable as well.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "loader/mapping.h"
#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"
#include "runtime/base/mapped_file.h"
#include "runtime/base/result.h"

namespace loader {

class Image {
 public:
  // Verifies and maps the artifact at `path`. Errors name the path, what is wrong, and the cure.
  static base::Result<std::shared_ptr<Image>> open(const std::string& path);
  // The same for a file already open; `name` stands for it in errors.
  static base::Result<std::shared_ptr<Image>> fromFile(base::MappedFile file,
                                                       const std::string& name);
  // The same from a buffer, which is copied.
  static base::Result<std::shared_ptr<Image>> fromMemory(base::ByteView bytes,
                                                         const std::string& name);
  // No thread runs in the module's code any more.
  ~Image();
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  const abi::ModuleDescriptor* descriptor() const { return descriptor_; }
  // The addresses of all compiled code; empty for a module without any.
  base::ByteView code() const { return code_; }
  // The file that the initial memory can be mapped from, and where in it ModuleDescriptor::
  // memoryImage lies. -1 for an image from a buffer.
  int fileDescriptor() const { return file_ ? file_->descriptor() : -1; }
  uint64_t memoryImageFileOffset() const { return memoryImageFileOffset_; }

 private:
  explicit Image(Mapping mapping) : mapping_(std::move(mapping)) {}
  static base::Result<std::shared_ptr<Image>> load(base::ByteView file, int fd);

  Mapping mapping_;
  std::optional<base::MappedFile> file_;
  const abi::ModuleDescriptor* descriptor_ = nullptr;
  base::ByteView code_;
  uint64_t memoryImageFileOffset_ = 0;
  const uint8_t* ehFrame_ = nullptr;  // registered with the unwinder
};

}  // namespace loader
