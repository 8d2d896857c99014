// The mails of the story and their genuine twins, judged whole: what the first user of ./run sees.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/engine.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

struct Judged {
  std::string name;
  bool scam = false;
  Report report;
};

/// Every message of a labelled folder (labels.tsv: file, label, …).
std::vector<Judged> judge(const std::string& folder) {
  std::vector<Judged> judged;
  const auto engine = Engine::start();
  if (!engine) {
    ADD_FAILURE() << to_line(engine.error());
    return judged;
  }
  auto worker = (*engine)->worker();
  const fs::path root = fs::path(SEKISHO_SOURCE_DIR) / folder;
  std::istringstream labels(slurp(root / "labels.tsv"));
  std::string line;
  std::getline(labels, line);
  while (std::getline(labels, line)) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    const std::string file = line.substr(0, tab);
    auto report = (*engine)->examine(slurp(root / file), {}, {}, *worker);
    EXPECT_TRUE(report.has_value()) << file;
    if (report) judged.push_back({file, line.compare(tab + 1, 4, "scam") == 0, std::move(*report)});
  }
  return judged;
}

TEST(Samples, EveryMailOfTheStoryIsNoticedAndNoTwinIsAccused) {
  const auto engine = Engine::start();
  ASSERT_TRUE(engine) << to_line(engine.error());
  auto worker = (*engine)->worker();
  int story = 0, twins = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(SEKISHO_SOURCE_DIR) / "samples")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".eml") continue;
    const auto report = (*engine)->examine(slurp(entry.path()), {}, {}, *worker);
    ASSERT_TRUE(report) << name;
    if (name.rfind("story-", 0) == 0) {
      ++story;
      EXPECT_NE(report->verdict.answer, verdict::Answer::nothing_found) << name << " " << report->verdict.log_odds;
    } else {
      ++twins;
      EXPECT_NE(report->verdict.answer, verdict::Answer::scam) << name << " " << report->verdict.log_odds;
    }
  }
  EXPECT_EQ(story, 11);
  EXPECT_EQ(twins, 8);
}

TEST(Samples, AScamVerdictAlwaysQuotesTwoReasonsAndADoubtSaysWhatWouldSettleIt) {
  int scams = 0, doubts = 0;
  for (const Judged& one : judge("tests/story")) {
    if (one.report.verdict.answer == verdict::Answer::scam) {
      ++scams;
      int quoted = 0;
      for (const auto& reason : one.report.verdict.reasons) quoted += reason.weight > 0 && !reason.quotes.empty();
      EXPECT_GE(quoted, 2) << one.name;
    }
    if (one.report.verdict.answer == verdict::Answer::cannot_tell) {
      ++doubts;
      EXPECT_FALSE(one.report.verdict.would_settle.empty()) << one.name;
    }
    EXPECT_FALSE(one.report.verdict.next.empty()) << one.name;
  }
  EXPECT_GT(scams, 50);
  EXPECT_GT(doubts, 0);
}

TEST(Samples, TheGenuineTwinsOfTheStoryAreNotAccused) {
  for (const Judged& one : judge("tests/story"))
    if (!one.scam) {
      EXPECT_NE(one.report.verdict.answer, verdict::Answer::scam) << one.name << " " << one.report.verdict.log_odds;
    }
}

TEST(Samples, TheSameBytesGiveTheSameAnswer) {
  const auto once = judge("tests/story"), again = judge("tests/story");
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].report.verdict.log_odds, again[i].report.verdict.log_odds);
    EXPECT_EQ(once[i].report.verdict.scam_kind, again[i].report.verdict.scam_kind);
  }
}

}  // namespace
}  // namespace sekisho::engine
