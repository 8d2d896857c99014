// Many messages through many threads, and out again in the order in which they came. The reader (one thread) hands in
// copies of the bytes; each worker thread has its own engine::Worker; results are given to `emit` one at a time, in
// order, on whichever thread finished. What has been read but not emitted is bounded (limits.h), so memory does not
// grow with the mailbox. One message alone, or one job, runs on the caller's thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <thread>
#include <vector>

#include "app/outcome.h"

namespace sekisho::app {

/// One input on its way in: bytes, or why they could not be read.
struct Job {
  std::string input;
  std::uint64_t index = 0;
  std::string bytes;
  std::optional<Error> error;
};

/// What is printed for one job: made by a worker, written by `emit`.
struct Finished {
  std::string short_text, long_text;  ///< standard output; the long one when it is the only message
  std::string complaint;              ///< standard error
  std::optional<verdict::Answer> answer;
  int exit_code = 0;
  std::size_t bytes = 0;
};

class Pipeline {
 public:
  /// Called on any thread; must be safe to run beside itself. An exception out of it (out of memory) becomes `broken`.
  using Work = std::function<Finished(const Job&, engine::Worker&, std::uint64_t sequence)>;
  using Emit = std::function<void(const Finished&)>;
  using Broken = std::function<Finished(const Job&, const Error&)>;

  Pipeline(const engine::Engine& engine, unsigned jobs, Work work, Broken broken, Emit emit);
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  /// Blocks while too much is waiting.
  void submit(Job job);
  /// Returns when everything has been emitted.
  void finish();

 private:
  struct Waiting {
    std::uint64_t sequence;
    Job job;
  };
  void push(Job job);
  void run();
  Finished process(const Waiting& waiting, Result<engine::Worker>& worker) const;
  void deliver(std::uint64_t sequence, Finished finished, std::size_t bytes);

  const engine::Engine& engine_;
  const unsigned jobs_;
  Work work_;
  Broken broken_;
  Emit emit_;
  std::optional<Job> first_;                          ///< held back until a second one comes
  std::optional<Result<engine::Worker>> own_worker_;  ///< of the caller's thread
  std::uint64_t submitted_ = 0;

  std::mutex mutex_;
  std::condition_variable work_to_do_, room_;
  std::queue<Waiting> queue_;
  std::map<std::uint64_t, std::pair<Finished, std::size_t>> done_;  ///< finished before their turn
  std::uint64_t emitted_ = 0, in_flight_bytes_ = 0;
  bool emitting_ = false, closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sekisho::app
