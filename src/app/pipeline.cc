#include "app/pipeline.h"

#include <algorithm>
#include <exception>

#include "base/limits.h"

namespace sekisho::app {

Pipeline::Pipeline(const engine::Engine& engine, unsigned jobs, Work work, Broken broken, Emit emit)
    : engine_(engine),
      jobs_(std::max(1U, jobs)),
      work_(std::move(work)),
      broken_(std::move(broken)),
      emit_(std::move(emit)) {}

Pipeline::~Pipeline() { finish(); }

void Pipeline::submit(Job job) {
  if (jobs_ == 1) {
    if (!own_worker_) own_worker_ = engine_.worker();
    emit_(process({submitted_++, std::move(job)}, *own_worker_));
    return;
  }
  if (submitted_ == 0 && !first_) {
    first_ = std::move(job);
    return;
  }
  if (first_) {
    Job first = std::move(*first_);
    first_.reset();
    push(std::move(first));
  }
  push(std::move(job));
}

void Pipeline::push(Job job) {
  const std::size_t bytes = job.bytes.size();
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] {
    const std::uint64_t in_flight = submitted_ - emitted_;
    return in_flight == 0 || (in_flight < limits::waiting_messages_per_worker * jobs_ &&
                              in_flight_bytes_ + bytes <= limits::waiting_bytes);
  });
  queue_.push({submitted_++, std::move(job)});
  in_flight_bytes_ += bytes;
  // Threads are made only while there is more to do than hands.
  if (threads_.size() < jobs_ && queue_.size() > 1) threads_.emplace_back([this] { run(); });
  if (threads_.empty()) threads_.emplace_back([this] { run(); });
  lock.unlock();
  work_to_do_.notify_one();
}

void Pipeline::run() {
  Result<engine::Worker> worker = engine_.worker();
  for (;;) {
    std::unique_lock lock(mutex_);
    work_to_do_.wait(lock, [&] { return closed_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const Waiting waiting = std::move(queue_.front());
    queue_.pop();
    lock.unlock();
    deliver(waiting.sequence, process(waiting, worker), waiting.job.bytes.size());
  }
}

Finished Pipeline::process(const Waiting& waiting, Result<engine::Worker>& worker) const {
  if (!worker) return broken_(waiting.job, worker.error());
  try {
    return work_(waiting.job, *worker, waiting.sequence);
  } catch (const std::exception& exception) {
    return broken_(waiting.job, Error{ErrorCode::internal, exception.what(), waiting.job.input, {}});
  }
}

/// Whoever brings the one that is due emits it and all that follow it; the others only leave theirs and go on working.
void Pipeline::deliver(std::uint64_t sequence, Finished finished, std::size_t bytes) {
  std::unique_lock lock(mutex_);
  done_.emplace(sequence, std::pair(std::move(finished), bytes));
  if (emitting_) return;
  emitting_ = true;
  for (auto next = done_.find(emitted_); next != done_.end(); next = done_.find(emitted_)) {
    const auto [text, size] = std::move(next->second);
    done_.erase(next);
    lock.unlock();
    emit_(text);
    lock.lock();
    ++emitted_;
    in_flight_bytes_ -= size;
    room_.notify_one();
  }
  emitting_ = false;
}

void Pipeline::finish() {
  if (first_) {
    const Job job = std::move(*first_);
    first_.reset();
    own_worker_ = engine_.worker();
    emit_(process({submitted_++, job}, *own_worker_));
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  work_to_do_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace sekisho::app
