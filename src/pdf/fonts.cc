#include "pdf/fonts.h"

#include <array>

#include <cairo-pdf.h>
#include <pango/pangofc-fontmap.h>

namespace sekisho::pdf {

namespace {

struct Face {
  const char* family;
  bool bold;
  double points;
};
constexpr const char* text_family = "Noto Sans CJK JP";
constexpr const char* mono_family = "Noto Sans Mono CJK JP";
/// By Type.
constexpr std::array<Face, types> faces{{{text_family, true, 19},
                                         {text_family, true, 14},
                                         {text_family, true, 11.5},
                                         {text_family, true, 10},
                                         {text_family, false, 10},
                                         {text_family, true, 10},
                                         {text_family, false, 8},
                                         {text_family, false, 9},
                                         {text_family, true, 9},
                                         {mono_family, false, 8.5},
                                         {mono_family, false, 7},
                                         {text_family, false, 7.5}}};

cairo_status_t to_nowhere(void*, const unsigned char*, unsigned) { return CAIRO_STATUS_SUCCESS; }

}  // namespace

Result<Fonts> Fonts::open(const std::filesystem::path& folder) {
  // A configuration of our own with these two files: nothing of the machine changes what a page looks like, and no
  // folder is searched.
  struct Drop {
    void operator()(FcConfig* one) const { FcConfigDestroy(one); }
  };
  const std::unique_ptr<FcConfig, Drop> own(FcConfigCreate());
  FcConfig* const config = own.get();
  for (const char* name : {"NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"}) {
    const std::string file = (folder / name).string();
    if (!FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(file.c_str())))
      return fail(ErrorCode::unreadable, "the font cannot be opened", file,
                  "install the package fonts-noto-cjk, or say --fonts FOLDER");
  }
  FcConfigSetCurrent(config);
  Fonts fonts;
  const FcFontSet* found = FcConfigGetFonts(config, FcSetApplication);
  for (int i = 0; found != nullptr && i < found->nfont; ++i) {
    FcChar8* family = nullptr;
    FcCharSet* letters = nullptr;
    if (FcPatternGetString(found->fonts[i], FC_FAMILY, 0, &family) != FcResultMatch ||
        FcPatternGetCharSet(found->fonts[i], FC_CHARSET, 0, &letters) != FcResultMatch)
      continue;
    const std::string_view name(reinterpret_cast<const char*>(family));
    if (name != text_family && name != mono_family) continue;
    fonts.letters_.reset(fonts.letters_ ? FcCharSetIntersect(fonts.letters_.get(), letters) : FcCharSetCopy(letters));
  }
  if (!fonts.letters_)
    return fail(ErrorCode::unreadable, "the fonts are not those that were expected", folder.string());

  fonts.map_.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts.map_.get()), config);
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts.map_.get()), 72);  // a unit is a point
  fonts.context_.reset(pango_font_map_create_context(fonts.map_.get()));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(fonts.context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(fonts.context_.get(), FALSE);
  pango_context_set_base_dir(fonts.context_.get(), PANGO_DIRECTION_LTR);
  for (const Face& face : faces) {
    PangoFontDescription* one = pango_font_description_new();
    fonts.descriptions_.emplace_back(one);
    pango_font_description_set_family_static(one, face.family);
    pango_font_description_set_weight(one, face.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(one, face.points * PANGO_SCALE);
  }
  fonts.warm_up();
  return fonts;
}

void Fonts::speak(const std::string& lang) {
  pango_context_set_language(context_.get(), pango_language_from_string(lang.c_str()));
}

LayoutPtr Fonts::layout(std::string_view text, Type type, double width) const {
  LayoutPtr out(pango_layout_new(context_.get()));
  pango_layout_set_auto_dir(out.get(), FALSE);
  pango_layout_set_font_description(out.get(), descriptions_[static_cast<std::size_t>(type)].get());
  pango_layout_set_width(out.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(out.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text(out.get(), text.data(), static_cast<int>(text.size()));
  return out;
}

LayoutPtr Fonts::line(std::string_view text, Type type, double width) const {
  LayoutPtr out = layout(text, type, width);
  pango_layout_set_single_paragraph_mode(out.get(), TRUE);
  pango_layout_set_ellipsize(out.get(), PANGO_ELLIPSIZE_END);
  return out;
}

bool Fonts::has(char32_t c) const { return FcCharSetHasChar(letters_.get(), c); }

/// Draws with every face and in both languages, through to the font that a PDF carries: whatever opens a file, reads a
/// table or starts a thread when it is first needed has done so afterwards.
void Fonts::warm_up() {
  cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(to_nowhere, nullptr, 100, 100);
  cairo_t* cr = cairo_create(surface);
  for (const char* lang : {"en", "ja"}) {
    speak(lang);
    for (std::size_t i = 0; i < types; ++i) {
      pango_cairo_show_layout(cr, layout("Aa1 関所、あア ‹U+202E›", static_cast<Type>(i), 40).get());
      pango_cairo_show_layout(cr, line("Aa1 関所、あア ‹U+202E›", static_cast<Type>(i), 30).get());
    }
  }
  cairo_show_page(cr);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
}

}  // namespace sekisho::pdf
