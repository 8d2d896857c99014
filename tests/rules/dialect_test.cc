#include "rules/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mailboxes.h"
#include "rules/dialect_source.h"

namespace sekisho::rules {
namespace {

using testing::HasSubstr;
using tests::place;

std::string one(std::string_view lines) {
  return "meta: {as_of: x}\ndialects:\n- id: kumo\n  name: {ja: 雲, en: cloud}\n" + std::string(lines);
}
const std::string lists = "  reject: {modes: [exact]}\n  allow: {modes: []}\n";
const std::string rest = "  precedence: {value: reject}\n  source: here\n";

TEST(Dialects, TheFilesPlacesSurviveTheFlatFile) {
  const auto loaded = Dialects::load(tests::dialects().pack());
  ASSERT_TRUE(loaded) << to_line(loaded.error());
  EXPECT_EQ(loaded->pack(), tests::dialects().pack());
  EXPECT_EQ(loaded->ids(), tests::dialects().ids());
  EXPECT_EQ(loaded->find("softbank")->max_reject.entries, 300U);
  EXPECT_TRUE(loaded->find("softbank")->max_reject.confirmed);
  EXPECT_FALSE(loaded->find("docomo")->max_reject.confirmed) << "from memory, never shown as certain";
  EXPECT_EQ(loaded->find("nowhere"), nullptr);
}

TEST(Dialects, ADamagedFlatFileIsRefused) {
  const std::string bytes = tests::dialects().pack();
  for (const std::size_t size : {std::size_t{0}, std::size_t{3}, bytes.size() / 2, bytes.size() - 1})
    EXPECT_FALSE(Dialects::load(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(Dialects::load(bytes + "x"));
}

TEST(Dialects, CarriersThatUseAnothersSettingsStandUnderTheirOwnName) {
  for (const std::string_view id : {"ahamo", "uq", "povo", "linemo"})
    EXPECT_NE(tests::dialects().find(id), nullptr) << id;
  EXPECT_EQ(place("uq").max_reject.entries, place("au").max_reject.entries);
}

TEST(Dialects, UnknownBehaviourGivesEveryReading) {
  EXPECT_EQ(place("docomo").readings().size(), 4U) << "subdomains or not, allow wins or not";
  EXPECT_EQ(place("softbank").readings().size(), 1U) << "it has no domain mode, and its allow list wins";
  EXPECT_EQ(place("yahoo_jp").readings().size(), 2U);
  EXPECT_EQ(Dialects::generic().readings().size(), 1U);
  for (const Dialect& dialect : tests::dialects().all()) EXPECT_FALSE(dialect.readings().empty()) << dialect.id;
}

TEST(Dialects, OnlyASureWinLetsAnAllowListCarryWeight) {
  EXPECT_TRUE(place("softbank").allow_surely_wins());
  EXPECT_TRUE(place("au").allow_surely_wins());
  EXPECT_EQ(place("au").precedence, Precedence::allow_when_marked);
  EXPECT_FALSE(place("docomo").allow_surely_wins());
  EXPECT_FALSE(place("yahoo_jp").allow_surely_wins());
}

TEST(DialectSource, MistakesAreNamedWithFileAndLine) {
  const auto error = [](const std::string& yaml) {
    const auto result = read_dialects(yaml, "dialects.yaml");
    return result ? std::string("accepted") : to_line(result.error());
  };
  EXPECT_EQ(error(one(lists + rest)), "accepted");
  EXPECT_THAT(error(one(lists + rest + "  colour: red\n")), HasSubstr("colour"));
  EXPECT_THAT(error(one("  reject: {modes: [exactly]}\n  allow: {modes: []}\n" + rest)), HasSubstr("dialects.yaml:5"));
  EXPECT_THAT(error(one("  reject: {modes: []}\n  allow: {modes: []}\n" + rest)), HasSubstr("no place"));
  EXPECT_THAT(error(one("  reject: {modes: [exact], most: 0}\n  allow: {modes: []}\n" + rest)), HasSubstr("'most'"));
  EXPECT_THAT(error(one("  reject: {modes: [exact], most: 5001}\n  allow: {modes: []}\n" + rest)), HasSubstr("'most'"));
  EXPECT_EQ(error(one("  reject: {modes: [exact], most: 5000}\n  allow: {modes: []}\n" + rest)), "accepted");
  EXPECT_THAT(error(one(lists + "  precedence: {value: both}\n  source: x\n")), HasSubstr("allow_when_marked"));
  EXPECT_THAT(error(one(lists + rest + "  subdomains: maybe\n")), HasSubstr("yes, no or unknown"));
  EXPECT_THAT(error(one(lists + rest) + "- id: kumo\n  name: {ja: 雲, en: cloud}\n" + lists + rest),
              HasSubstr("twice"));
  EXPECT_THAT(error(one(rest)), HasSubstr("'reject' is missing"));
  EXPECT_THAT(error("dialects: 3"), HasSubstr("must be a list"));
}

}  // namespace
}  // namespace sekisho::rules
