// The rights of a file descriptor (typename `rights`), which are capabilities: each operation needs
// its right, and a descriptor opened through a directory gets at most the directory's inheriting
// rights. Guests can observe rights with fd_fdstat_get: isatty() of wasi-libc tests for a character
// device without the rights to seek and tell, and its open() requests no more than the inheriting
// rights of the directory.
#pragma once

#include <cstdint>

#include "wasi/types/wire.h"

namespace wasi {

// A set of the bits below.
using Rights = uint64_t;

namespace right {
#define RIGHT(id, bit) inline constexpr Rights id = Rights{1} << bit;
#include "wasi/types/rights.def"
#undef RIGHT
}  // namespace right

// Every right that preview 1 defines.
inline constexpr Rights kAllRights = 0
#define RIGHT(id, bit) | right::id
#include "wasi/types/rights.def"
#undef RIGHT
    ;

// The rights whose operations are possible on a file of one kind: a regular file, a directory, a
// pipe or terminal, and a socket.
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

// The rights that change a file system, through a file and through a directory. Descriptors beneath
// a read-only preopen lack them.
inline constexpr Rights kFileWriteRights =
    right::FdWrite | right::FdAllocate | right::FdFilestatSetSize | right::FdFilestatSetTimes;
inline constexpr Rights kDirectoryWriteRights =
    right::PathCreateDirectory | right::PathCreateFile | right::PathLinkSource |
    right::PathLinkTarget | right::PathRenameSource | right::PathRenameTarget |
    right::PathFilestatSetSize | right::PathFilestatSetTimes | right::PathSymlink |
    right::PathRemoveDirectory | right::PathUnlinkFile | right::FdFilestatSetTimes;

// The rights that a host file gives only if it is open for reading, and for writing.
inline constexpr Rights kNeedReading = right::FdRead | right::FdReaddir;
inline constexpr Rights kNeedWriting =
    right::FdDatasync | right::FdWrite | right::FdAllocate | right::FdFilestatSetSize;

// Returns the rights whose operations are possible on a file of type `type`. `isTerminal` matters
// for a character device only: a terminal cannot seek, others (/dev/null) can. wasi-libc tells them
// apart by this.
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
      // A pipe is Unknown, since WASI has no type for it.
      break;
  }
  return kStreamRights;
}

}  // namespace wasi
