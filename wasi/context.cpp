#include "wasi/context.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace wasi {
namespace {

base::Error systemError(std::string where, const char* what) {
  return {std::move(where), fmt::format("{}: {}", what, std::strerror(errno))};
}

base::Result<void> checkNoNul(const std::string& text, const char* what) {
  if (text.find('\0') == text.npos) return {};
  return base::Error{"", fmt::format("{} holds a NUL byte", what)};
}

}  // namespace

Context::~Context() {
  for (const BorrowedStream& stream : borrowed_) {
    if (::fcntl(stream.fd, F_GETFL) != stream.flags) ::fcntl(stream.fd, F_SETFL, stream.flags);
  }
}

void Context::trace(std::string_view text) {
  // A trace that cannot be written is lost; the guest is not to notice.
  [[maybe_unused]] ssize_t written = ::write(traceFd_, text.data(), text.size());
}

ContextBuilder& ContextBuilder::argument(std::string value) {
  arguments_.push_back(std::move(value));
  return *this;
}

ContextBuilder& ContextBuilder::variable(std::string name, std::string value) {
  environment_.push_back(std::move(name) + "=" + std::move(value));
  return *this;
}

ContextBuilder& ContextBuilder::directory(std::string hostPath, std::string guestPath,
                                          Access access) {
  preopens_.push_back({std::move(hostPath), std::move(guestPath), access});
  return *this;
}

ContextBuilder& ContextBuilder::standardStreams(int input, int output, int error) {
  streams_ = {input, output, error};
  return *this;
}

ContextBuilder& ContextBuilder::walk(Walk walk) {
  walk_ = walk;
  return *this;
}

ContextBuilder& ContextBuilder::traceTo(int fd) {
  traceFd_ = fd;
  return *this;
}

base::Result<std::unique_ptr<Context>> ContextBuilder::build() const {
  std::unique_ptr<Context> context(new Context);
  for (const std::string& argument : arguments_) TRY(checkNoNul(argument, "an argument"));
  for (const std::string& variable : environment_) {
    TRY(checkNoNul(variable, "an environment variable"));
  }
  context->arguments_ = arguments_;
  context->environment_ = environment_;
  context->walk_ = walk_;
  context->traceFd_ = traceFd_;
  TRY(addStreams(*context));
  for (const Preopen& preopen : preopens_) TRY(addDirectory(*context, preopen));
  return context;
}

base::Result<void> ContextBuilder::addStreams(Context& context) const {
  constexpr int kStandardStreams = 3;
  constexpr int kNullModes[kStandardStreams] = {O_RDONLY, O_WRONLY, O_WRONLY};
  for (int i = 0; i < kStandardStreams; ++i) {
    bool given = !streams_.empty();
    HostFd host = given ? HostFd::borrow(streams_[i])
                        : HostFd(::open("/dev/null", kNullModes[i] | O_CLOEXEC));
    int flags = ::fcntl(host.get(), F_GETFL);
    if (flags < 0) return systemError(fmt::format("standard stream {}", i), "not open");
    if (given) context.borrowed_.push_back({host.get(), flags});
    auto descriptor = describeHostFile(std::move(host));
    if (!descriptor.ok()) {
      return base::Error{fmt::format("standard stream {}", i), errnoName(descriptor.error())};
    }
    context.files_.insert(std::move(descriptor).value());
  }
  return {};
}

base::Result<void> ContextBuilder::addDirectory(Context& context, const Preopen& preopen) const {
  TRY(checkNoNul(preopen.hostPath, "a directory's path"));
  TRY(checkNoNul(preopen.guestPath, "a directory's guest path"));
  HostFd host(::open(preopen.hostPath.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!host.valid()) return systemError(preopen.hostPath, "cannot open the directory");
  Descriptor directory;
  directory.host = std::move(host);
  directory.type = Filetype::Directory;
  directory.readOnly = preopen.access == Access::ReadOnly;
  directory.rights = restrictRights(kDirectoryRights, directory.readOnly);
  // Not narrowed for a read-only directory: wasi-libc's open() drops what is missing here from its
  // wishes, and a program that opens for writing would learn only at its first write that it
  // cannot. path_open refuses it with Rofs instead.
  directory.inheriting = kAllRights;
  directory.preopenName = preopen.guestPath;
  context.files_.insert(std::move(directory));
  return {};
}

}  // namespace wasi
