// The type faces of a paper and the sizes they are set in. Opened whole before the program locks itself in: afterwards
// no file can be opened, so every face has been found, read and drawn with once. Owns the font map and a context; one
// thread (Pango's own helper thread has been started by then).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include "base/result.h"

namespace sekisho::pdf {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, Unref>;

/// Every way in which text is set; sizes in points.
enum class Type : std::uint8_t {
  title,
  heading1,
  heading2,
  heading3,
  body,
  strong,
  small,
  cell,
  cell_strong,
  mono,
  mono_small,
  margin
};
inline constexpr std::size_t types = 12;

class Fonts {
 public:
  /// `folder` holds NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc. Error unreadable, with the package that has them.
  static Result<Fonts> open(const std::filesystem::path& folder);

  /// "ja" or "en": where lines may break, and which shapes han letters take.
  void speak(const std::string& lang);
  /// One paragraph (no line feeds) broken at `width` points; words longer than a line are cut.
  LayoutPtr layout(std::string_view text, Type type, double width) const;
  /// One line, cut with "…" at `width`.
  LayoutPtr line(std::string_view text, Type type, double width) const;
  /// Whether every face has a glyph for `c`.
  bool has(char32_t c) const;

 private:
  Fonts() = default;
  void warm_up();

  struct DropCharset {
    void operator()(FcCharSet* set) const { FcCharSetDestroy(set); }
  };
  struct DropDescription {
    void operator()(PangoFontDescription* one) const { pango_font_description_free(one); }
  };
  std::unique_ptr<PangoFontMap, Unref> map_;
  std::unique_ptr<PangoContext, Unref> context_;
  std::unique_ptr<FcCharSet, DropCharset> letters_;
  std::vector<std::unique_ptr<PangoFontDescription, DropDescription>> descriptions_;
};

}  // namespace sekisho::pdf
