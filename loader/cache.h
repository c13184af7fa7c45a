// Compiled modules kept for the next run, by content: a directory of artifacts that only their
// owner can read or change. Any number of processes may use one at the same time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/blake2b.h"
#include "runtime/base/result.h"

namespace loader {

// What a cached artifact was made from and by.
struct CacheKey {
  // Hexadecimal hashes: of the module's bytes with the ABI and CPU they are compiled for and the
  // compiler's options, and of what tells one build of the compiler from another.
  std::string module;
  std::string compiler;

  static CacheKey of(base::ByteView module, const std::vector<std::string>& options,
                     std::string_view compiler);
};

class Cache {
 public:
  // $XDG_CACHE_HOME/wasm2obj or ~/.cache/wasm2obj, made if missing. Fails, with a reason, where
  // there is no such place, it cannot be written, or others could have changed it.
  static base::Result<Cache> openDefault();
  static base::Result<Cache> open(const std::string& directory);
  // A private directory of this process, removed with everything in it at the end.
  static base::Result<Cache> temporary();

  Cache(Cache&& other) noexcept;
  Cache& operator=(Cache&&) = delete;
  ~Cache();

  const std::string& directory() const { return directory_; }
  // Where the artifact is, if it is there.
  std::string pathOf(const CacheKey& key) const;
  // An artifact of the same module and options by whatever compiler, for want of one; empty if
  // there is none.
  std::string anyPathOf(const CacheKey& key) const;
  // The name of a new, empty file in the directory, for the compiler to write.
  base::Result<std::string> createFile() const;
  // Makes `file`, of createFile, the artifact of `key` at once, whatever was there. Running
  // processes keep what they have mapped.
  base::Result<void> publish(const std::string& file, const CacheKey& key) const;

 private:
  Cache(std::string directory, bool isTemporary)
      : directory_(std::move(directory)), isTemporary_(isTemporary) {}
  void removeAbandoned() const;

  std::string directory_;
  bool isTemporary_;
};

}  // namespace loader
