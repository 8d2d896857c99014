// What a browser would make of one element's declarations, as far as it decides whether text can be seen. Used by the
// HTML reader only. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "text/css.h"
#include "text/html.h"
#include "text/html_tags.h"

namespace sekisho::text {

using Why = HiddenRun::Why;

/// Font sizes up to this cannot be read on any screen.
inline constexpr float unreadable_font_px = 3;
/// Left, top, margin or indent beyond this is off the screen.
inline constexpr float far_off_px = 999;
/// A box this small shows nothing of a text that it cuts off.
inline constexpr float zero_box_px = 1;
/// Opacity up to this is invisible.
inline constexpr float invisible_opacity = 0.05F;

struct Style {
  float font_px = 16;
  float opacity = 1;  ///< product over the ancestors
  float indent_px = 0;
  std::uint32_t color = 0x000000FF;
  std::uint32_t background = 0xFFFFFFFF;  ///< what stands behind the text, opaque
  bool background_known = true;           ///< false over an image or under an element taken out of the flow
  bool text_fill = false;  ///< `color` came from -webkit-text-fill-color, which `color` does not override
  bool visible = true;
  bool out_of_flow = false;  ///< position absolute or fixed; not inherited
  bool rendered = true;      ///< false where even a browser that shows everything would have no text: <video>, <canvas>
  WhiteSpace white_space = WhiteSpace::normal;
  Display display = Display::block;
  std::optional<Why> subtree;  ///< the element and all in it are hidden
  std::optional<Why> text;     ///< text directly in it is hidden
};

struct StyleContext {
  bool quirks = true;
  std::uint32_t link_color = 0x0000EEFF;
  std::uint32_t body_color = 0x000000FF;  ///< what a table in quirks mode inherits
};

struct ElementFacts {
  Tag tag = Tag::unknown;
  bool hidden_attribute = false;
  bool link = false;  ///< <a href>
};

Style compute_style(const Style& parent, const ElementFacts& element, const Cascade& cascade,
                    const StyleContext& context);

/// Whether the two colours (0xRRGGBBAA over an opaque one) cannot be told apart by a person.
bool same_to_the_eye(std::uint32_t color, std::uint32_t background);

}  // namespace sekisho::text
