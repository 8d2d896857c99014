// One MIME leaf that is a file → what it really is and what is inside. Decodes no more than its kind needs.
#pragma once

#include <optional>

#include "base/limits.h"
#include "message/mime.h"

namespace sekisho::message {

/// What is left of the message's budgets.
struct Budget {
  Deadline until;
  std::size_t text_left = limits::text_bytes;
  std::size_t html_left = limits::html_bytes;
  std::size_t unpack_left = limits::unpacked_bytes;
  std::size_t attachment_left = limits::message_bytes;  ///< of decoding for looking inside
};

struct FileRead {
  Attachment attachment;
  std::optional<text::VisibleHtml> html;  ///< of an attached page: its links matter
};

/// `name` and `declared_type` are already decoded.
FileRead read_file(const MimeNode& leaf, std::string name, Budget& budget, Message& message);

}  // namespace sekisho::message
