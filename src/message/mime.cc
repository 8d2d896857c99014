#include "message/mime.h"

#include <cstring>

#include "base/limits.h"
#include "message/ascii.h"

namespace sekisho::message {
namespace {

struct Split {
  std::vector<std::string_view> parts;
  bool closed = false;
};

/// The bytes before a boundary line, without the line end that belongs to it (RFC 2046 5.1.1).
std::string_view part_before(std::string_view body, std::size_t from, std::size_t boundary_at) {
  std::size_t end = boundary_at;
  if (end > from && body[end - 1] == '\n') --end;
  if (end > from && body[end - 1] == '\r') --end;
  return body.substr(from, end - from);
}

Split split_parts(std::string_view body, std::string_view boundary) {
  Split split;
  const std::string needle = "--" + std::string(boundary);
  std::size_t part_from = std::string_view::npos;
  std::size_t at = 0;
  // The last part before the limit keeps the rest: nothing is dropped here, the walker stops at limits::mime_parts.
  while (at < body.size() && split.parts.size() <= limits::mime_parts) {
    const void* hit = memmem(body.data() + at, body.size() - at, needle.data(), needle.size());
    if (hit == nullptr) break;
    const auto found = static_cast<std::size_t>(static_cast<const char*>(hit) - body.data());
    const std::size_t end = line_end(body, found);
    if (found > 0 && body[found - 1] != '\n') {  // not at the start of a line: go on at the next line
      at = end + 1;
      continue;
    }
    std::string_view rest = line_at(body, found + needle.size(), end);
    const bool closes = rest.starts_with("--");
    if (closes) rest.remove_prefix(2);
    if (!trim(rest).empty()) {  // a longer boundary that begins alike
      at = end + 1;
      continue;
    }
    if (part_from != std::string_view::npos) split.parts.push_back(part_before(body, part_from, found));
    part_from = std::min(end + 1, body.size());
    at = part_from;
    if (closes) {
      split.closed = true;
      return split;
    }
  }
  if (part_from < body.size()) split.parts.push_back(body.substr(part_from));
  return split;
}

/// The Content-Type names no boundary, or one that does not occur: lenient clients still show the parts.
Split split_by_guess(std::string_view body) {
  constexpr int lines_tried = 3;
  constexpr std::size_t longest_boundary = 200;
  std::size_t at = 0;
  for (int tried = 0; tried < lines_tried && at < body.size(); ++tried) {
    if (!body.substr(at).starts_with("--")) {
      const std::size_t next = body.find("\n--", at);
      if (next == std::string_view::npos) break;
      at = next + 1;
    }
    const std::size_t end = line_end(body, at);
    const std::string_view boundary = trim(line_at(body, at, end).substr(2));
    at = end;
    if (boundary.empty() || boundary.size() > longest_boundary) continue;
    Split split = split_parts(body, boundary);
    if (split.closed || split.parts.size() >= 2) return split;
  }
  return {};
}

bool is_forwarded_message(std::string_view type) {
  return type == "message/rfc822" || type == "message/global" || type == "message/news";
}

class Walker {
 public:
  explicit Walker(Message& message) : message_(message) {}

  MimeTree walk(std::string_view bytes) {
    work_.push_back({bytes, 0, 0, std::nullopt, Entity::message, ""});
    std::size_t entities = 0;
    while (!work_.empty()) {
      const Work work = work_.back();
      work_.pop_back();
      if (++entities > limits::mime_parts) {
        message_.note(Defect::too_many_parts);
        message_.within_budget = false;
        break;
      }
      read(work);
    }
    return std::move(tree_);
  }

 private:
  enum class Entity { part, message };
  struct Work {
    std::string_view bytes;
    std::uint16_t nesting, depth;
    std::optional<std::uint16_t> alternative;
    Entity entity;
    std::string_view default_type;
  };

