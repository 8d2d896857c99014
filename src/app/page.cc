#include "app/page.h"

#include <array>

#include <fmt/format.h>
#include <sodium.h>

#include "app/terminal.h"
#include "care/registers.h"
#include "report/json.h"

namespace sekisho::app {
namespace {

/// "'sha256-…'": the source expression that allows exactly this text inline.
std::string hash_of(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)> encoded{};
  sodium_bin2base64(encoded.data(), encoded.size(), hash.data(), hash.size(), sodium_base64_VARIANT_ORIGINAL);
  return fmt::format("'sha256-{}'", encoded.data());
}

}  // namespace

std::string page_begin(const PageFrame& frame) {
  // format-detection: a telephone must not make links of what stands in a mail.
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src {}; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no, url=no\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      escaped(frame.lang), hash_of(frame.style), hash_of(frame.script), escaped(frame.title), frame.style);
}

std::string page_end(const PageFrame& frame) {
  return fmt::format("<script>{}</script>\n</body>\n</html>\n", frame.script);
}

std::string escaped(std::string_view text) { return care::escaped(report::valid_utf8(for_terminal(text))); }

std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{}>{}</{}>\n", name, escaped(text), name.substr(0, name.find(' ')));
}

std::string element_from_mail(std::string_view name, std::string_view text) { return element(name, from_mail(text)); }

}  // namespace sekisho::app
