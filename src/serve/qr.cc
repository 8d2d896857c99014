#include <qrencode.h>

#include <memory>

#include "serve/home.h"

namespace sekisho::serve {

std::vector<std::string> qr_lines(const std::string& text) {
  constexpr int quiet = 2;  // cameras want light around it; four modules by the book, two are enough in a terminal
  const std::unique_ptr<QRcode, void (*)(QRcode*)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
  std::vector<std::string> lines;
  if (!code) return lines;
  const auto light = [&](int x, int y) {
    return x < 0 || y < 0 || x >= code->width || y >= code->width || (code->data[y * code->width + x] & 1) == 0;
  };
  for (int y = -quiet; y < code->width + quiet; y += 2) {
    std::string line;
    for (int x = -quiet; x < code->width + quiet; ++x)
      line += light(x, y) ? (light(x, y + 1) ? "█" : "▀") : (light(x, y + 1) ? "▄" : " ");
    lines.push_back(line);
  }
  return lines;
}

}  // namespace sekisho::serve
