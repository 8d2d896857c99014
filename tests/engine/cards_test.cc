// Every card's own cases (docs/formats/card.md), and what happens when a card is taken away.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "engine/engine.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

struct Case {
  enum class Expect { fires, silent, silent_legit } expect;
  std::string context, bytes, where;
  facts::History history;
  ReadAs read_as = ReadAs::mail;
};

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

std::string trimmed(std::string text) {
  const auto space = [](unsigned char c) { return std::isspace(c) != 0; };
  while (!text.empty() && space(static_cast<unsigned char>(text.back()))) text.pop_back();
  std::size_t start = 0;
  while (start < text.size() && space(static_cast<unsigned char>(text[start]))) ++start;
  return text.substr(start);
}

std::vector<Case> read_cases(const fs::path& path) {
  std::vector<Case> cases;
  std::istringstream lines(slurp(path));
  std::string line;
  int number = 0;
  while (std::getline(lines, line)) {
    ++number;
    if (line.rfind("=== ", 0) == 0) {
      std::istringstream fields(line.substr(4));
      std::string expect, context, as, knows;
      std::getline(fields, expect, '|');
      std::getline(fields, context, '|');
      std::getline(fields, as, '|');
      std::getline(fields, knows, '|');
      Case next;
      next.where = path.filename().string() + ":" + std::to_string(number);
      next.context = trimmed(context);
      const std::string word = trimmed(expect), kind = trimmed(as);
      EXPECT_TRUE(word == "fires" || word == "silent" || word == "silent legit") << next.where << ": unknown expectation '" << word << "'";
      EXPECT_TRUE(kind == "mail" || kind == "pasted" || kind == "sms") << next.where << ": say mail, pasted or sms, not '" << kind << "'";
      if (knows = trimmed(knows); !knows.empty()) {
        EXPECT_EQ(knows.rfind("knows ", 0), 0u) << next.where << ": expected 'knows ADDRESS', not '" << knows << "'";
        next.history.correspondents.push_back(trimmed(knows.substr(std::min<std::size_t>(knows.size(), 6))));
      }
      next.expect = word == "fires" ? Case::Expect::fires : word == "silent" ? Case::Expect::silent : Case::Expect::silent_legit;
      next.read_as = kind == "sms" ? ReadAs::sms : kind == "pasted" ? ReadAs::pasted : ReadAs::mail;
      cases.push_back(std::move(next));
    } else if (!cases.empty()) {
      cases.back().bytes += line + "\n";
    } else {
      EXPECT_TRUE(line.empty() || line[0] == '#') << path << ":" << number << ": text before the first '=== '";
    }
  }
  return cases;
}

struct Book {
  std::shared_ptr<const Engine> engine;
  std::map<std::string, std::vector<Case>> cases;             // card id → its cases
  std::map<std::string, std::vector<Report>> reports;         // the same order
};

const Book& book() {
  static const Book made = [] {
    Book book;
    auto engine = Engine::start();
    if (!engine) {
      ADD_FAILURE() << to_line(engine.error());
      return book;
    }
    book.engine = *engine;
    auto worker = book.engine->worker();
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SEKISHO_SOURCE_DIR) / "signs")) {
      if (entry.path().extension() != ".cases") continue;
      const std::string id = entry.path().stem().string();
      EXPECT_NE(book.engine->deck().card(id), nullptr) << entry.path() << " stands beside no card";
      for (Case& one : read_cases(entry.path())) {
        auto report = book.engine->examine(one.bytes, {}, one.history, *worker, one.read_as);
        EXPECT_TRUE(report.has_value()) << one.where << ": " << (report ? "" : to_line(report.error()));
        if (!report) continue;
        book.reports[id].push_back(std::move(*report));
        book.cases[id].push_back(std::move(one));
      }
    }
    return book;
  }();
  return made;
}

bool held(const signs::Deck& deck, const Report& report, std::string_view id) {
  const signs::Card* card = deck.card(id);
  if (card != nullptr && card->by_wording)  // no fact makes it speak: the text model does
    return std::any_of(report.verdict.reasons.begin(), report.verdict.reasons.end(), [&](const verdict::Reason& reason) { return deck.cards()[reason.card].id == id; });
  const auto fired = deck.match(report.facts);
  return std::any_of(fired.begin(), fired.end(), [&](const signs::Fired& sign) { return deck.cards()[sign.card].id == id; });
}

std::string reasons(const Book& book, const Report& report) {
  std::string text;
  for (const auto& reason : report.verdict.reasons) text += " " + book.engine->deck().cards()[reason.card].id;
  return text;
}

bool as_expected(const signs::Deck& deck, const Case& one, const Report& report, std::string_view id) {
  return held(deck, report, id) == (one.expect == Case::Expect::fires);
}

TEST(Cards, EveryCaseGetsWhatItExpects) {
  for (const auto& [id, cases] : book().cases)
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const Report& report = book().reports.at(id)[i];
      EXPECT_TRUE(as_expected(book().engine->deck(), cases[i], report, id))
          << cases[i].where << " (" << cases[i].context << ") must " << (cases[i].expect == Case::Expect::fires ? "fire " : "leave silent ") << id
          << "; reasons:" << reasons(book(), report);
      if (cases[i].expect == Case::Expect::silent_legit) {
        EXPECT_NE(report.verdict.answer, verdict::Answer::scam) << cases[i].where << " (" << cases[i].context << ") is wanted mail called scam:" << reasons(book(), report);
      }
    }
}

TEST(Cards, EveryCardHasThreeContextsOneOfThemWantedMail) {
  for (const auto& card : book().engine->deck().cards()) {
    const auto found = book().cases.find(card.id);
    ASSERT_NE(found, book().cases.end()) << card.where << " has no .cases file";
    std::set<std::string> contexts;
    int fires = 0, legit = 0;
    for (const Case& one : found->second) {
      contexts.insert(one.context);
      fires += one.expect == Case::Expect::fires;
      legit += one.expect == Case::Expect::silent_legit;
    }
    EXPECT_GE(contexts.size(), 3u) << card.where << " needs three different contexts";
    EXPECT_GE(fires, 1) << card.where << " has no case that fires";
    EXPECT_GE(legit, 1) << card.where << " has no 'silent legit' case";
  }
}

TEST(Cards, TakingAnyCardAwayIsNoticed) {
  std::vector<std::string> unnoticed;
  for (const auto& card : book().engine->deck().cards()) {
    const auto without = book().engine->deck().without(card.id);
    const auto found = book().cases.find(card.id);
    if (found == book().cases.end()) continue;
    bool noticed = false;
    for (std::size_t i = 0; i < found->second.size() && !noticed; ++i)
      noticed = !as_expected(*without, found->second[i], book().reports.at(card.id)[i], card.id);
    if (!noticed) unnoticed.push_back(card.id);
  }
  EXPECT_THAT(unnoticed, testing::IsEmpty());
}

TEST(Cards, EveryReasonOfACaseQuotesWhatStandsThere) {
  for (const auto& [id, reports] : book().reports)
    for (const Report& report : reports)
      for (const auto& reason : report.verdict.reasons) {
        const auto& card = book().engine->deck().cards()[reason.card];
        for (const auto& quote : reason.quotes) {
          ASSERT_LT(quote.part, report.facts.parts.size());
          EXPECT_EQ(report.facts.parts[quote.part].text.substr(quote.span.start, quote.span.size()), quote.text) << card.id;
        }
      }
}

}  // namespace
}  // namespace sekisho::engine
