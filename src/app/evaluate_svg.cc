// The picture of an evaluation: plain SVG 1.1, no script, no font of its own, readable in grey.
#include <algorithm>

#include <fmt/format.h>

#include "app/evaluate_report.h"
#include "app/json.h"

namespace sekisho::app {
namespace {

constexpr int left = 300, bar_width = 420, row_height = 26, margin = 24, side = 180;

std::string escaped(std::string_view raw) {
  const std::string text = valid_utf8(raw);
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20)  // XML 1.0 allows no other control characters
      out += c;
  }
  return out;
}

std::string text_at(double x, double y, std::string_view text, std::string_view more = {}) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>\n", x, y, more, escaped(text));
}

/// Three shares of one row as a bar, and the interval of *scam* as a line over it.
std::string bar(const train::Row& row, const std::string& title, int y) {
  std::string out = text_at(left - 8, y + 14, fmt::format("{} ({})", title, row.messages), "text-anchor=\"end\"");
  double x = left;
  for (const auto& [share, fill] : {std::pair(row.scam.value, "#9b2226"), std::pair(row.cannot_tell.value, "#e9c46a"),
                                    std::pair(row.nothing_found.value, "#dfe7e4")}) {
    out += fmt::format("<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"18\" fill=\"{}\"/>\n", x, y,
                       share * bar_width, fill);
    x += share * bar_width;
  }
  out +=
      fmt::format("<path d=\"M{0:.1f} {1}H{2:.1f}M{0:.1f} {3}V{4}M{2:.1f} {3}V{4}\" stroke=\"#000\" fill=\"none\"/>\n",
                  left + row.scam.low * bar_width, y + 9, left + row.scam.high * bar_width, y + 5, y + 13);
  return out + text_at(left + bar_width + 8, y + 14, fmt::format("{:.1f} %", 100 * row.scam.value));
}

/// Share of scam over mean score, a dot for each bin as large as its share of the messages.
std::string reliability(const train::Pair& pair, int x, int y) {
  std::string out = fmt::format(
      "<rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{2}\" fill=\"none\" stroke=\"#888\"/>\n"
      "<path d=\"M{0} {3}L{4} {1}\" stroke=\"#bbb\" stroke-dasharray=\"4 3\"/>\n",
      x, y, side, y + side, x + side);
  for (const auto& bin : pair.calibration.bins) {
    if (bin.messages == 0) continue;
    out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"#1b4965\" fill-opacity=\"0.7\"/>\n",
                       x + bin.score * side, y + side - bin.scam * side, 2 + 14 * std::min(1.0, bin.weight));
  }
  out += text_at(x, y + side + 16, fmt::format("{} / {}", pair.scams, pair.wanted));
  return out + text_at(x, y + side + 32,
                       fmt::format("AUC {:.3f}   ECE {:.1f} %", pair.auc.value, 100 * pair.calibration.ece));
}

}  // namespace

std::string evaluate_svg(const EvaluatePage& page, const Voice& voice) {
  constexpr int across = 4, width = left + bar_width + 100;
  const auto rows = page.evaluation.corpora();
  const auto pairs = page.evaluation.pairs();
  std::string body = text_at(margin, margin + 8, voice.say("evaluate.svg.answers"), "font-weight=\"bold\"");
  int y = 2 * margin;
  for (const train::Row& row : rows) {
    std::string title = row.corpus + ' ' + voice.say("evaluate.label." + std::string(train::name(row.label)));
    if (!row.lang.empty()) title += ' ' + row.lang;
    body += bar(row, title, y);
    y += row_height;
  }
  y += margin;
  if (!pairs.empty()) body += text_at(margin, y + 8, voice.say("evaluate.svg.reliability"), "font-weight=\"bold\"");
  y += margin;
  constexpr int cell = side + 56;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    body += reliability(pairs[i], margin + static_cast<int>(i % across) * (side + 20),
                        y + static_cast<int>(i / across) * cell);
  y += static_cast<int>((pairs.size() + across - 1) / across) * cell;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
             "font-family=\"sans-serif\" font-size=\"12\">\n<title>{2}</title>\n"
             "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
             width, y + margin, escaped(voice.say("evaluate.title"))) +
         body + "</svg>\n";
}

}  // namespace sekisho::app
