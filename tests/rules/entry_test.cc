#include "rules/entry.h"

#include <gtest/gtest.h>

namespace sekisho::rules {
namespace {

const Reading below{true, true, false}, exact_host{false, true, false}, local_only{true, true, true};

TEST(Entry, DomainStopsAtALabelBoundary) {
  const Entry entry{Mode::domain, "lamp.example"};
  EXPECT_TRUE(matches(entry, "a@lamp.example", below));
  EXPECT_TRUE(matches(entry, "a@x.lamp.example", below));
  EXPECT_FALSE(matches(entry, "a@redlamp.example", below));
  EXPECT_FALSE(matches(entry, "a@lamp.example.test", below));
  EXPECT_FALSE(matches(entry, "lamp.example", below)) << "no host";
}

TEST(Entry, WhetherADomainCoversWhatLiesBelowIsTheReadingsWord) {
  EXPECT_FALSE(matches({Mode::domain, "lamp.example"}, "a@x.lamp.example", exact_host));
  EXPECT_TRUE(matches({Mode::domain, "lamp.example"}, "a@lamp.example", exact_host));
}

TEST(Entry, SuffixIsARawStringSoThatOnlyTheAtSignHoldsItBack) {
  EXPECT_TRUE(matches({Mode::suffix, "lamp.example"}, "a@redlamp.example", below));
  EXPECT_FALSE(matches({Mode::suffix, "@lamp.example"}, "a@redlamp.example", below));
  EXPECT_FALSE(matches({Mode::suffix, "@lamp.example"}, "a@x.lamp.example", below));
  EXPECT_TRUE(matches({Mode::suffix, ".lamp.example"}, "a@x.lamp.example", below));
  EXPECT_FALSE(matches({Mode::suffix, ".lamp.example"}, "a@lamp.example", below));
}

TEST(Entry, ContainsMaySeeTheLocalPartOnly) {
  EXPECT_TRUE(matches({Mode::contains, "lamp"}, "a@lamp.example", below));
  EXPECT_FALSE(matches({Mode::contains, "lamp"}, "a@lamp.example", local_only));
  EXPECT_TRUE(matches({Mode::contains, "lamp"}, "lamp1@a.example", local_only));
}

TEST(Entry, AnEmptyValueCatchesNothing) {
  for (const Mode mode : {Mode::exact, Mode::prefix, Mode::suffix, Mode::contains, Mode::domain})
    EXPECT_FALSE(matches({mode, ""}, "a@lamp.example", below));
}

TEST(Entry, TheAllowListSavesOnlyWhereItWins) {
  const Lists lists{{{Mode::domain, "posuto.example"}}, {{Mode::exact, "friend@posuto.example"}}};
  EXPECT_FALSE(refused(lists, "friend@posuto.example", {true, true, false}));
  EXPECT_TRUE(refused(lists, "friend@posuto.example", {true, false, false}));
  EXPECT_TRUE(refused(lists, "stranger@posuto.example", {true, true, false}));
}

TEST(Matcher, SaysTheSameAsMatches) {
  const std::vector<std::string> pieces{"a",
                                        "b",
                                        "lamp",
                                        "lamp.example",
                                        "x.lamp.example",
                                        "@lamp.example",
                                        ".example",
                                        "a@",
                                        "b@redlamp.example",
                                        "example",
                                        "a@lamp.example"};
  std::vector<Entry> entries;
  for (const std::string& piece : pieces)
    for (const Mode mode : {Mode::exact, Mode::prefix, Mode::suffix, Mode::contains, Mode::domain})
      entries.push_back({mode, piece});
  const std::vector<std::string> addresses{
      "a@lamp.example", "b@redlamp.example", "a@x.lamp.example", "c@d.test", "", "@", "lamp", "a@b@lamp.example"};
  for (const Reading& reading : {below, exact_host, local_only})
    for (const Entry& entry : entries) {
      const Matcher matcher({entry}, reading);
      for (const std::string& address : addresses)
        EXPECT_EQ(matcher.any(address), matches(entry, address, reading))
            << name(entry.mode) << ' ' << entry.value << " on " << address;
    }
  const Matcher all(entries, below);
  for (const std::string& address : addresses) {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < entries.size() && !first; ++i)
      if (matches(entries[i], address, below)) first = i;
    EXPECT_EQ(all.first(address), first) << address;
  }
}

TEST(Lowered, TakesAwayCaseAndSpaceAround) {
  EXPECT_EQ(lowered(" A@Lamp.EXAMPLE\t"), "a@lamp.example");
  EXPECT_EQ(lowered("   "), "");
  EXPECT_EQ(host_of("a@b@c.example"), "c.example");
  EXPECT_EQ(host_of("a"), "");
}

}  // namespace
}  // namespace sekisho::rules
