// The segments of an artifact in one reserved range of addresses.
#pragma once

#include "loader/elf_headers.h"

namespace loader {

class Mapping {
 public:
  // Reserves the whole range, then maps each load where it belongs: private pages of `fd`, or of
  // `file` copied when `fd` is -1. Writable loads stay writable until `seal`.
  static base::Result<Mapping> map(const ElfHeaders& headers, base::ByteView file, int fd);

  Mapping(Mapping&& other) noexcept;
  Mapping& operator=(Mapping&& other) = delete;
  ~Mapping();

  // Memory at a virtual address of the file.
  uint8_t* at(uint64_t address) const { return base_ + address; }
  // Takes the right to write from all pages of `load`.
  base::Result<void> seal(const Elf64_Phdr& load);

 private:
  Mapping(uint8_t* base, uint64_t size) : base_(base), size_(size) {}
  base::Result<void> mapLoad(const Elf64_Phdr& load, base::ByteView file, int fd);

  uint8_t* base_;
  uint64_t size_;
};

}  // namespace loader
