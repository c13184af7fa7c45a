// Listening sockets for the option --listen. They are bound before the guest starts, which accepts
// connections with `sock_accept`.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "wasi/fs/host_fd.h"

namespace run {

// A socket and its address.
struct Listener {
  wasi::HostFd socket;  // owned
  std::string address;  // as bound, with the port that the system has chosen for port 0
};

// Returns a stream socket that listens at `address`: HOST:PORT, [IPV6]:PORT or unix:PATH. HOST may
// be a name, of which the first address that can be bound is used. Fails if the address is
// malformed, cannot be resolved, or cannot be bound. Errors have no `where`.
base::Result<Listener> listenOn(std::string_view address);

}  // namespace run
