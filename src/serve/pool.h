// The threads that judge. Requests are offered by the I/O thread and worked on here, never there; a full queue refuses
// at once, so that an overloaded server says so instead of growing. Each thread has its own scratch memory for the
// engine of the knowledge it last worked with.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "serve/knowing.h"

namespace sekisho::serve {

/// What a worker thread keeps between jobs. Used by its own thread only.
class Hand {
 public:
  /// Scratch memory for `knowing`'s engine; error internal when there is no memory for it.
  Result<engine::Worker>& worker(const std::shared_ptr<const Knowing>& knowing);

 private:
  std::shared_ptr<const Knowing> of_;
  std::unique_ptr<Result<engine::Worker>> worker_;
};

class Pool {
 public:
  using Job = std::function<void(Hand&)>;

  /// Starts `threads` (at least 1); at most `waiting` jobs wait.
  Pool(unsigned threads, std::size_t waiting);
  /// Finishes what was taken.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// False when too much waits already: nothing was taken.
  [[nodiscard]] bool offer(Job job);
  std::size_t waiting() const;

 private:
  void run();

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Job> jobs_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sekisho::serve
