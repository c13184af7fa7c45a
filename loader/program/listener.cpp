#include "loader/program/listener.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <charconv>
#include <cstring>

namespace program {
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

const sockaddr* generic(const SocketAddress& address) {
  return reinterpret_cast<const sockaddr*>(&address.storage);
}

// Returns the numeric address of a bound internet socket.
std::string nameOf(int socket) {
  SocketAddress address{.size = sizeof(sockaddr_storage)};
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address.storage), &address.size) != 0)
    return "an unknown address";
  char host[INET6_ADDRSTRLEN] = {};
  if (address.storage.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address.storage);
    ::inet_ntop(AF_INET6, &v6.sin6_addr, host, sizeof host);
    return fmt::format("[{}]:{}", host, ntohs(v6.sin6_port));
  }
  const auto& v4 = reinterpret_cast<const sockaddr_in&>(address.storage);
  ::inet_ntop(AF_INET, &v4.sin_addr, host, sizeof host);
  return fmt::format("{}:{}", host, ntohs(v4.sin_port));
}

Result<Listener> listenOnInternet(const std::string& host, const std::string& port,
                                  ResolveHost& resolve) {
  TRY_ASSIGN(std::vector<SocketAddress> addresses, resolve(host, port));
  Error error;
  for (const SocketAddress& address : addresses) {
    auto socket = listenAt(address.storage.ss_family, generic(address), address.size);
    if (socket) {
      std::string name = nameOf(socket->get());
      return Listener{std::move(*socket), std::move(name)};
    }
    error = socket.error();
  }
  return error;
}

// Returns the address in the form of the system.
template <class Address>
SocketAddress toStorage(const Address& address) {
  SocketAddress result{.size = sizeof address};
  std::memcpy(&result.storage, &address, sizeof address);
  return result;
}

}  // namespace

Result<std::vector<SocketAddress>> resolveNumericHost(const std::string& host,
                                                      const std::string& port) {
  uint16_t number = 0;
  auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc() || end != port.data() + port.size())
    return Error{"", fmt::format("'{}' is not the number of a port", port)};
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(number);
  if (::inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) return std::vector{toStorage(v4)};
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(number);
  if (::inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1) return std::vector{toStorage(v6)};
  return Error{"", fmt::format("'{}' is not the numeric address of a host", host)};
}

Result<Listener> listenOn(std::string_view address, ResolveHost& resolve) {
  if (address.starts_with(kUnix)) return listenOnPath(address.substr(kUnix.size()));
  size_t colon = address.rfind(':');
  std::string_view host = address.substr(0, colon);
  // An IPv6 address contains colons, so it must be in brackets (RFC 3986, section 3.2.2).
  bool isBracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (isBracketed) host = host.substr(1, host.size() - 2);
  bool isClear = isBracketed || host.find(':') == host.npos;
  if (colon == address.npos || host.empty() || colon + 1 == address.size() || !isClear)
    return Error{"", "is not HOST:PORT, [IPV6]:PORT or unix:PATH"};
  return listenOnInternet(std::string(host), std::string(address.substr(colon + 1)), resolve);
}

}  // namespace program
