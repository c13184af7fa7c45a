// The loader: a compiled module in executable memory. It does not use dlopen, so that the whole
// file is verified before any of it can run, and that files in memory and static executables are
// supported. The image is the private memory that the file was read to. The file is not needed
// afterwards.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "loader/signature/ed25519.h"
#include "loader/verify/verify.h"
#include "runtime/abi/module_descriptor.h"
#include "runtime/base/bytes.h"
#include "runtime/base/file_content.h"
#include "runtime/base/result.h"

namespace loader {

// A loaded artifact. It is immutable, and its memory cannot be written to: the code is executable,
// all else is read-only.
class Image {
 public:
  // Reads, verifies and loads the artifact at `path`, which must be a regular file. Errors name the
  // path, the problem and the remedy. If there are `keys`, the artifact must be signed by one of
  // them, which is checked before anything else of it; if not, it may be signed or not, likewise
  // below. Thread-safe.
  static base::Result<std::shared_ptr<Image>> open(const std::string& path,
                                                   std::span<const PublicKey> keys = {});
  // Verifies and loads an artifact that has been read. Errors contain `name`.
  static base::Result<std::shared_ptr<Image>> fromContent(base::FileContent content,
                                                          const std::string& name,
                                                          std::span<const PublicKey> keys = {});
  // Verifies and loads a copy of `bytes`. Errors contain `name`.
  static base::Result<std::shared_ptr<Image>> fromMemory(base::ByteView bytes,
                                                         const std::string& name,
                                                         std::span<const PublicKey> keys = {});
  // Unregisters the unwind tables and unmaps the code. Requires that no thread executes it.
  ~Image();
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  // Returns the descriptor, which is verified and valid as long as the image.
  const abi::ModuleDescriptor* descriptor() const { return descriptor_; }
  // Returns the addresses of the executable segment, which is not empty.
  base::ByteView code() const { return code_; }
  // Returns the names of the CPUs that the artifact has code for, and the index of that whose code
  // the descriptor is of.
  const std::vector<std::string>& cpus() const { return cpus_; }
  size_t chosenCpu() const { return chosenCpu_; }
  // Returns what the artifact was compiled from, and by what.
  const abi::Provenance& provenance() const { return provenance_; }
  // Returns all loaded bytes, which contain the code and its unwind tables.
  base::ByteView loaded() const { return loaded_; }
  // Returns .eh_frame_hdr, which is empty if there are no unwind tables.
  base::ByteView unwindHeader() const { return unwindHeader_; }

 private:
  explicit Image(base::FileContent content) : content_(std::move(content)) {}
  // Returns the memory at a virtual address of the ELF file.
  uint8_t* at(uint64_t address) { return content_.pages().data() + address; }
  void relocate(const DynamicTable& table);
  base::Result<void> protect(const ElfHeaders& headers);
  void registerFrames(uint64_t ehFrame);

  base::FileContent content_;
  const abi::ModuleDescriptor* descriptor_ = nullptr;
  std::vector<std::string> cpus_;
  size_t chosenCpu_ = 0;
  abi::Provenance provenance_{};
  base::ByteView code_;
  base::ByteView loaded_;
  base::ByteView unwindHeader_;
  const uint8_t* ehFrame_ = nullptr;  // registered with the unwinder
};

}  // namespace loader
