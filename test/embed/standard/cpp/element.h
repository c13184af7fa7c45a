// An element of vectors for which all members of wasm::vec exist.
#pragma once

// A number, whose copy() is one more.
struct Element {
  Element copy() const { return {value + 1}; }

  int value;
};
