// Any bytes as a URL, as text to find URLs in, and as a wrapped link. What was read must read back to itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "text/domain.h"
#include "text/unwrap.h"
#include "text/url.h"

namespace {

using sekisho::text::Url;
using sekisho::text::UrlWrapper;

void require(bool holds) {
  if (!holds) std::abort();
}

const std::vector<UrlWrapper>& wrappers() {
  using Kind = UrlWrapper::Kind;
  using Decode = UrlWrapper::Decode;
  static const std::vector<UrlWrapper> list{{"p.test", "", "u", Kind::redirector, Decode::percent},
                                            {"b.test", "", "u", Kind::redirector, Decode::base64url},
                                            {"c.test", "", "u", Kind::redirector, Decode::base64url_after_two},
                                            {"t.test", "", "", Kind::translate, Decode::translate_goog_host},
                                            {"a.test", "/c/", "", Kind::amp, Decode::amp_path},
                                            {"w.test", "/", "", Kind::tracker, Decode::path_url},
                                            {"d.test", "/v2/", "u", Kind::safelinks, Decode::urldefense_v2},
                                            {"d.test", "/v3/", "", Kind::safelinks, Decode::urldefense_v3},
                                            {"s.test", "", "", Kind::shortener, Decode::opaque}};
  return list;
}

void check(const Url& url) {
  const auto again = sekisho::text::parse_url(url.href());
  // Encoding can make it longer than the limit; otherwise it reads back.
  if (again) require(again->href() == url.href() && again->host == url.host);
  if (!again) require(url.href().size() > 1024);
  sekisho::text::registrable_domain(url.host);
  sekisho::text::skeleton(url.host_unicode);
  sekisho::text::mixes_scripts(url.host_unicode);
  if (const auto unwrapped = sekisho::text::unwrap(url, wrappers())) require(!unwrapped->chain.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  static const auto base = sekisho::text::parse_url("https://base.test/a/b?c#d");
  if (const auto url = sekisho::text::parse_url(input)) check(*url);
  if (const auto url = sekisho::text::parse_url(input, &*base)) check(*url);
  for (const auto& found : sekisho::text::find_urls(input)) {
    require(found.span.start < found.span.end && found.span.end <= size);
    require(sekisho::text::parse_url(found.url).has_value());
  }
  return 0;
}
