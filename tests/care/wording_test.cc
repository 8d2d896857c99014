// How the plans speak: no blame, no fright, short plain Japanese with a reading on every kanji; and the few orders and
// exclusions that must never change by accident.
#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "care/plan.h"
#include "text/utf8.h"

namespace sekisho::care {
namespace {

constexpr Day today = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);
/// Letters of one plain sentence, readings left out; longest words (names of bureaus) need this much.
constexpr std::size_t longest_plain_sentence = 48;

const Care& data() {
  static const Care care = *read_care(SEKISHO_SOURCE_DIR "/knowledge/care");
  return care;
}

/// Every sentence of the plans with a name to say where it stands.
void each_text(const std::function<void(const std::string& where, const Text&)>& visit) {
  for (const Situation& situation : data().situations) {
    visit(situation.id + " name", situation.name);
    visit(situation.id + " reassure", situation.reassure);
    for (const ContactUse& desk : situation.contacts) visit(situation.id + " say " + desk.id, desk.say);
    for (const NextCheck& check : situation.next_checks) visit(situation.id + " check", check.ask);
  }
  for (const Step& step : data().steps) {
    visit(step.id + " text", step.text);
    visit(step.id + " why", step.why);
    if (step.deadline) visit(step.id + " deadline", step.deadline->text);
  }
  for (const Line& line : data().lines) visit(line.id, line.text);
  for (const Contact& desk : data().contacts) {
    visit(desk.id + " takes", desk.takes);
    visit(desk.id + " say", desk.say);
  }
  for (const Draft& draft : data().drafts) {
    visit(draft.id + " purpose", draft.purpose);
    visit(draft.id + " note", draft.note);
  }
}

std::vector<std::string> ids(const Plan& plan) {
  std::vector<std::string> out;
  for (const PlannedStep& step : plan.steps) out.push_back(step.id);
  return out;
}

Plan plan_of(const std::string& situation, std::vector<std::string> done, Register speech = Register::ja) {
  Answers answers;
  answers.situations = {situation};
  answers.done = std::move(done);
  answers.speech = speech;
  return make_plan(data(), answers, today);
}

TEST(Wording, NoTextBlamesOrFrightens) {
  const char* const never_said[] = {"不注意",       "うかつ",        "自己責任", "すべきでした", "べきだった",
                                    "だまされる方", "なぜ疑わ",      "軽率",     "手遅れ",       "取り返しのつか",
                                    "should have",  "ought to have", "careless", "foolish",      "your fault",
                                    "too late",     "you failed to", "gullible", "逮捕されます", "破滅"};
  each_text([&](const std::string& where, const Text& text) {
    for (const std::string* words : {&text.ja, &text.plain, &text.en})
      for (const char* phrase : never_said)
        EXPECT_EQ(words->find(phrase), std::string::npos) << where << ": " << *words;
  });
}

TEST(Wording, PlainJapaneseIsShortAndEveryKanjiHasItsReading) {
  each_text([&](const std::string& where, const Text& text) {
    std::size_t letters = 0;
    bool base = false, reading = false;
    for (std::size_t at = 0; at < text.plain.size();) {
      const text::CodePoint letter = text::code_point_at(text.plain, at);
      at += letter.size;
      if (letter.value == U'{')
        base = true;
      else if (letter.value == U'|')
        reading = true;
      else if (letter.value == U'}')
        base = reading = false;
      else if (letter.value == U'。')
        letters = 0;
      else if (!reading)
        ++letters;
      EXPECT_TRUE(base || !text::is_kanji(letter.value)) << where << ": no reading in " << text.plain;
      ASSERT_LE(letters, longest_plain_sentence) << where << ": " << text.plain;
    }
  });
}

TEST(Wording, TheCampaignGoesFromBreathToPoliceInOrderWhateverWasDone) {
  for (const Choice& action : data().actions) {
    const auto steps = ids(plan_of("campaign_with_my_data", {action.id}));
    auto from = steps.begin();
    for (const char* next : {"breathe", "tell_one", "save_three", "stop_find_carrier", "stop_shop", "campaign_police",
                             "check_hour", "check_day_receive_only", "check_two_weeks_address", "rung_number"}) {
      const auto found = std::find(from, steps.end(), next);
      ASSERT_NE(found, steps.end()) << next << " comes too early or not at all after " << action.id;
      from = found + 1;
    }
    EXPECT_EQ(steps.front(), "breathe") << action.id;
  }
}

TEST(Wording, NothingHappenedIsSaidOnlyWhereItIsTrue) {
  for (const Situation& situation : data().situations) {
    const auto steps = ids(plan_of(situation.id, {"received"}));
    const bool said = std::find(steps.begin(), steps.end(), "received_only") != steps.end();
    EXPECT_EQ(said, situation.id == "police_2_brand_mail" || situation.id == "court_order_fake") << situation.id;
  }
}

TEST(Wording, AGenuineCourtPaperIsNeverSentBackAndAClaimantIsNoThief) {
  for (const char* court : {"court_order_genuine", "small_claims"})
    for (const Choice& action : data().actions)
      for (const std::string& id : ids(plan_of(court, {action.id})))
        for (const char* absent : {"refuse_postcard", "paid_stop", "paid_police", "replied_stop", "called_stop"})
          EXPECT_NE(id, absent) << court << ' ' << action.id;
}

TEST(Wording, PostcardsAloneMaySayRefused) {
  for (const Step& step : data().steps)
    if (step.text.ja.find("受取拒絶") != std::string::npos) {
      EXPECT_EQ(step.id, "refuse_postcard");
    }
}

TEST(Wording, EachSituationKnowsManyWordsAndTellings) {
  for (const Telling& situation : data().describe.situations) {
    std::size_t words = 0;
    for (const Cue& cue : situation.cues)
      for (const auto& group : cue.all) words += group.size();
    EXPECT_GE(words, 40u) << situation.id;
    EXPECT_GE(situation.examples.size(), 12u) << situation.id;
  }
}

}  // namespace
}  // namespace sekisho::care
