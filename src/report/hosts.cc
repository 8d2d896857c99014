#include "report/hosts.h"

#include <algorithm>

#include "base/limits.h"
#include "text/domain.h"
#include "text/url.h"

namespace sekisho::report {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool in_mail_domain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// Where `host` is written out in `written`: behind the name and password that a web address may begin with, so from
/// its last occurrence before the path.
std::size_t find_host(std::string_view written, std::string_view host) {
  const std::size_t scheme = written.find("://");
  const std::size_t from = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::string_view authority = written.substr(0, std::min(written.find_first_of("/?#", from), written.size()));
  const auto at = std::find_end(authority.begin(), authority.end(), host.begin(), host.end(),
                                [](char a, char b) { return lower(a) == lower(b); });
  return at == authority.end() || host.empty() ? std::string_view::npos
                                               : static_cast<std::size_t>(at - authority.begin());
}

void add_web(std::string_view utf8, std::vector<ShownHost>& hosts) {
  for (const text::FoundUrl& found : text::find_urls(utf8)) {
    const auto url = text::parse_url(found.url);
    if (!url || url->host.empty()) continue;
    text::Span span = found.span;
    if (const std::size_t at = find_host(utf8.substr(span.start, span.size()), url->host);
        at != std::string_view::npos) {
      span.start += static_cast<std::uint32_t>(at);
      span.end = span.start + static_cast<std::uint32_t>(url->host.size());
    }
    hosts.push_back({span, url->host, url->is_ip ? std::string() : text::registrable_domain(url->host)});
  }
}

void add_mail(std::string_view utf8, std::vector<ShownHost>& hosts) {
  std::size_t found = 0;
  for (std::size_t at = utf8.find('@'); at != std::string_view::npos && found < limits::links;
       at = utf8.find('@', at + 1)) {
    std::size_t end = at + 1;
    while (end < utf8.size() && end - at <= limits::host_bytes && in_mail_domain(utf8[end])) ++end;
    while (end > at + 1 && (utf8[end - 1] == '.' || utf8[end - 1] == '-')) --end;
    const std::string_view written = utf8.substr(at + 1, end - at - 1);
    if (written.find('.') == std::string_view::npos) continue;
    std::string host(written);
    std::transform(host.begin(), host.end(), host.begin(), lower);
    ShownHost shown{{static_cast<std::uint32_t>(at + 1), static_cast<std::uint32_t>(end)}, host, {}};
    shown.domain = text::registrable_domain(host);
    hosts.push_back(std::move(shown));
    ++found;
  }
}

}  // namespace

std::vector<ShownHost> hosts_in(std::string_view utf8) {
  std::vector<ShownHost> hosts;
  add_web(utf8, hosts);
  const std::size_t web = hosts.size();
  add_mail(utf8, hosts);
  // "https://name@host" was found twice: the web address knows better.
  hosts.erase(std::remove_if(hosts.begin() + static_cast<std::ptrdiff_t>(web), hosts.end(),
                             [&](const ShownHost& mail) {
                               return std::any_of(hosts.begin(), hosts.begin() + static_cast<std::ptrdiff_t>(web),
                                                  [&](const ShownHost& one) {
                                                    return mail.span.start < one.span.end &&
                                                           one.span.start < mail.span.end;
                                                  });
                             }),
              hosts.end());
  std::stable_sort(hosts.begin(), hosts.end(),
                   [](const ShownHost& a, const ShownHost& b) { return a.span.start < b.span.start; });
  return hosts;
}

}  // namespace sekisho::report
