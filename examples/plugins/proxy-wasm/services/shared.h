// What the filters of a proxy share: data, queues and metrics.
#ifndef PROXY_WASM_SHARED_H
#define PROXY_WASM_SHARED_H

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "abi.h"

namespace proxy_wasm {

// Values by key, with a number that changes whenever the value does. Filters with the same VM id
// share them.
class SharedData {
 public:
  // Sets `*value` and `*cas`. NotFound if there is no such key.
  Status get(std::string_view vmId, std::string_view key, std::string* value, uint32_t* cas) const;
  // Sets a value. CasMismatch if `cas` is not 0 and not the current number.
  Status set(std::string_view vmId, std::string_view key, std::string_view value, uint32_t cas);

 private:
  struct Entry {
    std::string value;
    uint32_t cas = 0;
  };
  std::map<std::pair<std::string, std::string>, Entry> entries_;
  uint32_t lastCas_ = 0;
};

// Queues, whose numbers count from 1.
class SharedQueues {
 public:
  // Is called with the queue's number when an item has been enqueued.
  using Listener = std::function<void(uint32_t queue)>;

  // Returns the queue of this name, which is made if there is none. The filter that has registered
  // it last is its listener.
  uint32_t open(std::string_view vmId, std::string_view name, Listener listener);
  // Sets `*queue`. NotFound if there is no such queue.
  Status resolve(std::string_view vmId, std::string_view name, uint32_t* queue) const;
  // Appends an item. NotFound if there is no such queue.
  Status enqueue(uint32_t queue, std::string_view item);
  // Takes the first item. NotFound if there is no such queue, Empty if it has no items.
  Status dequeue(uint32_t queue, std::string* item);

 private:
  struct Queue {
    std::deque<std::string> items;
    Listener listener;
  };
  std::vector<Queue> queues_;
  std::map<std::pair<std::string, std::string>, uint32_t> numbers_;
};

// Counters, gauges and histograms, whose numbers count from 1.
class Metrics {
 public:
  struct Metric {
    MetricType type;
    std::string name;
    uint64_t value = 0;    // of a histogram, the last one that was recorded
    uint64_t records = 0;  // of a histogram
  };

  // Returns the metric of this type and name, which is made if there is none.
  uint32_t define(MetricType type, std::string_view name);
  // Sets the value, or adds one to a histogram. NotFound if there is no such metric.
  Status record(uint32_t metric, uint64_t value);
  // Changes the value of a counter, which cannot decrease, or of a gauge.
  Status increment(uint32_t metric, int64_t delta);
  // Sets `*value`. NotFound if there is no such metric.
  Status get(uint32_t metric, uint64_t* value) const;
  const std::vector<Metric>& all() const { return metrics_; }

 private:
  bool has(uint32_t metric) const { return metric != 0 && metric <= metrics_.size(); }

  std::vector<Metric> metrics_;
};

}  // namespace proxy_wasm

#endif
