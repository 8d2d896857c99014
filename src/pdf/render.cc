#include "pdf/render.h"

#include <cairo-pdf.h>
#include <fmt/format.h>

#include "base/limits.h"
#include "pdf/blocks.h"
#include "pdf/flow.h"

namespace sekisho::pdf {

namespace {

cairo_status_t append(void* to, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

/// A PDF that grows into a string. Invariant: both handles live as long as it does.
class Surface {
 public:
  explicit Surface(const paper::Paper& paper)
      : surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, page_width, page_height)) {
    cairo_pdf_surface_restrict_to_version(surface_, CAIRO_PDF_VERSION_1_5);
    const auto say = [&](cairo_pdf_metadata_t what, const std::string& value) {
      if (!value.empty()) cairo_pdf_surface_set_metadata(surface_, what, value.c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, paper.title);
    say(CAIRO_PDF_METADATA_SUBJECT, paper.subject);
    say(CAIRO_PDF_METADATA_CREATOR, "Sekisho");
    say(CAIRO_PDF_METADATA_CREATE_DATE, paper.made);
    cr_ = cairo_create(surface_);
  }
  ~Surface() {
    cairo_destroy(cr_);
    cairo_surface_destroy(surface_);
  }
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  cairo_surface_t* surface() const { return surface_; }
  cairo_t* cr() const { return cr_; }
  /// The whole file; "" when cairo could not make it.
  std::string finish() {
    cairo_surface_finish(surface_);
    const bool sound =
        cairo_status(cr_) == CAIRO_STATUS_SUCCESS && cairo_surface_status(surface_) == CAIRO_STATUS_SUCCESS;
    return sound ? std::move(bytes_) : std::string();
  }

 private:
  std::string bytes_;
  cairo_surface_t* surface_;
  cairo_t* cr_ = nullptr;
};

void put_all(Flow& flow, const paper::Paper& paper, std::vector<std::string>& left_out) {
  flow.text(paper.title, Type::title, page_left, body_width, deep, 0, 2);
  flow.text(paper.subject, Type::small, page_left, body_width, grey, 0, 8);
  for (std::size_t i = 0; i < paper.blocks.size() && !flow.too_many(); ++i)
    put_block(flow, paper.blocks[i], fmt::format("blocks[{}]", i), left_out);
  flow.finish();
}

}  // namespace

Result<Rendered> render(const paper::Paper& paper, Fonts& fonts) {
  fonts.speak(paper.lang);
  std::vector<std::string> unused;
  Flow counting(fonts, paper, nullptr, nullptr, 0);
  put_all(counting, paper, unused);
  if (counting.too_many())
    return fail(ErrorCode::bad_data, fmt::format("the document fills more than {} pages", limits::paper_pages));

  Surface surface(paper);
  Flow drawing(fonts, paper, surface.surface(), surface.cr(), counting.pages());
  Rendered out;
  put_all(drawing, paper, out.left_out);
  out.pages = drawing.pages();
  out.pdf = surface.finish();
  if (out.pdf.empty()) return fail(ErrorCode::internal, "the PDF could not be made: there was not enough memory");
  return out;
}

}  // namespace sekisho::pdf
