// The interface of code generation: one function per kind of output.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/codegen/options.h"
#include "compiler/codegen/target/object.h"
#include "compiler/codegen/target/target.h"
#include "compiler/codegen/work_meter.h"
#include "compiler/wasm/opcode.h"
#include "compiler/wasm/validate/validate.h"
#include "runtime/base/phase_timer.h"
#include "runtime/base/result.h"

namespace codegen {

// Returns an error, with the name of the feature and the offset of its first use, if the module
// uses instructions or types that are not supported yet. All other functions here require a module
// for which this succeeds.
base::Result<void> checkTranslated(const wasm::ValidModule& module);
// Returns the use that checkTranslated refuses, if any.
std::optional<wasm::FeatureUse> firstUntranslated(const wasm::ValidModule& module);

// Called for each function that would take too long to optimize and is compiled as with -O0.
using ReducedCallback = std::function<void(uint32_t functionIndex)>;

// Called with the number of thunks if they are compiled as with -O0.
using ReducedThunksCallback = std::function<void(uint64_t count)>;

// The callbacks of a compilation. All must be set but passTime, which is called with the processor
// time of each pass, and progress. The time of passes of code emission is right for one thread
// only. Other threads than the caller's may call them.
struct Callbacks {
  base::TimeCallback time;
  base::TimeCallback passTime = {};
  ProgressCallback progress = {};
  ReducedCallback reduced;
  ReducedThunksCallback reducedThunks;
};

// Returns the object files of the module's partitions in order; that of the descriptor is the last.
// The bytes depend on the module, the target and the options, but not on `jobs`, the number of
// threads.
std::vector<ObjectBytes> compileObjects(const wasm::ValidModule& module, const Target& target,
                                        const Options& options, unsigned jobs,
                                        const Callbacks& callbacks);

// Returns an object file that defines the symbol, constant bytes.
ObjectBytes compileData(const Target& target, const std::string& symbol, std::string_view bytes);

// The intermediate files that compileToText can return.
enum class IrFile : uint8_t { Text, Bitcode, Assembly };

// Returns the module as one translation unit: optimized LLVM IR or assembly. If one of its
// functions would take too long to optimize, the whole module is compiled as with -O0.
ObjectBytes compileToText(const wasm::ValidModule& module, const Target& target,
                          const Options& options, IrFile kind, const Callbacks& callbacks);

}  // namespace codegen
