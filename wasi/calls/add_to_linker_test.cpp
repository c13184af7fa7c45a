#include "wasi/calls/add_to_linker.h"

#include <map>
#include <string>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

// The types of the 46 functions, as wasi-libc declares them.
const std::map<std::string, std::string> kTypes = {
    {"args_get", "[i32 i32] -> [i32]"},
    {"args_sizes_get", "[i32 i32] -> [i32]"},
    {"environ_get", "[i32 i32] -> [i32]"},
    {"environ_sizes_get", "[i32 i32] -> [i32]"},
    {"clock_res_get", "[i32 i32] -> [i32]"},
    {"clock_time_get", "[i32 i64 i32] -> [i32]"},
    {"fd_advise", "[i32 i64 i64 i32] -> [i32]"},
    {"fd_allocate", "[i32 i64 i64] -> [i32]"},
    {"fd_close", "[i32] -> [i32]"},
    {"fd_datasync", "[i32] -> [i32]"},
    {"fd_fdstat_get", "[i32 i32] -> [i32]"},
    {"fd_fdstat_set_flags", "[i32 i32] -> [i32]"},
    {"fd_fdstat_set_rights", "[i32 i64 i64] -> [i32]"},
    {"fd_filestat_get", "[i32 i32] -> [i32]"},
    {"fd_filestat_set_size", "[i32 i64] -> [i32]"},
    {"fd_filestat_set_times", "[i32 i64 i64 i32] -> [i32]"},
    {"fd_pread", "[i32 i32 i32 i64 i32] -> [i32]"},
    {"fd_prestat_get", "[i32 i32] -> [i32]"},
    {"fd_prestat_dir_name", "[i32 i32 i32] -> [i32]"},
    {"fd_pwrite", "[i32 i32 i32 i64 i32] -> [i32]"},
    {"fd_read", "[i32 i32 i32 i32] -> [i32]"},
    {"fd_readdir", "[i32 i32 i32 i64 i32] -> [i32]"},
    {"fd_renumber", "[i32 i32] -> [i32]"},
    {"fd_seek", "[i32 i64 i32 i32] -> [i32]"},
    {"fd_sync", "[i32] -> [i32]"},
    {"fd_tell", "[i32 i32] -> [i32]"},
    {"fd_write", "[i32 i32 i32 i32] -> [i32]"},
    {"path_create_directory", "[i32 i32 i32] -> [i32]"},
    {"path_filestat_get", "[i32 i32 i32 i32 i32] -> [i32]"},
    {"path_filestat_set_times", "[i32 i32 i32 i32 i64 i64 i32] -> [i32]"},
    {"path_link", "[i32 i32 i32 i32 i32 i32 i32] -> [i32]"},
    {"path_open", "[i32 i32 i32 i32 i32 i64 i64 i32 i32] -> [i32]"},
    {"path_readlink", "[i32 i32 i32 i32 i32 i32] -> [i32]"},
    {"path_remove_directory", "[i32 i32 i32] -> [i32]"},
    {"path_rename", "[i32 i32 i32 i32 i32 i32] -> [i32]"},
    {"path_symlink", "[i32 i32 i32 i32 i32] -> [i32]"},
    {"path_unlink_file", "[i32 i32 i32] -> [i32]"},
    {"poll_oneoff", "[i32 i32 i32 i32] -> [i32]"},
    {"proc_exit", "[i32] -> []"},
    {"proc_raise", "[i32] -> [i32]"},
    {"random_get", "[i32 i32] -> [i32]"},
    {"sched_yield", "[] -> [i32]"},
    {"sock_accept", "[i32 i32 i32] -> [i32]"},
    {"sock_recv", "[i32 i32 i32 i32 i32 i32] -> [i32]"},
    {"sock_send", "[i32 i32 i32 i32 i32] -> [i32]"},
    {"sock_shutdown", "[i32 i32] -> [i32]"},
};

std::string typeOf(const runtime::Linker& linker, const char* module, const std::string& name) {
  std::optional<runtime::Extern> found = linker.find(module, name);
  if (!found) return "missing";
  const auto* function = std::get_if<runtime::HostFunction>(&*found);
  return function != nullptr ? runtime::text(function->type) : "no function";
}

void checkTypes(bool traced) {
  ContextBuilder builder;
  if (traced) builder.traceTo(2);
  auto context = builder.build();
  ASSERT_TRUE(context.ok());
  runtime::Linker linker;
  addToLinker(linker, **context);
  ASSERT_EQ(kTypes.size(), 46u);
  for (const auto& [name, type] : kTypes) {
    EXPECT_EQ(typeOf(linker, "wasi_snapshot_preview1", name), type) << name;
    EXPECT_EQ(typeOf(linker, "wasi_unstable", name), name == "sock_accept" ? "missing" : type)
        << name;
  }
}

TEST(AddToLinkerTest, EveryFunctionHasItsType) { checkTypes(false); }
TEST(AddToLinkerTest, TracedFunctionsHaveTheSameTypes) { checkTypes(true); }

TEST(AddToLinkerTest, TheVersionsDifferWhereTheyShould) {
  auto context = ContextBuilder().build();
  ASSERT_TRUE(context.ok());
  runtime::Linker linker;
  addToLinker(linker, **context);
  auto code = [&](const char* module, const char* name) {
    return std::get<runtime::HostFunction>(*linker.find(module, name)).code;
  };
  for (const auto& [name, type] : kTypes) {
    if (name == "sock_accept") continue;
    bool differs = name == "fd_seek" || name == "fd_filestat_get" || name == "path_filestat_get" ||
                   name == "poll_oneoff";
    EXPECT_EQ(code("wasi_snapshot_preview1", name.c_str()) != code("wasi_unstable", name.c_str()),
              differs)
        << name;
  }
}

}  // namespace
}  // namespace wasi
