// The time for one message: a clock that the test holds decides what is still read. Same bytes, same answer, but for a
// message that took too long, and that one says so.
#include <gtest/gtest.h>

#include "base/limits.h"
#include "engine/engine.h"

namespace sekisho::engine {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;

const Engine& engine() {
  static const std::shared_ptr<const Engine> started = Engine::start().value();
  return *started;
}

/// A mail of two texts and a file.
const std::string mail =
    "From: hanako@sender.example\nTo: taro@receiver.example\nSubject: x\nContent-Type: multipart/mixed; "
    "boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nfirst text\n--b\nContent-Type: text/plain; "
    "charset=utf-8\n\nsecond text\n--b\nContent-Type: application/pdf; name=a.pdf\n\n%PDF-1.4\n--b--\n";

/// Judged by a clock that shows `began` when asked first and `later` ever after.
Report judged(std::string_view bytes, std::chrono::nanoseconds later) {
  bool first = true;
  auto worker = engine().worker([&first, later] {
    if (!first) return Time(later);
    first = false;
    return Time(0ns);
  });
  return engine().examine(bytes, {}, {}, *worker).value();
}

bool says_late(const Report& report) {
  const auto& defects = report.facts.defects;
  const auto stated = report.facts.of(facts::FactId::message_defects);
  const bool fact =
      std::any_of(stated.begin(), stated.end(), [](const facts::Fact& one) { return one.value == "time_exhausted"; });
  const bool defect = std::count(defects.begin(), defects.end(), "time_exhausted") == 1;
  EXPECT_EQ(fact, defect);
  EXPECT_EQ(defect, !report.facts.within_budget);
  EXPECT_EQ(defect, report.facts.has(facts::FactId::message_partly));
  return defect;
}

bool has_part(const Report& report, std::string_view text) {
  return std::any_of(report.facts.parts.begin(), report.facts.parts.end(),
                     [&](const auto& part) { return part.text.find(text) != std::string::npos; });
}

TEST(Time, ReadingStopsAboveItsShareAndNotAtIt) {
  for (const auto below :
       {0ns, std::chrono::nanoseconds(limits::read_time) - 1ns, std::chrono::nanoseconds(limits::read_time)}) {
    const Report report = judged(mail, below);
    EXPECT_FALSE(says_late(report)) << below.count();
    EXPECT_TRUE(has_part(report, "second text"));
    EXPECT_TRUE(has_part(report, "a.pdf"));
  }
  const Report late = judged(mail, std::chrono::nanoseconds(limits::read_time) + 1ns);
  EXPECT_TRUE(says_late(late));
  EXPECT_TRUE(has_part(late, "hanako@")) << "headers are always read";
  EXPECT_FALSE(has_part(late, "first text"));
}

TEST(Time, WhatWasReadIsJudgedInTheTimeThatIsLeft) {
  const Report late = judged(mail, std::chrono::nanoseconds(limits::examine_time));
  EXPECT_TRUE(late.facts.has(facts::FactId::sender_name_empty)) << "observers ran";
  const Report over = judged(mail, std::chrono::nanoseconds(limits::examine_time) + 1ns);
  EXPECT_TRUE(says_late(over));
  EXPECT_FALSE(over.facts.has(facts::FactId::sender_name_empty));
}

TEST(Time, AClockThatRunsOutBetweenTwoPartsKeepsTheFirst) {
  int asked = 0;
  auto worker = engine().worker([&asked] { return Time(++asked <= 2 ? 0ms : limits::read_time + 1ms); });
  const Report report = engine().examine(mail, {}, {}, *worker).value();
  EXPECT_TRUE(has_part(report, "first text"));
  EXPECT_FALSE(has_part(report, "second text"));
  EXPECT_TRUE(says_late(report));
}

TEST(Time, TheAnswerIsTheSameOnASlowMachineAsLongAsTheTimeSuffices) {
  const Report fast = judged(mail, 0ns), slow = judged(mail, std::chrono::nanoseconds(limits::read_time));
  EXPECT_EQ(fast.verdict.log_odds, slow.verdict.log_odds);
  EXPECT_EQ(fast.facts.all.size(), slow.facts.all.size());
}

TEST(Time, AShortMessageIsReadInOnePieceAndItsObserversAreCut) {
  const Report late =
      judged("荷物をお届けできませんでした http://a.example/", std::chrono::nanoseconds(limits::examine_time) + 1ns);
  EXPECT_TRUE(says_late(late));
  EXPECT_FALSE(late.facts.parts.empty());
}

}  // namespace
}  // namespace sekisho::engine
