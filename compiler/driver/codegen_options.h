// The command-line options for code generation, which all programs that compile modules share.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "compiler/codegen/options.h"

namespace driver {

// Adds the options to `app`, whose parse() stores their values in `options`. `options` must outlive
// the parsing. An impossible value makes parse() throw CLI::ValidationError.
void addCodegenOptions(CLI::App& app, codegen::Options& options);

// Returns the words of a command line that have these values, other than those of programs'
// objects (linkedSymbol, cName).
std::vector<std::string> codegenWords(const codegen::Options& options);

}  // namespace driver
