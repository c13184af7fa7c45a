#include "loader/run/resolve_host.h"

#include <netdb.h>

#include <cstring>
#include <memory>

namespace run {

using base::Error;
using base::Result;
using program::SocketAddress;

Result<std::vector<SocketAddress>> resolveHost(const std::string& host, const std::string& port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* first = nullptr;
  int failure = ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &first);
  if (failure != 0) return Error{"", ::gai_strerror(failure)};
  std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(first, ::freeaddrinfo);
  std::vector<SocketAddress> addresses;
  for (const addrinfo* each = first; each != nullptr; each = each->ai_next) {
    SocketAddress address{.size = each->ai_addrlen};
    std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    addresses.push_back(address);
  }
  return addresses;
}

}  // namespace run
