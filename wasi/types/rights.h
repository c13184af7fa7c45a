// What a descriptor may be used for, and which of it makes sense for each type of file. Programs
// look: wasi-libc's isatty() is "a character device without seek and tell", and its open() asks
// for no more than the directory's inheriting rights.
#pragma once

#include <cstdint>

#include "wasi/types/wire.h"

namespace wasi {

using Rights = uint64_t;

namespace right {
#define RIGHT(id, bit) inline constexpr Rights id = Rights{1} << bit;
#include "wasi/types/rights.def"
#undef RIGHT
}  // namespace right

inline constexpr Rights kAllRights = 0
#define RIGHT(id, bit) | right::id
#include "wasi/types/rights.def"
#undef RIGHT
    ;

// The rights that make sense for a regular file; likewise the next three.
inline constexpr Rights kFileRights =
    right::FdDatasync | right::FdRead | right::FdSeek | right::FdFdstatSetFlags | right::FdSync |
    right::FdTell | right::FdWrite | right::FdAdvise | right::FdAllocate | right::FdFilestatGet |
    right::FdFilestatSetSize | right::FdFilestatSetTimes | right::PollFdReadwrite;
inline constexpr Rights kDirectoryRights =
    right::FdDatasync | right::FdFdstatSetFlags | right::FdSync | right::FdReaddir |
    right::FdFilestatGet | right::FdFilestatSetTimes | right::PathCreateDirectory |
    right::PathCreateFile | right::PathLinkSource | right::PathLinkTarget | right::PathOpen |
    right::PathReadlink | right::PathRenameSource | right::PathRenameTarget |
    right::PathFilestatGet | right::PathFilestatSetSize | right::PathFilestatSetTimes |
    right::PathSymlink | right::PathRemoveDirectory | right::PathUnlinkFile;
inline constexpr Rights kStreamRights = right::FdDatasync | right::FdSync | right::FdRead |
                                        right::FdWrite | right::FdFdstatSetFlags |
                                        right::FdFilestatGet | right::PollFdReadwrite;
inline constexpr Rights kSocketRights = right::FdRead | right::FdWrite | right::FdFdstatSetFlags |
                                        right::FdFilestatGet | right::PollFdReadwrite |
                                        right::SockShutdown | right::SockAccept;

// Rights to change what is on the disk, through a file and through a directory.
inline constexpr Rights kFileWriteRights =
    right::FdWrite | right::FdAllocate | right::FdFilestatSetSize | right::FdFilestatSetTimes;
inline constexpr Rights kDirectoryWriteRights =
    right::PathCreateDirectory | right::PathCreateFile | right::PathLinkSource |
    right::PathLinkTarget | right::PathRenameSource | right::PathRenameTarget |
    right::PathFilestatSetSize | right::PathFilestatSetTimes | right::PathSymlink |
    right::PathRemoveDirectory | right::PathUnlinkFile | right::FdFilestatSetTimes;

// Rights that need a host file opened for reading, and for writing.
inline constexpr Rights kNeedReading = right::FdRead | right::FdReaddir;
inline constexpr Rights kNeedWriting =
    right::FdDatasync | right::FdWrite | right::FdAllocate | right::FdFilestatSetSize;

// The rights that apply to a file of this type. A terminal cannot seek; other character devices
// (/dev/null) can, which is how a guest tells them apart.
constexpr Rights rightsOf(Filetype type, bool isTerminal) {
  switch (type) {
    case Filetype::Directory:
      return kDirectoryRights;
    case Filetype::RegularFile:
    case Filetype::BlockDevice:
      return kFileRights;
    case Filetype::CharacterDevice:
      return isTerminal ? kStreamRights : kStreamRights | right::FdSeek | right::FdTell;
    case Filetype::SocketStream:
    case Filetype::SocketDgram:
      return kSocketRights;
    case Filetype::SymbolicLink:
    case Filetype::Unknown:
      break;
  }
  return kStreamRights;
}

}  // namespace wasi
