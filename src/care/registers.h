// One sentence in the three registers that Sekisho speaks: Japanese, plain Japanese (やさしい日本語, with furigana) and
// English. Used by every part of `care`; plain values, safe from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::care {

enum class Register : std::uint8_t { ja, ja_plain, en };
/// "ja", "ja-plain", "en".
std::string_view name(Register speech);
std::optional<Register> find_register(std::string_view name);

struct Text {
  std::string ja, plain, en;
  const std::string& in(Register speech) const {
    return speech == Register::ja ? ja : speech == Register::en ? en : plain;
  }
  bool empty() const { return ja.empty() && plain.empty() && en.empty(); }
};

/// Furigana are written {警察|けいさつ}. Spoken: 警察(けいさつ). Markup: <ruby>, with everything else escaped.
std::string spoken(std::string_view text);
std::string markup(std::string_view text);
/// `text` escaped for HTML, in element content and in quoted attributes.
std::string escaped(std::string_view text);
/// The first thing wrong with the braces of `text` (unclosed, empty, an unknown slot), or "". Furigana are an error
/// unless `furigana`.
enum class Furigana : std::uint8_t { refused, allowed };
std::string wrong_braces(std::string_view text, Furigana furigana, const std::function<bool(std::string_view)>& slot);

/// Every {slot} of `text` replaced by what `value` gives; furigana stay as they are.
std::string filled(std::string_view text, const std::function<std::string(std::string_view)>& value);
/// Whether `text` has the slot {name}.
bool has_slot(std::string_view text, std::string_view name);

}  // namespace sekisho::care
