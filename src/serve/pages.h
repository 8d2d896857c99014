// The page inside the program: files that the build packed (tools/pack_pages.cc), found by path. Immutable; the bytes
// live as long as the program.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "serve/request.h"

namespace sekisho::serve {

struct PageFile {
  std::string_view type, etag, bytes;
  std::string_view gzip;   ///< "" when packing it did not make it smaller
  bool immutable = false;  ///< its name holds a digest of its content
};

class Pages {
 public:
  /// `packed`: as tools/pack_pages wrote it; must outlive this. Error internal when it is damaged.
  static Result<Pages> load(std::string_view packed);

  /// "/" is index.html. nullptr when there is none.
  const PageFile* find(std::string_view path) const;
  std::size_t count() const { return files_.size(); }

 private:
  std::map<std::string, PageFile, std::less<>> files_;
};

/// The answer that hands out `file`: 304 when the reader has it, gzip where it is understood.
Response page_response(const PageFile& file, const Head& head);

/// What the build put inside: the page, or the plain one; and the description of the API (OpenAPI 3.1).
std::string_view embedded_pages();
std::string_view embedded_openapi();

}  // namespace sekisho::serve
