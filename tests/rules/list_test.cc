#include "rules/list.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "mailboxes.h"
#include "rules/age.h"
#include "rules/decide.h"

namespace sekisho::rules {
namespace {

RuleList read(std::string_view text) { return read_rule_list(text, "rules.txt").value(); }

std::string outcome(std::string_view list, std::string_view mode, std::string_view value) {
  const auto rule = make_rule(list, mode, value);
  if (rule) return to_line(*rule);
  std::string out(name(rule.error().slip));
  if (rule.error().likely) out += " -> " + to_line(*rule.error().likely);
  return out;
}

TEST(RuleList, ReadsRulesNotesAndComments) {
  const RuleList list = read(
      "# sekisho rules 1\n\nreject domain Lamp-Red.TEST   # 2026-11-23 the lamp people\r\n"
      "\tallow exact friend@box.example\nreject link kumo.example.\nreject net 198.51.100.0/24");
  ASSERT_EQ(list.rules.size(), 4U);
  EXPECT_TRUE(list.mistakes.empty());
  EXPECT_EQ(list.rules[0].sender->value, "lamp-red.test");
  EXPECT_EQ(list.rules[0].note, "2026-11-23 the lamp people");
  EXPECT_EQ(list.rules[0].line, 3U);
  EXPECT_TRUE(list.rules[1].allow);
  EXPECT_EQ(list.rules[2].content->value, "kumo.example");
  EXPECT_EQ(to_line(list.rules[3]), "reject net 198.51.100.0/24");
  EXPECT_EQ(read(write_rule_list(list.rules)).rules.size(), 4U);
}

TEST(RuleList, AWrongLineIsNamedAndTheOthersHold) {
  const RuleList list = read("reject domain lamp-red.test\nreject domain yahoo.co,jp\nblock domain x.test\n");
  ASSERT_EQ(list.rules.size(), 1U);
  ASSERT_EQ(list.mistakes.size(), 2U);
  EXPECT_EQ(list.mistakes[0].line, 2U);
  EXPECT_EQ(list.mistakes[0].slip, Slip::comma);
  EXPECT_EQ(to_line(*list.mistakes[0].likely), "reject domain yahoo.co.jp");
  EXPECT_EQ(list.mistakes[1].slip, Slip::unknown_list);
}

TEST(RuleList, WhatWasProbablyMeantIsOffered) {
  EXPECT_EQ(outcome("reject", "domain", "ｌａｍｐ．ｔｅｓｔ"), "full_width -> reject domain lamp.test");
  EXPECT_EQ(outcome("reject", "domain", "lamp。test"), "full_width -> reject domain lamp.test");
  EXPECT_EQ(outcome("reject", "domain", "https://www.lamp.test/x?y"), "url -> reject domain lamp.test");
  EXPECT_EQ(outcome("reject", "domain", "*@lamp.test"), "wildcard -> reject domain lamp.test");
  EXPECT_EQ(outcome("reject", "exact", "*.lamp.test"), "wildcard -> reject domain lamp.test");
  EXPECT_EQ(outcome("reject", "exact", "info@*"), "wildcard -> reject prefix info@");
  EXPECT_EQ(outcome("allow", "exact", "A Friend <a@Lamp.test>"), "name_and_address -> allow exact a@lamp.test");
  EXPECT_EQ(outcome("reject", "exact", "mailto:a@lamp.test"), "name_and_address -> reject exact a@lamp.test");
  EXPECT_EQ(outcome("reject", "domain", "lamp..test"), "bad_dots -> reject domain lamp.test");
  EXPECT_EQ(outcome("reject", "exact", "a@@lamp.test"), "two_at_signs -> reject exact a@lamp.test");
  EXPECT_EQ(outcome("reject", "exact", "lamp.test"), "no_at_sign -> reject domain lamp.test");
  EXPECT_EQ(outcome("reject", "domain", "@lamp.test"), "at_in_domain -> reject domain lamp.test");
  EXPECT_EQ(outcome("reject", "domain", "a@lamp.test"), "at_in_domain -> reject exact a@lamp.test");
  EXPECT_EQ(outcome("reject", "net", "198.51.100.7"), "bad_net -> reject net 198.51.100.0/24");
}

TEST(RuleList, WhatNobodyShouldTypeIsRefused) {
  EXPECT_EQ(outcome("reject", "domain", "co.jp"), "public_suffix");
  EXPECT_EQ(outcome("reject", "domain", "jp"), "public_suffix");
  EXPECT_EQ(outcome("reject", "suffix", ".jp"), "public_suffix");
  EXPECT_EQ(outcome("reject", "suffix", ".co.jp"), "public_suffix");
  EXPECT_EQ(outcome("reject", "suffix", "@com"), "public_suffix");
  EXPECT_EQ(outcome("reject", "domain", "lamp"), "no_domain");
  EXPECT_EQ(outcome("reject", "contains", "lam"), "too_short");
  EXPECT_EQ(outcome("reject", "contains", "lamp"), "reject contains lamp");
  EXPECT_EQ(outcome("reject", "contains", "@lamp-red"), "reject contains @lamp-red") << "the beginning of a host";
  EXPECT_EQ(outcome("reject", "contains", "@com"), "too_short");
  EXPECT_EQ(outcome("reject", "contains", "@co.jp"), "public_suffix");
  EXPECT_EQ(outcome("reject", "contains", ".info"), "public_suffix");
  EXPECT_EQ(outcome("reject", "suffix", "@lamp"), "public_suffix");
  EXPECT_EQ(outcome("reject", "path", "/aa1/"), "reject path /aa1/");
  EXPECT_EQ(outcome("reject", "path", "aa1"), "bad_path -> reject path /aa1/");
  EXPECT_EQ(outcome("reject", "path", "/aa1/b/"), "bad_path");
  EXPECT_EQ(outcome("reject", "path", "/a/"), "too_short");
  EXPECT_EQ(outcome("reject", "path", "//"), "bad_path");
  EXPECT_EQ(outcome("reject", "exact", "a b@lamp.test"), "bad_character");
  EXPECT_EQ(outcome("reject", "domain", ""), "no_value");
  EXPECT_EQ(outcome("reject", "net", "198.51.100"), "bad_net");
  EXPECT_EQ(outcome("reject", "net", "198.51.256.0/24"), "bad_net");
  EXPECT_EQ(outcome("allow", "link", "lamp.test"), "allow_content");
  EXPECT_EQ(outcome("reject", "regex", ".*"), "unknown_mode");
  EXPECT_EQ(outcome("reject", "domain", std::string(limits::rule_value_bytes - 5, 'a') + ".test"),
            "reject domain " + std::string(limits::rule_value_bytes - 5, 'a') + ".test");
  EXPECT_EQ(outcome("reject", "domain", std::string(limits::rule_value_bytes - 4, 'a') + ".test"), "too_long");
}

TEST(RuleList, OldCarrierAddressesWithDotsAnywhereAreRight) {
  EXPECT_EQ(outcome("allow", "exact", "a..b.@keitai.example"), "allow exact a..b.@keitai.example");
}

TEST(RuleList, EverySlipHasItsOwnName) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < slip_count; ++i) names.insert(name(static_cast<Slip>(i)));
  EXPECT_EQ(names.size(), slip_count);
}

