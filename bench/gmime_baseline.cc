// What parsing and decoding alone costs (docs/speed.md, "a"): GMime, and nothing of ours. A line on standard input is
// the number of messages to take from the front (0: all); the answer is one line of JSON. Driven by bench/compare.py.
#include <iostream>

#include "corpus.h"
#include "gmime_parts.h"

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  g_mime_init();
  const auto messages = bench::read_messages(argv[1]);
  for (std::string line; std::getline(std::cin, line);) {
    const std::size_t asked = std::strtoul(line.c_str(), nullptr, 10);
    const std::size_t count = asked == 0 ? messages.size() : std::min(asked, messages.size());
    std::size_t decoded = 0;
    const bench::Clock clock;
    for (std::size_t i = 0; i < count; ++i)
      bench::for_each_text(messages[i], [&](std::string_view, std::string_view text) { decoded += text.size(); });
    std::printf("{\"messages\":%zu,\"cpu\":%.9f,\"wall\":%.9f,\"decoded_bytes\":%zu}\n", count, clock.cpu_passed(),
                clock.wall_passed(), decoded);
    std::fflush(stdout);
  }
  g_mime_shutdown();
}
