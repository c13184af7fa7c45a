// Names of a module as identifiers of C and C++.
//
// mangle() keeps letters, digits and underscores. Every other byte of the UTF-8 is written as its
// two hexadecimal digits in "_x" and "_", as in "a_x2D_b" for "a-b"; so is the underscore before
// what looks like that ("_x", two digits). So different names have different identifiers.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace c_interface {

// Returns a name as a part of an identifier. It may be empty or begin with a digit.
std::string mangle(std::string_view name);

// Returns `text` with an underscore for each byte that cannot be in an identifier of C, and before
// a digit at the beginning. Different texts may have the same identifier.
std::string identifier(std::string_view text);

// Returns a beginning of names for the text: its identifier, with "m_" before what begins names of
// the compiler (two underscores) or of libwasmrt ("wasm2obj").
std::string prefixFor(std::string_view text);

// Returns whether a word is a keyword of any version of C or C++, or a macro of the C library or
// of a compiler, so that it cannot be the name of a function.
bool isReserved(std::string_view word);

// Identifiers of one scope that differ from each other and from all reserved words.
class Names {
 public:
  // Returns `name`, or with a number behind it if that is taken or reserved.
  std::string take(const std::string& name);
  // Returns whether `name` has not been taken.
  bool isFree(const std::string& name) const { return !taken_.contains(name); }

 private:
  std::set<std::string> taken_;
};

}  // namespace c_interface
