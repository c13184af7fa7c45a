// A compiled module in memory, ready for the runtime: loaded by us rather than by dlopen, so that
// all of it is checked before any of it can run, and so that it works from a buffer and inside a
// static executable as well. It lies where the file was read to; the file itself is no longer
// needed.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "loader/verify/verify.h"
#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/result.h"

namespace loader {

class Image {
 public:
  // Reads and verifies the artifact at `path`, a regular file. Errors name the path, what is wrong,
  // and the cure.
  static base::Result<std::shared_ptr<Image>> open(const std::string& path);
  // The same for what has been read; `name` stands for it in errors.
  static base::Result<std::shared_ptr<Image>> fromContent(base::FileContent content,
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

 private:
  explicit Image(base::FileContent content) : content_(std::move(content)) {}
  uint8_t* at(uint64_t address) { return content_.pages().data() + address; }
  void relocate(const DynamicTable& table);
  base::Result<void> protect(const ElfHeaders& headers);
  void registerFrames(uint64_t ehFrame);

  base::FileContent content_;
  const abi::ModuleDescriptor* descriptor_ = nullptr;
  base::ByteView code_;
  const uint8_t* ehFrame_ = nullptr;  // registered with the unwinder
};

}  // namespace loader
