#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "wasi/calls/calls.h"
#include "wasi/calls/file_io.h"
#include "wasi/clock.h"
#include "wasi/types/wire.h"

namespace wasi {
namespace {

constexpr uint64_t kNever = std::numeric_limits<uint64_t>::max();

// As many subscriptions are copied where the events go over them; more are refused.
constexpr uint32_t kMaxOverlapping = 65536;

// The subscriptions in guest memory, whichever version laid them out.
struct SubscriptionArray {
  Address address;
  uint32_t count;
  uint32_t stride;
  Errno (*read)(Guest guest, Address at, Subscription& out);

  // Whether the first event may be written over a subscription that has not been read. Events are
  // shorter, so they never catch up from the same place or from below.
  bool isOverrunBy(Address events) const {
    return events > address && events - address < uint64_t{count} * stride;
  }
};

Errno readSubscription(Guest guest, Address at, Subscription& out) { return guest.read(at, out); }

Errno readUnstableSubscription(Guest guest, Address at, Subscription& out) {
  unstable::Subscription old;
  TRY(guest.read(at, old));
  out = Subscription{};
  out.userdata = old.userdata;
  out.tag = old.tag;
  if (static_cast<EventType>(old.tag) == EventType::Clock) {
    out.clock = old.clock.clock;
  } else {
    out.fd = old.fd;
  }
  return Errno::Success;
}

// One poll_oneoff. Subscriptions are read where they are, once to learn what to wait for and once
// more to report, so that memory is spent per open descriptor, not per subscription.
class Poll {
 public:
  Poll(Caller* caller, SubscriptionArray subscriptions, Address events)
      : caller_(caller),
        files_(contextOf(caller).files()),
        clocks_(contextOf(caller).clocks()),
        guest_(guestOf(caller)),
        subscriptions_(subscriptions),
        events_(events),
        slots_(files_.size(), kNoSlot) {}

  Errno run(Address eventCount);

 private:
  static constexpr uint32_t kNoSlot = std::numeric_limits<uint32_t>::max();

  // Calls `action(subscription)` for each; stops at the first that fails.
  template <class Action>
  Errno forEach(Action&& action) const;
  Errno copySubscriptions();
  Errno prepare(const Subscription& subscription);
  Errno wait();
  // Writes the event of a subscription that has one now.
  Errno report(const Subscription& subscription);

  // How long a clock subscription has yet to wait, 0 when its time has come.
  Expected<uint64_t, Errno> remaining(const SubscriptionClock& clock);
  // The descriptor that a subscription may wait for.
  Expected<Descriptor*, Errno> subscribed(const Subscription& subscription) const;
  void reportDescriptor(const Descriptor& file, short happened, Event& event) const;

