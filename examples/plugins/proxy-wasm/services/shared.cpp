#include "services/shared.h"

namespace proxy_wasm {

Status SharedData::get(std::string_view vmId, std::string_view key, std::string* value,
                       uint32_t* cas) const {
  auto found = entries_.find({std::string(vmId), std::string(key)});
  if (found == entries_.end()) return Status::NotFound;
  *value = found->second.value;
  *cas = found->second.cas;
  return Status::Ok;
}

Status SharedData::set(std::string_view vmId, std::string_view key, std::string_view value,
                       uint32_t cas) {
  std::pair name{std::string(vmId), std::string(key)};
  auto found = entries_.find(name);
  uint32_t current = found == entries_.end() ? 0 : found->second.cas;
  if (cas != 0 && cas != current) return Status::CasMismatch;
  if (++lastCas_ == 0) ++lastCas_;  // 0 means that there is nothing to compare
  entries_[name] = {std::string(value), lastCas_};
  return Status::Ok;
}

uint32_t SharedQueues::open(std::string_view vmId, std::string_view name, Listener listener) {
  auto next = static_cast<uint32_t>(queues_.size() + 1);
  auto [place, isNew] = numbers_.try_emplace({std::string(vmId), std::string(name)}, next);
  if (isNew) queues_.emplace_back();
  queues_[place->second - 1].listener = std::move(listener);
  return place->second;
}

Status SharedQueues::resolve(std::string_view vmId, std::string_view name, uint32_t* queue) const {
  auto found = numbers_.find({std::string(vmId), std::string(name)});
  if (found == numbers_.end()) return Status::NotFound;
  *queue = found->second;
  return Status::Ok;
}

Status SharedQueues::enqueue(uint32_t queue, std::string_view item) {
  if (queue == 0 || queue > queues_.size()) return Status::NotFound;
  queues_[queue - 1].items.emplace_back(item);
  queues_[queue - 1].listener(queue);
  return Status::Ok;
}

Status SharedQueues::dequeue(uint32_t queue, std::string* item) {
  if (queue == 0 || queue > queues_.size()) return Status::NotFound;
  std::deque<std::string>& items = queues_[queue - 1].items;
  if (items.empty()) return Status::Empty;
  *item = std::move(items.front());
  items.pop_front();
  return Status::Ok;
}

uint32_t Metrics::define(MetricType type, std::string_view name) {
  for (size_t index = 0; index < metrics_.size(); ++index) {
    if (metrics_[index].type == type && metrics_[index].name == name) {
      return static_cast<uint32_t>(index + 1);
    }
  }
  metrics_.push_back({type, std::string(name)});
  return static_cast<uint32_t>(metrics_.size());
}

Status Metrics::record(uint32_t metric, uint64_t value) {
  if (!has(metric)) return Status::NotFound;
  metrics_[metric - 1].value = value;
  ++metrics_[metric - 1].records;
  return Status::Ok;
}

Status Metrics::increment(uint32_t metric, int64_t delta) {
  if (!has(metric)) return Status::NotFound;
  Metric& changed = metrics_[metric - 1];
  if (changed.type == MetricType::Histogram) return Status::BadArgument;
  if (changed.type == MetricType::Counter && delta < 0) return Status::BadArgument;
  changed.value += static_cast<uint64_t>(delta);
  return Status::Ok;
}

Status Metrics::get(uint32_t metric, uint64_t* value) const {
  if (!has(metric)) return Status::NotFound;
  *value = metrics_[metric - 1].value;
  return Status::Ok;
}

}  // namespace proxy_wasm
