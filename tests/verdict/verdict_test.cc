#include "verdict/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "verdict/model.h"

namespace sekisho::verdict {
namespace {

using facts::Fact;
using facts::FactId;
using facts::Facts;
using facts::PartKind;

std::string card(const std::string& id, const std::string& weight, const std::string& when,
                 const std::string& more = "") {
  return "id: " + id + "\nstrength: strong\nweight: " + weight + "\nwhen: " + when +
         "\ntitle: {ja: 題, en: title}\nexplanation: {ja: 説明。, en: It says so.}\nhow_to_check: {ja: 見る。, en: "
         "Look.}\n"
         "false_alarms: some\nsources: [us]\n" +
         more;
}

std::shared_ptr<const knowledge::Snapshot> snapshot(
    std::vector<knowledge::RawFile> signs,
    std::string scale = "bias: -2\nscam: 0.9\ncannot_tell: 0.5\nquoted_reasons: 2\n") {
  knowledge::Source source;
  source.phrases = {{"hurry", "asks to hurry", {{"hurry", "test:1"}}},
                    {"pay", "asks for money", {{"pay", "test:2"}}},
                    {"court", "names a court", {{"court", "test:3"}}}};
  source.kinds = {{"bill", {"請求", "bill"}, {"請求", "bill"}, {{"pay", "", "", 3}}},
                  {"law", {"裁判", "law"}, {"裁判", "law"}, {{"court", "", "", 2}}}};
  source.words["would_settle.call"] = {"電話する", "call"};
  source.words["would_settle.known_number"] = {"知っている番号で聞く", "ask at a number you know"};
  source.words["next.scam.z_first"] = {"触らない", "leave it"};
  source.words["next.scam.a_second"] = {"相談する", "ask"};
  source.word_order = {"next.scam.z_first", "next.scam.a_second"};
  source.signs = std::move(signs);
  source.scale = {{"signs/scale.yaml", std::move(scale)}};
  auto made = knowledge::Snapshot::build(std::move(source));
  EXPECT_TRUE(made.has_value()) << (made ? "" : to_line(made.error()));
  return *made;
}

std::shared_ptr<const signs::Deck> deck(std::vector<knowledge::RawFile> signs) {
  auto made = signs::Deck::build(snapshot(std::move(signs)));
  EXPECT_TRUE(made.has_value()) << (made ? "" : to_line(made.error()));
  return *made;
}

const FactId phrase = *facts::find_fact("phrase.found");

/// Facts saying that `lists` were found one after the other in "hurry pay court".
Facts found(std::initializer_list<std::string> lists) {
  Facts facts;
  facts.parts = {{PartKind::body, "text", "hurry pay court"}};
  for (const std::string& list : lists) {
    const auto at = static_cast<std::uint32_t>(facts.parts[0].text.find(list));
    facts.all.push_back({phrase, {0, {at, at + static_cast<std::uint32_t>(list.size())}}, list, 0});
  }
  std::sort(facts.all.begin(), facts.all.end(), [](const Fact& a, const Fact& b) { return a.value < b.value; });
  return facts;
}

const Scale scale{-2, 0.9, 0.5, 2};

TEST(Verdict, ScoreIsTheLogisticOfBiasPlusWeights) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "1.25", "[\"phrase:hurry\"]")},
                           {"signs/f/b.yaml", card("b", "0.5", "[\"phrase:pay\"]")}});
  const Verdict verdict = weigh(found({"hurry", "pay"}), *cards, scale);
  EXPECT_DOUBLE_EQ(verdict.log_odds, -2 + 1.25 + 0.5);
  EXPECT_DOUBLE_EQ(verdict.score, 1 / (1 + std::exp(0.25)));
  ASSERT_EQ(verdict.reasons.size(), 2u);
  EXPECT_EQ(cards->cards()[verdict.reasons[0].card].id, "a") << "the heaviest stands first";
}

TEST(Verdict, CardsOfOneGroupDoNotAddUpAndTheMostSpecificSpeaks) {
  const auto cards = deck({{"signs/f/general.yaml", card("general", "2.5", "[\"phrase:pay\"]", "group: money\n")},
                           {"signs/f/special.yaml", card("special", "1.5", "[\"phrase:pay\", \"phrase:hurry\"]",
                                                         "group: money\nspecificity: 2\n")}});
  const Verdict both = weigh(found({"hurry", "pay"}), *cards, scale);
  EXPECT_DOUBLE_EQ(both.log_odds, -0.5);
  ASSERT_EQ(both.silenced.size(), 1u);
  EXPECT_EQ(cards->cards()[both.silenced[0]].id, "general");
  EXPECT_DOUBLE_EQ(weigh(found({"pay"}), *cards, scale).log_odds, 0.5) << "alone, the general card speaks";
}

