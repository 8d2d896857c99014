#include "message/address.h"

#include <algorithm>

#include "base/limits.h"
#include "message/ascii.h"
#include "message/encoded_word.h"
#include "text/url.h"

namespace sekisho::message {
namespace {

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// RFC 5322 3.2.3 atext or a dot, or UTF-8 (RFC 6532).
bool is_atom(char c) {
  return is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

bool dots_in_order(std::string_view local) {
  return !local.starts_with('.') && !local.ends_with('.') && local.find("..") == std::string_view::npos;
}

std::string ascii_domain(std::string_view domain, bool& violation) {
  if (is_ascii(domain)) return lower(domain);
  // A browser's host parser is the IDNA of UTS #46; a domain it refuses is kept as written, for people to see.
  const auto url = text::parse_url("http://" + std::string(domain) + "/");
  if (url && !url->host.empty() && url->tricks.userinfo == false && url->path == "/") return url->host;
  violation = true;
  return lower(domain);
}

/// Bytes looked at for the '>' of one address; RFC 5321 allows 256, and looking to the end each time would be
/// quadratic.
constexpr std::size_t longest_spec = 4096;

/// One piece of a mailbox before its angle bracket.
struct Token {
  std::string text;
  bool quoted = false;
  bool glued = false;  ///< no white space before it
};

class Reader {
 public:
  Reader(std::string_view text, std::string_view hint, Message& message)
      : text_(text), hint_(hint), message_(message), has_semicolon_(text.rfind(';')) {}

  std::vector<Address> read() {
    while (at_ < text_.size() && out_.size() < limits::addresses) step();
    finish();
    if (!pending_.empty()) {  // a name that no address followed
      Address name;
      name.display = pending_;
      name.rfc_violation = true;
      out_.push_back(std::move(name));
    }
    return std::move(out_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (is_white(c)) {
      space_ = true;
      ++at_;
    } else if (c == '"') {
      quoted_string();
    } else if (c == '(') {
      comment();
    } else if (c == '<') {
      angle();
    } else if (c == ',' || c == ';') {
      finish();
      ++at_;
    } else if (c == ':' && opens_group()) {
      tokens_.clear();
      comment_.clear();
      space_ = true;
      ++at_;
    } else {
      word();
    }
  }

  /// "friends: a@b, c@d;" – but a name with a colon in it is no group.
  bool opens_group() const {
    if (has_semicolon_ == std::string_view::npos || has_semicolon_ < at_) return false;
    return !saw_at_;
  }

  void add(std::string text, bool quoted) {
    saw_at_ |= text.find('@') != std::string::npos;
    tokens_.push_back({std::move(text), quoted, !space_ && !tokens_.empty()});
    space_ = false;
  }

  void quoted_string() {
    std::string out;
    std::size_t at = unclosed_quote_ ? text_.size() : at_ + 1;
    for (; at < text_.size() && text_[at] != '"'; ++at) {
      if (text_[at] == '\\' && at + 1 < text_.size()) ++at;
      out += text_[at];
    }
    if (at >= text_.size()) {  // no closing quote: it was meant as a character
      violation_ = true;
      ++at_;
      space_ = true;
      unclosed_quote_ = true;
      return;
    }
    at_ = at + 1;
    add(std::move(out), true);
  }

  void comment() {
    std::size_t depth = 0, at = at_;
    std::string out;
    for (; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == '\\' && at + 1 < text_.size()) {
        out += text_[++at];
      } else if (c == '(') {
        if (depth++ > 0) out += c;
      } else if (c == ')') {
        if (--depth == 0) break;
        out += c;
      } else {
        out += c;
      }
    }
    if (at >= text_.size()) violation_ = true;
    at_ = std::min(at + 1, text_.size());
    comment_ = std::move(out);
    space_ = true;
  }

  void word() {
    const std::size_t start = at_;
    while (at_ < text_.size()) {
      if (const std::size_t size = encoded_word_size(text_.substr(at_)); size > 0) {
        at_ += size;  // may hold commas and spaces that are no syntax
        continue;
      }
      const char c = text_[at_];
      if (is_white(c) || c == ',' || c == ';' || c == '<' || c == '(' || c == '"' || (c == ':' && opens_group_at()))
        break;
      ++at_;
    }
    if (at_ == start) ++at_;
    add(std::string(text_.substr(start, at_ - start)), false);
  }
  bool opens_group_at() const { return opens_group(); }

  void angle() {
    const std::size_t start = at_ + 1;
    std::size_t at = start;
    bool quoted = false;
    const std::size_t limit = std::min(text_.size(), start + longest_spec);
    for (; at < limit; ++at) {
      if (text_[at] == '\\' && quoted)
        ++at;
      else if (text_[at] == '"')
        quoted = !quoted;
      else if (!quoted && (text_[at] == '>' || text_[at] == '<'))
        break;
    }
    at = std::min(at, limit);
    std::string_view spec = text_.substr(start, at - start);
    const bool closed = at < text_.size() && text_[at] == '>';
    if (!closed) {
      violation_ = true;
      const std::size_t stop = spec.find_first_of(",;");
      if (stop != std::string_view::npos) spec = spec.substr(0, stop);
      at_ = start + spec.size();
    } else {
      at_ = at + 1;
    }
    if (has_angle_) {  // "<shown@a.example> <real@b.example>": the last one is the address, the others are for the eye
      violation_ = true;
      add("<" + angle_ + ">", false);
    }
    has_angle_ = true;
    angle_ = spec;
    space_ = true;
  }

  std::string phrase(std::size_t from, std::size_t to) const {
    std::string out;
    for (std::size_t i = from; i < to; ++i) {
      if (!out.empty() && !tokens_[i].glued) out += ' ';
      out += tokens_[i].text;
    }
    return out;
  }

  std::string display_of(std::string_view phrase_text) const {
    return std::string(trim(decode_words(phrase_text, hint_, message_)));
  }

  void finish() {
    Address address;
    address.rfc_violation = violation_;
    if (has_angle_) {
      address.display = display_of(phrase(0, tokens_.size()));
      if (address.display.empty()) address.display = display_of(comment_);
      if (!pending_.empty()) {
        address.display = pending_ + ", " + address.display;
        address.rfc_violation = true;
        pending_.clear();
      }
      set_spec(address, angle_spec(address));
      if (!address.local.empty() || !address.domain.empty() || !address.display.empty())
        out_.push_back(std::move(address));
    } else if (!tokens_.empty()) {
      bare(std::move(address));
    } else if (!comment_.empty() && pending_.empty()) {
      pending_ = display_of(comment_);
    }
    tokens_.clear();
    comment_.clear();
    angle_.clear();
    has_angle_ = violation_ = space_ = saw_at_ = false;
  }

  std::string angle_spec(Address& address) const {
    if (angle_.find("=?") == std::string::npos) return angle_;
    address.rfc_violation = true;  // RFC 2047 5: no encoded-word inside an address
    return decode_words(angle_, hint_, message_);
  }

  void bare(Address address) {
    std::size_t with_at = tokens_.size();
    for (std::size_t i = tokens_.size(); i-- > 0 && with_at == tokens_.size();)
      if (!tokens_[i].quoted && tokens_[i].text.find('@') != std::string::npos) with_at = i;
    if (with_at == tokens_.size()) {
      without_at(std::move(address));
      return;
    }
    std::size_t from = with_at, to = with_at + 1;
    while (from > 0 && tokens_[from].glued) --from;
    while (to < tokens_.size() && tokens_[to].glued) ++to;
    std::string spec;
    for (std::size_t i = from; i < to; ++i) spec += tokens_[i].quoted ? "\"" + tokens_[i].text + "\"" : tokens_[i].text;
    if (spec.ends_with('>')) {  // the '<' is missing
      spec.pop_back();
      address.rfc_violation = true;
    }
    std::string name = phrase(0, from);
    const std::string after = phrase(to, tokens_.size());
    if (!name.empty() || !after.empty()) address.rfc_violation = true;
    if (!after.empty()) name += (name.empty() ? "" : " ") + after;
    address.display = display_of(name);
    if (address.display.empty()) address.display = display_of(comment_);
    set_spec(address, spec);
    if (!pending_.empty()) {
      out_.push_back(Address{std::move(pending_), "", "", true});
      pending_.clear();
    }
    out_.push_back(std::move(address));
  }

  void without_at(Address address) {
    const std::string text = display_of(phrase(0, tokens_.size()));
    // A whole "name <address>" hidden in one encoded-word: some clients show the name only, we read what it says.
    if (text.find('@') != std::string::npos && !nested_ && phrase(0, tokens_.size()).find("=?") != std::string::npos) {
      Reader inner(text, hint_, message_);
      inner.nested_ = true;
      for (Address& found : inner.read()) {
        found.rfc_violation = true;
        if (out_.size() < limits::addresses) out_.push_back(std::move(found));
      }
      return;
    }
    const bool one_atom =
        tokens_.size() == 1 && !tokens_[0].quoted && std::all_of(text.begin(), text.end(), is_atom) && is_ascii(text);
    if (one_atom && pending_.empty() && (at_ >= text_.size() || text_[at_] == ';')) {
      address.local = text;  // "root": a mailbox on the receiving host
      out_.push_back(std::move(address));
      return;
    }
    pending_ += (pending_.empty() ? "" : ", ") + text;
  }

  std::string_view text_, hint_;
  Message& message_;
  std::size_t has_semicolon_, at_ = 0;
  std::vector<Token> tokens_;
  std::string comment_, angle_, pending_;
  bool space_ = false, has_angle_ = false, violation_ = false, unclosed_quote_ = false, saw_at_ = false,
       nested_ = false;
  std::vector<Address> out_;
};

}  // namespace

void set_spec(Address& address, std::string_view spec) {
  spec = trim(spec);
  if (spec.starts_with('@') && spec.find(':') != std::string_view::npos)  // RFC 5322 4.4 source route
    spec.remove_prefix(spec.find(':') + 1);
  if (begins_with_word(spec, "mailto:")) {
    spec.remove_prefix(7);
    address.rfc_violation = true;
  }
  // The last '@': what a mail server looks at, whatever stands before it.
  std::size_t at = spec.rfind('@');
  std::size_t at_size = 1;
  if (at == std::string_view::npos) {
    at = spec.rfind("＠");
    at_size = at == std::string_view::npos ? 0 : std::string_view("＠").size();
    if (at_size > 0) address.rfc_violation = true;
  }
  std::string_view local = trim(spec.substr(0, at));
  std::string_view domain = at == std::string_view::npos ? std::string_view{} : trim(spec.substr(at + at_size));
  if (local.size() >= 2 && local.front() == '"' && local.back() == '"') {
    local = local.substr(1, local.size() - 2);
    for (std::size_t i = 0; i < local.size(); ++i) {
      if (local[i] == '\\' && i + 1 < local.size()) ++i;
      address.local += local[i];
    }
  } else {
    for (const char c : local) {
      if (is_white(c))
        address.rfc_violation = true;
      else
        address.local += c;
    }
    if (!dots_in_order(address.local) || !std::all_of(address.local.begin(), address.local.end(), is_atom))
      address.rfc_violation = true;
  }
  std::string clean;
  for (const char c : domain) {
    if (is_white(c))
      address.rfc_violation = true;
    else
      clean += c;
  }
  while (clean.ends_with('.') || clean.ends_with('>')) {
    clean.pop_back();
    address.rfc_violation = true;
  }
  address.domain = ascii_domain(clean, address.rfc_violation);
  const bool literal = address.domain.starts_with('[') && address.domain.ends_with(']');
  const auto host_character = [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_'; };
  if (!literal &&
      (!std::all_of(address.domain.begin(), address.domain.end(), host_character) || !dots_in_order(address.domain)))
    address.rfc_violation = true;
  if (address.domain.empty() != address.local.empty())
    address.rfc_violation = address.rfc_violation || address.local.empty();
}

std::vector<Address> parse_addresses(std::string_view unfolded, std::string_view charset_hint, Message& message) {
  const std::string utf8 = header_to_utf8(unfolded, charset_hint, message);
  return Reader(utf8, charset_hint, message).read();
}

std::string shown(const std::vector<Address>& addresses) {
  std::string out;
  for (const Address& address : addresses) {
    if (!out.empty()) out += ", ";
    const std::string spec = address.spec();
    if (address.display.empty())
      out += spec;
    else if (spec.empty())
      out += address.display;
    else
      out += address.display + " <" + spec + ">";
  }
  return out;
}

}  // namespace sekisho::message
