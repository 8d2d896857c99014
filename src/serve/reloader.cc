#include "serve/reloader.h"

#include <exception>

namespace sekisho::serve {
namespace {

constexpr std::chrono::seconds between_looks{2};

}  // namespace

Reloader::Reloader(Published<Knowing>& knowing, std::filesystem::path folder, knowledge::AutomatonStore store,
                   Told told)
    : knowing_(knowing), folder_(std::move(folder)), store_(std::move(store)), told_(std::move(told)), thread_([this] {
        run();
      }) {}

Reloader::~Reloader() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Reloader::ask() {
  {
    const std::lock_guard lock(mutex_);
    asked_ = true;
  }
  wake_.notify_all();
}

void Reloader::run() {
  std::uint64_t used = look_of(folder_), last = used;
  for (;;) {
    std::unique_lock lock(mutex_);
    const auto called = [&] { return asked_ || closed_; };
    if (folder_.empty())
      wake_.wait(lock, called);
    else
      wake_.wait_for(lock, between_looks, called);
    if (closed_) return;
    bool wanted = asked_;
    asked_ = false;
    lock.unlock();
    if (!folder_.empty()) {
      const std::uint64_t look = look_of(folder_);
      // Twice the same: whoever writes there has finished.
      wanted |= look != used && look == last;
      last = look;
      if (wanted) used = look;
    }
    if (wanted) reload();
  }
}

void Reloader::reload() {
  try {
    auto fresh = Knowing::load(folder_, store_);
    if (fresh) knowing_.put(std::move(*fresh));
    told_(fresh ? std::nullopt : std::optional(fresh.error()));
  } catch (const std::exception& exception) {
    told_(Error{ErrorCode::internal, exception.what(), {}, {}, {}});
  }
}

}  // namespace sekisho::serve
