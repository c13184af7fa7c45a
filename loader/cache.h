// The cache of compiled modules: a directory of artifacts, content-addressed by hashes of their
// inputs. Any number of processes may use it at the same time.
//
// An artifact is code that runs with the rights of the user, so other users must not be able to
// change the cache. The directory is held by a descriptor: the checks apply to the descriptor and
// files are opened relative to it, so that renaming directories between check and use (a TOCTOU
// race) gains nothing.
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

// The identity of an artifact.
struct CacheKey {
  // The hash of the module's bytes, the compiler's options, and this host's ABI and CPU features,
  // in hexadecimal.
  std::string module;
  // A part of the hash of the identity of the compiler's build, in hexadecimal.
  std::string compiler;

  // Returns the key of the artifact that the compiler makes of `module` with `options`. `compiler`
  // identifies the compiler's build (see compile::CompilerProcess::identity).
  static CacheKey of(base::ByteView module, const std::vector<std::string>& options,
                     std::string_view compiler);
};

// An open cache directory.
class Cache {
 public:
  // Opens $XDG_CACHE_HOME/wasm2obj or else ~/.cache/wasm2obj (XDG Base Directory Specification).
  static base::Result<Cache> openDefault();
  // Opens the cache in `directory`, an absolute path. Creates missing directories with mode 0700.
  // Fails if the directory cannot be created or written to, does not belong to the user, or is
  // accessible to others, or if others could rename it or a directory above it.
  static base::Result<Cache> open(const std::string& directory);

  // Return the path of the directory and the name of an artifact's file in it, for messages.
  const std::string& directory() const { return directory_; }
  static std::string nameOf(const CacheKey& key);

  // Returns the artifact, or nothing if there is none. Fails if its file cannot be read, is not a
  // regular file, belongs to another user, or is writable by others.
  base::Result<std::optional<base::FileContent>> find(const CacheKey& key) const;
  // Returns an artifact of the same module and options by any build of the compiler, for a host
  // that has no compiler. Fails as find() does.
  base::Result<std::optional<base::FileContent>> findAny(const CacheKey& key) const;
  // Stores an artifact under `key`, atomically, and replaces the one that was there. Fails if the
  // system refuses; then the cache is unchanged.
  base::Result<void> store(const CacheKey& key, base::ByteView artifact) const;
  // Waits until no other process has the lock of `key`, and takes it, so that one of several
  // processes compiles a module and the others find the artifact. The lock is released when the
  // descriptor is closed; a process that ends releases it too. Different keys may have the same
  // lock. Fails if the system refuses.
  base::Result<base::OwnedFd> lock(const CacheKey& key) const;

 private:
  Cache(std::string path, base::OwnedFd directory)
      : directory_(std::move(path)), fd_(std::move(directory)) {}
  base::Result<std::optional<base::FileContent>> read(const std::string& name) const;
  void removeAbandoned() const;

  std::string directory_;  // for messages
  base::OwnedFd fd_;       // of the directory
};

}  // namespace loader