TEST(Verdict, OneReasonAloneIsNotEnoughToAccuse) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "3.5", "[\"phrase:hurry\"]")},
                           {"signs/f/b.yaml", card("b", "3.5", "[\"phrase:pay\"]")}});
  const Scale eager{2, 0.9, 0.5, 2};
  const Verdict one = weigh(found({"hurry"}), *cards, eager);
  EXPECT_GE(one.score, eager.scam);
  EXPECT_EQ(one.answer, Answer::cannot_tell);
  EXPECT_EQ(weigh(found({"hurry", "pay"}), *cards, eager).answer, Answer::scam);
}

TEST(Verdict, ThreeAnswersAtTheirThresholds) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "2", "[\"phrase:hurry\"]")},
                           {"signs/f/b.yaml", card("b", "3", "[\"phrase:pay\"]")}});
  EXPECT_EQ(weigh(found({}), *cards, scale).answer, Answer::nothing_found);
  const Verdict doubt = weigh(found({"hurry"}), *cards, scale);
  EXPECT_DOUBLE_EQ(doubt.score, 0.5);
  EXPECT_EQ(doubt.answer, Answer::cannot_tell) << "a score at the threshold counts";
  EXPECT_EQ(weigh(found({"hurry", "pay"}), *cards, scale).answer, Answer::scam);
}

TEST(Verdict, ADoubtAlwaysSaysWhatWouldSettleIt) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "2", "[\"phrase:hurry\"]")},
                           {"signs/f/b.yaml", card("b", "2.2", "[\"phrase:pay\"]", "settles: [call]\n")}});
  EXPECT_THAT(weigh(found({"hurry"}), *cards, scale).would_settle, testing::ElementsAre("would_settle.known_number"));
  EXPECT_THAT(weigh(found({"pay"}), *cards, scale).would_settle, testing::ElementsAre("would_settle.call"));
}

TEST(Verdict, NextStepsKeepTheOrderOfTheFile) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "3", "[\"phrase:hurry\"]")},
                           {"signs/f/b.yaml", card("b", "3", "[\"phrase:pay\"]")}});
  EXPECT_THAT(weigh(found({"hurry", "pay"}), *cards, scale).next,
              testing::ElementsAre("next.scam.z_first", "next.scam.a_second"));
}

TEST(Verdict, QuotesAreTheBytesOfThePart) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "2", "[\"phrase:pay\"]")}});
  const Verdict verdict = weigh(found({"pay"}), *cards, scale);
  ASSERT_EQ(verdict.reasons.at(0).quotes.size(), 1u);
  const Quote& quote = verdict.reasons[0].quotes[0];
  EXPECT_THAT(quote.text, testing::HasSubstr("pay"));
  EXPECT_EQ(quote.text, std::string("hurry pay court").substr(quote.span.start, quote.span.size()));
}

TEST(Verdict, AQuoteOfWordsIsTheWholeClauseNotHalfAWord) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "2", "[\"phrase:pay\"]")}});
  Facts facts;
  const std::string text = "お知らせです。昨年から料金のお支払いがありません。次の行";
  facts.parts = {{PartKind::body, "text", text}};
  const auto at = static_cast<std::uint32_t>(text.find("支払"));
  facts.all = {{phrase, {0, {at, at + 6}}, "pay", 0}};
  EXPECT_EQ(weigh(facts, *cards, scale).reasons.at(0).quotes.at(0).text, "昨年から料金のお支払いがありません");
}

TEST(Verdict, ALongQuoteIsCutBetweenCharacters) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "2", "[\"phrase:pay\"]")}});
  Facts facts;
  std::string text;
  for (int i = 0; i < 200; ++i) text += "あ";
  facts.parts = {{PartKind::body, "text", "x" + text}};
  facts.all = {{phrase, {0, {0, 601}}, "pay", 0}};
  const std::string quote = weigh(facts, *cards, scale).reasons.at(0).quotes.at(0).text;
  EXPECT_LE(quote.size(), 240u);
  EXPECT_EQ((quote.size() - 1) % 3, 0u) << "half a letter was quoted";
}

TEST(Verdict, AReasonAboutSomethingMissingIsNotQuoted) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "3", "[{none: [\"phrase:pay\"]}]",
                                                   "absent: true\nscope: {ja: 本文, en: the body}\n")}});
  const Verdict verdict = weigh(found({"hurry"}), *cards, scale);
  ASSERT_EQ(verdict.reasons.size(), 1u);
  EXPECT_TRUE(verdict.reasons[0].quotes.empty());
  EXPECT_TRUE(weigh(found({"pay"}), *cards, scale).reasons.empty());
}

TEST(Verdict, KindIsNamedOnlyWithEnoughPointsAndNeverForNothingFound) {
  const auto cards = deck({{"signs/f/a.yaml", card("a", "2.5", "[\"phrase:hurry\"]")}});
  EXPECT_EQ(weigh(found({"hurry", "pay"}), *cards, scale).scam_kind, "bill");
  EXPECT_EQ(weigh(found({"hurry", "court"}), *cards, scale).scam_kind, "") << "two points are one weak hint";
  EXPECT_EQ(weigh(found({"pay"}), *cards, scale).scam_kind, "");
}

