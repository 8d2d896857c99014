#include "message/auth_results.h"

#include <optional>

#include "message/ascii.h"

namespace sekisho::message {
namespace {

/// Results and properties kept of one header: real ones have under twenty.
constexpr std::size_t results_kept = 100, properties_kept = 100;

struct Token {
  enum class Kind { word, pair, comment, semicolon } kind = Kind::word;
  std::string key, value;
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  std::optional<Token> next() {
    skip_space();
    if (at_ >= text_.size()) return std::nullopt;
    if (text_[at_] == ';') {
      ++at_;
      return Token{Token::Kind::semicolon, {}, {}};
    }
    if (text_[at_] == '(') return Token{Token::Kind::comment, {}, comment()};
    Token token;
    const std::size_t start = at_;
    while (at_ < text_.size() && !is_white(text_[at_]) && text_[at_] != ';' && text_[at_] != '=' && text_[at_] != '(') {
      if (text_[at_] == '<') at_ = std::min(text_.find_first_of("> ;", at_), text_.size() - 1);
      ++at_;
    }
    token.key = std::string(text_.substr(start, at_ - start));
    const std::size_t end_of_key = at_;
    skip_space();
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      skip_space();
      token.kind = Token::Kind::pair;
      token.value = value();
    } else {
      at_ = end_of_key;
    }
    return token;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && is_white(text_[at_])) ++at_;
  }

  std::string comment() {
    std::size_t depth = 0;
    const std::size_t start = at_ + 1;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '(') ++depth;
      if (text_[at_] == ')' && --depth == 0) break;
    }
    const std::string out(text_.substr(start, at_ - start));
    if (at_ < text_.size()) ++at_;
    return out;
  }

  std::string value() {
    std::string out;
    if (at_ < text_.size() && text_[at_] == '"') {
      for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        out += text_[at_];
      }
      if (at_ < text_.size()) ++at_;
    }
    // A quoted local part goes on: "a b"@example.jp.
    while (at_ < text_.size() && !is_white(text_[at_]) && text_[at_] != ';' && text_[at_] != '(') out += text_[at_++];
    if (out.size() >= 2 && out.front() == '<' && out.back() == '>') out = out.substr(1, out.size() - 2);
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// "dkim/1" → "dkim".
std::string method_name(std::string_view key) { return lower(key.substr(0, key.find('/'))); }

}  // namespace

AuthResults parse_auth_results(std::string_view unfolded) {
  AuthResults out;
  Tokens tokens(unfolded);
  bool id_possible = true;  // only the first segment can hold the authserv-id
  bool new_segment = true;
  while (std::optional<Token> token = tokens.next()) {
    switch (token->kind) {
      case Token::Kind::semicolon:
        new_segment = true;
        id_possible = false;
        break;
      case Token::Kind::comment:
        if (!new_segment && !out.results.empty() && out.results.back().properties.size() < properties_kept)
          out.results.back().properties.emplace_back("comment", token->value);
        break;
      case Token::Kind::word:
        if (id_possible && out.results.empty()) {
          if (out.authserv_id.empty()) out.authserv_id = lower(token->key);  // the version after it says nothing
        } else if (!new_segment && !out.results.empty() && out.results.back().properties.size() < properties_kept) {
          std::string_view bare = token->key;
          if (bare.starts_with('<') && bare.ends_with('>')) bare = bare.substr(1, bare.size() - 2);
          out.results.back().properties.emplace_back("", bare);
        }
        break;
      case Token::Kind::pair:
        // A dot in the name or "reason" is a property; a new segment, or the id without its semicolon, starts a method.
        if (new_segment && out.results.size() < results_kept) {
          out.results.push_back({method_name(token->key), lower(token->value), {}});
          new_segment = false;
          id_possible = false;
        } else if (!out.results.empty() && out.results.back().properties.size() < properties_kept) {
          out.results.back().properties.emplace_back(lower(token->key), token->value);
        }
        break;
    }
  }
  return out;
}

AuthResults parse_arc_auth_results(std::string_view unfolded) {
  const std::size_t semicolon = unfolded.find(';');
  const bool has_instance =
      semicolon != std::string_view::npos && begins_with_word(trim(unfolded.substr(0, semicolon)), "i");
  AuthResults out = parse_auth_results(has_instance ? unfolded.substr(semicolon + 1) : unfolded);
  out.arc = true;
  return out;
}

}  // namespace sekisho::message
