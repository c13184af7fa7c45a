// The command-line options about the code that is made, for every program that makes code.
#pragma once

#include <CLI/CLI.hpp>

#include "compiler/codegen/options.h"

namespace driver {

void addCodegenOptions(CLI::App& app, codegen::Options& options);

}  // namespace driver
