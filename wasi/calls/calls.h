// The functions of WASI preview 1 (wasi_snapshot_preview1.witx), as one host function each:
// path_open is pathOpen(). preview1.def declares and documents them.
//
// The runtime calls these functions directly from its thunk, without a dispatcher in between, since
// on some processors returns after a system call are mispredicted (docs/performance.md).
#pragma once

#include <cstdint>
#include <type_traits>

#include "runtime/instance/host_func.h"
#include "wasi/calls/guest.h"
#include "wasi/calls/parameter_kind.h"
#include "wasi/context.h"

namespace wasi {

using runtime::Caller;

// Returns the context that addToLinker() bound to the function.
inline Context& contextOf(Caller* caller) { return *static_cast<Context*>(caller->env); }
// Returns the memory of the calling instance, without bytes if it exports no memory.
inline Guest guestOf(Caller* caller) { return Guest(runtime::callerMemory(*caller), caller); }

// The two objects that most calls need.
struct CallContext {
  Context& context;
  Guest guest;
};
inline CallContext callContextOf(Caller* caller) { return {contextOf(caller), guestOf(caller)}; }

// The C++ types of a parameter and of a function.
template <Kind kind>
using ParameterType = std::conditional_t<isWide(kind), uint64_t, uint32_t>;
template <class Result, Kind... kinds>
using FunctionType = Result(Caller*, ParameterType<kinds>...);

// The types of all functions, each under the name of its function. The declarations below use them;
// they stand in structures because the names of kinds are those of types in this namespace.
struct FunctionTypes {
  using enum Kind;
#define BOTH(result, name, function, ...) \
  using function = FunctionType<result __VA_OPT__(, ) __VA_ARGS__>;
#define PREVIEW1 BOTH
#define UNSTABLE(...)
#include "wasi/calls/preview1.def"
#undef BOTH
#undef UNSTABLE
};
struct UnstableFunctionTypes {
  using enum Kind;
#define BOTH(...)
#define UNSTABLE(result, name, function, ...) using function = FunctionType<result, __VA_ARGS__>;
#include "wasi/calls/preview1.def"
#undef BOTH
#undef UNSTABLE
};

#define BOTH(result, name, function, ...) FunctionTypes::function function;
#define UNSTABLE(...)
#include "wasi/calls/preview1.def"
#undef BOTH
#undef UNSTABLE
namespace unstable {
#define BOTH(...)
#define UNSTABLE(result, name, function, ...) UnstableFunctionTypes::function function;
#include "wasi/calls/preview1.def"
#undef BOTH
#undef PREVIEW1
#undef UNSTABLE
}  // namespace unstable

}  // namespace wasi
