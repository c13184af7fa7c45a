#include "wasi/context.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

namespace wasi {
namespace {

base::Error systemError(std::string where, const char* what) {
  return {std::move(where), fmt::format("{}: {}", what, std::strerror(errno))};
}

// Returns a descriptor for a file of the host that stays owned by the host. `what` is the subject
// of error messages.
base::Result<Descriptor> borrow(const char* what, int fd) {
  // The message for a descriptor that is not open is clearer than Badf.
  if (::fcntl(fd, F_GETFL) < 0) return systemError(what, "not open");
  auto descriptor = describeHostFile(HostFd::borrow(fd));
  if (!descriptor.ok()) return base::Error{what, errnoName(descriptor.error())};
  return std::move(descriptor).value();
}

base::Result<void> checkNoNul(const std::string& text, const char* what) {
  if (text.find('\0') == text.npos) return {};
  return base::Error{"", fmt::format("{} holds a NUL byte", what)};
}

}  // namespace

Context::~Context() {
  // The last change is undone first: several descriptors may share one open file description.
  for (auto file = changed_.rbegin(); file != changed_.rend(); ++file) {
    ::fcntl(file->fd, F_SETFL, file->flags);
  }
}

void Context::restoreAtEnd(int fd, int flags) {
  std::scoped_lock lock(mutex_);
  auto isKnown = [&](const ChangedFile& file) { return file.fd == fd; };
  if (std::none_of(changed_.begin(), changed_.end(), isKnown)) changed_.push_back({fd, flags});
}

// A trace that cannot be written is lost. The guest must not notice, and its call goes on.
void Context::trace(std::string_view text) {
  [[maybe_unused]] ssize_t written = ::write(traceFd_, text.data(), text.size());
}

Context::UnknownCall& Context::addUnknownCall(std::string warning) {
  std::scoped_lock lock(mutex_);
  return unknownCalls_.emplace_back(*this, std::move(warning));
}

void Context::warnOf(UnknownCall& call) {
  // Each function warns once, so that a guest that calls it in a loop does not flood the terminal.
  std::string text;
  {
    std::scoped_lock lock(mutex_);
    text = std::exchange(call.warning, {});
  }
  if (warningFd_ < 0 || text.empty()) return;
  [[maybe_unused]] ssize_t written = ::write(warningFd_, text.data(), text.size());
}

Redirection Redirection::hostFd(int fd) { return {fd}; }

Redirection Redirection::file(std::string path) { return {std::move(path)}; }

Redirection Redirection::stream(std::shared_ptr<Stream> stream) { return {std::move(stream)}; }

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
  if (!walk_) walk_ = supportedWalk();
  preopens_.push_back({std::move(hostPath), std::move(guestPath), access});
  return *this;
}

ContextBuilder& ContextBuilder::input(Redirection from) {
  streams_[0] = std::move(from);
  return *this;
}

ContextBuilder& ContextBuilder::output(Redirection to) {
  streams_[1] = std::move(to);
  return *this;
}

ContextBuilder& ContextBuilder::error(Redirection to) {
  streams_[2] = std::move(to);
  return *this;
}

ContextBuilder& ContextBuilder::standardStreams(int in, int out, int err) {
  return input(Redirection::hostFd(in))
      .output(Redirection::hostFd(out))
      .error(Redirection::hostFd(err));
}

ContextBuilder& ContextBuilder::socket(int fd) {
  sockets_.push_back(fd);
  return *this;
}

ContextBuilder& ContextBuilder::pinClocks(const PinnedClocks& clocks) {
  clocks_ = Clocks(clocks);
  return *this;
}

ContextBuilder& ContextBuilder::pinRandom(uint64_t seed) {
  seed_ = seed;
  return *this;
}

ContextBuilder& ContextBuilder::walk(Walk walk) {
  walk_ = walk;
  return *this;
}

ContextBuilder& ContextBuilder::maxDescriptors(uint32_t count) {
  maxDescriptors_ = count;
  return *this;
}

ContextBuilder& ContextBuilder::traceTo(int fd) {
  traceFd_ = fd;
  return *this;
}

