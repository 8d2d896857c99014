#include <algorithm>

#include <fmt/format.h>

#include "app/evaluate_report.h"
#include "app/json.h"
#include "app/terminal.h"

namespace sekisho::app {
namespace {

/// "97.5 [91.3, 99.3]", in percent.
std::string percent(const train::Share& share) {
  return fmt::format("{:5.1f} [{:5.1f}, {:5.1f}]", 100 * share.value, 100 * share.low, 100 * share.high);
}

std::string percent(const std::optional<train::RecallAt>& recall) { return recall ? percent(recall->recall) : "–"; }

/// Columns of equal width by what a terminal shows, the first one to the left and the others to the right.
class Table {
 public:
  explicit Table(std::string lang) : lang_(std::move(lang)) {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  std::string text() const {
    std::vector<int> widths;
    for (const auto& row : rows_) {
      if (widths.size() < row.size()) widths.resize(row.size());
      for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i], lang_));
    }
    std::string out;
    for (const auto& row : rows_) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string space(static_cast<std::size_t>(widths[i] - columns(row[i], lang_)), ' ');
        line += i == 0 ? row[i] + space : "  " + space + row[i];
      }
      out += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return out;
  }

 private:
  std::string lang_;
  std::vector<std::vector<std::string>> rows_;
};

std::string clean(const std::string& text) { return for_terminal(valid_utf8(text)); }

class Writer {
 public:
  Writer(const EvaluatePage& page, const Voice& voice) : page_(page), voice_(voice) {}

  std::string text() {
    out_ = voice_.say("evaluate.title") + "\n\n" + voice_.say("evaluate.answers") + '\n';
    rows(page_.evaluation.corpora(), [](const train::Row& row) { return row.corpus; });
    pairs();
    categories();
    const auto languages = page_.evaluation.languages();
    if (languages.size() > 1) {
      out_ += '\n' + voice_.say("evaluate.languages") + '\n';
      rows(languages,
           [&](const train::Row& row) { return row.lang.empty() ? voice_.say("evaluate.unsaid") : row.lang; });
    }
    if (const auto sign = page_.evaluation.language_as_a_sign())
      out_ += '\n' +
              voice_.say("evaluate.language_sign", {{"auc", fmt::format("{:.3f}", sign->auc.value)},
                                                    {"low", fmt::format("{:.3f}", sign->auc.low)},
                                                    {"high", fmt::format("{:.3f}", sign->auc.high)},
                                                    {"ja", std::to_string(sign->one_messages)},
                                                    {"other", std::to_string(sign->other_messages)}}) +
              '\n';
    misses();
    if (page_.absent + page_.unreadable > 0)
      out_ += '\n' +
              voice_.say("evaluate.left_out",
                         {{"absent", std::to_string(page_.absent)}, {"unreadable", std::to_string(page_.unreadable)}}) +
              '\n';
    out_ += '\n' + voice_.say("evaluate.next") + '\n';
    return std::move(out_);
  }

 private:
  std::string label(train::Label label) const {
    return voice_.say("evaluate.label." + std::string(train::name(label)));
  }

  template <class Name>
  void rows(const std::vector<train::Row>& rows, const Name& name) {
    Table table(voice_.lang());
    table.add({voice_.say("evaluate.column.set"), voice_.say("evaluate.column.messages"),
               voice_.say("evaluate.column.scam"), voice_.say("evaluate.column.cannot_tell"),
               voice_.say("evaluate.column.nothing_found")});
    for (const train::Row& row : rows) {
      std::string title = clean(name(row)) + ' ' + label(row.label);
      if (!row.corpus.empty() && !row.lang.empty()) title += ' ' + clean(row.lang);
      table.add({title, std::to_string(row.messages), percent(row.scam), percent(row.cannot_tell),
                 percent(row.nothing_found)});
    }
    out_ += table.text();
  }

  void pairs() {
    const auto pairs = page_.evaluation.pairs();
    if (pairs.empty()) return;
    out_ += '\n' + voice_.say("evaluate.pairs") + '\n';
    Table table(voice_.lang());
    table.add({voice_.say("evaluate.column.pair"), voice_.say("evaluate.column.auc"),
               voice_.say("evaluate.column.without"), voice_.say("evaluate.column.wording"),
               voice_.say("evaluate.column.at_thousandth"), voice_.say("evaluate.column.at_hundredth"), "Brier",
               "ECE %"});
    for (const train::Pair& pair : pairs)
      table.add({fmt::format("{} ({}) / {} ({}) {}", clean(pair.scams), pair.scam_messages, clean(pair.wanted),
                             pair.wanted_messages, clean(pair.lang)),
                 fmt::format("{:.4f} [{:.4f}, {:.4f}]", pair.auc.value, pair.auc.low, pair.auc.high),
                 fmt::format("{:.4f}", pair.auc_without_wording), fmt::format("{:.4f}", pair.auc_wording),
                 percent(pair.at_thousandth), percent(pair.at_hundredth), fmt::format("{:.4f}", pair.calibration.brier),
                 fmt::format("{:.1f}", 100 * pair.calibration.ece)});
    out_ += table.text();
  }

  void categories() {
    const auto categories = page_.evaluation.categories();
    if (categories.empty()) return;
    out_ += '\n' + voice_.say("evaluate.categories") + '\n';
    Table table(voice_.lang());
    table.add({voice_.say("evaluate.column.set"), voice_.say("evaluate.column.messages"),
               voice_.say("evaluate.column.scam"), voice_.say("evaluate.column.cannot_tell"),
               voice_.say("evaluate.column.auc")});
    for (const train::Category& category : categories)
      table.add(
          {fmt::format("{} {} {}", clean(category.row.corpus), clean(category.row.category), label(category.row.label)),
           std::to_string(category.row.messages), percent(category.row.scam), percent(category.row.cannot_tell),
           category.auc ? fmt::format("{:.4f}", category.auc->value) : "–"});
    out_ += table.text();
  }

  void misses() {
    if (page_.misses.empty()) return;
    out_ += '\n' + voice_.say("evaluate.misses") + '\n';
    Table table(voice_.lang());
    for (const Miss& miss : page_.misses)
      table.add({fmt::format("{} → {}", label(miss.label),
                             voice_.say("evaluate.answer." + std::string(verdict::name(miss.answer)))),
                 fmt::format("{:+.2f}", miss.log_odds), clean(miss.name)});
    out_ += table.text();
  }

  const EvaluatePage& page_;
  const Voice& voice_;
  std::string out_;
};

}  // namespace

std::string evaluate_text(const EvaluatePage& page, const Voice& voice) { return Writer(page, voice).text(); }

}  // namespace sekisho::app
