// The options of an interface for C.
#pragma once

#include <string>
#include <vector>

namespace c_interface {

// Empty names are those of a module without an interface.
struct Options {
  std::string name;  // begins all symbols; an identifier of C
  // The modules whose imports come from an instance that the program gives.
  std::vector<std::string> instanceModules;
};

}  // namespace c_interface
