// Any bytes, as valid UTF-8, through the HTML reader: spans must lie within their texts and the budget must hold.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/html.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

// The reader is promised valid UTF-8: a byte that breaks it is replaced by '?'.
std::string valid(const std::uint8_t* data, std::size_t size) {
  std::string out(reinterpret_cast<const char*>(data), size);
  const auto continues = [&out](std::size_t i) {
    return i < out.size() && (static_cast<unsigned char>(out[i]) & 0xC0) == 0x80;
  };
  for (std::size_t i = 0; i < out.size();) {
    const auto lead = static_cast<unsigned char>(out[i]);
    std::size_t length = lead < 0x80                                  ? 1
                         : lead >= 0xC2 && lead < 0xE0                ? 2
                         : lead > 0xE0 && lead < 0xF0 && lead != 0xED ? 3
                                                                      : 0;
    for (std::size_t k = 1; k < length; ++k) {
      if (!continues(i + k)) length = 0;
    }
    if (length == 0) out[i] = '?';
    i += length == 0 ? 1 : length;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t budget = data[0] < 128 ? 1 << 20 : data[0];
  const std::string html = valid(data + 1, size - 1);
  const sekisho::text::VisibleHtml page = sekisho::text::read_html(html, budget);
  require(page.text.size() + page.hidden.size() <= budget + 4);
  std::uint32_t last = 0;
  for (const auto& run : page.hidden_runs) {
    require(run.text.start < run.text.end && run.text.start >= last && run.text.end <= page.hidden.size());
    require(run.at <= page.text.size());
    last = run.text.end;
  }
  for (const auto& link : page.links) require(link.text.start <= link.text.end && link.text.end <= page.text.size());
  for (const auto& image : page.images) require(image.at <= page.text.size());
  for (const auto& form : page.forms) require(form.input_types.size() == form.input_names.size());
  return 0;
}
