// What the server counts, for Prometheus (text exposition format 0.0.4). Names of routes and numbers only: nothing of a
// message, an address or a person. Safe from any thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace sekisho::serve {

class Metrics {
 public:
  /// A finished request.
  void request(std::string_view route, int status, std::chrono::nanoseconds took);
  /// A judged message: "scam", "cannot_tell", "nothing_found" or "error".
  void judged(std::string_view answer);

  std::atomic<std::int64_t> connections{0}, in_flight{0}, body_bytes{0};
  std::atomic<std::uint64_t> accepted{0}, refused{0}, reloads{0}, refused_reloads{0};

  /// The whole page. `waiting`: jobs in the queue.
  std::string text(std::size_t waiting, std::string_view program, std::string_view knowledge) const;

 private:
  static constexpr std::array<double, 10> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5};  // seconds
  struct Times {
    std::array<std::uint64_t, bounds.size() + 1> buckets{};
    double sum = 0;
    std::uint64_t count = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Times> times_;
  std::map<std::string, std::uint64_t> judged_;
};

}  // namespace sekisho::serve
