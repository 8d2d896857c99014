// The element names that mean something to the HTML reader, interned, with what the standard says of each: void, raw
// text, closes an open <p>, boundary of a scope, formatting, and the display that a browser gives it. Used by
// html_tokenizer and html only.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "text/css.h"

namespace sekisho::text {

enum class Tag : std::uint8_t {
  unknown,
  a,
  address,
  applet,
  area,
  article,
  aside,
  audio,
  b,
  base,
  basefont,
  bgsound,
  big,
  blockquote,
  body,
  br,
  button,
  canvas,
  caption,
  center,
  code,
  col,
  colgroup,
  datalist,
  dd,
  details,
  dialog,
  dir,
  div,
  dl,
  dt,
  em,
  embed,
  fieldset,
  figcaption,
  figure,
  font,
  footer,
  form,
  frame,
  frameset,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  head,
  header,
  hgroup,
  hr,
  html,
  i,
  iframe,
  image,
  img,
  input,
  keygen,
  legend,
  li,
  link,
  listing,
  main,
  marquee,
  math,
  menu,
  meta,
  meter,
  nav,
  nobr,
  noembed,
  noframes,
  noscript,
  object,
  ol,
  optgroup,
  option,
  p,
  param,
  plaintext,
  pre,
  progress,
  rp,
  rt,
  s,
  script,
  search,
  section,
  select,
  small,
  source,
  span,
  strike,
  strong,
  style,
  sub,
  summary,
  sup,
  svg,
  table,
  tbody,
  td,
  template_,
  textarea,
  tfoot,
  th,
  thead,
  title,
  tr,
  track,
  tt,
  u,
  ul,
  video,
  wbr,
  xmp,
  count_
};

enum TagFlag : std::uint16_t {
  tag_void = 1,         ///< has no content and no end tag
  tag_closes_p = 2,     ///< its start tag ends an open <p>
  tag_special = 4,      ///< an unmatched inline end tag does not look past it
  tag_scope = 8,        ///< boundary of the scope in which an end tag looks for its element
  tag_formatting = 16,  ///< reopened after a block that ended it early
  tag_heading = 32,
  tag_marker = 64,       ///< formatting elements do not leak out of or into it
  tag_raw = 128,         ///< RAWTEXT, RCDATA or script data: its content holds no tags
  tag_unrendered = 256,  ///< content is never shown and is no text of the mail either
  tag_table_part = 512,  ///< caption, col, colgroup, tbody, td, tfoot, th, thead, tr: ignored outside a table
  tag_own_style = 1024,  ///< a browser gives it a font size, colour or white space of its own
};

struct TagInfo {
  std::string_view name;
  std::uint16_t flags = 0;
  Display display = Display::inline_;
};

const TagInfo& tag_info(Tag tag);

/// FNV-1a of the lower-cased bytes: the identity of an element name, class or id everywhere in the HTML reader.
constexpr std::uint64_t name_hash_start = 0xcbf29ce484222325ULL;
constexpr std::uint64_t name_hash_step(std::uint64_t hash, char c) {
  return (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
}
constexpr char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

Tag tag_of(std::uint64_t name_hash);

}  // namespace sekisho::text
