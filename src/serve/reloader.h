// The thread that reads knowledge again: when it is told to, or when the site's folder changed and has come to rest.
// New knowledge that is not fit to use is refused, and the old one stays.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "serve/knowing.h"
#include "serve/published.h"

namespace sekisho::serve {

class Reloader {
 public:
  using Told = std::function<void(const std::optional<Error>&)>;

  /// Watches `folder` (may be empty: only ask() reloads). `told` is called on the reloader's thread.
  Reloader(Published<Knowing>& knowing, std::filesystem::path folder, knowledge::AutomatonStore store, Told told);
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  void ask();

 private:
  void run();
  void reload();

  Published<Knowing>& knowing_;
  const std::filesystem::path folder_;
  const knowledge::AutomatonStore store_;
  const Told told_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool asked_ = false, closed_ = false;
  std::thread thread_;
};

}  // namespace sekisho::serve
