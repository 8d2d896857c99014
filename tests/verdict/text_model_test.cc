// What the text model reads, how much it may say, and that a model file is believed only as far as it may be.
#include "verdict/text_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/limits_wording.h"
#include "verdict/model.h"
#include "verdict/wording.h"

namespace sekisho::verdict {
namespace {

using facts::Facts;
using facts::Part;
using facts::PartKind;

Part body(const std::string& text) { return {PartKind::body, "text", text, text::fold(text), {}}; }

Facts said(const std::vector<std::string>& bodies) {
  Facts facts;
  for (const std::string& text : bodies) facts.parts.push_back(body(text));
  return facts;
}

std::vector<std::uint32_t> grams(const Facts& facts) {
  std::vector<std::uint32_t> found;
  WordingReader(facts).read([](const Clause&) {}, [&](std::uint32_t hash) { found.push_back(hash); });
  return found;
}

std::size_t clauses(const Facts& facts) {
  std::size_t count = 0;
  WordingReader(facts).read([&](const Clause&) { ++count; }, [](std::uint32_t) {});
  return count;
}

/// A model in which every n-gram of `text` weighs `weight` and all else nothing.
TextModel speaks(const std::string& text, std::int8_t weight, double bound = 2) {
  TextModel::Parameters parameters;
  parameters.bits = 16;
  parameters.scale = 1;
  parameters.slope = 0.01;
  parameters.bound = bound;
  parameters.table.assign(std::size_t{1} << 16, 0);
  for (const std::uint32_t hash : grams(said({text}))) parameters.table[hash >> 16] = weight;
  return *TextModel::make(std::move(parameters));
}

TEST(Wording, NumbersLinksAndAddressesDoNotChangeHowAMessageSpeaks) {
  const auto one = grams(said({"料金は 3,980 円です。詳しくは https://lamp.example/a?b=1 から、または tea@lamp.example へ"}));
  const auto other = grams(said({"料金は 12,400 円です。詳しくは https://desk.test/zzz から、または x.y@desk.test へ"}));
  EXPECT_EQ(one, other);
  EXPECT_EQ(grams(said({"see www.lamp.example today"})), grams(said({"see desk.test/path today"})));
  EXPECT_NE(grams(said({"see the report today"})), grams(said({"see desk.test/path today"})));
}

TEST(Wording, WhatIsSaidTwiceIsReadOnce) {
  EXPECT_EQ(grams(said({"The tea is ready. Come in."})), grams(said({"The tea is ready. Come in.", "The tea is ready. Come in."})));
  std::string lines;
  for (int i = 0; i < 5000; ++i) lines += "Buy tea now!\n\n";
  EXPECT_EQ(clauses(said({lines})), 1u);
  EXPECT_EQ(grams(said({"wait-----------------here"})), grams(said({"wait-----here"}))) << "ornaments";
}

TEST(Wording, OlderMailBelowIsNotTheSendersOwnWords) {
  const std::string own = "これは詐欺でしょうか。", old = "本日中にお支払いください。";
  Facts facts = said({own + "\n\n" + old});
  const auto with = grams(facts);
  facts.parts[0].quoted = {static_cast<std::uint32_t>(own.size() + 2), static_cast<std::uint32_t>(facts.parts[0].text.size())};
  EXPECT_GT(with.size(), grams(facts).size());
  EXPECT_EQ(grams(facts), grams(said({own})));
}

TEST(Wording, ReadsAClauseUpToItsLimitAndAMessageUpToIts) {
  const auto letters = [](std::size_t n) {
    std::string text;  // no two clauses alike
    for (std::size_t i = 0; text.size() < n; ++i) text += static_cast<char>('a' + (i * 7 + i / 26 * 3 + i / 676) % 26);
    return text;
  };
  EXPECT_EQ(clauses(said({letters(limits::clause_bytes - 1)})), 1u);
  EXPECT_EQ(clauses(said({letters(limits::clause_bytes)})), 1u);
  EXPECT_EQ(clauses(said({letters(limits::clause_bytes + 10)})), 2u);
  std::string text, last = "Zebras sleep at noon.";
  for (int i = 0; text.size() < limits::wording_bytes - 100; ++i) {
    std::string word;
    for (int n = i; n > 0; n /= 26) word += static_cast<char>('a' + n % 26);
    text += "word " + word + " said. ";
  }
  const auto wanted = grams(said({last}));
  const auto has = [&](const std::string& all) {
    const auto found = grams(said({all}));
    return std::search(found.begin(), found.end(), wanted.begin(), wanted.end()) != found.end();
  };
  EXPECT_TRUE(has(text + last));
  EXPECT_FALSE(has(text + std::string(text.begin(), text.begin() + 0) + letters(200) + ". " + last)) << "beyond the limit nothing is read";
}

TEST(Wording, HostileTextIsReadInOnePass) {
  EXPECT_LE(grams(said({std::string(1 << 20, 'a')})).size(), 4 * limits::wording_bytes);
  EXPECT_LE(grams(said({std::string(1 << 20, '.')})).size(), 4 * limits::wording_bytes);
  std::string dots;
  for (int i = 0; i < 100'000; ++i) dots += "a.";
  EXPECT_LE(grams(said({dots})).size(), 4 * limits::wording_bytes);
}

TEST(TextModel, NeverSaysMoreThanItsBoundOnEitherSide) {
  const std::string words = "very long harmful words. and then some more of the very harmful kind. and on it goes";
  EXPECT_DOUBLE_EQ(speaks(words, 127).read(said({words})).log_odds, 2.0);
  EXPECT_DOUBLE_EQ(speaks(words, -127).read(said({words})).log_odds, -2.0 * TextModel::calm_part);
  EXPECT_DOUBLE_EQ(speaks(words, 127).read(said({""})).log_odds, 0) << "no words, nothing to say";
  EXPECT_DOUBLE_EQ(TextModel().read(said({words})).log_odds, 0) << "no model, nothing to say";
}

TEST(TextModel, ShowsThePassagesThatEarnedItStrongestFirst) {
  const std::string bad = "pay the unpaid fee today";
  const Facts facts = said({"The weather is nice in autumn. " + bad + ". Birds fly south."});
  const Wording wording = speaks(bad, 3, 9).read(facts);
  ASSERT_FALSE(wording.passages.empty());
  const auto& span = wording.passages[0].clause.folded;
  EXPECT_THAT(facts.parts[0].folded.text().substr(span.start, span.size()), testing::HasSubstr("unpaid fee"));
  double sum = 0;
  for (const Passage& passage : wording.passages) sum += passage.share;
  EXPECT_GT(sum, 0.5 * wording.log_odds);
  EXPECT_TRUE(std::is_sorted(wording.passages.begin(), wording.passages.end(), [](const Passage& a, const Passage& b) { return a.share > b.share; }));
}

TEST(TextModel, RefusesNumbersThatAreNone) {
  TextModel::Parameters good;
  good.bits = 12;
  good.table.assign(1 << 12, 0);
  EXPECT_TRUE(TextModel::make(good).has_value());
  for (const auto& spoil : std::vector<void (*)(TextModel::Parameters&)>{
           [](auto& p) { p.bits = 9; p.table.resize(1 << 9); }, [](auto& p) { p.table.pop_back(); },
           [](auto& p) { p.slope = std::numeric_limits<double>::infinity(); }, [](auto& p) { p.bound = -1; },
           [](auto& p) { p.japanese = std::nan(""); }, [](auto& p) { p.bits = 23; }}) {
    TextModel::Parameters bad = good;
    spoil(bad);
    EXPECT_FALSE(TextModel::make(std::move(bad)).has_value());
  }
}

Model some_model() {
  Model model;
  model.name = "test";
  model.about = "# About";
  model.hand_bias = -2.6;
  model.bias = -2.4;
  model.cards = {{"hurry", 1.0, 1.2, 30}};
  model.text = speaks("pay today", 5);
  return model;
}

TEST(ModelFile, ComesBackAsItWasAndTheSameEachTime) {
  const std::string bytes = some_model().pack();
  EXPECT_EQ(bytes, some_model().pack());
  const auto model = Model::load(bytes);
  ASSERT_TRUE(model.has_value());
  EXPECT_EQ((*model)->name, "test");
  EXPECT_EQ((*model)->cards.at(0).weight, 1.2);
  EXPECT_EQ((*model)->text.parameters().table, some_model().text.parameters().table);
  EXPECT_EQ((*model)->digest.size(), 12u);
}

TEST(ModelFile, AnyDamageIsSaid) {
  const std::string bytes = some_model().pack();
  for (const std::size_t at : {std::size_t{0}, std::size_t{15}, std::size_t{20}, std::size_t{60}, bytes.size() / 2, bytes.size() - 1}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    EXPECT_FALSE(Model::load(damaged).has_value()) << at;
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{30}, bytes.size() - 1})
    EXPECT_FALSE(Model::load(std::string_view(bytes).substr(0, size)).has_value()) << size;
  EXPECT_FALSE(Model::load(bytes + "x").has_value());
}

TEST(ModelFile, ALearnedBiasGivesWayToOneChangedByHand) {
  EXPECT_DOUBLE_EQ(with_learned(Scale{-2.6}, some_model()).bias, -2.4);
  EXPECT_DOUBLE_EQ(with_learned(Scale{-3.0}, some_model()).bias, -3.0);
}

}  // namespace
}  // namespace sekisho::verdict