TEST(RuleList, LimitsOfTheFile) {
  std::string text;
  for (std::size_t i = 0; i < limits::rule_entries; ++i) text += "reject domain d" + std::to_string(i) + ".test\n";
  EXPECT_EQ(read(text).rules.size(), limits::rule_entries);
  EXPECT_FALSE(read_rule_list(text + "reject domain one.more.test\n", "x"));
  EXPECT_TRUE(read_rule_list(std::string(limits::rule_list_bytes, '#'), "x"));
  EXPECT_FALSE(read_rule_list(std::string(limits::rule_list_bytes + 1, '#'), "x"));
}

TEST(RuleList, AddingAndRemovingLeavesTheRestAsItWas) {
  const std::string text = "# mine\nreject domain a-lamp.test # why\n\nallow exact f@box.example\n";
  const Rule rule = *make_rule("reject", "domain", "b-lamp.test");
  EXPECT_EQ(with_rule(text, rule), text + "reject domain b-lamp.test\n");
  EXPECT_EQ(without_rule(text, read(text), *make_rule("reject", "domain", "a-lamp.test")),
            "# mine\n\nallow exact f@box.example\n");
  EXPECT_EQ(without_rule(text, read(text), rule), text);
  EXPECT_EQ(read(with_rule("", rule)).rules.size(), 1U);
  EXPECT_EQ(read(with_rule("reject domain a-lamp.test", rule)).rules.size(), 2U) << "a last line without its end";
}

TEST(Decide, TheFirstRejectRuleDecidesUnlessAnAllowRuleSaves) {
  const RuleList list = read(
      "reject domain lamp.test\nreject link kumo.example\nreject path /aa1/\nreject net 198.51.100.0/24\n"
      "allow exact f@lamp.test\n");
  const auto decision = [&](Traits traits) { return decide(list, traits, Reading{}); };
  EXPECT_EQ(decision({{"a@lamp.test"}, {}, {}, {}}).rule, 0U);
  EXPECT_TRUE(decision({{"a@box.example"}, {"x.kumo.example"}, {}, {}}).refused);
  EXPECT_FALSE(decision({{"a@box.example"}, {"xkumo.example"}, {}, {}}).refused);
  EXPECT_TRUE(decision({{"a@box.example"}, {}, {"/aa1/"}, {}}).refused);
  EXPECT_FALSE(decision({{"a@box.example"}, {}, {"/aa12/"}, {}}).refused);
  EXPECT_TRUE(decision({{"a@box.example"}, {}, {}, {"from x (y [198.51.100.9]) by z"}}).refused);
  EXPECT_FALSE(decision({{"a@box.example"}, {}, {}, {"from x (y [198.51.10.9]) by z 198.51.100.9"}}).refused);
  const Decision saved = decision({{"f@lamp.test"}, {"kumo.example"}, {}, {}});
  EXPECT_FALSE(saved.refused);
  EXPECT_EQ(saved.rule, 4U);
  EXPECT_FALSE(decision({}).rule);
  EXPECT_TRUE(decide(list, {{"f@lamp.test"}, {}, {}, {}}, {true, false, false}).refused)
      << "where the reject list wins";
}

