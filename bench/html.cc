// Throughput of the HTML reader on generated mail: a layout of nested tables with inline styles, the same with a style
// sheet, plain Japanese text, and what an attacker would send to make it slow (100 kB each; aim: 10 ms or less).
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "text/html.h"

namespace {

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  while (out.size() + piece.size() <= bytes) out.append(piece);
  return out;
}

constexpr std::string_view row =
    "<tr>\n<td align=\"center\" valign=\"top\" bgcolor=\"#ffffff\" style=\"padding:10px 20px 10px "
    "20px;font-family:Arial,"
    "Helvetica,sans-serif;font-size:14px;line-height:20px;color:#333333;\"><p style=\"margin:0 0 12px 0;\">Dear "
    "customer, "
    "your parcel number 0000 is on its way and will arrive tomorrow between nine and twelve.</p>\n<table "
    "role=\"presentation\" "
    "border=\"0\" cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" "
    "style=\"border-collapse:collapse;mso-table-lspace:0pt;"
    "mso-table-rspace:0pt;\"><tbody><tr><td class=\"button cell\" "
    "style=\"border-radius:4px;background-color:#0066cc;\">"
    "<a href=\"https://shop.example/track?id=0000&amp;utm_source=mail&amp;utm_campaign=parcel\" target=\"_blank\" "
    "style=\"color:#ffffff;text-decoration:none;display:inline-block;padding:8px "
    "16px;\">Follow&nbsp;it</a></td></tr></tbody>"
    "</table></td>\n</tr>\n";

std::string layout() {
  return "<!DOCTYPE html><html><body style=\"margin:0\"><div style=\"display:none;max-height:0;overflow:hidden\">A "
         "preheader</div>"
         "<table width=\"600\">" +
         repeated(row, 100'000) + "</table></body></html>";
}

void read(benchmark::State& state, const std::string& html) {
  for (auto _ : state) benchmark::DoNotOptimize(sekisho::text::read_html(html, 1 << 20));
  state.SetBytesProcessed(static_cast<std::int64_t>(html.size()) * state.iterations());
}

void mail_layout(benchmark::State& state) { read(state, layout()); }
BENCHMARK(mail_layout);

void mail_layout_with_sheet(benchmark::State& state) {
  std::string sheet = "<!DOCTYPE html><style>";
  for (int i = 0; i < 60; ++i)
    sheet += ".c" + std::to_string(i) + " td a, td.k" + std::to_string(i) + "{color:#333;font-size:14px}\n";
  read(state, sheet + ".button{color:#fff}</style>" + layout());
}
BENCHMARK(mail_layout_with_sheet);

void japanese_text(benchmark::State& state) {
  read(state,
       repeated("<p>お荷物のお届けにあがりましたが、ご不在のため持ち帰りました。<br>下記よりご確認ください。</p>\n",
                100'000));
}
BENCHMARK(japanese_text);

void hostile(benchmark::State& state, std::string_view prefix, std::string_view piece) {
  read(state, std::string(prefix) + repeated(piece, 100'000));
}
BENCHMARK_CAPTURE(hostile, nested_div, "", "<div>");
BENCHMARK_CAPTURE(hostile, nested_b, "", "<b>");
BENCHMARK_CAPTURE(hostile, nested_tables, "", "<table><tr><td>");
BENCHMARK_CAPTURE(hostile, misnested, "", "<b><div></b>");
BENCHMARK_CAPTURE(hostile, reopened, "<font color=red><i><u><s><tt><code><big><small>", "<p>x");
BENCHMARK_CAPTURE(hostile, unmatched_end_tags, "<table><td><b><b><b><b><b><b><b><b>", "</p>");

void hostile_scope_walk(benchmark::State& state) {
  read(state, "<!DOCTYPE html><p><button>" + repeated("<b>", 240 * 3) + repeated("<hr>", 100'000));
}
BENCHMARK(hostile_scope_walk);

void hostile_selectors(benchmark::State& state) {
  read(state, "<style>" + repeated("b i b{color:red}", 30'000) + "</style>" + repeated("<b><i>", 70'000));
}
BENCHMARK(hostile_selectors);

}  // namespace

BENCHMARK_MAIN();
