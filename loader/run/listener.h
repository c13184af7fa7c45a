// --listen: a socket that is bound and listens before the guest starts, for it to accept
// connections on.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "wasi/fs/host_fd.h"

namespace run {

struct Listener {
  wasi::HostFd socket;
  std::string address;  // where it listens, with the port that the system chose for port 0
};

// `address` is HOST:PORT, [IPV6]:PORT or unix:PATH. HOST may be a name; the first of its addresses
// that can be had is taken.
base::Result<Listener> listenOn(std::string_view address);

}  // namespace run
