#include "loader/run/listener.h"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace run {
namespace {

using base::Error;
using base::Result;
using wasi::HostFd;

constexpr std::string_view kUnix = "unix:";

Error systemError(const char* what) { return {"", fmt::format("{}: {}", what, ::strerror(errno))}; }

Result<HostFd> listenAt(int family, const sockaddr* address, socklen_t size) {
  HostFd socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.valid()) return systemError("no such socket");
  // A server that is restarted can bind its port although connections are still in TIME_WAIT.
  int on = 1;
  if (family != AF_UNIX) ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket.get(), address, size) != 0) return systemError("cannot be bound");
  if (::listen(socket.get(), SOMAXCONN) != 0) return systemError("cannot be listened on");
  return socket;
}

Result<Listener> listenOnPath(std::string_view path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path)
    return Error{"", fmt::format("a socket's path has 1 to {} bytes", sizeof address.sun_path - 1)};
  path.copy(address.sun_path, path.size());
  TRY_ASSIGN(HostFd socket,
             listenAt(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address));
  return Listener{std::move(socket), fmt::format("{}{}", kUnix, path)};
}

// Returns the numeric address of a bound internet socket.
std::string nameOf(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  char host[NI_MAXHOST];
  char port[NI_MAXSERV];
  if (::getsockname(socket, generic, &size) != 0 ||
      ::getnameinfo(generic, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return "an unknown address";
  bool isV6 = address.ss_family == AF_INET6;
  return isV6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

Result<Listener> listenOnInternet(const std::string& host, const std::string& port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* first = nullptr;
  int failure = ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &first);
  if (failure != 0) return Error{"", ::gai_strerror(failure)};
  std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(first, ::freeaddrinfo);
  Error error;
  for (const addrinfo* each = first; each != nullptr; each = each->ai_next) {
    auto socket = listenAt(each->ai_family, each->ai_addr, each->ai_addrlen);
    if (socket) {
      std::string name = nameOf(socket->get());
      return Listener{std::move(*socket), std::move(name)};
    }
    error = socket.error();
  }
  return error;
}

}  // namespace

Result<Listener> listenOn(std::string_view address) {
  if (address.starts_with(kUnix)) return listenOnPath(address.substr(kUnix.size()));
  size_t colon = address.rfind(':');
  std::string_view host = address.substr(0, colon);
  // An IPv6 address contains colons, so it must be in brackets (RFC 3986, section 3.2.2).
  bool isBracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (isBracketed) host = host.substr(1, host.size() - 2);
  bool isClear = isBracketed || host.find(':') == host.npos;
  if (colon == address.npos || host.empty() || colon + 1 == address.size() || !isClear)
    return Error{"", "is not HOST:PORT, [IPV6]:PORT or unix:PATH"};
  return listenOnInternet(std::string(host), std::string(address.substr(colon + 1)));
}

}  // namespace run
