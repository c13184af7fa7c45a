// Compiled modules kept for the next run, by content: a directory of artifacts that only their
// owner can read or change. Any number of processes may use one at the same time.
//
// What is in it will run with the rights of whoever runs it. So the directory is held by a
// descriptor, which is what is checked and what its files are reached through: that names change
// their meaning meanwhile is of no use to anyone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/blake2b.h"
#include "runtime/base/file_content.h"
#include "runtime/base/owned_fd.h"
#include "runtime/base/result.h"

namespace loader {

// What a cached artifact was made from and by.
struct CacheKey {
  // Hexadecimal hashes: of the module's bytes with the ABI and CPU they are compiled for and the
  // compiler's options, and of what tells one build of the compiler from another.
  std::string module;
  std::string compiler;

  // Returns the key of `module`'s artifact. `options` are those that go to the compiler; `compiler`
  // identifies its build.
  static CacheKey of(base::ByteView module, const std::vector<std::string>& options,
                     std::string_view compiler);
};

// A directory of artifacts, which several processes may use at once.
class Cache {
 public:
  // $XDG_CACHE_HOME/wasm2obj or ~/.cache/wasm2obj, made if missing. Fails, with a reason, where
  // there is no such place, it cannot be written, or others could have changed it.
  static base::Result<Cache> openDefault();
  static base::Result<Cache> open(const std::string& directory);

  // For messages.
  const std::string& directory() const { return directory_; }
  static std::string nameOf(const CacheKey& key);

  // The artifact, if there is one. Fails where there is, but others could have put it there.
  base::Result<std::optional<base::FileContent>> find(const CacheKey& key) const;
  // An artifact of the same module and options by whatever compiler, for want of one.
  base::Result<std::optional<base::FileContent>> findAny(const CacheKey& key) const;
  // Makes `artifact` the artifact of `key` at once, whatever was there.
  base::Result<void> store(const CacheKey& key, base::ByteView artifact) const;

 private:
  Cache(std::string path, base::OwnedFd directory)
      : directory_(std::move(path)), fd_(std::move(directory)) {}
  base::Result<std::optional<base::FileContent>> read(const std::string& name) const;
  void removeAbandoned() const;

  std::string directory_;
  base::OwnedFd fd_;
};

}  // namespace loader
