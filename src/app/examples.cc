// sekisho examples: "is it one of these?" The gallery as a list, one example with its signs marked, or a search.
#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/json.h"
#include "report/examples.h"

namespace sekisho::app {
namespace {

/// Signs explained under one example; the JSON has all.
constexpr std::size_t signs_shown = 5;

/// A passage of a part, and the numbers of the signs that quote it.
struct Passage {
  std::size_t start = 0, end = 0;
  std::set<std::size_t> signs;
};

/// The passages of `part` that the first `count` marks quote, in order and without overlap.
std::vector<Passage> passages(const gallery::Example& example, std::size_t part, std::size_t count) {
  std::vector<Passage> found;
  for (std::size_t i = 0; i < count; ++i)
    for (const verdict::Quote& quote : example.marks[i].quotes)
      if (quote.part == part) found.push_back({quote.span.start, quote.span.end, {i + 1}});
  std::sort(found.begin(), found.end(), [](const Passage& a, const Passage& b) { return a.start < b.start; });
  std::vector<Passage> joined;
  for (Passage& passage : found) {
    if (!joined.empty() && passage.start < joined.back().end) {
      joined.back().end = std::max(joined.back().end, passage.end);
      joined.back().signs.insert(passage.signs.begin(), passage.signs.end());
    } else {
      joined.push_back(std::move(passage));
    }
  }
  return joined;
}

class Gallery {
 public:
  explicit Gallery(const Session& session)
      : engine_(session.engine),
        voice_(session.voice),
        paint_(paint_for(session.settings.color.value)),
        width_(terminal_width(STDOUT_FILENO)) {}

  /// One line an example, under the names of the kinds.
  std::string list(const std::vector<const gallery::Example*>& examples) const {
    std::string out, kind;
    for (const gallery::Example* example : examples) {
      if (example->kind != kind) out += (out.empty() ? "" : "\n") + paint_.strong(kind_name(*example)) + '\n';
      kind = example->kind;
      out += line(fmt::format("{}  {}", example->id, example->title.in(voice_.lang())), "  ", "      ");
    }
    return out + '\n' + line(voice_.say("app.examples.more"), "", "");
  }

  /// The whole example, its marked passages and what they say, and how the genuine thing differs.
  std::string one(const gallery::Example& example) const {
    std::string out = paint_.strong(fmt::format("{}: {}", kind_name(example), example.title.in(voice_.lang()))) + '\n';
    if (const auto* kind = engine_.knowledge().kind(example.kind))
      out += line(kind->what.in(voice_.lang()), "  ", "  ");
    out += '\n' + line(voice_.say("app.examples.invented"), "  ", "  ") + '\n';
    const std::size_t count = shown_marks(example);
    for (std::size_t i = 0; i < example.parts.size(); ++i) out += part(example, i, count);
    out += '\n' + paint_.strong(voice_.say("app.examples.signs")) + '\n';
    for (std::size_t i = 0; i < count; ++i) {
      const signs::Card* card = engine_.deck().card(example.marks[i].sign);
      if (card == nullptr) continue;
      out += line(card->title.in(voice_.lang()), fmt::format("  [{}] ", i + 1), "      ");
      out += line(voice_.pair("app.check_yourself", card->how_to_check.in(voice_.lang())), "      ", "        ");
    }
    out += '\n' + paint_.strong(voice_.say("app.examples.genuine")) + '\n';
    out += line(example.genuine.in(voice_.lang()), "  ", "  ");
    out += '\n' + line(voice_.say("app.examples.next"), "", "");
    return out;
  }

 private:
  std::string line(std::string_view text, std::string_view first, std::string_view rest) const {
    return wrap(text, width_, voice_.lang(), first, rest);
  }
  std::string kind_name(const gallery::Example& example) const {
    return report::kind_name(example, engine_, voice_.lang());
  }
  static std::size_t shown_marks(const gallery::Example& example) {
    std::size_t count = 0;
    while (count < example.marks.size() && count < signs_shown && example.marks[count].weight > 0) ++count;
    return count;
  }

  /// One part line by line, each marked passage as 《passage》[1].
  std::string part(const gallery::Example& example, std::size_t index, std::size_t count) const {
    const facts::Part& part = example.parts[index];
    if (part.text.empty() || part.kind == facts::PartKind::to) return {};
    std::string marked;
    std::size_t at = 0;
    for (const Passage& passage : passages(example, index, count)) {
      marked += part.text.substr(at, passage.start - at);
      marked +=
          voice_.say("app.examples.mark", {{"passage", part.text.substr(passage.start, passage.end - passage.start)},
                                           {"signs", fmt::format("{}", fmt::join(passage.signs, ","))}});
      at = passage.end;
    }
    marked += part.text.substr(at);
    std::string out = part.kind == facts::PartKind::body ? "  │\n" : "";
    for (std::size_t start = 0; start <= marked.size();) {
      const std::size_t end = std::min(marked.find('\n', start), marked.size());
      out += line(from_mail(std::string_view(marked).substr(start, end - start)), "  │ ", "  │ ");
      start = end + 1;
    }
    return out;
  }

  const engine::Engine& engine_;
  const Voice& voice_;
  Paint paint_;
  int width_;
};

}  // namespace

int run_examples(const Session& session) {
  const gallery::Gallery& gallery = session.engine.gallery();
  const std::vector<std::string>& words = session.options.words;
  if (session.options.names_only) {
    std::string names;
    for (const gallery::Example& example : gallery.examples()) names += example.id + '\n';
    std::fputs(names.c_str(), stdout);
    return output_arrived() ? 0 : exit_code::internal;
  }
  std::vector<const gallery::Example*> found = gallery.search(words, session.engine.knowledge());
  if (words.size() == 1)  // the name of one example means that one
    for (const gallery::Example& example : gallery.examples())
      if (example.id == words.front()) found = {&example};
  const Gallery printer(session);
  std::string out;
  if (session.settings.format.value == engine::Format::json) {
    for (const gallery::Example* example : found)
      out += to_json(report::to_object(*example, session.engine, session.voice.lang())) + '\n';
  } else if (found.empty()) {
    out = wrap(
        session.voice.say("app.examples.none", {{"words", for_terminal(fmt::format("{}", fmt::join(words, " ")))}}),
        terminal_width(STDOUT_FILENO), session.voice.lang(), "", "");
  } else {
    out = found.size() == 1 ? printer.one(*found.front()) : printer.list(found);
  }
  std::fwrite(out.data(), 1, out.size(), stdout);
  return output_arrived() ? 0 : exit_code::internal;
}

}  // namespace sekisho::app
