// What crosses the border between guest and host: the numbers and structures of
// wasi_snapshot_preview1 and of its predecessor wasi_unstable (namespace unstable), laid out as the
// guest's C compiler lays them out. Padding is explicit, so that it is written as zeros.
#pragma once

#include <cstddef>
#include <cstdint>

namespace wasi {

// The longest path in bytes, without its final NUL: PATH_MAX - 1.
inline constexpr uint32_t kMaxPath = 4095;

enum class ClockId : uint32_t { Realtime = 0, Monotonic = 1, ProcessCpu = 2, ThreadCpu = 3 };

enum class Whence : uint8_t { Set = 0, Cur = 1, End = 2 };

enum class Filetype : uint8_t {
  Unknown = 0,
  BlockDevice = 1,
  CharacterDevice = 2,
  Directory = 3,
  RegularFile = 4,
  SocketDgram = 5,
  SocketStream = 6,
  SymbolicLink = 7,
};

enum class EventType : uint8_t { Clock = 0, FdRead = 1, FdWrite = 2 };

namespace fdflag {
inline constexpr uint32_t Append = 1, Dsync = 2, Nonblock = 4, Rsync = 8, Sync = 16, All = 31;
}
namespace oflag {
inline constexpr uint32_t Creat = 1, Directory = 2, Excl = 4, Trunc = 8, All = 15;
}
namespace lookupflag {
inline constexpr uint32_t SymlinkFollow = 1;
}
namespace fstflag {
inline constexpr uint32_t Atim = 1, AtimNow = 2, Mtim = 4, MtimNow = 8, All = 15;
}
namespace subclockflag {
inline constexpr uint16_t Abstime = 1;
}
namespace eventflag {
inline constexpr uint16_t Hangup = 1;
}
namespace riflag {
inline constexpr uint32_t Peek = 1, Waitall = 2, All = 3;
}
namespace roflag {
inline constexpr uint16_t Truncated = 1;
}
namespace sdflag {
inline constexpr uint32_t Rd = 1, Wr = 2, All = 3;
}

struct Iovec {
  uint32_t buffer;
  uint32_t size;
};
static_assert(sizeof(Iovec) == 8);

struct Dirent {
  uint64_t next;
  uint64_t inode;
  uint32_t nameSize;
  uint8_t type;
  uint8_t padding[3];
};
static_assert(sizeof(Dirent) == 24 && offsetof(Dirent, type) == 20);

struct Fdstat {
  uint8_t type;
  uint8_t padding0;
  uint16_t flags;
  uint32_t padding1;
  uint64_t rightsBase;
  uint64_t rightsInheriting;
};
static_assert(sizeof(Fdstat) == 24 && offsetof(Fdstat, flags) == 2);

// Times are nanoseconds since 1970.
struct Filestat {
  uint64_t device;
  uint64_t inode;
  uint8_t type;
  uint8_t padding[7];
  uint64_t links;
  uint64_t size;
  uint64_t accessTime;
  uint64_t modificationTime;
  uint64_t changeTime;
};
static_assert(sizeof(Filestat) == 64 && offsetof(Filestat, links) == 24);

struct Prestat {
  uint8_t tag;  // 0, a directory, is the only one
  uint8_t padding[3];
  uint32_t nameSize;
};
static_assert(sizeof(Prestat) == 8 && offsetof(Prestat, nameSize) == 4);

struct SubscriptionClock {
  uint32_t id;
  uint32_t padding0;
  uint64_t timeout;
  uint64_t precision;
  uint16_t flags;
  uint8_t padding1[6];
};

struct Subscription {
  uint64_t userdata;
  uint8_t tag;  // EventType
  uint8_t padding[7];
  union {
    SubscriptionClock clock;
    uint32_t fd;
  };
};
static_assert(sizeof(Subscription) == 48 && offsetof(Subscription, clock) == 16 &&
              offsetof(SubscriptionClock, timeout) == 8 &&
              offsetof(SubscriptionClock, flags) == 24);

struct Event {
  uint64_t userdata;
  uint16_t error;
  uint8_t type;
  uint8_t padding0[5];
  uint64_t bytes;
  uint16_t flags;
  uint8_t padding1[6];
};
static_assert(sizeof(Event) == 32 && offsetof(Event, type) == 10 && offsetof(Event, flags) == 24);

// wasi_unstable, where it differs.
namespace unstable {

enum class Whence : uint8_t { Cur = 0, End = 1, Set = 2 };

struct Filestat {
  uint64_t device;
  uint64_t inode;
  uint8_t type;
  uint8_t padding[3];
  uint32_t links;
  uint64_t size;
  uint64_t accessTime;
  uint64_t modificationTime;
  uint64_t changeTime;
};
static_assert(sizeof(Filestat) == 56 && offsetof(Filestat, links) == 20);

struct SubscriptionClock {
  uint64_t identifier;  // nothing refers to it
  wasi::SubscriptionClock clock;
};

struct Subscription {
  uint64_t userdata;
  uint8_t tag;
  uint8_t padding[7];
  union {
    SubscriptionClock clock;
    uint32_t fd;
  };
};
static_assert(sizeof(Subscription) == 56 && offsetof(Subscription, clock) == 16 &&
              offsetof(SubscriptionClock, clock) == 8);

}  // namespace unstable
}  // namespace wasi
