#include "care/plan.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace sekisho::care {
namespace {

const Care& data() {
  static const Care care = *read_care(SEKISHO_SOURCE_DIR "/knowledge/care");
  return care;
}
constexpr Day today = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);

Answers answers(std::vector<std::string> situations, std::vector<std::string> done = {},
                std::vector<std::string> typed = {}) {
  Answers a;
  a.situations = std::move(situations);
  a.done = std::move(done);
  a.typed = std::move(typed);
  return a;
}

std::vector<std::string> ids(const Plan& plan) {
  std::vector<std::string> out;
  for (const PlannedStep& step : plan.steps) out.push_back(step.id);
  return out;
}

/// Everything that a plan says, in one text.
std::string all_words(const Plan& plan) {
  std::string out = plan.reassure + plan.next_check.ask;
  for (const PlannedStep& step : plan.steps) out += '\n' + step.text + '\n' + step.why + '\n' + step.deadline_text;
  for (const auto& lines : plan.lines)
    for (const std::string& line : lines) out += '\n' + line;
  for (const PlannedContact& desk : plan.contacts)
    out += '\n' + desk.name + '\n' + desk.phone + '\n' + desk.hours + '\n' + desk.web + '\n' + desk.say;
  return out;
}

std::set<std::string> hidden_numbers() {
  std::set<std::string> hidden, shown;
  const auto sort_in = [&](const std::string& number, bool show) {
    if (!number.empty()) (show ? shown : hidden).insert(number);
  };
  for (const Contact& contact : data().contacts) sort_in(contact.phone, contact.show_phone);
  for (const Prefecture& prefecture : data().prefectures)
    for (const auto* phone : {&prefecture.hq, &prefecture.consult, &prefecture.cyber})
      if (*phone) sort_in((*phone)->number, (*phone)->show);
  for (const std::string& number : shown) hidden.erase(number);
  return hidden;
}

TEST(Plans, EverySituationWithEveryActionIsComplete) {
  ASSERT_EQ(data().situations.size(), 14u);
  ASSERT_EQ(data().actions.size(), 11u);
  for (const Situation& situation : data().situations)
    for (const Choice& action : data().actions)
      for (const Register speech : {Register::ja, Register::ja_plain, Register::en}) {
        Answers a = answers({situation.id}, {action.id});
        a.speech = speech;
        const Plan plan = make_plan(data(), a, today);
        const std::string cell = situation.id + " x " + action.id;
        EXPECT_FALSE(plan.reassure.empty()) << cell;
        EXPECT_FALSE(plan.steps.empty()) << cell;
        EXPECT_TRUE(std::any_of(plan.steps.begin(), plan.steps.end(), [](const PlannedStep& step) {
          return !step.deadline_text.empty();
        })) << cell;
        for (std::size_t kind = 0; kind < line_kinds; ++kind)
          EXPECT_FALSE(plan.lines[kind].empty()) << cell << ' ' << name(static_cast<LineKind>(kind));
        EXPECT_FALSE(plan.contacts.empty()) << cell;
        EXPECT_FALSE(plan.next_check.ask.empty()) << cell;
        const std::string words = all_words(plan);
        EXPECT_EQ(words.find('{'), std::string::npos) << cell << ": an unfilled slot";
        for (const PlannedStep& step : plan.steps) EXPECT_FALSE(step.why.empty()) << cell << ' ' << step.id;
      }
}

TEST(Plans, NoNumberThatMayNotBeShownIsInAnyPlan) {
  const auto hidden = hidden_numbers();
  ASSERT_GT(hidden.size(), 40u) << "the test has nothing to look for";
  std::size_t prefecture = 0, carrier = 0;
  const auto look = [&](const Answers& a) {
    const std::string words = all_words(make_plan(data(), a, today));
    for (const std::string& number : hidden) EXPECT_EQ(words.find(number), std::string::npos) << number;
  };
  for (const Situation& situation : data().situations)
    for (const Choice& action : data().actions)
      for (const Choice& item : data().typed_items) {
        Answers a = answers({situation.id}, {action.id}, {item.id});
        a.prefecture = data().prefectures[prefecture++ % data().prefectures.size()].id;
        a.carrier = data().carriers[carrier++ % data().carriers.size()].id;
        a.received_paper = a.when = today;
        look(a);
      }
  Answers everything = answers({});
  for (const Situation& situation : data().situations) everything.situations.push_back(situation.id);
  for (const Choice& action : data().actions) everything.done.push_back(action.id);
  for (const Choice& item : data().typed_items) everything.typed.push_back(item.id);
  for (const Prefecture& p : data().prefectures) {
    everything.prefecture = p.id;
    look(everything);
  }
}

TEST(Plans, TheCampaignBeginsWithABreath) {
  const auto steps = ids(make_plan(data(), answers({"campaign_with_my_data"}, {"personal_data"}), today));
  ASSERT_GE(steps.size(), 5u);
  EXPECT_EQ(steps[0], "breathe");
  const auto place = [&](const char* id) { return std::find(steps.begin(), steps.end(), id) - steps.begin(); };
  EXPECT_LT(place("tell_one"), place("save_three"));
  EXPECT_LT(place("save_three"), place("campaign_police"));
}

TEST(Plans, MoneyIsStoppedFirstWhenMoneyMoves) {
  const auto plan = make_plan(data(), answers({"campaign_with_my_data", "police_4_bank"}, {"bank"}), today);
  ASSERT_FALSE(plan.contacts.empty());
  const auto steps = ids(plan);
  const Step* first = data().step(steps.front());
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->phase, Phase::money);
}

