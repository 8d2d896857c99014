// The registry, the limits and the order of facts.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/limits.h"
#include "facts/lists.h"
#include "knowledge/source.h"
#include "observe.h"

namespace sekisho::facts::testing {
namespace {

TEST(Fact, NamesFindTheirIdsAndBack) {
  ASSERT_EQ(all_names().size(), fact_count);
  for (std::size_t i = 0; i < fact_count; ++i) {
    const auto id = static_cast<FactId>(i);
    EXPECT_EQ(find_fact(name(id)), id);
    EXPECT_FALSE(documentation(id).empty());
  }
  EXPECT_FALSE(find_fact("link.no_such"));
  EXPECT_FALSE(find_fact(""));
}

TEST(Fact, StandSortedByIdValueAndPlace) {
  const Facts facts = observe(mail("Minatobank <a@evil.top>", "本日中 会員No:12345678",
                                   "http://203.0.113.9/ https://b.xyz/ https://a.top/ 本日中 48時間以内"));
  ASSERT_GT(facts.all.size(), 10U);
  EXPECT_TRUE(std::is_sorted(facts.all.begin(), facts.all.end(), [](const Fact& a, const Fact& b) {
    return std::tuple(a.id, a.value, a.place.part, a.place.span.start) <
           std::tuple(b.id, b.value, b.place.part, b.place.span.start);
  }));
  std::size_t counted = 0;
  for (std::size_t i = 0; i < fact_count; ++i) counted += facts.of(static_cast<FactId>(i)).size();
  EXPECT_EQ(counted, facts.all.size());
}

TEST(Fact, EveryPlaceLiesInItsPart) {
  const Facts facts = observe(html_mail("みなと銀行 <a@evil.top>", "本日中 山田花子様",
                                        "<a href='http://203.0.113.9/'>https://minatobank.example/</a> 本日中 受取拒否 "
                                        "<form action='https://e.test'><input></form>"));
  for (const Fact& fact : facts.all) {
    if (fact.place.part == no_part) continue;
    ASSERT_LT(fact.place.part, facts.parts.size()) << name(fact.id);
    EXPECT_LE(fact.place.span.start, fact.place.span.end) << name(fact.id);
    EXPECT_LE(fact.place.span.end, facts.parts[fact.place.part].text.size()) << name(fact.id);
  }
}

std::string mail_to_hosts(std::size_t count) {
  std::string body;
  for (std::size_t i = 0; i < count; ++i)
    body += "http://203.0." + std::to_string(i / 250) + "." + std::to_string(i % 250) + "/\r\n";
  return mail("a <a@shop.test>", "s", body);
}

TEST(Fact, OneKindIsKeptUpToItsLimit) {
  EXPECT_EQ(observe(mail_to_hosts(limits::facts_of_a_kind - 1)).of(FactId::link_raw_ip).size(),
            limits::facts_of_a_kind - 1);
  EXPECT_EQ(observe(mail_to_hosts(limits::facts_of_a_kind)).of(FactId::link_raw_ip).size(), limits::facts_of_a_kind);
  EXPECT_EQ(observe(mail_to_hosts(limits::facts_of_a_kind + 1)).of(FactId::link_raw_ip).size(),
            limits::facts_of_a_kind);
}

TEST(Fact, NothingIsStillAnAnswer) {
  EXPECT_TRUE(observe("").has(FactId::text_empty));
  EXPECT_TRUE(observe(message::parse_pasted("")).has(FactId::text_empty));
}

TEST(Fact, TheDocumentationIsUpToDate) {
  std::ifstream file(std::string(SEKISHO_SOURCE_DIR) + "/docs/facts.md");
  std::stringstream text;
  text << file.rdbuf();
  for (std::size_t i = 0; i < fact_count; ++i) {
    const auto id = static_cast<FactId>(i);
    EXPECT_NE(text.str().find("| `" + std::string(name(id)) + "` |"), std::string::npos)
        << name(id) << ": run tools/generate_facts.py --docs src/facts/observers/*.cc > docs/facts.md";
  }
}

TEST(Lists, EveryListThatAnObserverAsksForIsAFile) {
  const std::string folder = std::string(SEKISHO_SOURCE_DIR) + "/knowledge/";
  for (const std::string_view list : lists::all_name_lists)
    EXPECT_TRUE(std::filesystem::exists(folder + "lists/" + std::string(list) + ".txt")) << list;
  std::string phrase_files;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "phrases")) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    phrase_files += "\n" + text.str();
  }
  for (const std::string_view list : lists::all_phrase_lists)
    EXPECT_NE(phrase_files.find("\n" + std::string(list) + ":"), std::string::npos) << list;
}

}  // namespace
}  // namespace sekisho::facts::testing
