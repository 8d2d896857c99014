#include "serve/pages.h"

#include <fmt/format.h>

#include "knowledge/flat.h"

extern "C" {
extern const char sekisho_pages_begin[], sekisho_pages_end[], sekisho_openapi_begin[], sekisho_openapi_end[];
}

namespace sekisho::serve {
namespace {

/// Whether a field with values of the form "gzip;q=0.5, br" takes gzip (RFC 9110 12.5.3; q=0 refuses it).
bool takes_gzip(std::string_view field) {
  while (!field.empty()) {
    const std::size_t end = std::min(field.find(','), field.size());
    std::string_view one = field.substr(0, end);
    field.remove_prefix(std::min(end + 1, field.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (!one.starts_with("gzip") && !one.starts_with('*')) continue;
    const std::size_t q = one.find("q=0");
    return q == std::string_view::npos || one.find_first_of("123456789", q + 3) != std::string_view::npos;
  }
  return false;
}

}  // namespace

Result<Pages> Pages::load(std::string_view packed) {
  knowledge::FlatReader in(packed);
  Pages pages;
  for (std::uint32_t left = in.count(); left > 0; --left) {
    std::string path = in.text();
    PageFile file;
    file.type = in.view();
    file.etag = in.view();
    file.immutable = in.number() != 0;
    file.bytes = in.view();
    file.gzip = in.view();
    pages.files_.emplace(std::move(path), file);
  }
  if (!in.ok() || !in.at_end() || pages.find("/") == nullptr)
    return fail(ErrorCode::internal, "the page inside the program is damaged");
  return pages;
}

const PageFile* Pages::find(std::string_view path) const {
  const auto found = files_.find(path == "/" ? std::string_view("/index.html") : path);
  return found == files_.end() ? nullptr : &found->second;
}

Response page_response(const PageFile& file, const Head& head) {
  Response out;
  out.name = "page";
  out.type = file.type;
  out.headers.emplace_back("ETag", std::string(file.etag));
  out.headers.emplace_back("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  out.headers.emplace_back("Vary", "Accept-Encoding");
  if (head.if_none_match == file.etag || head.if_none_match == "*" ||
      head.if_none_match == fmt::format("W/{}", file.etag)) {
    out.status = 304;
    return out;
  }
  out.fixed = file.bytes;
  if (!file.gzip.empty() && takes_gzip(head.accept_encoding)) {
    out.fixed = file.gzip;
    out.headers.emplace_back("Content-Encoding", "gzip");
  }
  return out;
}

std::string_view embedded_pages() {
  return {sekisho_pages_begin, static_cast<std::size_t>(sekisho_pages_end - sekisho_pages_begin)};
}
std::string_view embedded_openapi() {
  return {sekisho_openapi_begin, static_cast<std::size_t>(sekisho_openapi_end - sekisho_openapi_begin)};
}

}  // namespace sekisho::serve
