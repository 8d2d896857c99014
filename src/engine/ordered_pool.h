// Many jobs through a few threads, and their results out in the order in which the jobs came. The caller's thread hands
// in and receives; workers only work. What is handed in but not yet taken out is bounded, so memory does not grow with
// the mailbox. Used by scan (check has its own pipeline, which also decides what is printed).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace sekisho::engine {

template <class In, class Out>
class OrderedPool {
 public:
  /// Makes what one thread works with; called on that thread.
  using MakeWork = std::function<std::function<Out(In)>()>;

  OrderedPool(unsigned threads, std::size_t waiting, MakeWork make_work)
      : waiting_(waiting), make_work_(std::move(make_work)) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
  }
  ~OrderedPool() {
    close();
    for (std::thread& thread : threads_) thread.join();
  }
  OrderedPool(const OrderedPool&) = delete;
  OrderedPool& operator=(const OrderedPool&) = delete;

  /// Hands in a job, and takes out what is ready, in order: `take` is called on this thread.
  template <class Take>
  void submit(In job, const Take& take) {
    std::unique_lock lock(mutex_);
    for (;;) {
      deliver(lock, take);
      if (submitted_ - taken_ < waiting_) break;
      ready_.wait(lock, [&] { return done_.contains(taken_) || failed_; });
      if (failed_) std::rethrow_exception(failed_);
    }
    jobs_.emplace_back(submitted_++, std::move(job));
    lock.unlock();
    to_do_.notify_one();
  }

  /// Waits for everything that was handed in.
  template <class Take>
  void finish(const Take& take) {
    std::unique_lock lock(mutex_);
    while (taken_ < submitted_) {
      ready_.wait(lock, [&] { return done_.contains(taken_) || failed_; });
      if (failed_) std::rethrow_exception(failed_);
      deliver(lock, take);
    }
  }

 private:
  template <class Take>
  void deliver(std::unique_lock<std::mutex>& lock, const Take& take) {
    for (auto next = done_.find(taken_); next != done_.end(); next = done_.find(taken_)) {
      Out out = std::move(next->second);
      done_.erase(next);
      ++taken_;
      lock.unlock();
      take(std::move(out));
      lock.lock();
    }
  }

  void run() {
    std::function<Out(In)> work;
    try {
      work = make_work_();
    } catch (...) {
      fail();
      return;
    }
    for (;;) {
      std::unique_lock lock(mutex_);
      to_do_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
      if (closed_) return;
      auto [number, job] = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      try {
        Out out = work(std::move(job));
        lock.lock();
        done_.emplace(number, std::move(out));
        lock.unlock();
      } catch (...) {
        fail();
        return;
      }
      ready_.notify_one();
    }
  }

  void fail() {
    {
      const std::lock_guard lock(mutex_);
      if (!failed_) failed_ = std::current_exception();
    }
    ready_.notify_one();
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    to_do_.notify_all();
  }

  const std::size_t waiting_;
  const MakeWork make_work_;
  std::mutex mutex_;
  std::condition_variable to_do_, ready_;
  std::deque<std::pair<std::uint64_t, In>> jobs_;
  std::map<std::uint64_t, Out> done_;
  std::uint64_t submitted_ = 0, taken_ = 0;
  std::exception_ptr failed_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sekisho::engine
