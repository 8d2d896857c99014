#include "serve/target.h"

#include <algorithm>

#include "base/limits.h"
#include "report/inert.h"
#include "text/utf8.h"

namespace sekisho::serve {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_utf8(std::string_view text) { return text::valid_prefix(text) == text.size(); }

bool is_honest_segment(std::string_view segment) {
  return !segment.empty() && segment != "." && segment != ".." && is_utf8(segment) &&
         std::none_of(segment.begin(), segment.end(), [](char c) { return is_control(c) || c == '/' || c == '\\'; });
}

bool is_host_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

}  // namespace

std::string_view Target::value(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return {};
}

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::optional<std::vector<std::pair<std::string, std::string>>> read_form(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    auto key = percent_decoded(pair.substr(0, equals), Plus::space);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::space);
    if (!key || !value || !is_utf8(*key) || !is_utf8(*value)) return std::nullopt;
    pairs.emplace_back(std::move(*key), std::move(*value));
  }
  return pairs;
}

std::optional<Target> read_target(std::string_view target) {
  if (target.empty() || target.front() != '/' || target.size() > limits::http_target_bytes) return std::nullopt;
  if (target.find('#') != std::string_view::npos) return std::nullopt;
  Target out;
  const std::size_t mark = std::min(target.find('?'), target.size());
  std::string_view path = target.substr(1, mark - 1);
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    auto segment = percent_decoded(path.substr(0, end), Plus::kept);
    if (!segment || !is_honest_segment(*segment)) return std::nullopt;
    out.path.push_back(std::move(*segment));
    if (end + 1 == path.size()) return std::nullopt;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  auto query = read_form(target.substr(std::min(mark + 1, target.size())));
  if (!query) return std::nullopt;
  out.query = std::move(*query);
  return out;
}

std::optional<std::string> host_of(std::string_view authority) {
  std::string lower(authority);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  std::string_view rest(lower);
  std::size_t end = 0;
  if (rest.starts_with('[')) {
    end = rest.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    ++end;
    for (const char c : rest.substr(1, end - 2))
      if (digit(c) < 0 && c != ':' && c != '.') return std::nullopt;
  } else {
    while (end < rest.size() && is_host_letter(rest[end])) ++end;
  }
  const std::string_view host = rest.substr(0, end);
  std::string_view port = rest.substr(end);
  if (host.empty() || host == "[]") return std::nullopt;
  if (!port.empty()) {
    if (port.front() != ':' || port.size() == 1 || port.size() > 6) return std::nullopt;
    port.remove_prefix(1);
    if (!std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  }
  return std::string(host);
}

std::string file_name_of(std::string_view header) {
  const auto decoded = percent_decoded(header.substr(0, limits::http_target_bytes), Plus::kept);
  std::string_view name = decoded ? std::string_view(*decoded) : header.substr(0, limits::http_target_bytes);
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string out = report::for_terminal(name);
  if (out.size() <= limits::http_file_name_bytes) return out;
  std::size_t end = limits::http_file_name_bytes;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
  out.resize(end);
  return out;
}

}  // namespace sekisho::serve
