// HTML bytes → start tags, end tags and text, after the tokenizer of WHATWG HTML 13.2.5, without building anything.
// Comments, doctypes and bogus markup are passed over as a browser does. Views point into the input. Used by html only;
// one object per document, one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "text/html_tags.h"

namespace sekisho::text {

enum class Attr : std::uint8_t {
  other,
  action,
  alt,
  aria_label,
  background,
  bgcolor,
  class_,
  color,
  content,
  formaction,
  height,
  hidden,
  href,
  http_equiv,
  id,
  link,
  media,
  method,
  name,
  on_event,
  open,
  size,
  src,
  style,
  text,
  title,
  type,
  value,
  width,
  data,
  count_
};

struct Attribute {
  Attr name = Attr::other;
  std::string_view value;  ///< as written, character references not decoded
};

struct Token {
  enum class Kind : std::uint8_t { end_of_file, text, start_tag, end_tag };
  Kind kind = Kind::end_of_file;
  Tag tag = Tag::unknown;
  bool self_closing = false;
  bool cdata = false;           ///< text in which '&' has no meaning (CDATA of SVG, raw text)
  std::uint64_t name_hash = 0;  ///< of the lower-cased element name
  std::string_view text;  ///< of a text token, or the whole content after a raw-text start tag (see Tokenizer::raw)
  std::uint32_t attribute_count = 0;
  std::uint64_t attribute_mask = 0;  ///< bit of each Attr present
  std::array<Attribute, limits::html_attributes> attributes;

  bool has(Attr name) const { return (attribute_mask >> static_cast<unsigned>(name)) & 1; }
  /// As written; empty when absent. The first of two equal attributes counts.
  std::string_view get(Attr name) const;
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view html) : html_(html) {}

  /// The next token; Kind::end_of_file at the end. The token is valid until the next call.
  const Token& next();

  /// After a start tag with tag_raw: everything until its end tag, which is consumed. To the end when it is missing.
  std::string_view raw_content(Tag tag);
  /// After <plaintext>: all that is left.
  std::string_view rest();

  /// The doctype asks for quirks mode or is missing (decided at the first tag or text).
  bool quirks() const { return quirks_; }
  /// Attributes beyond limits::html_attributes were passed over.
  bool attributes_over_limit() const { return attributes_over_limit_; }
  /// <svg> or <math> is open: CDATA sections and self-closing tags count there.
  void set_foreign(bool foreign) { foreign_ = foreign; }

 private:
  bool markup(std::size_t open);
  void skip_comment();
  void skip_past(char c);
  void read_doctype();
  bool read_tag(Token::Kind kind);
  bool read_attributes();
  std::string_view script_content();

  std::string_view html_;
  std::size_t at_ = 0;
  Token token_;
  bool quirks_ = true;
  bool doctype_open_ = true;
  bool foreign_ = false;
  bool attributes_over_limit_ = false;
};

}  // namespace sekisho::text