TEST(Plans, SeveralSituationsSayNothingTwice) {
  for (const Situation& a : data().situations)
    for (const Situation& b : data().situations) {
      if (&a == &b) continue;
      const Plan plan = make_plan(data(), answers({a.id, b.id}, {"paid", "card"}, {"password", "card_number"}), today);
      const auto steps = ids(plan);
      EXPECT_EQ(std::set<std::string>(steps.begin(), steps.end()).size(), steps.size()) << a.id << ' ' << b.id;
      std::set<std::string> desks;
      for (const PlannedContact& desk : plan.contacts)
        EXPECT_TRUE(desks.insert(desk.id).second) << a.id << ' ' << b.id << ' ' << desk.id;
      for (const auto& lines : plan.lines)
        EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), lines.size()) << a.id << ' ' << b.id;
    }
}

TEST(Plans, TheCourtsTwoWeeksAreNamedFromReceipt) {
  Answers a = answers({"court_order_genuine"});
  a.received_paper = *find_day("2026-11-20");
  const Plan plan = make_plan(data(), a, today);
  const auto step = std::find_if(plan.steps.begin(), plan.steps.end(),
                                 [](const PlannedStep& s) { return s.deadline && iso(*s.deadline) == "2026-12-04"; });
  ASSERT_NE(step, plan.steps.end());
  EXPECT_NE(step->deadline_text.find("12月4日(金)"), std::string::npos) << step->deadline_text;
}

TEST(Plans, APaperReceivedLongAgoIsNotHopeless) {
  Answers a = answers({"court_order_genuine"});
  a.received_paper = *find_day("2026-10-01");
  const Plan plan = make_plan(data(), a, today);
  EXPECT_TRUE(std::any_of(plan.steps.begin(), plan.steps.end(),
                          [](const PlannedStep& s) {
                            return s.deadline && *s.deadline < today &&
                                   s.deadline_text.find("過ぎて") != std::string::npos;
                          }) ||
              std::none_of(plan.steps.begin(), plan.steps.end(),
                           [](const PlannedStep& s) { return s.deadline && *s.deadline < today; }));
}

TEST(Plans, WithoutAPrefectureNumberThePoliceLineIsThere) {
  for (const Prefecture& prefecture : data().prefectures) {
    Answers a = answers({"police_4_bank"});
    a.prefecture = prefecture.id;
    const Plan plan = make_plan(data(), a, today);
    EXPECT_TRUE(std::any_of(plan.contacts.begin(), plan.contacts.end(), [](const PlannedContact& desk) {
      return desk.id == "police_9110" && desk.phone == "#9110";
    })) << prefecture.id;
  }
}

TEST(Answers, UnknownNamesNameTheNearest) {
  const auto error = [&](const Answers& a) { return check_answers(data(), a).error(); };
  EXPECT_EQ(error(answers({"police_4_bnk"})).hint, "did you mean 'police_4_bank'?");
  EXPECT_EQ(error(answers({"police_4_bank"}, {"taped"})).hint, "did you mean 'tapped'?");
  EXPECT_EQ(error(answers({"police_4_bank"}, {}, {"pasword"})).hint, "did you mean 'password'?");
  Answers a = answers({"police_4_bank"});
  a.prefecture = "chba";
  EXPECT_EQ(error(a).hint, "did you mean 'chiba'?");
  EXPECT_EQ(error(answers({})).what, "no situation was given");
}

TEST(Answers, ATypedItemImpliesItsAction) {
  const Answers a = completed(data(), answers({"police_2_brand_mail", "police_2_brand_mail"}, {}, {"card_number"}));
  EXPECT_EQ(a.done, std::vector<std::string>{"card"});
  EXPECT_EQ(a.situations.size(), 1u);
  EXPECT_EQ(completed(data(), answers({"police_2_brand_mail"})).done, std::vector<std::string>{"received"});
}

TEST(Conditions, EveryLineMustHoldAndOneClauseIsEnough) {
  Clause clause;
  clause.done = {"tapped", "paid"};
  clause.not_typed = {"password"};
  Answers a = answers({"police_2_brand_mail"}, {"paid"});
  EXPECT_TRUE(holds({clause}, a, today));
  a.typed = {"password"};
  EXPECT_FALSE(holds({clause}, a, today));
  Clause since;
  since.days_since = Clause::DaysSince{"received_paper", 14, 20};
  EXPECT_FALSE(holds({since}, a, today)) << "no date is known";
  a.received_paper = today - std::chrono::days(13);
  EXPECT_FALSE(holds({since}, a, today));
  a.received_paper = today - std::chrono::days(14);
  EXPECT_TRUE(holds({clause, since}, a, today));
  a.received_paper = today - std::chrono::days(21);
  EXPECT_FALSE(holds({since}, a, today));
  EXPECT_TRUE(holds({}, a, today));
}

TEST(Pack, AnUnpackedPlanIsTheSame) {
  const auto again = unpack(pack(data()));
  ASSERT_TRUE(again) << to_line(again.error());
  for (const Situation& situation : data().situations) {
    const Answers a = answers({situation.id}, {"paid"}, {"card_number"});
    EXPECT_EQ(all_words(make_plan(*again, a, today)), all_words(make_plan(data(), a, today)));
  }
  EXPECT_EQ(pack(*again), pack(data()));
}

TEST(Pack, DamageIsSaid) {
  const std::string bytes = pack(data());
  EXPECT_FALSE(unpack(""));
  EXPECT_FALSE(unpack("something else"));
  for (const std::size_t size : {bytes.size() - 1, bytes.size() / 2, std::size_t{100}})
    EXPECT_FALSE(unpack(std::string_view(bytes).substr(0, size)));
  EXPECT_FALSE(unpack(bytes + "x"));
}

}  // namespace
}  // namespace sekisho::care
