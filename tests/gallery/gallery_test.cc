// Reading, searching and comparing, on a small invented gallery.
#include "gallery/gallery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "knowledge/snapshot.h"

namespace sekisho::gallery {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<const knowledge::Snapshot> knowledge_with_kinds() {
  knowledge::Source source;
  source.kinds = {{"parcel", {"荷物", "Parcel"}, {"x", "x"}, {}}, {"lock", {"停止", "Lock"}, {"x", "x"}, {}}};
  source.as_of = "2026-11-23";
  auto snapshot = knowledge::Snapshot::build(std::move(source));
  EXPECT_TRUE(snapshot) << to_line(snapshot.error());
  return *snapshot;
}

const std::string good =
    "kind: parcel\ngenuine: {ja: 本物, en: genuine}\nexamples:\n"
    "- id: a\n  title: {ja: 不在のSMS, en: A missed parcel}\n  read_as: sms\n  words: [ＳＭＳ, 宅配]\n  message: "
    "お荷物を持ち帰りました\n";

Result<std::vector<Example>> read(const std::string& text) {
  return read_examples({{"gallery/parcel.yaml", text}}, *knowledge_with_kinds());
}

Example with_ideas(const std::string& id, const std::string& kind, std::vector<std::string> ideas) {
  Example example;
  example.id = id;
  example.kind = kind;
  std::sort(ideas.begin(), ideas.end());
  example.ideas = std::move(ideas);
  return example;
}

facts::Facts talking_about(const std::vector<std::string>& phrases) {
  facts::Facts facts;
  for (const std::string& phrase : phrases) facts.all.push_back({facts::FactId::phrase_found, {}, phrase, 0});
  return facts;
}

std::shared_ptr<const signs::Deck> empty_deck() {
  auto deck = signs::Deck::build(knowledge_with_kinds());
  EXPECT_TRUE(deck) << to_line(deck.error());
  return *deck;
}

TEST(GalleryFiles, AreReadWithEveryField) {
  const auto examples = read(good);
  ASSERT_TRUE(examples) << to_line(examples.error());
  ASSERT_EQ(examples->size(), 1U);
  EXPECT_EQ(examples->front().id, "a");
  EXPECT_EQ(examples->front().kind, "parcel");
  EXPECT_EQ(examples->front().read_as, ReadAs::sms);
  EXPECT_EQ(examples->front().genuine.en, "genuine");
}

TEST(GalleryFiles, SayWhereAndWhatIsWrong) {
  const auto complaint = [](std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    const auto examples = read(text);
    EXPECT_FALSE(examples) << text;
    return examples ? std::string() : to_line(examples.error());
  };
  EXPECT_THAT(complaint(good, "kind: parcel", "kind: parcle"), HasSubstr("did you mean 'parcel'?"));
  EXPECT_THAT(complaint(good, "read_as: sms", "read_as: fax"), HasSubstr("parcel.yaml:4"));
  EXPECT_THAT(complaint(good, "en: genuine", "fr: vrai"), HasSubstr("fr"));
  EXPECT_THAT(complaint(good, "お荷物を持ち帰りました", "' '"), HasSubstr("empty"));
  EXPECT_THAT(complaint(good, "- id: a", "- id: b\n  title: {ja: x, en: x}\n  message: x\n- id: b"),
              HasSubstr("given twice"));
}

TEST(Search, FindsFoldedWordsInTitleKindWordsAndText) {
  const auto knowledge = knowledge_with_kinds();
  Gallery gallery(*read(good));
  EXPECT_EQ(gallery.search({"sms"}, *knowledge).size(), 1U);
  EXPECT_EQ(gallery.search({"MISSED"}, *knowledge).size(), 1U);
  EXPECT_EQ(gallery.search({"持ち帰り", "宅配"}, *knowledge).size(), 1U);
  EXPECT_EQ(gallery.search({"持ち帰り", "税金"}, *knowledge).size(), 0U) << "every word must be found";
  EXPECT_EQ(gallery.search({}, *knowledge).size(), 1U);
}

TEST(Nearest, IsTheExampleThatSharesTheRarestIdeas) {
  Gallery gallery({with_ideas("parcel", "parcel", {"phrase:deadline", "phrase:absent"}),
                   with_ideas("lock", "lock", {"phrase:deadline", "phrase:suspended"})});
  const auto deck = empty_deck();
  const Nearest near = gallery.nearest(talking_about({"deadline", "suspended"}), {}, *deck);
  ASSERT_NE(near.example, nullptr);
  EXPECT_EQ(near.example->id, "lock");
  EXPECT_NEAR(near.likeness, 1.0, 1e-9);
  const Nearest part = gallery.nearest(talking_about({"deadline", "absent", "weather", "garden"}), {}, *deck);
  ASSERT_NE(part.example, nullptr);
  EXPECT_EQ(part.example->id, "parcel");
  EXPECT_LT(part.likeness, 0.6) << "what the example does not talk about makes a message less like it";
}

TEST(Nearest, IsNobodyWhenNothingIsShared) {
  Gallery gallery({with_ideas("parcel", "parcel", {"phrase:absent"})});
  const auto deck = empty_deck();
  Gallery two({with_ideas("parcel", "parcel", {"phrase:absent", "phrase:deadline"})});
  EXPECT_EQ(two.nearest(talking_about({"deadline"}), {}, *deck).example, nullptr) << "one idea in common is chance";
  EXPECT_EQ(gallery.nearest(talking_about({"weather"}), {}, *deck).example, nullptr);
  EXPECT_EQ(gallery.nearest(talking_about({}), {}, *deck).example, nullptr);
}

TEST(Nearest, KeepsToTheKindThatTheVerdictNamed) {
  Gallery gallery({with_ideas("parcel", "parcel", {"phrase:deadline", "phrase:absent"}),
                   with_ideas("lock", "lock", {"phrase:deadline", "phrase:suspended"})});
  const auto deck = empty_deck();
  verdict::Verdict verdict;
  verdict.scam_kind = "parcel";
  const Nearest near = gallery.nearest(talking_about({"deadline", "absent", "suspended"}), verdict, *deck);
  ASSERT_NE(near.example, nullptr);
  EXPECT_EQ(near.example->id, "parcel");
}

TEST(Packed, GivesBackWhatWentIn) {
  Example example = with_ideas("parcel", "parcel", {"phrase:absent"});
  example.title = {"題", "title"};
  example.parts = {{facts::PartKind::body, "text", "お荷物"}};
  example.marks = {{"some_sign", 1.25, false, {{0, {3, 9}, "荷物"}}}};
  const std::string bytes = Gallery({example}).pack();
  const auto gallery = Gallery::load(bytes);
  ASSERT_TRUE(gallery) << to_line(gallery.error());
  const Example& back = (*gallery)->examples().front();
  EXPECT_EQ(back.title.ja, "題");
  EXPECT_EQ(back.parts.front().text, "お荷物");
  EXPECT_EQ(back.marks.front().weight, 1.25);
  EXPECT_EQ(back.marks.front().quotes.front().span.end, 9U);
  EXPECT_THAT(back.ideas, ElementsAre("phrase:absent"));
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_FALSE(Gallery::load(std::string_view(bytes).substr(0, cut))) << cut;
}

}  // namespace
}  // namespace sekisho::gallery
