#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signs/card.h"

namespace sekisho::signs {
namespace {

using facts::Facts;
using facts::PartKind;
using testing::HasSubstr;

constexpr const char* rest =
    "title: {ja: 題, en: title}\nexplanation: {ja: 説明。, en: It says so.}\nhow_to_check: {ja: 見る。, en: "
    "Look.}\nfalse_alarms: some\nsources: [us]\n";

Result<std::shared_ptr<const Deck>> build(std::vector<knowledge::RawFile> signs) {
  knowledge::Source source;
  source.phrases = {{"hurry", "asks to hurry", {{"hurry", "test:1"}}}, {"pay", "asks for money", {{"pay", "test:2"}}}};
  source.lists = {{"shorteners", "us", "CC0", "2026-01-01", knowledge::NameList::Match::domain, {"s.example"}}};
  source.kinds = {{"bill", {"請求", "bill"}, {"請求", "bill"}, {}}};
  source.words["next.wait"] = {"待つ", "wait"};
  source.signs = std::move(signs);
  return Deck::build(*knowledge::Snapshot::build(std::move(source)));
}

Result<std::shared_ptr<const Deck>> one(const std::string& head) { return build({{"signs/f/a.yaml", head + rest}}); }

std::string error(const std::string& text) {
  const auto deck = build({{"signs/f/a.yaml", text}});
  return deck ? "no error" : to_line(deck.error());
}

const std::string good = "id: a\nstrength: medium\nweight: 1\nwhen: [\"phrase:hurry\"]\n";

TEST(Card, ErrorsNameFileLineAndTheNearestName) {
  EXPECT_THAT(error("id: a\nstrenght: medium\n"),
              HasSubstr("signs/f/a.yaml:2: unknown key 'strenght' (did you mean 'strength'?)"));
  EXPECT_THAT(error("id: a\nstrength: medium\nweight: 1\nwhen: [\"phrase:hury\"]\n"),
              HasSubstr("signs/f/a.yaml:4: unknown phrase list 'hury' (did you mean 'hurry'?)"));
  EXPECT_THAT(error("id: a\nstrength: medium\nweight: 1\nwhen: [link.anny]\n"), HasSubstr("did you mean 'link.any'?"));
  EXPECT_THAT(error("id: a\nstrength: medium\nweight: 1\nwhen: [\"is:nobody\"]\n"),
              HasSubstr("unknown predicate 'nobody'"));
  EXPECT_THAT(error("id: a\nstrength: medium\nweight: heavy\nwhen: [link.any]\n"),
              HasSubstr("must be a number, not 'heavy'"));
  EXPECT_THAT(error("id: b\nstrength: medium\n"), HasSubstr("stands in a file of another name"));
  EXPECT_THAT(error("id: a\nid: a\n"), HasSubstr("given twice"));
  EXPECT_THAT(error("id: [a\n"), HasSubstr("signs/f/a.yaml:"));
  EXPECT_THAT(error(good + "title: {ja: 題}\n"), HasSubstr("'en' is missing"));
  EXPECT_THAT(error(good + rest + "kinds: {bil: 1}\n"), HasSubstr("did you mean 'bill'?"));
  EXPECT_THAT(error(good + rest + "advice: [wiat]\n"), HasSubstr("did you mean 'wait'?"));
}

TEST(Card, MayNotWeighMoreThanItsStrengthAllows) {
  EXPECT_TRUE(one("id: a\nstrength: weak\nweight: 0.8\nwhen: [link.any]\n"));
  EXPECT_FALSE(one("id: a\nstrength: weak\nweight: 0.81\nwhen: [link.any]\n"));
  EXPECT_TRUE(one("id: a\nstrength: strong\nweight: 3.5\nwhen: [link.any]\n"));
  EXPECT_FALSE(one("id: a\nstrength: strong\nweight: 3.6\nwhen: [link.any]\n"));
  EXPECT_FALSE(one("id: a\nstrength: strong\nweight: 0\nwhen: [link.any]\n"));
}

TEST(Card, ThatAccusesMustSayItsFalseAlarms) {
  EXPECT_THAT(error(good + "title: {ja: 題, en: t}\nexplanation: {ja: 題, en: t}\nhow_to_check: {ja: 題, en: t}\n"),
              HasSubstr("'false_alarms' and 'sources'"));
}

TEST(Predicate, ThatUsesItselfIsRefusedAndAnUnusedOneToo) {
  const auto loop =
      build({{"signs/predicates/p.yaml", "p: {what: loops, when: [\"is:p\"]}\n"},
             {"signs/f/a.yaml", std::string("id: a\nstrength: medium\nweight: 1\nwhen: [\"is:p\"]\n") + rest}});
  ASSERT_FALSE(loop);
  EXPECT_THAT(loop.error().what, HasSubstr("uses itself"));
  const auto unused = build({{"signs/predicates/p.yaml", "p: {what: unused, when: [link.any]}\n"}});
  ASSERT_FALSE(unused);
  EXPECT_THAT(unused.error().what, HasSubstr("used by no card"));
}

Facts with(std::vector<std::pair<std::string, std::string>> names, PartKind kind = PartKind::body) {
  Facts facts;
  facts.parts = {{kind, "text", "some text that is long enough"}};
  std::uint32_t at = 0;
  for (const auto& [name, value] : names) {
    facts.all.push_back({*facts::find_fact(name), {0, {at, at + 1}}, value, 2});
    ++at;
  }
  std::sort(facts.all.begin(), facts.all.end(),
            [](const auto& a, const auto& b) { return std::tie(a.id, a.value) < std::tie(b.id, b.value); });
  return facts;
}

bool fires(const std::string& when, const Facts& facts) {
  const auto deck = one("id: a\nstrength: medium\nweight: 1\nwhen: " + when + "\n");
  EXPECT_TRUE(deck) << when << ": " << (deck ? "" : to_line(deck.error()));
  return deck && !(*deck)->match(facts).empty();
}

TEST(Predicate, FileThatIsNoListOfNamesIsAnErrorWithItsPlace) {
  for (const char* text : {"-", "[]", "word", "", "- a"}) {
    const auto deck = build({{"signs/predicates/p.yaml", text}});
    ASSERT_FALSE(deck) << text;
    EXPECT_THAT(to_line(deck.error()), HasSubstr("signs/predicates/p.yaml")) << text;
    EXPECT_THAT(to_line(deck.error()), HasSubstr("'name: predicate'")) << text;
  }
}

TEST(Predicate, ThatNamesTheNextManyTimesIsRefusedBeforeItIsWrittenOut) {
  std::string predicates;
  for (int i = 0; i < 5; ++i) {
    predicates += "p" + std::to_string(i) + ": {what: x, when: {all: [";
    for (int k = 0; k < 100; ++k) predicates += i == 4 ? "link.any, " : "\"is:p" + std::to_string(i + 1) + "\", ";
    predicates += "]}}\n";
  }
  const std::string card = "id: a\nstrength: weak\nweight: 0.5\nwhen: [\"is:p0\"]\n";
  const auto deck = build({{"signs/predicates/p.yaml", predicates}, {"signs/f/a.yaml", card + rest}});
  ASSERT_FALSE(deck);
  EXPECT_THAT(to_line(deck.error()), HasSubstr("over 10000 parts"));
}

TEST(Condition, MayHaveTenThousandPartsForEachCard) {
  const auto card = [](const std::string& id, std::size_t leaves) {
    std::string text = "id: " + id + "\nstrength: weak\nweight: 0.5\nwhen:\n";
    for (std::size_t i = 0; i < leaves; ++i) text += "- link.any\n";
    return knowledge::RawFile{"signs/f/" + id + ".yaml", text + rest};
  };
  EXPECT_TRUE(build({card("a", 9'999)}));
  EXPECT_TRUE(build({card("a", 10'000), card("b", 10'000)}));
  EXPECT_FALSE(build({card("a", 10'001)}));
}

TEST(Card, PointsAndSpecificityAreSmallNumbers) {
  EXPECT_TRUE(one(good + "specificity: 1000\nkinds: {bill: -1000}\n"));
  EXPECT_FALSE(one(good + "specificity: 1001\n"));
  EXPECT_FALSE(one(good + "kinds: {bill: -1001}\n"));
  EXPECT_FALSE(one(good + "kinds: {bill: 1e300}\n"));
}

TEST(Condition, AllAnyNone) {
  const Facts facts = with({{"link.any", ""}, {"phrase.found", "hurry"}});
  EXPECT_TRUE(fires("[link.any, \"phrase:hurry\"]", facts));
  EXPECT_FALSE(fires("[link.any, \"phrase:pay\"]", facts));
  EXPECT_TRUE(fires("[any: [\"phrase:pay\", link.any]]", facts));
  EXPECT_FALSE(fires("[link.any, none: [\"phrase:hurry\"]]", facts));
  EXPECT_TRUE(fires("[none: [\"phrase:pay\"]]", facts))
      << "a card about something missing is tried although no fact calls it";
}

TEST(Condition, ValuesNumbersPartsCountsAndLists) {
  EXPECT_TRUE(fires("[{fact: link.any, at_least: 2}]", with({{"link.any", ""}})));
  EXPECT_FALSE(fires("[{fact: link.any, at_least: 2.5}]", with({{"link.any", ""}})));
  EXPECT_FALSE(fires("[{fact: link.any, at_most: 1}]", with({{"link.any", ""}})));
  EXPECT_TRUE(fires("[\"phrase:hurry@subject\"]", with({{"phrase.found", "hurry"}}, PartKind::subject)));
  EXPECT_FALSE(fires("[\"phrase:hurry@subject\"]", with({{"phrase.found", "hurry"}}, PartKind::body)));
  EXPECT_TRUE(fires("[{phrase: [hurry, pay], count: 2}]", with({{"phrase.found", "hurry"}, {"phrase.found", "pay"}})));
  EXPECT_FALSE(
      fires("[{phrase: [hurry, pay], count: 2}]", with({{"phrase.found", "hurry"}, {"phrase.found", "hurry"}})))
      << "the same value twice is one";
  EXPECT_TRUE(fires("[{fact: link.shortener, in_list: shorteners}]", with({{"link.shortener", "a.s.example"}})));
  EXPECT_FALSE(fires("[{fact: link.shortener, in_list: shorteners}]", with({{"link.shortener", "as.example"}})))
      << "a label boundary counts";
}

TEST(Deck, PackedAndLoadedAnswersTheSame) {
  const auto deck = one(good);
  ASSERT_TRUE(deck);
  const auto again =
      Deck::load((*deck)->pack(), *knowledge::Snapshot::build(knowledge::Source((*deck)->knowledge().source())));
  ASSERT_TRUE(again) << to_line(again.error());
  const Facts facts = with({{"phrase.found", "hurry"}});
  ASSERT_EQ((*again)->match(facts).size(), 1u);
  EXPECT_EQ((*again)->cards()[0].title.ja, "題");
  std::string cut = (*deck)->pack();
  for (const std::size_t size : {std::size_t{0}, cut.size() / 2, cut.size() - 1})
    EXPECT_FALSE(Deck::load(cut.substr(0, size), nullptr)) << size;
}

}  // namespace
}  // namespace sekisho::signs
