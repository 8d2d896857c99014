#include "message/received.h"

#include <algorithm>
#include <vector>

#include "message/ascii.h"
#include "message/date.h"

namespace sekisho::message {
namespace {

/// Words read of one Received header: real ones have fewer than forty.
constexpr std::size_t words_kept = 200;

struct Word {
  std::string_view text;
  bool comment = false;
};

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < text.size() && words.size() < words_kept) {
    if (is_white(text[at]) || text[at] == ';') {
      ++at;
    } else if (text[at] == '(') {
      std::size_t depth = 0, end = at;
      for (; end < text.size(); ++end) {
        if (text[end] == '(') ++depth;
        if (text[end] == ')' && --depth == 0) break;
      }
      words.push_back({text.substr(at + 1, end - at - 1), true});
      at = std::min(end + 1, text.size());
    } else {
      std::size_t end = at;
      while (end < text.size() && !is_white(text[end]) && text[end] != '(' && text[end] != ';') ++end;
      words.push_back({text.substr(at, end - at), false});
      at = end;
    }
  }
  return words;
}

std::string_view without_dot(std::string_view host) {
  while (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

std::string_view first_word(std::string_view text) {
  text = trim(text);
  return text.substr(0, text.find_first_of(" \t\r\n"));
}

bool is_unknown(std::string_view host) { return same_word(host, "unknown"); }

/// The bracketed or bare IP address in a comment; "" when there is none.
std::string ip_in(std::string_view comment) {
  constexpr int brackets_tried = 4;
  int tried = 0;
  for (std::size_t at = comment.find('['); at != std::string_view::npos && tried < brackets_tried;
       at = comment.find('[', at + 1), ++tried) {
    const std::size_t end = comment.find(']', at);
    if (end == std::string_view::npos) break;
    if (std::string ip = ip_of(comment.substr(at + 1, end - at - 1)); !ip.empty()) return ip;
  }
  std::string_view word = first_word(comment);
  if (const std::size_t user = word.rfind('@'); user != std::string_view::npos)
    word.remove_prefix(user + 1);  // qmail ident
  return ip_of(word);
}

/// "helo=name" of Exim, "HELO name" of qmail, "EHLO name" of Yahoo.
std::string_view helo_in(std::string_view comment) {
  for (const std::string_view key : {"helo=", "ehlo="})
    if (const std::size_t at = find_word(comment, key); at != std::string_view::npos) {
      std::string_view value = first_word(comment.substr(at + key.size()));
      while (value.ends_with(',') || value.ends_with(')')) value.remove_suffix(1);
      return value;
    }
  if (begins_with_word(comment, "helo ") || begins_with_word(comment, "ehlo ")) return first_word(comment.substr(5));
  return {};
}

/// What stands between "from" and the next keyword.
void read_from(Hop& hop, std::string_view name, const std::vector<std::string_view>& comments, std::string_view whole) {
  const std::string name_ip = ip_of(name);
  hop.from_ip = name_ip;
  std::string_view helo;
  bool helo_comment = false, exim_helo = false, ip_in_comment = false;
  for (const std::string_view comment : comments) {
    if (helo.empty()) {
      helo = helo_in(comment);
      helo_comment = !helo.empty();
      exim_helo = helo_comment && find_word(comment, "helo=") != std::string_view::npos;
    }
    // What the receiver saw stands in the comment; "[192.168.0.2]" as the name is what the sender claimed.
    if (std::string ip = ip_in(comment); !ip.empty() && !ip_in_comment) {
      hop.from_ip = std::move(ip);
      ip_in_comment = true;
    }
  }
  if (helo_comment) {
    // Exim and qmail write the looked-up name first and the claimed one in the comment; Yahoo has no name at all.
    hop.from_helo = ip_of(helo).empty() ? std::string(without_dot(helo)) : std::string(helo);
    hop.rdns_known = name_ip.empty() || exim_helo;
    if (name_ip.empty() && !is_unknown(name)) hop.from_rdns = lower(without_dot(name));
    return;
  }
  hop.from_helo = without_dot(name);
  const std::string_view comment = comments.empty() ? std::string_view{} : trim(comments.front());
  const std::size_t bracket = comment.find('[');
  if (bracket != std::string_view::npos && !ip_in(comment).empty()) {
    const std::string_view before = first_word(comment.substr(0, bracket));
    hop.rdns_known = true;
    if (!before.empty()) {                         // "helo (rdns [ip])"
      const std::size_t user = before.rfind('@');  // Sendmail: ident@rdns
      const std::string_view host = user == std::string_view::npos ? before : before.substr(user + 1);
      if (!is_unknown(host) && ip_of(host).empty()) hop.from_rdns = lower(without_dot(host));
    } else if (find_word(whole, "(exim") != std::string_view::npos && name_ip.empty()) {
      hop.from_rdns = lower(without_dot(name));  // Exim leaves the claimed name out when it equals the looked-up one
    }
    // "may be forged": the name did not resolve back to the address.
    if (find_word(comment, "may be forged") != std::string_view::npos) hop.from_rdns.clear();
  }
}

}  // namespace

std::string ip_of(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) text.remove_prefix(1);
  text = text.substr(0, text.find(']'));
  if (begins_with_word(text, "ipv6:")) text.remove_prefix(5);
  if (begins_with_word(text, "::ffff:") && text.find('.') != std::string_view::npos) text.remove_prefix(7);
  if (text.empty() || text.size() > 45) return {};
  if (text.find(':') != std::string_view::npos && text.find('.') == std::string_view::npos) {
    const bool hex = std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) >= 0 || c == ':'; });
    return hex && std::count(text.begin(), text.end(), ':') >= 2 ? lower(text) : std::string{};
  }
  int dots = 0, value = -1;
  for (const char c : text) {
    if (is_digit(c)) {
      value = std::max(value, 0) * 10 + (c - '0');
      if (value > 255) return {};
    } else if (c == '.' && value >= 0) {
      ++dots;
      value = -1;
    } else {
      return {};
    }
  }
  return dots == 3 && value >= 0 ? std::string(text) : std::string{};
}

