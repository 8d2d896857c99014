#include "train/judge.h"

#include <memory>
#include <utility>

#include "base/limits.h"
#include "engine/ordered_pool.h"

namespace sekisho::train {
namespace {

struct Job {
  std::uint32_t source = 0;
  std::string name, bytes;
};
using Batch = std::vector<Job>;

}  // namespace

void judge_all(const engine::Engine& engine, const Labelled& labelled, unsigned jobs,
               const std::function<void(Judged)>& on_judged,
               const std::function<void(const std::string& name, const Error& error)>& on_unreadable) {
  const auto work = [&] {
    const auto worker = std::make_shared<Result<engine::Worker>>(engine.worker());
    return [&engine, &labelled, worker](Batch batch) {
      std::vector<Judged> judged;
      for (Job& job : batch) {
        Judged one{job.source, std::move(job.name), job.bytes.size()};
        if (*worker)
          one.report = engine.examine(job.bytes, {}, {}, **worker, labelled.sources[job.source].read_as);
        else
          one.report = tl::unexpected(worker->error());
        judged.push_back(std::move(one));
      }
      return judged;
    };
  };
  engine::OrderedPool<Batch, std::vector<Judged>> pool(jobs, limits::waiting_batches_per_worker * jobs, work);
  const auto take = [&](std::vector<Judged> judged) {
    for (Judged& one : judged) on_judged(std::move(one));
  };
  Batch batch;
  std::size_t bytes = 0;
  const auto hand_in = [&] {
    bytes = 0;
    if (!batch.empty()) pool.submit(std::exchange(batch, {}), take);
  };
  each_message(
      labelled,
      [&](std::uint32_t source, const std::string& name, std::string_view content) {
        batch.push_back({source, name, std::string(content)});
        bytes += content.size();
        if (batch.size() >= limits::batch_messages || bytes >= limits::batch_bytes) hand_in();
        return true;
      },
      on_unreadable);
  hand_in();
  pool.finish(take);
}

}  // namespace sekisho::train
