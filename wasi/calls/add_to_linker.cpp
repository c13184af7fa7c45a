#include "wasi/calls/add_to_linker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/base/nearest.h"
#include "runtime/instance/host_func.h"
#include "wasi/calls/call_trace.h"
#include "wasi/calls/calls.h"

namespace wasi {
namespace {

// A string literal as a template argument.
template <size_t size>
struct Name {
  consteval Name(const char (&from)[size]) { std::copy(from, from + size, text); }
  char text[size];
};

// Traced<name, function, kinds...>::call is a host function of the same type as `function`. It
// calls that, and writes the arguments and the outcome to the context's trace.
template <Name name, auto function, Kind... kinds>
struct Traced;

template <Name name, class Result, class... Params, Result (*function)(Caller*, Params...),
          Kind... kinds>
struct Traced<name, function, kinds...> {
  static Result call(Caller* caller, Params... params) {
    constexpr std::array<Kind, sizeof...(kinds)> kKinds = {kinds...};
    std::array<uint64_t, sizeof...(kinds)> arguments = {params...};
    std::string text = describeCall(name.text, kKinds, arguments, guestOf(caller));
    if constexpr (std::is_void_v<Result>) {
      // Before the call: proc_exit, the only one without a result, has no outcome to show.
      contextOf(caller).trace(text + "\n");
      function(caller, params...);
    } else {
      Result result = function(caller, params...);
      text += describeOutcome(result, kKinds, arguments, guestOf(caller));
      contextOf(caller).trace(text + "\n");
      return result;
    }
  }
};

// A row of preview1.def. The last two make the host function without and with a trace, so that a
// function that is not traced contains no test for it.
struct Row {
  const char* name;
  bool inPreview1;
  bool inUnstable;
  runtime::HostFunction (*direct)(Context& context);
  runtime::HostFunction (*traced)(Context& context);
};

template <auto function>
runtime::HostFunction bind(Context& context) {
  return runtime::hostFunction(function, &context);
}

template <Name name, auto function, Kind... kinds>
constexpr Row row(bool inPreview1, bool inUnstable) {
  return {name.text, inPreview1, inUnstable, bind<function>,
          bind<&Traced<name, function, kinds...>::call>};
}

constexpr auto makeRows() {
  using enum Kind;
  return std::array{
#define BOTH(result, name, handler, ...) \
  row<#name, &handler __VA_OPT__(, ) __VA_ARGS__>(true, true),
#define PREVIEW1(result, name, handler, ...) row<#name, &handler, __VA_ARGS__>(true, false),
#define UNSTABLE(result, name, handler, ...) \
  row<#name, &unstable::handler, __VA_ARGS__>(false, true),
#include "wasi/calls/preview1.def"
#undef BOTH
#undef PREVIEW1
#undef UNSTABLE
  };
}

constexpr auto kRows = makeRows();

constexpr std::string_view kPreview1 = "wasi_snapshot_preview1";
constexpr std::string_view kUnstable = "wasi_unstable";

// Other runtimes had a function of this name and of another type before WASI defined one. So an
// import of another type is treated as a missing function and not as a type error.
constexpr std::string_view kAccept = "sock_accept";

// Returns whether a version of WASI has a function of this name.
bool isKnown(std::string_view name) {
  return std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) { return row.name == name; });
}

std::optional<runtime::HostFunction> knownFunction(std::string_view module, std::string_view name,
                                                   Context& context) {
  for (const Row& row : kRows) {
    bool isIn = (row.inPreview1 && module == kPreview1) || (row.inUnstable && module == kUnstable);
    if (isIn && row.name == name)
      return context.traces() ? row.traced(context) : row.direct(context);
  }
  return std::nullopt;
}

// Stands in for a missing function. It is called as a function of another type: with further
// arguments, which it does not read. That works in the calling conventions of the supported
// targets, in which the caller removes the arguments from the stack.
uint32_t answerNoSys(Caller* caller) {
  auto& call = *static_cast<Context::UnknownCall*>(caller->env);
  call.context.warnOf(call);
  return static_cast<uint32_t>(Errno::NoSys);
}

// Returns the warning for a missing function, empty for none. Imports of missing functions are
// normal, since programs can do without some. Only a name that is one edit away from a function of
// WASI is probably a misspelling.
std::string warningOf(std::string_view module, std::string_view name) {
  std::array<std::string_view, kRows.size()> names;
  std::transform(kRows.begin(), kRows.end(), names.begin(),
                 [](const Row& row) { return row.name; });
  // With two edits, sock_bind of other runtimes would be taken for sock_send.
  auto meant = base::nearest(name, names, 1);
  // Equal only for sock_accept, which is spelled correctly.
  if (!meant || *meant == name) return "";
  return fmt::format(
      "warning: the module calls {}.{}, which is no function of WASI and fails with "
      "nosys; '{}' may be meant\n",
      module, name, *meant);
}

// Returns the function to import for one that is not defined with its type, or nothing to let the
// import fail. Only a function with an errno as its result can report that it is missing. A known
// name with another type is an error of the module.
std::optional<runtime::HostFunction> missingFunction(std::string_view module, std::string_view name,
                                                     const runtime::FuncType& type,
                                                     Context& context) {
  bool isErrno = type.results == std::vector{abi::kI32};
  if (!isModule(module) || !isErrno || (isKnown(name) && name != kAccept)) return std::nullopt;
  if (context.traces()) context.trace(fmt::format("{} is missing, and answers nosys\n", name));
  return runtime::HostFunction{type, reinterpret_cast<void*>(&answerNoSys),
                               &context.addUnknownCall(warningOf(module, name))};
}

}  // namespace

void addToLinker(runtime::Linker& linker, Context& context) {
  linker.addLibrary([&context](std::string_view module, std::string_view name) {
    return knownFunction(module, name, context);
  });
  linker.defineMissing(
      [&context](std::string_view module, std::string_view name, const runtime::FuncType& type) {
        return missingFunction(module, name, type, context);
      });
}

runtime::HostFunction rebind(const runtime::HostFunction& function, const Context& from,
                             Context& to) {
  runtime::HostFunction bound = function;
  if (function.code == reinterpret_cast<void*>(&answerNoSys)) {
    auto& call = *static_cast<const Context::UnknownCall*>(function.env);
    bound.env = &to.addUnknownCall(call.warning);
  } else if (function.env == &from) {
    bound.env = &to;
  }
  return bound;
}

bool isModule(std::string_view name) { return name == kPreview1 || name == kUnstable; }

bool importsWasi(const runtime::Module& module) {
  const auto& imports = module.descriptor().imports;
  return std::any_of(imports.begin(), imports.end(), [](const abi::Import& import) {
    return isModule(runtime::toView(import.module));
  });
}

}  // namespace wasi
