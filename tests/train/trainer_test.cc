// Learning on small invented mail: the same each time, nothing of a single message kept, no sign turned around.
#include "train/trainer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "train/examples.h"
#include "verdict/wording.h"

namespace sekisho::train {
namespace {

namespace fs = std::filesystem;

class Training : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("training_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "work");
    auto made = engine::Engine::start({}, {}, {engine::ModelChoice::Kind::none, {}});
    ASSERT_TRUE(made.has_value());
    engine_ = *made;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void say(const std::string& corpus, const std::string& label, const std::string& text) {
    lines_ += "{\"corpus\":\"" + corpus + "\",\"label\":\"" + label + "\",\"lang\":\"en\",\"text\":\"" + text + "\"}\n";
  }
  /// Three corpora of each label, every message a little different.
  void usual() {
    const char* numbers[]{"one", "two", "three", "four", "five", "six", "seven", "eight"};
    for (const std::string corpus : {"red", "green", "blue"})
      for (const char* number : numbers) {
        say(corpus, "scam", std::string("Your access ends tonight, confirm at once, said ") + number + " in " + corpus);
        say(corpus, "legit", std::string("We met at the garden and drank tea, said ") + number + " in " + corpus);
      }
  }
  Labelled labelled() {
    std::ofstream(folder_ / "all.jsonl", std::ios::binary) << lines_;
    auto read = read_labelled({(folder_ / "all.jsonl").string()});
    EXPECT_TRUE(read.has_value());
    return *read;
  }
  TrainOptions options(unsigned jobs = 1) {
    TrainOptions options;
    options.name = "test";
    options.work = folder_ / "work";
    options.jobs = jobs;
    options.wording.bits = 18;
    options.wording.rounds = 4;
    options.card_fit.rounds = 50;
    return options;
  }
  Result<Trained> trained(unsigned jobs = 1) {
    return train(*engine_, labelled(), options(jobs), [](Stage, std::uint64_t, std::uint64_t) {});
  }
  facts::Facts facts_of(const std::string& text) {
    auto worker = engine_->worker();
    auto report = engine_->examine(text, {}, {}, *worker);
    EXPECT_TRUE(report.has_value());
    return std::move(report->facts);
  }

  fs::path folder_;
  std::string lines_;
  std::shared_ptr<const engine::Engine> engine_;
};

TEST_F(Training, TheSameMailGivesTheSameModelOnAnyNumberOfThreads) {
  usual();
  const auto one = trained(1), three = trained(3);
  ASSERT_TRUE(one.has_value() && three.has_value());
  fs::remove_all(folder_ / "work");
  fs::create_directories(folder_ / "work");
  const auto again = trained(2);
  EXPECT_EQ(one->model.pack(), three->model.pack());
  EXPECT_EQ(one->model.pack(), again->model.pack()) << "from the work folder or anew";
}

TEST_F(Training, AStoppedRunGoesOnFromWhatIsThere) {
  usual();
  const auto whole = trained();
  std::vector<fs::path> batches;
  for (const auto& entry : fs::directory_iterator(folder_ / "work")) batches.push_back(entry.path());
  ASSERT_FALSE(batches.empty());
  std::ofstream(batches[0], std::ios::binary | std::ios::app) << "half";   // damaged: made anew
  std::ofstream(batches[0].string() + ".part", std::ios::binary) << "cut";  // left by a run that was stopped
  const auto again = trained();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(whole->model.pack(), again->model.pack());
}

TEST_F(Training, LearnsWhatTellsThemApart) {
  usual();
  const auto made = trained();
  ASSERT_TRUE(made.has_value());
  const auto& words = made->model.text;
  const double bad = words.read(facts_of("Your access ends tonight, confirm at once")).log_odds;
  const double good = words.read(facts_of("We met at the garden and drank tea")).log_odds;
  EXPECT_GT(bad, good + 0.2);
  EXPECT_GT(made->grams, 50u);
}

TEST_F(Training, NothingThatOneMessageSaysAloneReachesTheModel) {
  usual();
  const std::string secret = "Zyxwv qqjjkk 8 vuttu ppooii";
  say("red", "scam", secret + " zzkkqq");
  say("red", "scam", secret + " xxyyvv");
  say("red", "scam", secret + " wwqqjj");
  say("red", "scam", secret + " uuvvkk");  // four messages, but of one source
  say("blue", "legit", "Hfdkj gpwqz said nobody else");
  const auto made = trained();
  ASSERT_TRUE(made.has_value());
  const auto& words = made->model.text.parameters();
  std::vector<bool> usual_entries(words.table.size());
  lines_.clear();
  usual();
  for (const Source& source : labelled().sources) {
    const facts::Facts facts = facts_of(source.text);
    verdict::WordingReader(facts).read([](const verdict::Clause&) {}, [&](std::uint32_t hash) { usual_entries[hash >> (32 - words.bits)] = true; });
  }
  std::size_t looked = 0;
  for (const std::string& alone : {secret, std::string("Hfdkj gpwqz")}) {
    const facts::Facts facts = facts_of(alone);
    verdict::WordingReader(facts).read([](const verdict::Clause&) {}, [&](std::uint32_t hash) {
      const std::uint32_t entry = hash >> (32 - words.bits);
      if (usual_entries[entry]) return;  // shared with what many say, or by chance
      ++looked;
      EXPECT_EQ(words.table[entry], 0);
    });
  }
  EXPECT_GT(looked, 60u);
  EXPECT_EQ(made->model.pack().find("Zyxwv"), std::string::npos);
  EXPECT_EQ(made->model.pack().find("garden"), std::string::npos) << "nor what many say";
}

TEST_F(Training, TheSameWordsAgainCountOnce) {
  usual();
  for (int i = 0; i < 30; ++i) say("red", "scam", "Qwyx vbnm zzzz again and again the very same");
  say("blue", "scam", "Qwyx vbnm zzzz again and again the very same");
  const auto made = trained();
  ASSERT_TRUE(made.has_value());
  std::size_t repeats = 0;
  for (const Learnt& line : made->corpora) repeats += line.repeats;
  EXPECT_EQ(repeats, 30u);
}

TEST_F(Training, TakesASampleThatDoesNotDependOnOrder) {
  usual();
  const Labelled all = labelled();
  const auto sampled = [](const Labelled& mail) { return choose_sample(mail, 3, [](std::uint64_t) {}); };
  const Sample sample = sampled(all);
  EXPECT_EQ(sample.messages, 48u);
  EXPECT_EQ(sample.taken, 18u) << "three of each corpus and label";
  Labelled backwards = all;
  std::reverse(backwards.sources.begin(), backwards.sources.end());
  EXPECT_EQ(sampled(backwards).highest, sample.highest);
}

TEST_F(Training, OneSidedMailIsRefused) {
  for (int i = 0; i < 8; ++i) say("red", "scam", "Confirm at once, number " + std::string(1, static_cast<char>('a' + i)));
  const auto made = trained();
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().said.id, "train.one_sided");
}

TEST(Support, CountsMessagesAndSources) {
  Support support({3, 2});
  for (int i = 0; i < 5; ++i) support.add(1, 0);
  support.add(2, 0);
  support.add(2, 1);
  for (int i = 0; i < 2; ++i) support.add(3, 0);
  support.add(3, 1);
  EXPECT_FALSE(support.is_enough(1)) << "one source";
  EXPECT_FALSE(support.is_enough(2)) << "two messages";
  EXPECT_TRUE(support.is_enough(3));
  EXPECT_FALSE(support.is_enough(4));
  Support single({3, 1});
  for (int i = 0; i < 3; ++i) single.add(1, 0);
  EXPECT_TRUE(single.is_enough(1));
}

TEST(CardFit, KeepsEveryWeightWithinItsBoundsWhateverTheMailSays) {
  // Card 0 accuses, yet all that it speaks of is wanted; card 1 excuses, yet all is scam; card 2 is not to be learned.
  std::vector<Spoken> messages;
  for (int i = 0; i < 200; ++i) {
    messages.push_back({{0, 2}, 0, 1, false});
    messages.push_back({{1}, 0, 1, true});
  }
  const std::vector<Bounds> bounds{{1.0, 0.4, 1.6, false}, {-1.0, -1.6, -0.4, false}, {0.5, 0.2, 0.8, true}};
  const CardFit fit = fit_cards(messages, bounds, -2, {});
  EXPECT_DOUBLE_EQ(fit.weights[0], 0.4);
  EXPECT_DOUBLE_EQ(fit.weights[1], -0.4);
  EXPECT_DOUBLE_EQ(fit.weights[2], 0.5);
}

TEST(CardFit, FewMessagesMoveAHandSetWeightLittle) {
  const auto fitted = [](int n) {
    std::vector<Spoken> messages;
    for (int i = 0; i < n; ++i) messages.push_back({{0}, 0, 1, true});
    return fit_cards(messages, {{1.0, 0.2, 3.0, false}}, -1, {}).weights[0];
  };
  EXPECT_GT(fitted(2), 1.0);
  EXPECT_LT(fitted(2), 1.1);
  EXPECT_GT(fitted(2000), fitted(20));
}

}  // namespace
}  // namespace sekisho::train
