// The command-line options for code generation, which all programs that compile modules share.
#pragma once

#include <CLI/CLI.hpp>

#include "compiler/codegen/options.h"

namespace driver {

// Adds the options to `app`, whose parse() stores their values in `options`. `options` must outlive
// the parsing. An impossible value makes parse() throw CLI::ValidationError.
void addCodegenOptions(CLI::App& app, codegen::Options& options);

}  // namespace driver