ContextBuilder& ContextBuilder::warnTo(int fd) {
  warningFd_ = fd;
  return *this;
}

ContextBuilder ContextBuilder::withoutGrants() const {
  ContextBuilder builder;
  builder.traceFd_ = traceFd_;
  builder.warningFd_ = warningFd_;
  return builder;
}

base::Result<std::unique_ptr<Context>> ContextBuilder::build() const {
  std::unique_ptr<Context> context(new Context);
  for (const std::string& argument : arguments_) TRY(checkNoNul(argument, "an argument"));
  for (const std::string& variable : environment_) {
    TRY(checkNoNul(variable, "an environment variable"));
  }
  context->arguments_ = arguments_;
  context->environment_ = environment_;
  if (walk_) context->walk_ = *walk_;
  context->traceFd_ = traceFd_;
  context->warningFd_ = warningFd_;
  context->clocks_ = clocks_;
  context->files_ = FdTable(maxDescriptors_);
  if (seed_) context->random_ = RandomSource(*seed_);
  for (int i = 0; i < kStandardStreams; ++i) TRY(addStream(*context, i));
  for (const Preopen& preopen : preopens_) TRY(addDirectory(*context, preopen));
  for (int fd : sockets_) TRY(addSocket(*context, fd));
  return context;
}

base::Result<void> ContextBuilder::insert(Context& context, Descriptor descriptor) const {
  if (context.files_.insert(std::move(descriptor)).ok()) return {};
  return base::Error{"", fmt::format("the guest is given more than the {} descriptors that it may "
                                     "have open",
                                     maxDescriptors_)};
}

base::Result<void> ContextBuilder::addStream(Context& context, int which) const {
  const auto& target = streams_[which].target;
  if (const auto* stream = std::get_if<std::shared_ptr<Stream>>(&target)) {
    return insert(context, describeStream(*stream, which == 0));
  }
  if (const int* fd = std::get_if<int>(&target)) {
    constexpr const char* kNames[] = {"standard stream 0", "standard stream 1",
                                      "standard stream 2"};
    static_assert(std::size(kNames) == kStandardStreams);
    TRY_ASSIGN(Descriptor descriptor, borrow(kNames[which], *fd));
    return insert(context, std::move(descriptor));
  }
  const auto* path = std::get_if<std::string>(&target);
  return addFile(context, which, path == nullptr ? "/dev/null" : *path);
}

base::Result<void> ContextBuilder::addFile(Context& context, int which,
                                           const std::string& path) const {
  TRY(checkNoNul(path, "a stream's path"));
  // With O_NONBLOCK, opening a pipe does not wait. With O_NOCTTY, a terminal does not become the
  // controlling one.
  int flags = (which == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC) | O_NONBLOCK;
  HostFd host(::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, 0666));
  if (!host.valid()) return systemError(path, "cannot open the file");
  auto descriptor = describeHostFile(std::move(host));
  if (!descriptor.ok()) return base::Error{path, errnoName(descriptor.error())};
  // Nobody else shares this open file, so it is treated like one that path_open has opened: the
  // O_NONBLOCK above is not the guest's Nonblock, and file_io.h waits for the guest instead.
  descriptor.value().statusFlags = StatusFlags::Guest;
  descriptor.value().isHandedOver = false;
  return insert(context, std::move(descriptor).value());
}

base::Result<void> ContextBuilder::addSocket(Context& context, int fd) const {
  TRY_ASSIGN(Descriptor descriptor, borrow("socket", fd));
  if (!descriptor.isSocket()) return base::Error{"socket", fmt::format("{} is none", fd)};
  return insert(context, std::move(descriptor));
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
  // Not restricted for a read-only directory: wasi-libc's open() requests only the rights that are
  // here, so opening for writing would succeed without FdWrite, and only the first write would
  // fail. With all rights, path_open fails with Rofs.
  directory.inheriting = kAllRights;
  directory.preopenName = preopen.guestPath;
  return insert(context, std::move(directory));
}

}  // namespace wasi
