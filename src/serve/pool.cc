#include "serve/pool.h"

#include <algorithm>

namespace sekisho::serve {

Result<engine::Worker>& Hand::worker(const std::shared_ptr<const Knowing>& knowing) {
  if (of_ != knowing || !worker_) {
    worker_ = std::make_unique<Result<engine::Worker>>(knowing->engine().worker());
    of_ = knowing;
  }
  return *worker_;
}

Pool::Pool(unsigned threads, std::size_t waiting) : most_(waiting) {
  for (unsigned i = 0; i < std::max(1U, threads); ++i) threads_.emplace_back([this] { run(); });
}

Pool::~Pool() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Pool::offer(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || jobs_.size() >= most_) return false;
    jobs_.push_back(std::move(job));
  }
  work_.notify_one();
  return true;
}

std::size_t Pool::waiting() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

void Pool::run() {
  Hand hand;
  for (;;) {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job(hand);
  }
}

}  // namespace sekisho::serve
