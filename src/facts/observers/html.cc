// What HTML does beside showing text: hiding, asking, running, leading elsewhere.
/// fact html.any: the message has an HTML part
/// fact html.hidden_text: more text is hidden than a preview line needs, or hidden text stands inside words; value: how
///   most of it is hidden (display_none, visibility, opacity, tiny_font, same_color, zero_box, off_screen, clipped,
///   indent, mso_hide, hidden_attribute); number: bytes hidden
/// fact html.form: fields to fill in stand in the mail; value: the host that gets them; number: how many fields
/// fact html.password_field: a field for a password stands in the mail
/// fact html.script: the HTML holds a script
/// fact html.image_only: next to nothing but images, and a link; number: characters of text
/// fact html.embed: the HTML embeds another page or object
/// fact html.title_differs: the page's title says nothing that subject or text say; value: the title
/// fact html.differs_from_text: the text/plain twin says something else or leads elsewhere; value: words or links
/// fact html.base_elsewhere: relative links are turned to another organisation than the sender's; value: its domain
/// fact html.meta_refresh: the HTML opens another page by itself; value: its host
#include <array>
#include <set>

#include "facts/tools.h"
#include "text/fold.h"

namespace sekisho::facts {
namespace {

constexpr std::size_t preheader_characters = 150;  // a hidden preview line is common practice
constexpr std::size_t image_only_characters = 30;
constexpr std::size_t title_bytes = 200;
constexpr std::size_t twin_text_bytes = 2000, twin_html_bytes = 8000;  // the beginnings of twins are compared
constexpr std::size_t chunk_bytes = 12, chunk_step_bytes = 60;
constexpr std::size_t chunks_needed = 5;
constexpr double chunks_shared = 0.2;

std::string_view name(text::HiddenRun::Why why) {
  using Why = text::HiddenRun::Why;
  switch (why) {
    case Why::display_none:
      return "display_none";
    case Why::visibility:
      return "visibility";
    case Why::opacity:
      return "opacity";
    case Why::tiny_font:
      return "tiny_font";
    case Why::same_color:
      return "same_color";
    case Why::zero_box:
      return "zero_box";
    case Why::off_screen:
      return "off_screen";
    case Why::clipped:
      return "clipped";
    case Why::indent:
      return "indent";
    case Why::mso_hide:
      return "mso_hide";
    case Why::hidden_attribute:
      return "hidden_attribute";
  }
  return "";
}

/// A letter or digit stands right before and right after: hidden characters cut a word in two.
bool is_inside_word(std::string_view text, std::size_t at) {
  return at > 0 && at < text.size() && is_word_byte(text[at - 1]) && is_word_byte(text[at]);
}

void observe_hidden(const message::HtmlPart& part, Notes& notes) {
  const text::VisibleHtml& html = part.html;
  if (html.hidden_runs.empty()) return;
  std::array<std::size_t, 11> by_reason{};
  std::size_t bytes = 0, in_words = 0;
  for (const text::HiddenRun& run : html.hidden_runs) {
    by_reason[static_cast<std::size_t>(run.why)] += run.text.size();
    bytes += run.text.size();
    if (run.text.end > html.hidden.size() || !is_inside_word(html.text, run.at)) continue;
    if (characters(std::string_view(html.hidden).substr(run.text.start, run.text.size()), 1) > 0) ++in_words;
  }
  if (in_words < 2 && characters(html.hidden, preheader_characters + 1) <= preheader_characters) return;
  const auto most = std::max_element(by_reason.begin(), by_reason.end()) - by_reason.begin();
  notes.add(FactId::html_hidden_text, {}, std::string(name(static_cast<text::HiddenRun::Why>(most))),
            static_cast<double>(bytes));
}

void observe_forms(const Scene& scene, const message::HtmlPart& part, Notes& notes) {
  for (const text::HtmlForm& form : part.html.forms) {
    const auto asks = static_cast<std::size_t>(
        std::count_if(form.input_types.begin(), form.input_types.end(), [](const std::string& type) {
          return type != "hidden" && type != "submit" && type != "button" && type != "image" && type != "reset";
        }));
    if (asks == 0) continue;
    const auto url = text::parse_url(form.action);
    const std::size_t end = part.html.text.find('\n', form.at);
    const Place place{part.part, {form.at, static_cast<std::uint32_t>(std::min(end, part.html.text.size()))}};
    const bool quotable = form.at < scene.message.readable[part.part].text.size() &&
                          place.span.end <= scene.message.readable[part.part].text.size();
    notes.add(FactId::html_form, quotable ? place : Place{}, url ? url->host : std::string(),
              static_cast<double>(asks));
    if (form.has_password) notes.add(FactId::html_password_field, quotable ? place : Place{});
  }
}

void observe_title(const Scene& scene, const message::HtmlPart& part, Notes& notes) {
  std::size_t end = std::min(part.html.title.size(), title_bytes);
  while (end > 0 && end < part.html.title.size() && (static_cast<unsigned char>(part.html.title[end]) & 0xC0) == 0x80)
    --end;
  const std::string title = text::fold_key(std::string_view(part.html.title).substr(0, end));
  if (characters(title, 4) < 4) return;
  const message::Readable& readable = scene.message.readable[part.part];
  if (find_bytes(readable.folded.text(), title, 0) != std::string_view::npos) return;
  const std::uint16_t subject = scene.part_of(ReadableKind::header_subject);
  if (subject != no_part) {
    const std::string& words = scene.message.readable[subject].folded.text();
    if (words.find(title) != std::string::npos || title.find(words) != std::string::npos) return;
  }
  notes.add(FactId::html_title_differs, {}, title);
}

/// Share of chunks of the text's beginning that stand in the HTML's beginning; 1 when there are too few to say.
double shared_words(std::string_view text, std::string_view html) {
  const auto is_boundary = [](std::string_view in, std::size_t at) {
    return at == in.size() || (static_cast<unsigned char>(in[at]) & 0xC0) != 0x80;
  };
  text = text.substr(0, twin_text_bytes);
  html = html.substr(0, twin_html_bytes);
  std::size_t tried = 0, found = 0;
  for (std::size_t at = 0; at + chunk_bytes <= text.size(); at += chunk_step_bytes) {
    while (at < text.size() && !is_boundary(text, at)) ++at;
    if (at + chunk_bytes > text.size()) break;
    const std::string_view chunk = text.substr(at, chunk_bytes);
    if (chunk.find("://") != std::string_view::npos || chunk.find('\n') != std::string_view::npos) continue;
    ++tried;
    if (find_bytes(html, chunk, 0) != std::string_view::npos) ++found;
  }
  return tried < chunks_needed ? 1 : static_cast<double>(found) / static_cast<double>(tried);
}

void observe_twin(const Scene& scene, const message::HtmlPart& part, Notes& notes) {
  const auto& readable = scene.message.readable;
  const message::Readable& html = readable[part.part];
  if (!html.alternative) return;
  for (std::size_t i = 0; i < readable.size() && i < no_part; ++i) {
    const message::Readable& text = readable[i];
    if (text.kind != ReadableKind::text || text.alternative != html.alternative || text.depth != html.depth ||
        text.text.empty())
      continue;
    if (shared_words(text.folded.text(), html.folded.text()) < chunks_shared)
      notes.add(FactId::html_differs_from_text, {}, "words");
    std::set<std::string_view> in_text, in_html;
    for (const Site& site : scene.sites) {
      if (!site.is_web || !site.is_active) continue;
      const std::uint16_t where = scene.message.links[site.link].part;
      if (where == i) in_text.insert(site.final_domain);
      if (where == part.part) in_html.insert(site.final_domain);
    }
    const bool share = std::any_of(in_text.begin(), in_text.end(),
                                   [&](std::string_view domain) { return in_html.count(domain) != 0; });
    if (!in_text.empty() && !in_html.empty() && !share) notes.add(FactId::html_differs_from_text, {}, "links");
    return;
  }
}

}  // namespace

void observe_html(const Scene& scene, Notes& notes) {
  for (const message::HtmlPart& part : scene.message.html) {
    if (part.part >= scene.message.readable.size()) continue;
    const text::VisibleHtml& html = part.html;
    notes.add(FactId::html_any);
    observe_hidden(part, notes);
    observe_forms(scene, part, notes);
    if (html.has_script) notes.add(FactId::html_script);
    if (html.has_embed) notes.add(FactId::html_embed);
    if (!html.title.empty()) observe_title(scene, part, notes);
    observe_twin(scene, part, notes);
    const bool shows_image = std::any_of(html.images.begin(), html.images.end(), [](const text::HtmlImage& image) {
      return !image.hidden && image.width != 1 && image.height != 1;
    });
    const bool has_link = std::any_of(html.links.begin(), html.links.end(), [](const text::HtmlLink& link) {
      return !link.hidden && link.kind != text::HtmlLink::Kind::image;
    });
    if (const std::size_t count = characters(html.text, image_only_characters);
        shows_image && has_link && count < image_only_characters)
      notes.add(FactId::html_image_only, {}, {}, static_cast<double>(count));
    if (!html.base_href.empty())
      if (const auto base = text::parse_url(html.base_href); base && base->is_web())
        if (const std::string domain = organisation(base->host); domain != scene.from_domain)
          notes.add(FactId::html_base_elsewhere, {}, domain);
    for (const text::HtmlLink& link : html.links)
      if (link.kind == text::HtmlLink::Kind::meta_refresh)
        if (const auto url = text::parse_url(link.href); url && url->is_web())
          notes.add(FactId::html_meta_refresh, {}, url->host);
  }
}

}  // namespace sekisho::facts
