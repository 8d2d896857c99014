#include "pdf/picture.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/limits.h"

namespace sekisho::pdf {

namespace {

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (const char byte : bytes.substr(0, 4)) out = out << 8U | static_cast<unsigned char>(byte);
  return out;
}

cairo_status_t next_bytes(void* from, unsigned char* to, unsigned size) {
  auto& left = *static_cast<std::string_view*>(from);
  if (size > left.size()) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(to, left.data(), size);
  left.remove_prefix(size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<PictureSize> size_of_png(std::string_view png) {
  // PNG specification 5.2 and 11.2.2: signature, then the IHDR chunk: length 13, name, width, height.
  constexpr std::string_view begin("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", 16);
  constexpr std::size_t header_bytes = 33;
  if (png.size() < header_bytes || png.substr(0, begin.size()) != begin)
    return fail(ErrorCode::bad_data, "this is not a PNG picture");
  const PictureSize size{big_endian(png.substr(16)), big_endian(png.substr(20))};
  if (size.width == 0 || size.height == 0 || std::uint64_t{size.width} * size.height > limits::paper_picture_pixels)
    return fail(ErrorCode::bad_data, fmt::format("a picture of {} x {} is more than {} pixels", size.width, size.height,
                                                 limits::paper_picture_pixels));
  return size;
}

Result<Image> decode_png(std::string_view png) {
  if (auto size = size_of_png(png); !size) return tl::unexpected(size.error());
  std::string_view left = png;
  Image image(cairo_image_surface_create_from_png_stream(next_bytes, &left));
  if (cairo_surface_status(image.get()) != CAIRO_STATUS_SUCCESS)
    return fail(ErrorCode::bad_data, "the picture is broken and cannot be shown");
  return image;
}

}  // namespace sekisho::pdf
