// A validated module to object code: the whole of code generation behind one function per output.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/codegen/options.h"
#include "compiler/codegen/target/object.h"
#include "compiler/codegen/target/target.h"
#include "compiler/wasm/opcode.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/base/phase_timer.h"
#include "runtime/base/result.h"

namespace codegen {

// Refuses a module that needs instructions or types which are not translated yet, with the
// feature's name and the place of its first use. All other functions here take only modules that
// pass.
base::Result<void> checkTranslated(const wasm::ValidModule& module);
// The use that it refuses, if any.
std::optional<wasm::FeatureUse> firstUntranslated(const wasm::ValidModule& module);

// Told of each function that would take too long to optimise, and is compiled as -O0 does.
using ReportReduced = std::function<void(uint32_t functionIndex)>;

// Told of how many thunks there are if they are compiled so.
using ReportReducedThunks = std::function<void(uint64_t count)>;

// What a compilation tells its caller while it runs. All three must be set.
struct Reports {
  base::ReportTime time;
  ReportReduced reduced;
  ReportReducedThunks reducedThunks;
};

// Object files of the module's parts in order, the descriptor's last. The bytes depend on the
// module, the target and the options, never on `jobs`, the number of threads to use.
std::vector<ObjectBytes> compileObjects(const wasm::ValidModule& module, const Target& target,
                                        const Options& options, unsigned jobs,
                                        const Reports& reports);

// The forms of a module that people read or that LLVM's tools take.
enum class IrFile : uint8_t { Text, Bitcode, Assembly };

// The module as one translation unit: optimised LLVM IR, or assembly. All of it as -O0 makes it if
// one of its functions would take too long to optimise.
ObjectBytes compileToText(const wasm::ValidModule& module, const Target& target,
                          const Options& options, IrFile kind, const Reports& reports);

}  // namespace codegen
