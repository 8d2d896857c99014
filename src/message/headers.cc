#include "message/headers.h"

#include "base/limits.h"
#include "message/ascii.h"

namespace sekisho::message {

const RawHeader* HeaderBlock::find(std::string_view name) const {
  for (const RawHeader& header : headers)
    if (same_word(header.name, name)) return &header;
  return nullptr;
}

std::string_view header_name(std::string_view line) {
  std::size_t end = 0;
  // RFC 5322 2.2 ftext; names longer than this exist only in attacks and in body text with a colon far away.
  constexpr std::size_t longest_name = 128;
  while (end < line.size() && end <= longest_name && line[end] > 32 && line[end] < 127 && line[end] != ':') ++end;
  if (end == 0 || end > longest_name) return {};
  std::size_t colon = end;
  while (colon < line.size() && is_space(line[colon])) ++colon;  // obsolete "Subject : x"
  if (colon >= line.size() || line[colon] != ':') return {};
  return line.substr(0, end);
}

HeaderBlock split_headers(std::string_view bytes, Message& message) {
  HeaderBlock block;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t end = line_end(bytes, at);
    const std::string_view line = line_at(bytes, at, end);
    if (line.empty()) {
      block.body_at = std::min(end + 1, bytes.size());
      return block;
    }
    const bool continues = is_space(line.front());
    if (continues && !block.headers.empty()) {
      RawHeader& last = block.headers.back();
      const char* start = last.folded.data();
      last.folded = std::string_view(start, static_cast<std::size_t>(bytes.data() + end - start));
      at = end + 1;
      continue;
    }
    const std::string_view name = continues ? std::string_view{} : header_name(line);
    if (name.empty()) {
      const bool envelope_line = block.headers.empty() && (line.starts_with("From ") || line.starts_with(">From "));
      if (!envelope_line) {
        const std::size_t next = std::min(end + 1, bytes.size());
        const std::string_view following = bytes.substr(next, line_end(bytes, next) - next);
        message.note(Defect::broken_header_line);
        if (header_name(following).empty()) {
          message.note(Defect::no_header_end);
          block.body_at = at;
          return block;
        }
      }
      at = end + 1;
      continue;
    }
    if (block.headers.size() < limits::header_count) {
      const std::size_t value_at = bytes.find(':', at + name.size()) + 1;
      block.headers.push_back({name, bytes.substr(value_at, end - value_at)});
    } else {
      message.note(Defect::too_many_headers);
    }
    at = end + 1;
  }
  block.body_at = bytes.size();
  return block;
}

std::string unfold(std::string_view folded, Message& message) {
  std::string out;
  folded = trim(folded);
  if (folded.size() > limits::header_bytes) {
    message.note(Defect::header_too_long);
    folded = folded.substr(0, limits::header_bytes);
  }
  out.reserve(folded.size());
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const std::size_t run = i;
    while (i < folded.size() && folded[i] != '\0' && folded[i] != '\r' && folded[i] != '\n') ++i;
    out.append(folded, run, i - run);
    if (i == folded.size()) break;
    if (folded[i] == '\0') {
      message.note(Defect::nul_bytes);
    } else if (folded[i] == '\r' && i + 1 < folded.size() && folded[i + 1] != '\n' && folded[i + 1] != '\r') {
      message.note(Defect::bare_cr);
      out += ' ';
    }
  }
  return out;
}

}  // namespace sekisho::message
