// RFC 2047 encoded-words as they are really written: spaces inside, no space between, missing padding, no end, inside
// quoted strings, one character or one ISO-2022-JP escape spread over two words. Linear.
#pragma once

#include <string>
#include <string_view>

#include "message/message.h"
#include "text/charset.h"

namespace sekisho::message {

/// Bytes of the encoded-word that `at` begins with, 0 when it begins with none. Spaces inside are accepted.
std::size_t encoded_word_size(std::string_view at);

/// Raw 8-bit or ISO-2022-JP header bytes → UTF-8 (notes eight_bit_header); ASCII comes back as it is. To be done before
/// looking for syntax: the second byte of a Shift_JIS character may be a backslash, that of ISO-2022-JP a quote or '<'.
std::string header_to_utf8(std::string_view unfolded, std::string_view charset_hint, Message& message);

/// Encoded-words in `utf8` resolved; bytes of neighbouring words of one charset are joined before decoding. Control
/// characters become spaces. At most limits::encoded_words are decoded, the rest stays as written.
std::string decode_words(std::string_view utf8, std::string_view charset_hint, Message& message);

/// Both steps: what a client shows for an unstructured header.
std::string decode_unstructured(std::string_view unfolded, std::string_view charset_hint, Message& message);

/// Remembers what text::decode() said: charsets used and declared, and what was wrong with them.
void note_charset(const text::Decoded& decoded, std::string_view declared, Message& message);

}  // namespace sekisho::message
