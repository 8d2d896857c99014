// Text on its way to paper: what cannot be seen, or would act on the lines around it, is written out as ‹U+202E›. A
// mail may hold bidi controls that turn a name around, invisible letters that hide words, and signs that no face has.
// Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace sekisho::pdf {

/// Line feeds stay, tabs become spaces, CR LF one line feed; control, bidi, zero-width and other default-ignorable
/// characters, combining marks beyond the fourth on one letter and whatever `has` no glyph become ‹U+XXXX›; of a run of
/// them the first four and "+n". The result is at most twelve times as long. `text` is valid UTF-8.
std::string visible(std::string_view text, const std::function<bool(char32_t)>& has);

}  // namespace sekisho::pdf
