#include "test/fuzz/hostile_sandbox.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <fstream>

#include "runtime/base/check.h"

namespace fuzz {
namespace {

namespace fs = std::filesystem;
using wasi::HostFd;

// The number of connections, as many as an input can accept.
constexpr int kConnections = 32;

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// Returns 128 random bits, which the memory of a guest does not contain by chance.
std::string randomText() {
  uint64_t words[2];
  CHECK(::getrandom(words, sizeof words, 0) == sizeof words);
  return fmt::format("{:016x}{:016x}", words[0], words[1]);
}

// Sets timeouts, so that no operation blocks, even if the guest makes the socket a blocking one.
void makeImpatient(int socket) {
  timeval soon{0, 1000};
  CHECK(::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon) == 0);
  CHECK(::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon) == 0);
}

}  // namespace

// The limit of file sizes keeps the disk from being filled. Ignoring the signals makes writes fail
// with EFBIG and EPIPE instead.
HostileSandbox::HostileSandbox() {
  rlimit small{1 << 20, 1 << 20};
  CHECK(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  ::signal(SIGXFSZ, SIG_IGN);
  ::signal(SIGPIPE, SIG_IGN);
  std::string pattern = (fs::temp_directory_path() / "fuzz-wasi-XXXXXX").string();
  CHECK(::mkdtemp(pattern.data()) != nullptr);
  base_ = pattern;
  secret_ = randomText();
  for (const char* folder : {"outside", "outside/d", "readonly", "readonly/d"}) {
    fs::create_directory(base_ / folder);
  }
  write(base_ / "outside/secret", secret_);
  write(base_ / "outside/d/secret", secret_);
  write(base_ / "readonly/f", "fixed");
  fs::create_symlink("../outside/secret", base_ / "readonly/s");
  before_ = traces();
}

HostileSandbox::~HostileSandbox() {
  std::error_code ignored;
  fs::remove_all(base_, ignored);
}

// The symbolic links lead out of the sandbox directly, through another directory, absolutely, to
// themselves, to a file that does not exist, and to the root.
std::unique_ptr<wasi::Context> HostileSandbox::start(wasi::Walk walk) {
  fs::path inside = base_ / "inside";
  fs::remove_all(inside);
  fs::create_directory(inside);
  fs::create_directory(inside / "d");
  write(inside / "f", "text");
  write(inside / "d/f", "text");
  for (auto [target, name] :
       {std::pair("../outside", "up"), std::pair("d/../../outside/secret", "s"),
        std::pair("d/new", "n"), std::pair("..", "d/p"), std::pair("l", "l"),
        std::pair("/", "root"), std::pair("d", "link")}) {
    fs::create_symlink(target, inside / name);
  }
  fs::create_symlink(base_ / "outside", inside / "absolute");
  openSockets();
  auto built = wasi::ContextBuilder()
                   .walk(walk)
                   .argument("program")
                   .variable("NAME", "value")
                   .directory(inside, "/")
                   .directory(base_ / "readonly", "/ro", wasi::Access::ReadOnly)
                   .socket(orphan_.get())
                   .socket(listener_.get())
                   .pinClocks({.start = 1, .step = 1})
                   .pinRandom(1)
                   .build();
  CHECK(built.ok());
  return std::move(built).value();
}

// The connections are made in advance and closed by the clients, so accepting one does not block.
void HostileSandbox::openSockets() {
  int ends[2];
  CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  orphan_ = HostFd(ends[0]);
  ::close(ends[1]);
  makeImpatient(orphan_.get());
  // The kernel chooses an abstract address, which is not a file.
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  listener_ = HostFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  CHECK(::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(sa_family_t)) == 0);
  CHECK(::listen(listener_.get(), kConnections) == 0);
  makeImpatient(listener_.get());
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  CHECK(::getsockname(listener_.get(), generic, &size) == 0);
  for (int i = 0; i < kConnections; ++i) {
    HostFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    CHECK(::connect(client.get(), generic, size) == 0);
  }
}

void HostileSandbox::addTraces(const fs::path& at, Traces& traces) const {
  struct stat status;
  CHECK(::lstat(at.c_str(), &status) == 0);
  traces[at.string()] = {status.st_ctim, status.st_ino};
  if (!S_ISDIR(status.st_mode)) return;
  for (const fs::directory_entry& entry : fs::directory_iterator(at)) {
    addTraces(entry.path(), traces);
  }
}

HostileSandbox::Traces HostileSandbox::traces() const {
  Traces result;
  addTraces(base_ / "outside", result);
  addTraces(base_ / "readonly", result);
  return result;
}

void HostileSandbox::check(std::string_view memory) const {
  CHECK(traces() == before_);
  CHECK(memory.find(secret_) == memory.npos);
  // The folder that holds the directories of the guest must have no new entries.
  CHECK(std::distance(fs::directory_iterator(base_), fs::directory_iterator()) == 3);
}

}  // namespace fuzz
