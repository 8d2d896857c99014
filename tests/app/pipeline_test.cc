#include "app/pipeline.h"

#include <atomic>
#include <chrono>
#include <stdexcept>

#include <gtest/gtest.h>

#include "base/limits.h"

namespace sekisho::app {
namespace {

const engine::Engine& engine_of_tests() {
  static const auto engine = engine::Engine::start();
  if (!engine) throw std::runtime_error(to_line(engine.error()));
  return **engine;
}

Finished named(const Job& job) {
  Finished finished;
  finished.short_text = job.input;
  return finished;
}

Finished broken(const Job& job, const Error& error) {
  Finished finished;
  finished.short_text = job.input + ": " + error.what;
  return finished;
}

void nap(std::uint64_t sequence) { std::this_thread::sleep_for(std::chrono::microseconds(sequence % 5 * 300)); }

TEST(Pipeline, EmitsInOrderWhateverTheThreadsDo) {
  for (const unsigned jobs : {1U, 2U, 8U}) {
    std::vector<std::string> seen;
    {
      Pipeline pipeline(
          engine_of_tests(), jobs,
          [](const Job& job, engine::Worker&, std::uint64_t sequence) {
            nap(sequence);
            return named(job);
          },
          broken, [&](const Finished& finished) { seen.push_back(finished.short_text); });
      for (int i = 0; i < 500; ++i) pipeline.submit({std::to_string(i), 0, "", {}});
      pipeline.finish();
    }
    ASSERT_EQ(seen.size(), 500U);
    for (int i = 0; i < 500; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], std::to_string(i));
  }
}

TEST(Pipeline, HoldsNoMoreThanTheLimitBehindASlowFirstMessage) {
  constexpr unsigned jobs = 4;
  std::atomic<bool> first_may_end = false;
  std::atomic<int> submitted = 0, emitted = 0;
  Pipeline pipeline(
      engine_of_tests(), jobs,
      [&](const Job& job, engine::Worker&, std::uint64_t sequence) {
        while (sequence == 0 && !first_may_end) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return named(job);
      },
      broken, [&](const Finished&) { ++emitted; });
  constexpr int limit = static_cast<int>(limits::waiting_messages_per_worker) * static_cast<int>(jobs);
  std::thread reader([&] {
    for (int i = 0; i < limit + 50; ++i) {
      pipeline.submit({"m", 0, "", {}});
      ++submitted;
    }
  });
  while (submitted < limit) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(submitted, limit);
  EXPECT_EQ(emitted, 0);
  first_may_end = true;
  reader.join();
  pipeline.finish();
  EXPECT_EQ(emitted, limit + 50);
}

TEST(Pipeline, LetsOneMessageLargerThanTheByteLimitPassAlone) {
  int emitted = 0;
  Pipeline pipeline(
      engine_of_tests(), 2, [](const Job& job, engine::Worker&, std::uint64_t) { return named(job); }, broken,
      [&](const Finished&) { ++emitted; });
  for (const std::size_t bytes : {limits::waiting_bytes - 1, limits::waiting_bytes, limits::waiting_bytes + 1})
    pipeline.submit({"m", 0, std::string(bytes, 'x'), {}});
  pipeline.finish();
  EXPECT_EQ(emitted, 3);
}

TEST(Pipeline, TurnsAnExceptionIntoOneFailedInput) {
  for (const unsigned jobs : {1U, 3U}) {
    std::vector<std::string> seen;
    Pipeline pipeline(
        engine_of_tests(), jobs,
        [](const Job& job, engine::Worker&, std::uint64_t sequence) {
          if (sequence == 1) throw std::bad_alloc();
          return named(job);
        },
        broken, [&](const Finished& finished) { seen.push_back(finished.short_text); });
    for (const char* name : {"a", "b", "c"}) pipeline.submit({name, 0, "", {}});
    pipeline.finish();
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen[0], "a");
    EXPECT_EQ(seen[1].substr(0, 3), "b: ");
    EXPECT_EQ(seen[2], "c");
  }
}

TEST(Pipeline, OneMessageAloneNeedsNoThread) {
  std::thread::id where;
  Pipeline pipeline(
      engine_of_tests(), 8,
      [&](const Job& job, engine::Worker&, std::uint64_t) {
        where = std::this_thread::get_id();
        return named(job);
      },
      broken, [](const Finished&) {});
  pipeline.submit({"a", 0, "", {}});
  pipeline.finish();
  EXPECT_EQ(where, std::this_thread::get_id());
}

}  // namespace
}  // namespace sekisho::app
