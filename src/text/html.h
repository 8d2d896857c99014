// HTML → what a reader would see, and what was hidden from them. Our own streaming tokenizer (WHATWG states, no tree)
// with a bounded stack of open elements and a small subset of CSS, inline and <style>: display, visibility, opacity,
// font-size, color against background, clip, position off-screen, zero box with overflow hidden, text-indent, mso-hide.
// Linear in the input, whatever the nesting. Called by `message` for each text/html part. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace sekisho::text {

struct HtmlLink {
  enum class Kind { anchor, area, form_action, meta_refresh, image, other };
  Kind kind = Kind::anchor;
  std::string href;     ///< attribute value after character references, untrimmed
  Span text;            ///< the visible text of the link in VisibleHtml::text (may be empty, e.g. an image link)
  std::string alt;      ///< alt/title/aria-label of what is inside, when there is no visible text
  bool hidden = false;  ///< nothing of the link can be seen or tapped
};

struct HiddenRun {
  enum class Why {
    display_none,
    visibility,
    opacity,
    tiny_font,
    same_color,
    zero_box,
    off_screen,
    clipped,
    indent,
    mso_hide,
    hidden_attribute
  };
  Why why = Why::display_none;
  Span text;             ///< in VisibleHtml::hidden
  std::uint32_t at = 0;  ///< where in VisibleHtml::text it would have stood
};

struct HtmlImage {
  std::string src, alt;
  int width = -1, height = -1;
  std::uint32_t at = 0;
  bool hidden = false;
};

struct HtmlForm {
  std::string action;
  std::string method;
  std::vector<std::string> input_types, input_names;
  bool has_password = false;
  std::uint32_t at = 0;
};

struct VisibleHtml {
  std::string text;    ///< close to Chromium's innerText: block breaks as '\n', cells as '\t', white space collapsed
  std::string hidden;  ///< text that a browser would not show, runs separated by '\n'
  std::vector<HiddenRun> hidden_runs;
  std::vector<HtmlLink> links;
  std::vector<HtmlImage> images;
  std::vector<HtmlForm> forms;
  std::string base_href;
  std::string title;
  bool has_script = false;   ///< <script>, on* handler or javascript: URL
  bool has_embed = false;    ///< <iframe>, <object>, <embed>
  bool over_budget = false;  ///< a limit of base/limits.h was reached; what was read until then stands
};

/// `html` must be valid UTF-8 (charset is decided before). `text_budget` caps text+hidden in bytes.
VisibleHtml read_html(std::string_view html, std::size_t text_budget);

}  // namespace sekisho::text
