// A value that many threads read and one replaces: readers keep what they took for as long as they hold it, so nothing
// under way is disturbed by a new one. A mutex around a pointer; a reader holds it for the copy of a shared_ptr.
#pragma once

#include <memory>
#include <mutex>

namespace sekisho::serve {

template <class Value>
class Published {
 public:
  explicit Published(std::shared_ptr<const Value> value) : value_(std::move(value)) {}

  std::shared_ptr<const Value> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }
  void put(std::shared_ptr<const Value> value) {
    const std::lock_guard lock(mutex_);
    value_.swap(value);  // the old one is freed outside the lock, by the last who holds it
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Value> value_;
};

}  // namespace sekisho::serve
