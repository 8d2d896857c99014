#include "serve/pool.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

#include "serve/published.h"

namespace sekisho::serve {
namespace {

TEST(Pool, AFullQueueRefusesAtOnceAndTakesAgainWhenThereIsRoom) {
  std::promise<void> go, started;
  std::shared_future<void> gone = go.get_future().share();
  std::atomic<int> done = 0;
  {
    Pool pool(1, 2);
    ASSERT_TRUE(pool.offer([&](Hand&) {
      started.set_value();
      gone.wait();
      ++done;
    }));
    started.get_future().wait();
    EXPECT_TRUE(pool.offer([&](Hand&) { ++done; }));
    EXPECT_TRUE(pool.offer([&](Hand&) { ++done; }));
    EXPECT_FALSE(pool.offer([&](Hand&) { ++done; })) << "two wait already";
    EXPECT_EQ(pool.waiting(), 2U);
    go.set_value();
    while (done != 3) std::this_thread::yield();
    EXPECT_TRUE(pool.offer([&](Hand&) { ++done; }));
  }
  EXPECT_EQ(done, 4) << "what was taken is finished before the end";
}

TEST(Published, AReaderKeepsWhatItTookWhileANewOneIsPublished) {
  Published<int> published(std::make_shared<const int>(1));
  const auto mine = published.get();
  published.put(std::make_shared<const int>(2));
  EXPECT_EQ(*mine, 1);
  EXPECT_EQ(*published.get(), 2);
}

}  // namespace
}  // namespace sekisho::serve
