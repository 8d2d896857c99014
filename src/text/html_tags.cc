#include "text/html_tags.h"

namespace sekisho::text {
namespace {

constexpr std::size_t tag_count = static_cast<std::size_t>(Tag::count_);

constexpr std::uint64_t hash_of(std::string_view name) {
  std::uint64_t hash = name_hash_start;
  for (const char c : name) hash = name_hash_step(hash, c);
  return hash;
}

constexpr std::array<TagInfo, tag_count> make_infos() {
  using enum Tag;
  std::array<TagInfo, tag_count> infos{};
  constexpr std::string_view names[] = {
      "",         "a",        "address", "applet",   "area",       "article",  "aside",    "audio",      "b",
      "base",     "basefont", "bgsound", "big",      "blockquote", "body",     "br",       "button",     "canvas",
      "caption",  "center",   "code",    "col",      "colgroup",   "datalist", "dd",       "details",    "dialog",
      "dir",      "div",      "dl",      "dt",       "em",         "embed",    "fieldset", "figcaption", "figure",
      "font",     "footer",   "form",    "frame",    "frameset",   "h1",       "h2",       "h3",         "h4",
      "h5",       "h6",       "head",    "header",   "hgroup",     "hr",       "html",     "i",          "iframe",
      "image",    "img",      "input",   "keygen",   "legend",     "li",       "link",     "listing",    "main",
      "marquee",  "math",     "menu",    "meta",     "meter",      "nav",      "nobr",     "noembed",    "noframes",
      "noscript", "object",   "ol",      "optgroup", "option",     "p",        "param",    "plaintext",  "pre",
      "progress", "rp",       "rt",      "s",        "script",     "search",   "section",  "select",     "small",
      "source",   "span",     "strike",  "strong",   "style",      "sub",      "summary",  "sup",        "svg",
      "table",    "tbody",    "td",      "template", "textarea",   "tfoot",    "th",       "thead",      "title",
      "tr",       "track",    "tt",      "u",        "ul",         "video",    "wbr",      "xmp"};
  static_assert(std::size(names) == tag_count);
  for (std::size_t i = 0; i < tag_count; ++i) infos[i].name = names[i];
  const auto add = [&infos](std::initializer_list<Tag> tags, unsigned flags) {
    for (const Tag tag : tags) infos[static_cast<std::size_t>(tag)].flags |= static_cast<std::uint16_t>(flags);
  };
  const auto show = [&infos](std::initializer_list<Tag> tags, Display display) {
    for (const Tag tag : tags) infos[static_cast<std::size_t>(tag)].display = display;
  };
  add({area, base, basefont, bgsound, br, col, embed, frame, hr, image, img, input, keygen, link, meta, param, source,
       track, wbr},
      tag_void);
  add({address,  article,    aside,  blockquote, center,  details, dialog, dir, div,       dl,
       fieldset, figcaption, figure, footer,     form,    header,  hgroup, hr,  main,      menu,
       nav,      ol,         p,      search,     section, summary, ul,     h1,  h2,        h3,
       h4,       h5,         h6,     pre,        listing, li,      dd,     dt,  plaintext, xmp},
      tag_closes_p);
  add({address,  applet,   area,       article, aside,    base,      basefont,  bgsound,  blockquote, body,    br,
       button,   caption,  center,     col,     colgroup, dd,        details,   dir,      div,        dl,      dt,
       embed,    fieldset, figcaption, figure,  footer,   form,      frame,     frameset, h1,         h2,      h3,
       h4,       h5,       h6,         head,    header,   hgroup,    hr,        html,     iframe,     img,     input,
       keygen,   li,       link,       listing, main,     marquee,   menu,      meta,     nav,        noembed, noframes,
       noscript, object,   ol,         p,       param,    plaintext, pre,       script,   search,     section, select,
       source,   style,    summary,    table,   tbody,    td,        template_, textarea, tfoot,      th,      thead,
       title,    tr,       track,      ul,      wbr,      xmp},
      tag_special);
  add({applet, caption, html, table, td, th, marquee, object, template_, select}, tag_scope);
  add({a, b, big, code, em, font, i, nobr, s, small, strike, strong, tt, u}, tag_formatting);
  add({h1, h2, h3, h4, h5, h6}, tag_heading);
  add({applet, caption, marquee, object, td, template_, th}, tag_marker);
  add({title, textarea, style, xmp, iframe, noembed, noframes, script}, tag_raw);
  add({audio, canvas, datalist, template_, video, rp}, tag_unrendered);
  add({caption, col, colgroup, tbody, td, tfoot, th, thead, tr}, tag_table_part);
  add({h1, h2, h3, h5, h6, small, sub, sup, big, table, pre, listing, xmp, plaintext, textarea, button, select},
      tag_own_style);
  show({address, article,  aside,      blockquote, body,   center,  dd,      details, dialog, dir, div, dl,
        dt,      fieldset, figcaption, figure,     footer, form,    h1,      h2,      h3,     h4,  h5,  h6,
        header,  hgroup,   hr,         html,       legend, li,      listing, main,    menu,   nav, ol,  optgroup,
        option,  p,        plaintext,  pre,        search, section, summary, ul,      xmp},
       Display::block);
  show({button, input, marquee, meter, progress, select, textarea}, Display::inline_block);
  show({table}, Display::table);
  show({tbody, thead, tfoot}, Display::row_group);
  show({tr}, Display::row);
  show({td, th}, Display::cell);
  show({caption}, Display::caption);
  return infos;
}

constexpr std::array<TagInfo, tag_count> infos = make_infos();

struct Slot {
  std::uint64_t hash = 0;
  Tag tag = Tag::unknown;
};
constexpr std::size_t slot_count = 1024;
constexpr std::size_t slot_of(std::uint64_t hash) { return (hash >> 7) & (slot_count - 1); }

constexpr std::array<Slot, slot_count> make_slots() {
  std::array<Slot, slot_count> slots{};
  for (std::size_t i = 1; i < tag_count; ++i) {
    const std::uint64_t hash = hash_of(infos[i].name);
    std::size_t slot = slot_of(hash);
    while (slots[slot].hash != 0) slot = (slot + 1) & (slot_count - 1);
    slots[slot] = {hash, static_cast<Tag>(i)};
  }
  return slots;
}

constexpr std::array<Slot, slot_count> slots = make_slots();

}  // namespace

const TagInfo& tag_info(Tag tag) { return infos[static_cast<std::size_t>(tag)]; }

Tag tag_of(std::uint64_t name_hash) {
  for (std::size_t slot = slot_of(name_hash); slots[slot].hash != 0; slot = (slot + 1) & (slot_count - 1)) {
    if (slots[slot].hash == name_hash) return slots[slot].tag;
  }
  return Tag::unknown;
}

}  // namespace sekisho::text
