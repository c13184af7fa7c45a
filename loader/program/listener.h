// Listening sockets for the option --listen. They are bound before the guest starts, which accepts
// connections with `sock_accept`.
#pragma once

#include <sys/socket.h>

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "wasi/fs/host_fd.h"

namespace program {

// The address of a socket in the form of the system.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

// Returns the addresses of a host and a port, which is a number. Fails if there are none.
using ResolveHost = base::Result<std::vector<SocketAddress>>(const std::string& host,
                                                             const std::string& port);
// Accepts only numeric addresses.
ResolveHost resolveNumericHost;

// A socket and its address.
struct Listener {
  wasi::HostFd socket;  // owned
  std::string address;  // as bound, with the port that the system has chosen for port 0
};

// Returns a stream socket that listens at `address`: HOST:PORT, [IPV6]:PORT or unix:PATH. Of the
// addresses of a host the first one that can be bound is used. Fails if the address is malformed,
// cannot be resolved, or cannot be bound. Errors have no `where`.
base::Result<Listener> listenOn(std::string_view address, ResolveHost& resolve);

}  // namespace program