  Caller* caller_;
  FdTable& files_;
  Clocks& clocks_;
  Guest guest_;
  SubscriptionArray subscriptions_;
  std::vector<Subscription> copies_;  // of all subscriptions, or none
  Address events_;
  std::vector<pollfd> polled_;
  std::vector<uint32_t> slots_;  // by guest descriptor: its index in polled_
  uint64_t start_ = 0;           // monotonic
  uint64_t wake_ = kNever;       // monotonic
  uint32_t reported_ = 0;
};

template <class Action>
Errno Poll::forEach(Action&& action) const {
  for (uint32_t i = 0; i < subscriptions_.count; ++i) {
    Subscription subscription;
    if (copies_.empty()) {
      TRY(subscriptions_.read(guest_, subscriptions_.address + i * subscriptions_.stride,
                              subscription));
    } else {
      subscription = copies_[i];
    }
    TRY(action(subscription));
  }
  return Errno::Success;
}

Errno Poll::run(Address eventCount) {
  uint64_t count = subscriptions_.count;
  if (count == 0) return Errno::Inval;
  TRY(guest_.check(subscriptions_.address, count * subscriptions_.stride));
  TRY(guest_.check(events_, count * sizeof(Event)));
  TRY(guest_.checkOut<uint32_t>(eventCount));
  if (subscriptions_.isOverrunBy(events_)) TRY(copySubscriptions());
  TRY_ASSIGN(start_, clocks_.now(ClockId::Monotonic));
  // A clock that was set back meanwhile sends us round once more.
  while (reported_ == 0) {
    wake_ = kNever;
    TRY(forEach([&](const Subscription& each) { return prepare(each); }));
    TRY(wait());
    TRY(forEach([&](const Subscription& each) { return report(each); }));
  }
  return guest_.write(eventCount, reported_);
}

Errno Poll::copySubscriptions() {
  if (subscriptions_.count > kMaxOverlapping) return Errno::Inval;
  std::vector<Subscription> copies;
  copies.reserve(subscriptions_.count);
  TRY(forEach([&](const Subscription& each) {
    copies.push_back(each);
    return Errno::Success;
  }));
  copies_ = std::move(copies);
  return Errno::Success;
}

Errno Poll::prepare(const Subscription& subscription) {
  uint64_t now = 0;
  switch (static_cast<EventType>(subscription.tag)) {
    case EventType::Clock: {
      auto left = remaining(subscription.clock);
      TRY_ASSIGN(now, clocks_.now(ClockId::Monotonic));
      wake_ = std::min(wake_, left.ok() ? addSaturating(now, left.value()) : 0);
      return Errno::Success;
    }
    case EventType::FdRead:
    case EventType::FdWrite: {
      auto file = subscribed(subscription);
      if (!file.ok() || file.value()->stream) {
        wake_ = 0;
        return Errno::Success;
      }
      uint32_t& slot = slots_[subscription.fd];
      if (slot == kNoSlot) {
        slot = static_cast<uint32_t>(polled_.size());
        polled_.push_back({file.value()->fd(), 0, 0});
      }
      bool reads = static_cast<EventType>(subscription.tag) == EventType::FdRead;
      polled_[slot].events |= reads ? POLLIN : POLLOUT;
      return Errno::Success;
    }
  }
  return Errno::Inval;
}

Errno Poll::wait() {
  // The host may end it.
  polled_.push_back({contextOf(caller_).interruptFd(), POLLIN, 0});
  for (;;) {
    uint64_t left = 0;
    if (wake_ != kNever) {
      TRY_ASSIGN(uint64_t now, clocks_.now(ClockId::Monotonic));
      left = wake_ > now ? wake_ - now : 0;
    }
    timespec timeout = toTimespec(clocks_.isPinned() ? 0 : left);
    int ready =
        ::ppoll(polled_.data(), polled_.size(), wake_ == kNever ? nullptr : &timeout, nullptr);
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return lastError();
    if (contextOf(caller_).isInterrupted()) return stop(caller_);
    if (ready == 0 && clocks_.isPinned()) clocks_.advance(left);
    polled_.pop_back();
    return Errno::Success;
  }
}

Errno Poll::report(const Subscription& subscription) {
  Event event{};
  event.userdata = subscription.userdata;
  event.type = subscription.tag;
  if (static_cast<EventType>(subscription.tag) == EventType::Clock) {
    auto left = remaining(subscription.clock);
    if (left.ok() && left.value() > 0) return Errno::Success;
    if (!left.ok()) event.error = static_cast<uint16_t>(left.error());
  } else {
    auto file = subscribed(subscription);
    bool reads = static_cast<EventType>(subscription.tag) == EventType::FdRead;
    if (file.ok() && file.value()->stream) {
      // Never known to be anything but ready.
      event.bytes = std::max<uint64_t>(reads ? file.value()->stream->available() : 1, 1);
    } else if (file.ok()) {
      uint32_t slot = slots_[subscription.fd];
      // The guest's memory may have changed since prepare().
      if (slot == kNoSlot) return Errno::Inval;
      short relevant = (reads ? POLLIN : POLLOUT) | POLLHUP | POLLERR | POLLNVAL;
      short happened = polled_[slot].revents & relevant;
      if (happened == 0) return Errno::Success;
      reportDescriptor(*file.value(), happened, event);
    }
    if (!file.ok()) event.error = static_cast<uint16_t>(file.error());
  }
  Address at = events_ + reported_ * static_cast<uint32_t>(sizeof(Event));
  ++reported_;
  return guest_.write(at, event);
}

Expected<uint64_t, Errno> Poll::remaining(const SubscriptionClock& clock) {
  bool absolute = (clock.flags & subclockflag::Abstime) != 0;
  auto id = static_cast<ClockId>(clock.id);
  if ((clock.flags & ~subclockflag::Abstime) != 0 || id > ClockId::ThreadCpu) return Errno::Inval;
  if (id != ClockId::Realtime && id != ClockId::Monotonic) return Errno::NotSup;
  // A span of time is the same on both clocks, unless one of them is set.
  TRY_ASSIGN(uint64_t now, clocks_.now(absolute ? id : ClockId::Monotonic));
  uint64_t due = absolute ? clock.timeout : addSaturating(start_, clock.timeout);
  return due > now ? due - now : 0;
}

Expected<Descriptor*, Errno> Poll::subscribed(const Subscription& subscription) const {
  bool reads = static_cast<EventType>(subscription.tag) == EventType::FdRead;
  return files_.get(subscription.fd,
                    right::PollFdReadwrite | (reads ? right::FdRead : right::FdWrite));
}

// What a read would find: to the end of a regular file, or in the buffer of a stream. 1 where that
// cannot be told.
uint64_t readableBytes(const Descriptor& file) {
  if (file.type == Filetype::RegularFile) {
    struct stat status;
    off_t at = ::lseek(file.fd(), 0, SEEK_CUR);
    if (at < 0 || ::fstat(file.fd(), &status) != 0) return 1;
    return status.st_size > at ? static_cast<uint64_t>(status.st_size - at) : 0;
  }
  int available = 0;
  return ::ioctl(file.fd(), FIONREAD, &available) == 0 ? static_cast<uint64_t>(available) : 1;
}

void Poll::reportDescriptor(const Descriptor& file, short happened, Event& event) const {
  bool reads = static_cast<EventType>(event.type) == EventType::FdRead;
  if ((happened & POLLNVAL) != 0) {
    event.error = static_cast<uint16_t>(Errno::Badf);
    return;
  }
  if (!reads && (happened & POLLERR) != 0 && !file.isSocket()) {
    event.error = static_cast<uint16_t>(Errno::Pipe);
    return;
  }
  event.bytes = reads ? readableBytes(file) : 1;
  if ((happened & POLLHUP) != 0) event.flags |= eventflag::Hangup;
}

}  // namespace

Errno pollOneoff(Caller* caller, Address subscriptions, Address events, uint32_t count,
                 Address eventCount) {
  SubscriptionArray array{subscriptions, count, sizeof(Subscription), readSubscription};
  return Poll(caller, array, events).run(eventCount);
}

Errno unstable::pollOneoff(Caller* caller, Address subscriptions, Address events, uint32_t count,
                           Address eventCount) {
  SubscriptionArray array{subscriptions, count, sizeof(unstable::Subscription),
                          readUnstableSubscription};
  return Poll(caller, array, events).run(eventCount);
}

}  // namespace wasi
