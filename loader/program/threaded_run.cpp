#include "loader/program/threaded_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "loader/program/exit_codes.h"
#include "loader/program/interrupter.h"
#include "loader/program/thread_group.h"

namespace program {
namespace {

// The function in which a new thread begins.
constexpr char kThreadStart[] = "wasi_thread_start";

bool isThreadStart(const runtime::Module& module, const abi::Export& entry) {
  if (entry.kind != abi::ExternKind::Function || runtime::toView(entry.name) != kThreadStart)
    return false;
  const abi::SubType& type = module.descriptor().types[module.typeIndexOf(entry.index)];
  return type.results.count == 0 && type.params.count == 2 && type.params[0] == abi::kI32 &&
         type.params[1] == abi::kI32;
}

// Fails if the module cannot start threads in spite of its import.
base::Result<void> checkThreads(const Program& program, const runtime::Module& module) {
  if (!program.options().preloads.empty() || program.isLinked(module)) {
    return base::Error{"",
                       "starts threads, which works with neither --preload nor linked "
                       "libraries"};
  }
  if (std::ranges::any_of(module.descriptor().exports,
                          [&](const abi::Export& entry) { return isThreadStart(module, entry); }))
    return {};
  return base::Error{"", fmt::format("starts threads, but exports no function {} with the type "
                                     "[i32 i32] -> []",
                                     kThreadStart)};
}

// Runs a thread. Returns the exit code if it ends the program.
std::optional<int> runThread(const Program& program, runtime::Store& store,
                             Surroundings& surroundings,
                             std::shared_ptr<const runtime::Module> module, uint32_t thread,
                             uint32_t argument) {
  runtime::Linker linker;
  if (auto filled = program.fillLinker(linker, store, surroundings, *module); !filled)
    return program.endOf(filled.error());
  auto instance = linker.instantiate(store, std::move(module));
  if (!instance) return program.endOf(instance.error());
  auto outcome = (*instance)
                     ->function(kThreadStart)
                     ->call({runtime::Value::i32(thread), runtime::Value::i32(argument)});
  if (outcome) return std::nullopt;
  return program.endOf(outcome.error(), fmt::format("{}: ", kThreadStart));
}

}  // namespace

int runThreads(Program& program, const runtime::StoreOptions& stores, Surroundings& surroundings,
               std::shared_ptr<const runtime::Module> module, const Main& main) {
  if (auto ready = checkThreads(program, *module); !ready) {
    return program.fail(kFailure, ready.error().text());
  }
  const options::GuestOptions& guest = program.options().guest;
  ThreadGroup threads(stores, guest.maxThreads,
                      [&](runtime::Store& store, uint32_t thread, uint32_t argument) {
                        return runThread(program, store, surroundings, module, thread, argument);
                      });
  program.useThreads(&threads);
  runtime::Store store(stores);
  Interrupter interrupter(store, guest.timeLimit);
  threads.addMain(store);
  int status = threads.finish(program.runMain(store, surroundings, module, main));
  program.useThreads(nullptr);
  return status;
}

}  // namespace program