  void read(const Work& work) {
    MimeNode node;
    node.headers = split_headers(work.bytes, message_);
    node.depth = work.depth;
    node.alternative = work.alternative;
    node.body = work.bytes.substr(node.headers.body_at);
    if (const RawHeader* type = node.headers.find("Content-Type")) {
      node.type = parse_parameterised(unfold(type->folded, message_), {}, message_);
      node.type_declared = true;
    }
    settle_type(node.type.value, work.default_type);
    if (const RawHeader* encoding = node.headers.find("Content-Transfer-Encoding"))
      node.encoding = parse_encoding(unfold(encoding->folded, message_), message_);
    if (work.entity == Entity::message) {
      MimeNode start;
      start.kind = MimeNode::Kind::message;
      start.headers = node.headers;
      start.depth = work.depth;
      tree_.nodes.push_back(std::move(start));
    }
    const bool multipart = node.type.value.starts_with("multipart/");
    const bool forwarded = is_forwarded_message(node.type.value);
    if (multipart) searched_ += node.body.size();
    if ((multipart && searched_ > limits::boundary_search_bytes) ||
        ((multipart || forwarded) && work.nesting >= limits::mime_depth)) {
      message_.note(Defect::nested_too_deep);
      message_.within_budget = false;
      return;
    }
    if (multipart && open_multipart(node, work)) return;
    if (forwarded) open_message(node, work);
    tree_.nodes.push_back(std::move(node));
  }

  static void settle_type(std::string& type, std::string_view default_type) {
    const std::size_t slash = type.find('/');
    const bool whole = slash != std::string::npos && slash > 0 && slash + 1 < type.size();
    if (!whole) type = type.empty() && !default_type.empty() ? default_type : "text/plain";  // RFC 2045 5.2
  }

  bool open_multipart(MimeNode& node, const Work& work) {
    Split split;
    std::string_view boundary = node.type.parameter("boundary");
    while (boundary.ends_with(' ')) boundary.remove_suffix(1);
    if (!boundary.empty()) split = split_parts(node.body, boundary);
    if (split.parts.empty() &&
        node.encoding != Encoding::identity) {  // RFC 2045 6.4 forbids it, some clients decode it
      node.body = decode_whole(node);
      if (!boundary.empty()) split = split_parts(node.body, boundary);
    }
    if (split.parts.empty()) {
      split = split_by_guess(node.body);
      if (boundary.empty() || !split.parts.empty()) message_.note(Defect::missing_boundary);
    }
    if (split.parts.empty()) {  // shown as text rather than lost
      message_.note(Defect::empty_multipart);
      node.type.value = "text/plain";
      return false;
    }
    if (!split.closed) message_.note(Defect::unterminated_multipart);
    std::optional<std::uint16_t> alternative = work.alternative;
    if (node.type.value == "multipart/alternative") alternative = groups_++;
    const std::string_view default_type = node.type.value == "multipart/digest" ? "message/rfc822" : "text/plain";
    for (auto part = split.parts.rbegin(); part != split.parts.rend(); ++part)
      work_.push_back(
          {*part, static_cast<std::uint16_t>(work.nesting + 1), work.depth, alternative, Entity::part, default_type});
    return true;
  }

  /// The decoded body, kept by the tree. All of them together stay below one message's size: quoted-printable inside
  /// quoted-printable shrinks so little that thirty levels would hold thirty copies.
  std::string_view decode_whole(const MimeNode& node) {
    Content content = decode_transfer(node.body, node.encoding, decode_left_, message_);
    if (content.truncated) {
      message_.note(Defect::attachment_truncated);
      message_.within_budget = false;
    }
    decode_left_ -= content.view().size();
    return tree_.owned.emplace_back(std::move(content.storage));
  }

  void open_message(MimeNode& node, const Work& work) {
    std::string_view inner = node.body;
    if (node.encoding != Encoding::identity) inner = decode_whole(node);
    while (!inner.empty() && is_white(inner.front())) inner.remove_prefix(1);
    if (inner.empty()) return;
    work_.push_back({inner, static_cast<std::uint16_t>(work.nesting + 1), static_cast<std::uint16_t>(work.depth + 1),
                     std::nullopt, Entity::message, ""});
  }

  Message& message_;
  MimeTree tree_;
  std::vector<Work> work_;
  std::uint16_t groups_ = 0;
  std::size_t decode_left_ = limits::message_bytes;
  std::size_t searched_ = 0;
};

}  // namespace

MimeTree read_mime(std::string_view bytes, Message& message) { return Walker(message).walk(bytes); }

}  // namespace sekisho::message