TEST(Scale, RefusesThresholdsOutOfOrderAndUnknownKeys) {
  EXPECT_FALSE(read_scale(*snapshot({}, "bias: 0\nscam: 0.4\ncannot_tell: 0.5\nquoted_reasons: 2\n")));
  const auto misspelt = read_scale(*snapshot({}, "bais: 0\nscam: 0.9\ncannot_tell: 0.5\nquoted_reasons: 2\n"));
  ASSERT_FALSE(misspelt);
  EXPECT_EQ(misspelt.error().hint, "did you mean 'bias'?");
  EXPECT_EQ(misspelt.error().where, "signs/scale.yaml:1");
}

/// A text model to which everything said is harmful (or, with a negative weight, harmless).
TextModel all_words(std::int8_t weight) {
  TextModel::Parameters parameters;
  parameters.bits = 10;
  parameters.scale = 1;
  parameters.slope = 1;
  parameters.bound = 1.5;
  parameters.table.assign(1 << 10, weight);
  return *TextModel::make(std::move(parameters));
}

std::shared_ptr<const signs::Deck> deck_with_wording() {
  const auto speaks = [](const std::string& id, const std::string& weight) {
    std::string text = card(id, weight, "[]");
    return text.replace(text.find("when: []"), 8, "by: wording");
  };
  return deck({{"signs/f/a.yaml", card("a", "3", "[\"phrase:hurry\"]")},
               {"signs/f/like_scams.yaml", speaks("like_scams", "1.5")},
               {"signs/f/like_wanted.yaml", speaks("like_wanted", "-1.5")}});
}

Facts with_words(Facts facts) {
  for (auto& part : facts.parts) part.folded = text::fold(part.text);
  return facts;
}

TEST(Verdict, TheWordingIsAReasonLikeAnyOtherThatQuotesAndAddsUp) {
  const auto cards = deck_with_wording();
  const TextModel words = all_words(100);
  const Verdict verdict = weigh(with_words(found({"hurry"})), *cards, scale, &words);
  ASSERT_EQ(verdict.reasons.size(), 2u);
  EXPECT_EQ(cards->cards()[verdict.reasons[1].card].id, "like_scams");
  EXPECT_DOUBLE_EQ(verdict.log_odds, -2 + 3 + 1.5);
  EXPECT_EQ(verdict.reasons[1].quotes.at(0).text, "hurry pay court");
  EXPECT_EQ(verdict.answer, Answer::scam) << "two quoted reasons";
}

TEST(Verdict, HarmlessWordingTakesOffLessThanHarmfulAdds) {
  const auto cards = deck_with_wording();
  const TextModel words = all_words(-100);
  const Verdict verdict = weigh(with_words(found({"hurry"})), *cards, scale, &words);
  EXPECT_DOUBLE_EQ(verdict.log_odds, -2 + 3 - 1.5 * TextModel::calm_part);
}

TEST(Verdict, WordingAloneNeverMakesAScam) {
  const auto cards = deck_with_wording();
  const TextModel words = all_words(127);
  EXPECT_NE(weigh(with_words(found({})), *cards, {2.0, 0.9, 0.5, 2}, &words).answer, Answer::scam);
}

TEST(Verdict, WithoutAModelTheWordingIsSilent) {
  const auto cards = deck_with_wording();
  EXPECT_EQ(weigh(with_words(found({"hurry"})), *cards, scale).reasons.size(), 1u);
  const TextModel none;
  EXPECT_EQ(weigh(with_words(found({"hurry"})), *cards, scale, &none).reasons.size(), 1u);
}

TEST(Model, LearnedWeightsAreUsedOnlyWhereNobodyChangedTheCard) {
  const auto cards = deck_with_wording();
  const auto weight = [&](const Learned& learned) {
    Model model;
    model.name = "test";
    model.cards = {learned};
    return with_learned(cards, model)->card("a")->weight;
  };
  EXPECT_DOUBLE_EQ(weight({"a", 3, 2.5, 40}), 2.5);
  EXPECT_DOUBLE_EQ(weight({"a", 2.9, 2.5, 40}), 3) << "the hand-set weight is another one by now";
  EXPECT_DOUBLE_EQ(weight({"a", 3, -1, 40}), 3) << "an accuser never becomes an excuse";
  EXPECT_DOUBLE_EQ(weight({"a", 3, 3.6, 40}), 3) << "heavier than a strong card may be";
  EXPECT_DOUBLE_EQ(weight({"gone", 3, 2.5, 40}), 3);
}

}  // namespace
}  // namespace sekisho::verdict
