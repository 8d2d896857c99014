#include "engine/automaton_cache.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/limits.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

class Cache : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("sekisho-automata-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  /// What a run does: looks, and compiles when nothing is there. Gives what it worked with.
  std::string run(const std::string& made_of, const std::string& compiled, AutomatonCache& cache) const {
    const auto store = cache.store();
    if (auto kept = store.find(made_of)) return *kept;
    store.keep(compiled);
    return compiled;
  }
  fs::path folder_;
};

using Outcome = AutomatonCache::Outcome;

TEST_F(Cache, TheSecondRunReadsWhatTheFirstMade) {
  int compiled = 0;
  AutomatonCache first(folder_, [&] { ++compiled; });
  EXPECT_EQ(first.outcome(), Outcome::not_needed);
  EXPECT_EQ(run("aaaa", "automaton one", first), "automaton one");
  EXPECT_EQ(first.outcome(), Outcome::kept);
  AutomatonCache second(folder_, [&] { ++compiled; });
  EXPECT_EQ(run("aaaa", "another", second), "automaton one");
  EXPECT_EQ(second.outcome(), Outcome::read);
  EXPECT_EQ(second.file(), folder_ / "aaaa.automaton");
  EXPECT_EQ(compiled, 1);
  EXPECT_EQ(files(), std::vector<std::string>{"aaaa.automaton"}) << "nothing unfinished is left";
}

TEST_F(Cache, OtherExpressionsAreAnotherFile) {
  AutomatonCache cache(folder_);
  run("aaaa", "one", cache);
  EXPECT_EQ(run("bbbb", "two", cache), "two");
  EXPECT_EQ(files().size(), 2u);
}

TEST_F(Cache, ABrokenFileIsMadeAgain) {
  AutomatonCache cache(folder_);
  run("aaaa", "automaton one", cache);
  const fs::path file = folder_ / "aaaa.automaton";
  std::string whole;
  {
    std::ifstream in(file, std::ios::binary);
    std::getline(in, whole, '\0');
  }
  std::vector<std::string> damaged{"", "SEKISHO-AUTOMATON-1\n", whole.substr(0, whole.size() - 1), whole + "x"};
  for (std::size_t i = 0; i < whole.size(); ++i) {
    damaged.push_back(whole);
    damaged.back()[i] ^= 1;
  }
  for (const std::string& bytes : damaged) {
    std::ofstream(file, std::ios::binary) << bytes;
    EXPECT_EQ(run("aaaa", "made again", cache), "made again") << bytes.size();
    EXPECT_EQ(cache.outcome(), Outcome::kept);
    EXPECT_EQ(run("aaaa", "not made", cache), "made again");
  }
}

TEST_F(Cache, WithoutAFolderThatCanBeWrittenEveryRunCompiles) {
  std::ofstream(folder_) << "a file stands there";
  for (const fs::path& folder : {folder_, fs::path()}) {
    AutomatonCache cache(folder);
    EXPECT_EQ(run("aaaa", "one", cache), "one");
    EXPECT_EQ(cache.outcome(), Outcome::not_kept);
    EXPECT_TRUE(cache.file().empty());
  }
}

TEST_F(Cache, OnlyTheLatestFewStayAndWhatAKilledRunLeftGoes) {
  AutomatonCache cache(folder_);
  const auto now = fs::file_time_type::clock::now();
  const auto age = [&](const std::string& name, std::chrono::minutes minutes) {
    fs::last_write_time(folder_ / name, now - minutes);
  };
  for (std::size_t i = 0; i < limits::automata_kept; ++i) {
    run("old" + std::to_string(i), "x", cache);
    age("old" + std::to_string(i) + ".automaton", std::chrono::minutes(10 * (i + 1)));
  }
  EXPECT_EQ(files().size(), limits::automata_kept);
  std::ofstream(folder_ / "a.automaton.1.unfinished") << "killed";
  age("a.automaton.1.unfinished", std::chrono::minutes(61));
  std::ofstream(folder_ / "b.automaton.2.unfinished") << "being written";
  std::ofstream(folder_ / "somebody else's.txt") << "not ours";
  const std::string oldest = "old" + std::to_string(limits::automata_kept - 1);
  run(oldest, "not made", cache);  // used again: now the latest
  run("new", "y", cache);
  std::vector<std::string> left = files();
  EXPECT_EQ(std::count(left.begin(), left.end(), oldest + ".automaton"), 1);
  EXPECT_EQ(std::count(left.begin(), left.end(), "new.automaton"), 1);
  EXPECT_EQ(std::count(left.begin(), left.end(), "old" + std::to_string(limits::automata_kept - 2) + ".automaton"), 0);
  EXPECT_EQ(std::count(left.begin(), left.end(), "a.automaton.1.unfinished"), 0);
  EXPECT_EQ(std::count(left.begin(), left.end(), "b.automaton.2.unfinished"), 1);
  EXPECT_EQ(std::count(left.begin(), left.end(), "somebody else's.txt"), 1);
}

}  // namespace
}  // namespace sekisho::engine
