#include "serve/metrics.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

namespace sekisho::serve {
namespace {

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

template <class Number>
void one(std::string& out, std::string_view name, std::string_view type, std::string_view help, Number value) {
  head(out, name, type, help);
  out += fmt::format("{} {}\n", name, value);
}

/// Resident bytes of this process; 0 where /proc is missing.
std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t total = 0, resident = 0;
  file >> total >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

void Metrics::request(std::string_view route, int status, std::chrono::nanoseconds took) {
  const double seconds = std::chrono::duration<double>(took).count();
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(route), status}];
  Times& times = times_[std::string(route)];
  const auto bucket = std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin();
  ++times.buckets[static_cast<std::size_t>(bucket)];
  times.sum += seconds;
  ++times.count;
}

void Metrics::judged(std::string_view answer) {
  const std::lock_guard lock(mutex_);
  ++judged_[std::string(answer)];
}

std::string Metrics::text(std::size_t waiting, std::string_view program, std::string_view knowledge) const {
  std::string out;
  head(out, "sekisho_build_info", "gauge", "Versions of the program and of what it knows.");
  out += fmt::format("sekisho_build_info{{program=\"{}\",knowledge=\"{}\"}} 1\n", program, knowledge);
  one(out, "sekisho_connections", "gauge", "Open connections.", connections.load());
  one(out, "sekisho_connections_accepted_total", "counter", "Connections taken.", accepted.load());
  one(out, "sekisho_connections_refused_total", "counter", "Connections turned away for want of room.", refused.load());
  one(out, "sekisho_requests_in_flight", "gauge", "Requests being answered.", in_flight.load());
  one(out, "sekisho_jobs_waiting", "gauge", "Requests that wait for a worker.", waiting);
  one(out, "sekisho_body_bytes", "gauge", "Bytes of request bodies held.", body_bytes.load());
  one(out, "sekisho_reloads_total", "counter", "Knowledge published again.", reloads.load());
  one(out, "sekisho_reloads_refused_total", "counter", "New knowledge that was not fit to use.",
      refused_reloads.load());
  one(out, "process_resident_memory_bytes", "gauge", "Resident memory.", resident_bytes());
  const std::lock_guard lock(mutex_);
  head(out, "sekisho_requests_total", "counter", "Requests by route and status.");
  for (const auto& [key, count] : requests_)
    out += fmt::format("sekisho_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first, key.second, count);
  head(out, "sekisho_messages_total", "counter", "Messages judged, by answer.");
  for (const auto& [answer, count] : judged_)
    out += fmt::format("sekisho_messages_total{{answer=\"{}\"}} {}\n", answer, count);
  head(out, "sekisho_request_seconds", "histogram", "Time from the end of a request to the end of its answer.");
  for (const auto& [route, times] : times_) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      sum += times.buckets[i];
      out += fmt::format("sekisho_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route, bounds[i], sum);
    }
    out += fmt::format("sekisho_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", route, times.count);
    out += fmt::format("sekisho_request_seconds_sum{{route=\"{}\"}} {}\n", route, times.sum);
    out += fmt::format("sekisho_request_seconds_count{{route=\"{}\"}} {}\n", route, times.count);
  }
  return out;
}

}  // namespace sekisho::serve
