// What a file really is, by its bytes: magic numbers first, then the look of text; the name decides only between kinds
// of text (a .js and a .txt have the same bytes). Called for attachments, archive entries and by recognise(). Pure.
#pragma once

#include <string_view>

#include "message/message.h"

namespace sekisho::message {

struct Sniffed {
  FileKind kind = FileKind::unknown;
  std::string_view what;  ///< for people: "PNG image", "ZIP archive"; "" when unknown
};

/// `head`: the first bytes, 64 kB are enough for every kind (ISO 9660 has its mark at 32 kB). `name` may be empty.
Sniffed sniff(std::string_view head, std::string_view name);

/// What is inside an OLE2 compound file (old Office, .msi, .msg), from all its bytes.
struct Compound {
  FileKind kind = FileKind::office_legacy;
  bool encrypted = false;
};
Compound read_compound(std::string_view bytes);

/// A PDF that asks for a password has an /Encrypt entry in its trailer (ISO 32000-1 7.6.1).
bool is_encrypted_pdf(std::string_view bytes);

/// Lower-case extension without the dot, "" when there is none. Trailing dots and spaces, which Windows drops, are
/// ignored.
std::string extension_of(std::string_view name);

}  // namespace sekisho::message