Hop parse_received(std::string_view unfolded) {
  Hop hop;
  const std::size_t semicolon = unfolded.rfind(';');
  if (semicolon != std::string_view::npos) {
    if (const auto date = parse_date(unfolded.substr(semicolon + 1))) hop.time = date->seconds;
  } else {
    // qmail's own "(qmail 123 invoked from network); 1 Jan" always has one; others end with the date all the same.
    if (const std::size_t comma = unfolded.rfind(", "); comma != std::string_view::npos && comma >= 3)
      if (const auto date = parse_date(unfolded.substr(comma - 3))) hop.time = date->seconds;
  }
  const std::string_view trace = unfolded.substr(0, semicolon);
  const std::vector<Word> words = split_words(trace);
  std::string_view from_name;
  std::vector<std::string_view> from_comments;
  enum class Part { none, from, by, via, with, id, for_ } part = Part::none;
  const auto keyword = [](std::string_view word) {
    if (same_word(word, "from")) return Part::from;
    if (same_word(word, "by")) return Part::by;
    if (same_word(word, "via")) return Part::via;
    if (same_word(word, "with")) return Part::with;
    if (same_word(word, "id")) return Part::id;
    if (same_word(word, "for")) return Part::for_;
    return Part::none;
  };
  for (const Word& word : words) {
    if (word.comment) {
      if (part == Part::from && hop.by.empty()) from_comments.push_back(word.text);
      continue;
    }
    if (const Part found = keyword(word.text); found != Part::none) {
      part = found;
      continue;
    }
    switch (part) {
      case Part::from:
        if (from_name.empty())
          from_name = word.text;
        else if (hop.from_ip.empty() && word.text.starts_with('['))
          from_comments.push_back(word.text);
        break;
      case Part::by:
        if (hop.by.empty()) hop.by = lower(without_dot(word.text));
        break;
      case Part::with:
        if (!hop.with.empty()) hop.with += ' ';
        hop.with += word.text;
        break;
      case Part::id:
        if (hop.id.empty()) hop.id = word.text;
        break;
      case Part::for_:
        if (hop.for_address.empty()) {
          std::string_view address = word.text;
          if (address.starts_with('<')) address.remove_prefix(1);
          hop.for_address = address.substr(0, address.find('>'));
        }
        break;
      case Part::via:
      case Part::none:
        break;
    }
  }
  if (!from_name.empty() || !from_comments.empty()) read_from(hop, from_name, from_comments, trace);
  return hop;
}

}  // namespace sekisho::message
