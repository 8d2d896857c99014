// What our own road costs, whole and stage by stage (docs/speed.md). A line on standard input is "whole N" (examine the
// first N messages, 0: all) or "stages"; the answer is one line of JSON. Each stage runs alone over the inputs
// that the one before it made, so "mime" is what parse_mail costs beyond HTML and folding: charsets, headers, links,
// attachments. Driven by bench/compare.py.
#include <iostream>

#include "base/limits.h"
#include "corpus.h"
#include "engine/engine.h"
#include "facts/scene.h"
#include "gmime_parts.h"

namespace {

using namespace sekisho;

struct Bench {
  explicit Bench(const char* list_file, std::shared_ptr<const engine::Engine> started)
      : messages(bench::read_messages(list_file)), engine(std::move(started)), worker(engine->worker().value()) {}

  void whole(std::size_t asked) {
    const std::size_t count = asked == 0 ? messages.size() : std::min(asked, messages.size());
    std::size_t refused = 0, facts = 0;
    const bench::Clock clock;
    for (std::size_t i = 0; i < count; ++i) {
      const auto report = engine->examine(messages[i], {}, {}, worker, engine::ReadAs::mail);
      if (report)
        facts += report->facts.all.size();
      else
        ++refused;
    }
    std::printf("{\"messages\":%zu,\"cpu\":%.9f,\"wall\":%.9f,\"refused\":%zu,\"facts\":%zu}\n", count,
                clock.cpu_passed(), clock.wall_passed(), refused, facts);
  }

  void stages() {
    struct Input {
      message::Message message;
      std::vector<std::string> html;
      facts::Facts facts;
    };
    auto scratch = engine->knowledge().patterns().make_scratch().value();
    std::vector<Input> inputs(messages.size());
    std::size_t kept = 0;  // keeps results alive for the optimiser
    // One message at a time through all stages, as in real work: each finds its input in the cache, or does not.
    double parse = 0, html = 0, fold = 0, patterns = 0, observe = 0, weigh = 0, free_time = 0;
    for (std::size_t i = 0; i < messages.size(); ++i) {
      Input input;
      bench::for_each_text(messages[i], [&](std::string_view subtype, std::string_view text) {
        if (subtype == "html") input.html.emplace_back(text);
      });
      {
        const bench::Clock clock;
        input.message = message::parse_mail(messages[i]);
        parse += clock.cpu_passed();
      }
      if (!input.html.empty()) {
        const bench::Clock clock;
        for (const auto& source : input.html) kept += text::read_html(source, limits::text_bytes).text.size();
        html += clock.cpu_passed();
      }
      {
        const bench::Clock clock;
        for (const auto& part : input.message.readable) kept += text::fold(part.text).text().size();
        fold += clock.cpu_passed();
      }
      {
        const bench::Clock clock;
        for (const auto& part : input.message.readable)
          kept += engine->knowledge().patterns().scan(part.folded.text(), scratch).size();
        patterns += clock.cpu_passed();
      }
      {
        const bench::Clock clock;
        input.facts = facts::observe_all(input.message, engine->knowledge(), {}, {}, scratch);
        observe += clock.cpu_passed();
      }
      {
        const bench::Clock clock;
        kept += verdict::weigh(input.facts, engine->deck(), engine->scale(), engine->model() ? &engine->model()->text : nullptr).reasons.size();
        weigh += clock.cpu_passed();
      }
      {
        const bench::Clock clock;
        input = {};
        free_time += clock.cpu_passed();
      }
    }
    std::printf(
        "{\"messages\":%zu,\"mime\":%.9f,\"html\":%.9f,\"fold\":%.9f,\"patterns\":%.9f,\"facts\":%.9f,\"signs\":%.9f,"
        "\"free\":%.9f,\"kept\":%zu}\n",
        messages.size(), parse - html - fold, html, fold, patterns, observe - patterns, weigh, free_time, kept);
  }

  std::vector<std::string> messages;
  std::shared_ptr<const engine::Engine> engine;
  engine::Worker worker;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  g_mime_init();
  auto engine = sekisho::engine::Engine::start();
  if (!engine) {
    std::fprintf(stderr, "%s\n", engine.error().what.c_str());
    return 70;
  }
  Bench bench(argv[1], std::move(*engine));
  for (std::string line; std::getline(std::cin, line);) {
    if (line.starts_with("whole"))
      bench.whole(std::strtoul(line.c_str() + 5, nullptr, 10));
    else
      bench.stages();
    std::fflush(stdout);
  }
}
