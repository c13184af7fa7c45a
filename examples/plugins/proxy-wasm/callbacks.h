// The functions that a filter exports for the proxy to call.
#ifndef PROXY_WASM_CALLBACKS_H
#define PROXY_WASM_CALLBACKS_H

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <wasm2obj.hh>

#include "abi.h"

namespace proxy_wasm {

// Returns whether a filter exports a function of this name.
inline bool isExported(const wasm2obj::Instance& filter, const char* name) {
  wasm2obj_ref_t* function = nullptr;
  wasm2obj_error_t* error = wasm2obj_instance_function(filter.get(), name, &function);
  wasm2obj_error_delete(error);
  wasm2obj_ref_delete(function);
  return error == nullptr;
}

// An exported function, or none: all callbacks are optional. One of another type is an error.
template <class Signature>
class Callback {
 public:
  Callback(const wasm2obj::Instance& filter, const char* name) {
    auto found = filter.function<Signature>(name);
    if (found) {
      function_ = *found;
    } else if (isExported(filter, name)) {
      throw std::runtime_error(found.error().what());
    }
  }
  const std::optional<wasm2obj::Function<Signature>>& function() const { return function_; }

 private:
  std::optional<wasm2obj::Function<Signature>> function_;
};

// All callbacks. Each takes the number of a context first, except for those that allocate.
struct Callbacks {
  const wasm2obj::Instance& filter;
  AbiVersion version;

  template <class Signature>
  using C = Callback<Signature>;
  using u32 = uint32_t;

  C<u32(u32)> memoryAllocate{filter, "proxy_on_memory_allocate"};
  C<u32(u32)> malloc{filter, "malloc"};

  C<void(u32, u32)> contextCreate{filter, "proxy_on_context_create"};
  C<u32(u32)> done{filter, "proxy_on_done"};
  C<void(u32)> log{filter, "proxy_on_log"};
  C<void(u32)> remove{filter, "proxy_on_delete"};
  C<u32(u32, u32)> vmStart{filter, "proxy_on_vm_start"};
  C<u32(u32, u32)> configure{filter, "proxy_on_configure"};

  C<u32(u32)> newConnection{filter, "proxy_on_new_connection"};
  C<u32(u32, u32, u32)> downstreamData{filter, "proxy_on_downstream_data"};
  C<void(u32, u32)> downstreamClose{filter, "proxy_on_downstream_connection_close"};
  C<u32(u32, u32, u32)> upstreamData{filter, "proxy_on_upstream_data"};
  C<void(u32, u32)> upstreamClose{filter, "proxy_on_upstream_connection_close"};

  // In 0.1.0 these two are not told whether the headers are all of the message.
  static constexpr const char* kNone = "";
  bool isOld = version == AbiVersion::V0_1_0;
  C<u32(u32, u32)> oldRequestHeaders{filter, isOld ? "proxy_on_request_headers" : kNone};
  C<u32(u32, u32)> oldResponseHeaders{filter, isOld ? "proxy_on_response_headers" : kNone};
  C<u32(u32, u32, u32)> requestHeaders{filter, isOld ? kNone : "proxy_on_request_headers"};
  C<u32(u32, u32, u32)> responseHeaders{filter, isOld ? kNone : "proxy_on_response_headers"};
  C<u32(u32, u32, u32)> requestBody{filter, "proxy_on_request_body"};
  C<u32(u32, u32)> requestTrailers{filter, "proxy_on_request_trailers"};
  C<u32(u32, u32, u32)> responseBody{filter, "proxy_on_response_body"};
  C<u32(u32, u32)> responseTrailers{filter, "proxy_on_response_trailers"};

  C<void(u32, u32, u32, u32, u32)> httpCallResponse{filter, "proxy_on_http_call_response"};
  C<void(u32, u32, u32)> grpcInitialMetadata{filter, "proxy_on_grpc_receive_initial_metadata"};
  C<void(u32, u32, u32)> grpcReceive{filter, "proxy_on_grpc_receive"};
  C<void(u32, u32, u32)> grpcTrailingMetadata{filter, "proxy_on_grpc_receive_trailing_metadata"};
  C<void(u32, u32, u32)> grpcClose{filter, "proxy_on_grpc_close"};

  C<void(u32)> tick{filter, "proxy_on_tick"};
  C<void(u32, u32)> queueReady{filter, "proxy_on_queue_ready"};
  C<void(u32, u32, u32)> foreignFunction{filter, "proxy_on_foreign_function"};
};

}  // namespace proxy_wasm

#endif
