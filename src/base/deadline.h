// Until when one message may be worked at, asked between stages (limits.h "Time"). Made by `engine`, which alone has a
// clock; handed down by reference and asked by `message` and `facts`. The default never passes. One thread.
#pragma once

#include <functional>
#include <utility>

namespace sekisho {

class Deadline {
 public:
  Deadline() = default;
  /// `is_past` may be asked thousands of times for one message; once true it must stay true.
  explicit Deadline(std::function<bool()> is_past) : is_past_(std::move(is_past)) {}

  bool is_past() const { return is_past_ && is_past_(); }

 private:
  std::function<bool()> is_past_;
};

}  // namespace sekisho
