// A PNG file from outside, decoded within limits. Called by blocks.cc once for each picture and pass.
#pragma once

#include <memory>
#include <string_view>

#include <cairo.h>

#include "base/result.h"

namespace sekisho::pdf {

struct DropSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Image = std::unique_ptr<cairo_surface_t, DropSurface>;

struct PictureSize {
  std::uint32_t width = 0, height = 0;
};

/// What the file claims, before anything is decoded. Error bad_data: no PNG, or more than limits::paper_picture_pixels.
Result<PictureSize> size_of_png(std::string_view png);
/// Error bad_data when it cannot be decoded.
Result<Image> decode_png(std::string_view png);

}  // namespace sekisho::pdf
