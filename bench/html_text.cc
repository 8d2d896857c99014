// HTML on standard input → what the reader of src/text/html.h sees, as JSON on standard output: text, hidden runs,
// links. For tools/compare_innertext.py, which puts it beside a browser; not part of the product. With a number as
// argument the same input is read that often and nothing but the throughput is printed.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>

#include "text/html.h"

namespace {

void print_string(std::string_view s) {
  std::putchar('"');
  for (const char c : s) {
    if (c == '"' || c == '\\')
      std::printf("\\%c", c);
    else if (static_cast<unsigned char>(c) < 0x20)
      std::printf("\\u%04x", static_cast<unsigned>(c));
    else
      std::putchar(c);
  }
  std::putchar('"');
}

}  // namespace

int main(int argc, char** argv) {
  const std::string html(std::istreambuf_iterator<char>(std::cin), {});
  constexpr std::size_t budget = 8 * 1024 * 1024;
  if (argc > 1) {
    const int times = std::atoi(argv[1]);
    const auto start = std::chrono::steady_clock::now();
    std::size_t sum = 0;
    for (int i = 0; i < times; ++i) sum += sekisho::text::read_html(html, budget).text.size();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%.1f MB/s (%zu bytes, %zu of text)\n", static_cast<double>(html.size()) * times / seconds / 1e6,
                html.size(), sum / static_cast<std::size_t>(times));
    return 0;
  }
  const auto seen = sekisho::text::read_html(html, budget);
  std::printf("{\"text\":");
  print_string(seen.text);
  std::printf(",\"hidden\":[");
  const char* comma = "";
  for (const auto& run : seen.hidden_runs) {
    std::printf("%s{\"why\":%d,\"at\":%u,\"text\":", comma, static_cast<int>(run.why), run.at);
    print_string(std::string_view(seen.hidden).substr(run.text.start, run.text.size()));
    std::printf("}");
    comma = ",";
  }
  std::printf("],\"links\":[");
  comma = "";
  for (const auto& link : seen.links) {
    std::printf("%s{\"kind\":%d,\"hidden\":%s,\"href\":", comma, static_cast<int>(link.kind),
                link.hidden ? "true" : "false");
    print_string(link.href);
    std::printf(",\"text\":");
    print_string(std::string_view(seen.text).substr(link.text.start, link.text.size()));
    std::printf(",\"alt\":");
    print_string(link.alt);
    std::printf("}");
    comma = ",";
  }
  std::printf("],\"images\":%zu,\"forms\":%zu,\"over_budget\":%s}\n", seen.images.size(), seen.forms.size(),
              seen.over_budget ? "true" : "false");
}