TEST(Decide, APathIsItsFirstPieceWhenMoreFollows) {
  EXPECT_EQ(path_start("/AA1/index.php"), "/aa1/");
  EXPECT_EQ(path_start("/aa1/"), "/aa1/");
  for (const char* path : {"", "/", "//", "/aa1", "aa1/b", "//aa1/"}) EXPECT_EQ(path_start(path), "") << path;
}

std::string aged(std::string_view text, const Evidence& evidence = {}) {
  const RuleList list = read(text);
  std::string out;
  for (const Aged& one : age(list, evidence, Reading{}))
    out += std::string(name(one.what)) + ' ' + std::to_string(one.rule) +
           (one.by ? " by " + std::to_string(*one.by) : "") + '\n';
  return out;
}

TEST(Age, DoubledShadowedAndContradictedEntriesAreFound) {
  EXPECT_EQ(aged("reject domain a-lamp.test\nreject domain b-lamp.test\n"), "");
  EXPECT_EQ(aged("reject domain a-lamp.test\nreject domain a-lamp.test\n"), "doubled 1 by 0\n");
  EXPECT_EQ(aged("reject suffix @x.lamp.test\nreject domain lamp.test\n"), "shadowed 0 by 1\n");
  EXPECT_EQ(aged("reject exact a@lamp.test\nreject suffix lamp.test\n"), "shadowed 0 by 1\n");
  EXPECT_EQ(aged("reject suffix lamp.test\nreject domain lamp.test\n"), "shadowed 1 by 0\n");
  EXPECT_EQ(aged("reject suffix .lamp.test\nreject domain lamp.test\n"), "shadowed 0 by 1\n");
  EXPECT_EQ(aged("reject prefix info\nreject prefix info@\nreject contains nfo@\n"), "shadowed 1 by 0\n");
  EXPECT_EQ(aged("reject exact a@lamp.test\nallow domain lamp.test\n"), "contradicts 0 by 1\n");
  EXPECT_EQ(aged("reject domain lamp.test\nallow exact a@lamp.test\n"), "") << "an exception is no contradiction";
}

TEST(Age, SilenceIsToldFromNeverAndOnlyWithAMailbox) {
  tests::Mailbox mailbox;
  mailbox.other("a@once.test").next_day();
  const std::string text = "reject domain once.test\nreject domain never.test\nreject domain daily.test\n";
  for (int i = 0; i < silent_days; ++i) mailbox.other("a@daily.test").next_day();
  EXPECT_EQ(aged(text, mailbox.evidence()), "never 1\n");
  mailbox.other("a@daily.test").next_day().other("a@daily.test");
  EXPECT_EQ(aged(text, mailbox.evidence()), "silent 0\nnever 1\n");
}

/// covers(a, b) must never claim what an address disproves.
TEST(Age, NoEntryIsCalledNeedlessThatCatchesMore) {
  const std::vector<std::string> values{"lamp.test", "@lamp.test", ".lamp.test",   "x.lamp.test", "a@lamp.test",
                                        "a@",        "lamp",       "@x.lamp.test", "amp.test",    "redlamp.test"};
  std::vector<std::string> addresses;
  for (const std::string local : {"a", "b", "lamp", "a@lamp"})
    for (const std::string host : {"lamp.test", "x.lamp.test", "y.x.lamp.test", "redlamp.test", "lamp.test.example"})
      addresses.push_back(local + '@' + host);
  for (const Reading& reading : {Reading{}, Reading{false, true, false}, Reading{true, true, true}})
    for (std::size_t i = 0; i < values.size() * mode_count; ++i)
      for (std::size_t j = 0; j < values.size() * mode_count; ++j) {
        const Entry a{static_cast<Mode>(i % mode_count), values[i / mode_count]},
            b{static_cast<Mode>(j % mode_count), values[j / mode_count]};
        if (!covers(a, b, reading)) continue;
        for (const std::string& address : addresses)
          EXPECT_TRUE(!matches(b, address, reading) || matches(a, address, reading))
              << name(a.mode) << ' ' << a.value << " does not cover " << name(b.mode) << ' ' << b.value << " on "
              << address;
      }
}

}  // namespace
}  // namespace sekisho::rules
