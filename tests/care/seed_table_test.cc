// docs/seed_table.md is a promise: every advice, desk, warning, cause and reassurance of the two source documents
// stands in the plan that it names, in words that make its point. Each row is one test.
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "care/plan.h"

namespace sekisho::care {
namespace {

constexpr std::size_t columns = 9;
constexpr Day today = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);

struct SeedRow {
  std::string id, answers, where, must_say, fate, why;
};

void PrintTo(const SeedRow& row, std::ostream* out) { *out << row.id << ' ' << row.where; }

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> out;
  std::size_t from = 0;
  for (std::size_t at = 0; at <= text.size(); ++at)
    if (at == text.size() || text[at] == by) {
      std::string cell = text.substr(from, at - from);
      const auto first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
      out.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
      from = at + 1;
    }
  return out;
}

/// Rows of the table whose first cell is a letter and a number; others are headings and prose.
std::vector<SeedRow> rows() {
  std::vector<SeedRow> out;
  std::ifstream in(SEKISHO_SOURCE_DIR "/docs/seed_table.md");
  for (std::string line; std::getline(in, line);) {
    if (line.size() < 4 || line.compare(0, 2, "| ") != 0 || (line[2] != 'A' && line[2] != 'B') || line[3] < '0' ||
        line[3] > '9')
      continue;
    const auto cells = split(line.substr(1, line.rfind('|') - 1), '|');
    if (cells.size() != columns) {
      ADD_FAILURE() << "not " << columns << " cells: " << line;
      continue;
    }
    out.push_back({cells[0], cells[4], cells[5], cells[6], cells[7], cells[8]});
  }
  return out;
}

const Care& data() {
  static const Care care = *read_care(SEKISHO_SOURCE_DIR "/knowledge/care");
  return care;
}

/// "situation done=a,b typed=c carrier=x": the situation, then what was answered.
Answers answers_of(const std::string& words) {
  Answers out;
  for (const std::string& word : split(words, ' ')) {
    const auto equals = word.find('=');
    const std::string key = word.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : word.substr(equals + 1);
    if (equals == std::string::npos)
      out.situations = {key};
    else if (key == "done")
      out.done = split(value, ',');
    else if (key == "typed")
      out.typed = split(value, ',');
    else if (key == "carrier")
      out.carrier = value;
    else if (key == "prefecture")
      out.prefecture = value;
    else if (key == "received")
      out.received_paper = find_day(value);
    else
      ADD_FAILURE() << "unknown answer: " << word;
  }
  return out;
}

const std::map<std::string, LineKind, std::less<>> lists = {
    {"never", LineKind::never},       {"expect", LineKind::expect},   {"heed", LineKind::do_not_ignore},
    {"evidence", LineKind::evidence}, {"prevent", LineKind::prevent}, {"cause", LineKind::causes}};

/// What the plan says at that place; empty when the place is not in this plan.
std::string said_at(const Plan& plan, const std::string& where) {
  std::string out;
  if (where == "reassure") return plan.reassure;
  if (const auto list = lists.find(where); list != lists.end())
    for (const std::string& line : plan.of(list->second)) out += line + '\n';
  for (const PlannedStep& step : plan.steps)
    if (where == "step:" + step.id) out += step.text + '\n' + step.why;
  for (const PlannedContact& desk : plan.contacts)
    if (where == "desk:" + desk.id) out += desk.name + '\n' + desk.say;
  return out;
}

class Row : public testing::TestWithParam<SeedRow> {};

TEST_P(Row, IsInThePlan) {
  const SeedRow& row = GetParam();
  const Answers answers = answers_of(row.answers);
  const auto checked = check_answers(data(), answers);
  ASSERT_TRUE(checked) << row.answers;
  const std::string said = said_at(make_plan(data(), answers, today), row.where);
  ASSERT_FALSE(said.empty()) << row.where << " is not in the plan for: " << row.answers;
  EXPECT_NE(said.find(row.must_say), std::string::npos) << "must say: " << row.must_say << "\nsays: " << said;
}

INSTANTIATE_TEST_SUITE_P(SeedTable, Row, testing::ValuesIn(rows()), [](const auto& row) { return row.param.id; });

TEST(SeedTable, SaysWhyWhereSomethingWasCorrectedOrReplaced) {
  const auto all = rows();
  EXPECT_GE(all.size(), 140u);
  std::set<std::string> seen;
  for (const SeedRow& row : all) {
    EXPECT_TRUE(seen.insert(row.id).second) << row.id << " twice";
    EXPECT_FALSE(row.must_say.empty()) << row.id;
    EXPECT_TRUE(row.fate == "kept" || row.fate == "corrected" || row.fate == "updated") << row.id << ": " << row.fate;
    EXPECT_TRUE(row.fate == "kept" || !row.why.empty()) << row.id << ": why?";
  }
}

}  // namespace
}  // namespace sekisho::care
