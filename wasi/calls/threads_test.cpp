// Calls of several threads of one guest. What they check most of all is what ThreadSanitizer finds.
#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "wasi/calls/calls_testing.h"

namespace wasi {
namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 200;

class ThreadsTest : public CallTest {
 protected:
  // Runs `work(i)` in thread i, each with a memory of its own.
  void inThreads(const std::function<void(int thread, TestMemory& memory)>& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&work, i] {
        TestMemory own;
        work(i, own);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  // Opens a file with the memory of a thread. Returns the errno.
  Errno openIn(TestMemory& own, std::string_view path, uint32_t oflags, uint32_t& fd) {
    own.reset();
    Address out = own.reserve(4);
    Errno error =
        pathOpen(own.caller(*context), kDir, 0, own.put(path), static_cast<uint32_t>(path.size()),
                 oflags, kReadWrite, kAllRights, 0, out);
    fd = own.get<uint32_t>(out);
    return error;
  }
  Errno writeIn(TestMemory& own, uint32_t fd, std::string_view text) {
    Address list = own.putIovecs({{own.put(text), static_cast<uint32_t>(text.size())}});
    return fdWrite(own.caller(*context), fd, list, 1, own.reserve(4));
  }
};

TEST_F(ThreadsTest, DescriptorsAreEachOpenedForOne) {
  std::mutex mutex;
  std::set<uint32_t> open;
  inThreads([&](int i, TestMemory& own) {
    std::string path = "file" + std::to_string(i);
    for (int round = 0; round < kRounds; ++round) {
      uint32_t fd = 0;
      ASSERT_EQ(openIn(own, path, oflag::Creat, fd), Errno::Success);
      {
        std::scoped_lock lock(mutex);
        EXPECT_TRUE(open.insert(fd).second);
      }
      EXPECT_EQ(writeIn(own, fd, "x"), Errno::Success);
      {
        std::scoped_lock lock(mutex);
        open.erase(fd);
      }
      EXPECT_EQ(fdClose(own.caller(*context), fd), Errno::Success);
    }
  });
  // All numbers are free again.
  EXPECT_EQ(mustOpen("file0"), kReadOnlyDir + 1);
}

// A descriptor that another thread closes or renumbers during a call stays open until its end.
TEST_F(ThreadsTest, FilesAreClosedDuringCalls) {
  std::string name = "file";
  files.write(name, "0123456789");
  uint32_t shared = mustOpen(name, {.rights = kReadWrite});
  std::atomic<int> reading = kThreads - 1;
  inThreads([&](int i, TestMemory& own) {
    Caller* caller = own.caller(*context);
    if (i == 0) {
      while (reading != 0) {
        uint32_t fd = 0;
        if (openIn(own, name, 0, fd) == Errno::Success && fd != shared) {
          Errno error = fdRenumber(caller, fd, shared);
          EXPECT_TRUE(error == Errno::Success || error == Errno::Badf);
          if (error != Errno::Success) {
            EXPECT_EQ(fdClose(caller, fd), Errno::Success);
          }
        }
        fdClose(caller, shared);
      }
      return;
    }
    for (int round = 0; round < kRounds; ++round) {
      own.reset();
      Address data = own.reserve(4);
      Address list = own.putIovecs({{data, 4}});
      Address count = own.reserve(4);
      Errno error = fdPread(caller, shared, list, 1, 2, count);
      EXPECT_TRUE(error == Errno::Success || error == Errno::Badf) << errnoName(error);
      if (error == Errno::Success) {
        EXPECT_EQ(own.text(data, 4), "2345");
      }
      fdFdstatGet(caller, shared, own.reserve(sizeof(Fdstat)));
      fdFilestatGet(caller, shared, own.reserve(sizeof(Filestat)));
    }
    --reading;
  });
}

// Whatever the order of the calls is, a right that one of them has dropped does not return.
TEST_F(ThreadsTest, RightsAreOnlyDropped) {
  files.write("file", "");
  for (int round = 0; round < kRounds; ++round) {
    memory.reset();
    uint32_t fd = mustOpen("file", {.rights = kReadWrite});
    std::atomic<Rights> dropped = 0;
    inThreads([&](int i, TestMemory& own) {
      Rights kept = kFileRights & ~(Rights{1} << i);
      if (fdFdstatSetRights(own.caller(*context), fd, kept, 0) == Errno::Success) {
        dropped |= Rights{1} << i;
      }
    });
    EXPECT_EQ(context->files().find(fd)->rights & dropped.load(), 0u);
    EXPECT_NE(dropped, 0u);
    EXPECT_EQ(fdClose(caller(), fd), Errno::Success);
  }
}

TEST_F(ThreadsTest, EachReadsTheWholeDirectory) {
  constexpr int kFiles = 300;
  for (int i = 0; i < kFiles; ++i) files.write("file" + std::to_string(i), "");
  uint32_t fd = mustOpen(".", {.oflags = oflag::Directory});
  inThreads([&](int, TestMemory& own) {
    std::set<std::string> names;
    uint64_t cookie = 0;
    for (;;) {
      own.reset();
      constexpr uint32_t kSize = 512;
      Address buffer = own.reserve(kSize);
      Address used = own.reserve(4);
      ASSERT_EQ(fdReaddir(own.caller(*context), fd, buffer, kSize, cookie, used), Errno::Success);
      uint32_t end = own.get<uint32_t>(used);
      for (uint32_t at = 0; at + sizeof(Dirent) <= end;) {
        auto entry = own.get<Dirent>(buffer + at);
        at += sizeof(Dirent) + entry.nameSize;
        if (at > end) break;
        names.insert(own.text(buffer + at - entry.nameSize, entry.nameSize));
        cookie = entry.next;
      }
      if (end < kSize) break;
    }
    EXPECT_EQ(names.size(), kFiles + 2u);  // with . and ..
  });
}

TEST_F(ThreadsTest, DescriptorsAreOpenedDuringPolls) {
  files.write("file", "x");
  std::atomic<int> polling = kThreads - 1;
  inThreads([&](int i, TestMemory& own) {
    Caller* caller = own.caller(*context);
    while (i == 0 && polling != 0) {
      std::vector<uint32_t> fds(20);
      for (uint32_t& fd : fds) EXPECT_EQ(openIn(own, "file", 0, fd), Errno::Success);
      for (uint32_t fd : fds) EXPECT_EQ(fdClose(caller, fd), Errno::Success);
    }
    if (i == 0) return;
    for (int round = 0; round < kRounds; ++round) {
      own.reset();
      constexpr uint32_t kPolled = 30;
      Address first = 0;
      for (uint32_t fd = 0; fd < kPolled; ++fd) {
        Subscription subscription{};
        subscription.userdata = fd;
        subscription.tag = static_cast<uint8_t>(EventType::FdRead);
        subscription.fd = fd;
        Address at = own.putValue(subscription);
        if (fd == 0) first = at;
      }
      Address events = own.reserve(kPolled * sizeof(Event));
      // Inval: a descriptor has been opened between the preparation and the report.
      Errno error = pollOneoff(caller, first, events, kPolled, own.reserve(4));
      EXPECT_TRUE(error == Errno::Success || error == Errno::Inval) << errnoName(error);
    }
    --polling;
  });
}

TEST_F(ThreadsTest, PinnedClocksGiveEachTimeOnce) {
  auto built = ContextBuilder().pinClocks({.start = 1000, .step = 1}).pinRandom(1).build();
  context = std::move(built).value();
  std::mutex mutex;
  std::set<uint64_t> times;
  inThreads([&](int, TestMemory& own) {
    Address at = own.reserve(8);
    for (int round = 0; round < kRounds; ++round) {
      ASSERT_EQ(clockTimeGet(own.caller(*context), 0, 1, at), Errno::Success);
      ASSERT_EQ(randomGet(own.caller(*context), own.reserve(8), 8), Errno::Success);
      std::scoped_lock lock(mutex);
      EXPECT_TRUE(times.insert(own.get<uint64_t>(at)).second);
    }
  });
  EXPECT_EQ(times.size(), size_t{kThreads} * kRounds);
  EXPECT_EQ(*times.rbegin(), 1000u + kThreads * kRounds - 1);
}

}  // namespace
}  // namespace wasi
