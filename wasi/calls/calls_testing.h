// Fixtures for tests of the calls: a guest that is a memory without code, a temporary directory,
// and a context with that directory.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/trap/guest_state.h"
#include "wasi/calls/calls.h"
#include "wasi/types/rights.h"
#include "wasi/types/wire.h"

namespace wasi {

inline void PrintTo(Errno error, std::ostream* out) { *out << errnoName(error); }

// A new empty directory. The destructor removes it with its content.
class TempDirectory {
 public:
  TempDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "wasi-test-XXXXXX").string();
    CHECK(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TempDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }

  // The following functions act on the file with a path relative to the directory.
  void write(std::string_view name, std::string_view text) const {
    std::ofstream(*this / name, std::ios::binary) << text;
  }
  std::string read(std::string_view name) const {
    std::ifstream in(*this / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  bool exists(std::string_view name) const {
    struct stat status;
    return ::lstat((*this / name).c_str(), &status) == 0;
  }
  void makeDirectory(std::string_view name) const {
    CHECK(::mkdir((*this / name).c_str(), 0777) == 0);
  }
  void makeLink(const std::string& target, std::string_view name) const {
    CHECK(::symlink(target.c_str(), (*this / name).c_str()) == 0);
  }

 private:
  std::string path_;
};

// The memory of a guest, one page by default. reserve() and put() allocate from the bottom, from
// address 64 on, so that 0 is never the address of an object.
class TestMemory {
 public:
  static constexpr uint32_t kSize = 65536;

  explicit TestMemory(uint32_t size = kSize) : bytes_(size) {}

  Guest guest() { return Guest(runtime::MemoryView{bytes_.data(), bytes_.size()}); }
  // Returns the state that callers have.
  runtime::GuestState& state() { return *state_; }
  // Returns the caller to pass to calls: one for each TestMemory, with this memory and `context`.
  Caller* caller(Context& context) {
    def_ = {bytes_.data(), bytes_.size()};
    caller_.state = state_.get();
    caller_.env = &context;
    caller_.memory = &def_;
    return &caller_;
  }

  // Return the address of new memory, aligned to 8 bytes: of the given size, or with the given
  // content.
  Address reserve(uint32_t size) {
    Address at = next_;
    next_ += (size + 7) / 8 * 8;
    CHECK(next_ <= bytes_.size());
    return at;
  }
  Address put(std::string_view text) {
    Address at = reserve(static_cast<uint32_t>(text.size()));
    text.copy(reinterpret_cast<char*>(bytes_.data()) + at, text.size());
    return at;
  }
  template <class T>
  Address putValue(const T& value) {
    Address at = reserve(sizeof(T));
    base::storeUnaligned(bytes_.data() + at, value);
    return at;
  }
  Address putIovecs(std::initializer_list<Iovec> list) {
    Address first = next_;
    for (const Iovec& each : list) putValue(each);
    return first;
  }
  template <class T>
  T get(Address at) const {
    CHECK(at + sizeof(T) <= bytes_.size());
    return base::loadUnaligned<T>(bytes_.data() + at);
  }
  std::string text(Address at, uint32_t size) const {
    CHECK(at + size <= bytes_.size());
    return {reinterpret_cast<const char*>(bytes_.data()) + at, size};
  }
  void fill(uint8_t value) { std::fill(bytes_.begin(), bytes_.end(), value); }
  void reset() { next_ = 64; }

 private:
  std::vector<uint8_t> bytes_;
  Address next_ = 64;
  abi::MemoryDef def_{};
  std::unique_ptr<runtime::GuestState> state_ = std::make_unique<runtime::GuestState>(0);
  Caller caller_{};
};

// Arguments of path_open. By default, opens an existing file for reading.
struct OpenOptions {
  uint32_t oflags = 0;
  Rights rights = kAllRights & ~right::FdWrite;
  Rights inheriting = kAllRights;
  uint32_t fdflags = 0;
  uint32_t lookup = lookupflag::SymlinkFollow;
};
inline constexpr Rights kReadWrite = kAllRights;

// A fixture with a context in which `files` is preopened twice: as descriptor 3, read-write, and as
// 4, read-only.
class CallTest : public testing::Test {
 protected:
  static constexpr uint32_t kDir = 3;
  static constexpr uint32_t kReadOnlyDir = 4;

  CallTest() { rebuild(supportedWalk()); }

  // Replaces the context by a new one that resolves paths with `walk`.
  void rebuild(Walk walk) {
    auto built = ContextBuilder()
                     .walk(walk)
                     .directory(files.path(), "/")
                     .directory(files.path(), "/ro", Access::ReadOnly)
                     .build();
    CHECK(built.ok());
    context = std::move(built).value();
  }

  Caller* caller() { return memory.caller(*context); }

  // Calls path_open and stores the new descriptor in `fd`.
  Errno open(uint32_t directory, std::string_view path, const OpenOptions& options, uint32_t& fd) {
    Address out = memory.reserve(4);
    Errno error = pathOpen(caller(), directory, options.lookup, memory.put(path),
                           static_cast<uint32_t>(path.size()), options.oflags, options.rights,
                           options.inheriting, options.fdflags, out);
    fd = memory.get<uint32_t>(out);
    return error;
  }
  // Opens a file and closes it again if that succeeds.
  Errno tryOpen(uint32_t directory, std::string_view path, const OpenOptions& options = {}) {
    uint32_t fd = 0;
    Errno error = open(directory, path, options, fd);
    if (error != Errno::Success) return error;
    EXPECT_EQ(fdClose(caller(), fd), Errno::Success);
    return error;
  }
  // Opens a file beneath kDir and returns the descriptor. Expects success.
  uint32_t mustOpen(std::string_view path, const OpenOptions& options = {}) {
    uint32_t fd = 0;
    EXPECT_EQ(open(kDir, path, options, fd), Errno::Success) << path;
    return fd;
  }
  uint32_t mustCreate(std::string_view path) {
    return mustOpen(path, {.oflags = oflag::Creat, .rights = kReadWrite});
  }

  Errno write(uint32_t fd, std::string_view text) {
    Address data = memory.put(text);
    Address list = memory.putIovecs({{data, static_cast<uint32_t>(text.size())}});
    return fdWrite(caller(), fd, list, 1, memory.reserve(4));
  }
  // Returns the bytes of one fd_read of up to `size` bytes, or the name of the errno.
  std::string read(uint32_t fd, uint32_t size) {
    Address data = memory.reserve(size);
    Address list = memory.putIovecs({{data, size}});
    Address count = memory.reserve(4);
    Errno error = fdRead(caller(), fd, list, 1, count);
    return error == Errno::Success ? memory.text(data, memory.get<uint32_t>(count))
                                   : errnoName(error);
  }

  Errno stat(uint32_t directory, std::string_view path, uint32_t lookup, Filestat& out) {
    Address at = memory.reserve(sizeof(Filestat));
    Errno error = pathFilestatGet(caller(), directory, lookup, memory.put(path),
                                  static_cast<uint32_t>(path.size()), at);
    out = memory.get<Filestat>(at);
    return error;
  }
  Errno tryStat(std::string_view path, uint32_t lookup = lookupflag::SymlinkFollow) {
    Filestat ignored;
    return stat(kDir, path, lookup, ignored);
  }
  Filetype typeOf(std::string_view path, uint32_t lookup) {
    Filestat result;
    EXPECT_EQ(stat(kDir, path, lookup, result), Errno::Success) << path;
    return static_cast<Filetype>(result.type);
  }

  // Makes a call with one path: call(caller, directory, path, size).
  Errno onPath(Errno (*call)(Caller*, uint32_t, Address, uint32_t), uint32_t directory,
               std::string_view path) {
    return call(caller(), directory, memory.put(path), static_cast<uint32_t>(path.size()));
  }
  Errno rename(uint32_t from, std::string_view old, uint32_t to, std::string_view name) {
    return pathRename(caller(), from, memory.put(old), static_cast<uint32_t>(old.size()), to,
                      memory.put(name), static_cast<uint32_t>(name.size()));
  }
  Errno link(uint32_t from, std::string_view old, uint32_t to, std::string_view name,
             uint32_t lookup = 0) {
    return pathLink(caller(), from, lookup, memory.put(old), static_cast<uint32_t>(old.size()), to,
                    memory.put(name), static_cast<uint32_t>(name.size()));
  }
  Errno symlink(std::string_view target, uint32_t directory, std::string_view name) {
    return pathSymlink(caller(), memory.put(target), static_cast<uint32_t>(target.size()),
                       directory, memory.put(name), static_cast<uint32_t>(name.size()));
  }
  Errno readlink(std::string_view path, uint32_t size, std::string& out) {
    Address buffer = memory.reserve(size);
    Address used = memory.reserve(4);
    Errno error = pathReadlink(caller(), kDir, memory.put(path), static_cast<uint32_t>(path.size()),
                               buffer, size, used);
    if (error == Errno::Success) out = memory.text(buffer, memory.get<uint32_t>(used));
    return error;
  }
  Errno setTimes(uint32_t directory, std::string_view path, uint64_t atime, uint64_t mtime,
                 uint32_t flags, uint32_t lookup = lookupflag::SymlinkFollow) {
    return pathFilestatSetTimes(caller(), directory, lookup, memory.put(path),
                                static_cast<uint32_t>(path.size()), atime, mtime, flags);
  }

  TempDirectory files;
  TestMemory memory;
  std::unique_ptr<Context> context;
};

// A CallTest that is run once for each implementation of path resolution.
class WalkTest : public CallTest, public testing::WithParamInterface<Walk> {
 protected:
  WalkTest() { rebuild(GetParam()); }
};

// Returns the name of a parameter of a WalkTest.
inline std::string walkName(const testing::TestParamInfo<Walk>& info) {
  return info.param == Walk::Kernel ? "Kernel" : "Manual";
}

}  // namespace wasi
