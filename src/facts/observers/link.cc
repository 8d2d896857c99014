// Each link for itself: how it is written, what kind of place it opens, whose name it borrows. One fact a host, however
// many links lead there. Images are no links: nobody taps on their source.
/// fact link.raw_ip: a link opens an IP address; value: the address
/// fact link.userinfo: a link carries a name before an @, which is not where it leads; value: the host it really opens
/// fact link.odd_written: a link is written so that it reads otherwise than it opens; value: backslash, tab_or_newline,
///   fullwidth, percent_host, odd_ip, missing_slashes or ideographic_dot
/// fact link.mangled_text: an address is written so that software does not see a link (hxxp, [.]); value: host
/// fact link.idn: a link's host is written with letters beyond ASCII; value: host in ASCII
/// fact link.mixed_script: a label of a link's host mixes scripts that no language mixes; value: host in ASCII
/// fact link.lookalike_host: a link's registrable label looks like a brand's and is not the brand's; value: brand;
///   number: letters that differ (0: the same letters, another ending)
/// fact link.brand_in_host_or_path: a brand's name stands in a link that leads elsewhere; value: brand; number: 2 in
///   the host, 1 in the path only
/// fact link.shortener: a link goes through a shortener, its end cannot be seen; value: host
/// fact link.free_hosting: a link opens a place where anyone can publish; value: host
/// fact link.dynamic_dns: a link opens a name of a dynamic DNS service; value: host
/// fact link.form_service: a link opens a form that anyone can make; value: host
/// fact link.storage: a link opens a file hand-over service; value: host
/// fact link.link_page: a link opens a page of links that anyone can make; value: host
/// fact link.chat_app: a link opens a messenger; value: host
/// fact link.wrapper: a link goes through another site that forwards; value: kind of forwarder; number: 1 when the end
///   is certain, else 0
/// fact link.open_redirect_to_other: a link carries the address of another organisation in its query, to which it may
///   lead on; value: that organisation's domain
/// fact link.random_host: the registrable label of a link looks like keyboard noise; value: domain; number: randomness
///   0.6 to 1
/// fact link.deep_subdomain: three or more labels stand below the registrable domain of a link; value: host; number:
///   how many
/// fact link.port: a link names an unusual port; value: host; number: port
/// fact link.http_only: a link opens without encryption; value: host
/// fact link.cheap_tld: a link's top-level domain is one that phishing uses far more than honest mail; value: the
///   domain's ending
/// fact link.javascript: a link runs a script
/// fact link.data_url: a link carries its page in itself (data:)
/// fact link.in_attachment: an attachment holds links; value: host
/// fact link.hidden: a link that the reader cannot see; value: host
/// fact link.recipient_id: a link carries the reader's address; value: plain or base64
/// fact link.phone: a link calls a telephone number or opens a short message; value: scheme
#include <array>

#include "facts/lists.h"
#include "facts/tools.h"
#include "text/domain.h"

namespace sekisho::facts {
namespace {

constexpr double random_from = 0.6;
constexpr std::size_t random_label_letters = 6;
constexpr int deep_labels = 3;

/// The displayed registrable label: as many labels from the end of the Unicode host as the ASCII domain has.
std::string_view displayed_label(const text::Url& url, std::string_view registrable) {
  std::string_view host = url.host_unicode;
  auto dots = std::count(registrable.begin(), registrable.end(), '.');
  std::size_t start = host.size();
  while (start > 0) {
    if (host[start - 1] == '.' && dots-- == 0) break;
    --start;
  }
  host.remove_prefix(start);
  return host.substr(0, host.find('.'));
}

std::string decode_once(std::string_view text) {
  std::string out;
  const auto hex = [](char c) {
    return is_digit(c) ? c - '0' : lower_ascii(c) >= 'a' && lower_ascii(c) <= 'f' ? lower_ascii(c) - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) out += alphabet[bits >> (count - 6) & 63];
  }
  return out;  // the last, partial letter depends on what follows
}

class LinkObserver {
 public:
  LinkObserver(const Scene& scene, Notes& notes) : scene_(scene), notes_(notes) {
    for (const std::string& address : scene.reader) {
      plain_.push_back(address);
      encoded_.push_back(base64(address));
    }
  }

  void observe(const Site& site) {
    const message::Link& link = scene_.message.links[site.link];
    const text::Url& url = *site.opens;
    const Place place = shown(link);
    if (link.from == message::Link::From::attachment) {
      if (site.is_web) once(FactId::link_in_attachment, site.host, place);
      return;
    }
    if (link.hidden && link.kind != text::HtmlLink::Kind::image && site.is_web)
      once(FactId::link_hidden, site.host, {});
    if (!site.is_active) return;
    if (url.scheme == "javascript")
      notes_.add(FactId::link_javascript, place);
    else if (url.scheme == "data")
      notes_.add(FactId::link_data_url, place);
    else if (url.scheme == "tel" || url.scheme == "sms")
      once(FactId::link_phone, url.scheme, place);
    if (!site.is_web) return;
    observe_writing(link, url, place, site);
    if (said_.first(FactId::link_raw_ip, site.host)) observe_place(site, url, place);
    observe_contents(site, url, place);
  }

 private:
  void once(FactId id, const std::string& value, Place place, double number = 0) {
    if (said_.first(id, value)) notes_.add(id, place, value, number);
  }

  void observe_writing(const message::Link& link, const text::Url& url, Place place, const Site& site) {
    const auto& tricks = url.tricks;
    for (const auto& [present, name] : {std::pair(tricks.backslash, "backslash"),
                                        {tricks.tab_or_newline, "tab_or_newline"},
                                        {tricks.fullwidth, "fullwidth"},
                                        {tricks.percent_host, "percent_host"},
                                        {tricks.odd_ip, "odd_ip"},
                                        {tricks.missing_slashes, "missing_slashes"},
                                        {tricks.ideographic_dot, "ideographic_dot"}})
      if (present) once(FactId::link_odd_written, name, place);
    if (tricks.userinfo) once(FactId::link_userinfo, site.host, place);
    if (link.mangled) once(FactId::link_mangled_text, site.host, place);
  }

  /// What a host is, asked once for each.
  void observe_place(const Site& site, const text::Url& url, Place place) {
    const auto& knowledge = scene_.knowledge;
    if (url.is_ip) {
      notes_.add(FactId::link_raw_ip, place, site.host);
    } else {
      constexpr std::array kinds{std::pair(lists::url_shorteners, FactId::link_shortener),
                                 std::pair(lists::free_hosting, FactId::link_free_hosting),
                                 std::pair(lists::dynamic_dns, FactId::link_dynamic_dns),
                                 std::pair(lists::form_services, FactId::link_form_service),
                                 std::pair(lists::file_storage, FactId::link_storage),
                                 std::pair(lists::link_pages, FactId::link_link_page),
                                 std::pair(lists::chat_apps, FactId::link_chat_app)};
      for (const auto& [list, id] : kinds)
        if (knowledge.in_list(list, site.host)) notes_.add(id, place, site.host);
    }
    if (url.scheme == "http") notes_.add(FactId::link_http_only, place, site.host);
    if (url.port) notes_.add(FactId::link_port, place, site.host, *url.port);
    if (site.domain.empty()) return;
    const std::string ending = site.host.substr(site.host.rfind('.') + 1);
    if (knowledge.in_list(lists::cheap_tlds, ending)) once(FactId::link_cheap_tld, ending, place);
    const auto below =
        std::count(site.host.begin(), site.host.end() - static_cast<std::ptrdiff_t>(site.domain.size()), '.');
    if (below >= deep_labels) notes_.add(FactId::link_deep_subdomain, place, site.host, static_cast<double>(below));
    const bool idn = url.host_unicode != url.host;
    if (idn) {
      notes_.add(FactId::link_idn, place, site.host);
      if (mixes(url.host_unicode)) notes_.add(FactId::link_mixed_script, place, site.host);
    }
    if (knowledge.brand_of(site.host) != nullptr || knowledge.in_list(lists::well_known, site.domain)) return;
    if (knowledge.in_list(lists::mail_platforms, site.host)) return;
    const std::string_view label = displayed_label(url, site.domain);
    if (label.size() >= random_label_letters && !idn)
      if (const double randomness = text::randomness(label); randomness >= random_from)
        once(FactId::link_random_host, site.domain, place, randomness);
    if (const auto match = knowledge.brand_index().looks_like(label);
        match && !knowledge.in_list(lists::free_hosting, site.host))
      once(FactId::link_lookalike_host, knowledge.brands()[match.brand].id, place, match.distance);
    if (const auto match = knowledge.brand_index().named_in_host(site.host, site.domain); match && counts(match))
      once(FactId::link_brand_in_host_or_path, knowledge.brands()[match.brand].id, place, 2);
  }

  static bool mixes(std::string_view host) {
    while (!host.empty()) {
      const std::string_view label = host.substr(0, host.find('.'));
      if (text::mixes_scripts(label)) return true;
      host.remove_prefix(std::min(host.size(), label.size() + 1));
    }
    return false;
  }

  /// An ambiguous name means the brand only where the message names the brand itself.
  bool counts(const knowledge::BrandIndex::Match& match) const {
    if (!match.weak) return true;
    // Pasted text and short messages have no subject: their opening is what a subject would be.
    const Prominence enough =
        scene_.message.input == message::InputKind::mail ? Prominence::subject : Prominence::opening;
    return std::any_of(scene_.claims.begin(), scene_.claims.end(), [&](const Claim& claim) {
      return claim.prominence >= enough && claim.brand == &scene_.knowledge.brands()[match.brand];
    });
  }

  /// What path and query hold; these differ between links to one host.
  void observe_contents(const Site& site, const text::Url& url, Place place) {
    const auto& knowledge = scene_.knowledge;
    for (const auto& stop : site.unwrapped.chain) {
      if (!stop.certain) {
        once(FactId::link_open_redirect_to_other, organisation(stop.url.host), place);
        break;
      }
      if (stop.through) once(FactId::link_wrapper, std::string(text::to_word(*stop.through)), place, 1);
    }
    if (site.unwrapped.stops_at)
      once(FactId::link_wrapper, std::string(text::to_word(*site.unwrapped.stops_at)), place, 0);
    if (!site.domain.empty() && url.path.size() > 1 && paths_tried_++ < paths_tried_at_most &&
        knowledge.brand_of(site.host) == nullptr && !knowledge.in_list(lists::well_known, site.domain))
      if (const auto match = knowledge.brand_index().named_in_words(url.path); match && !match.weak)
        once(FactId::link_brand_in_host_or_path, knowledge.brands()[match.brand].id, place, 1);
    observe_reader(url, place);
  }

  void observe_reader(const text::Url& url, Place place) {
    if (plain_.empty() || said_reader_) return;
    std::string rest = url.path + (url.query ? "?" + *url.query : std::string()) +
                       (url.fragment ? "#" + *url.fragment : std::string());
    for (const std::string& encoded : encoded_)
      if (find_bytes(rest, encoded, 0) != std::string::npos) return say_reader("base64", place);
    if (rest.find('@') == std::string::npos && rest.find("%40") == std::string::npos) return;
    rest = lower_ascii(decode_once(rest));
    for (const std::string& plain : plain_)
      if (find_bytes(rest, plain, 0) != std::string::npos) return say_reader("plain", place);
  }
  void say_reader(const char* how, Place place) {
    said_reader_ = true;
    notes_.add(FactId::link_recipient_id, place, how);
  }

  static constexpr std::size_t paths_tried_at_most =
      50;  // a mail of five hundred links names its brand in the first fifty
  const Scene& scene_;
  Notes& notes_;
  Said said_;
  std::vector<std::string> plain_, encoded_;
  std::size_t paths_tried_ = 0;
  bool said_reader_ = false;
};

}  // namespace

void observe_link(const Scene& scene, Notes& notes) {
  LinkObserver observer(scene, notes);
  for (const Site& site : scene.sites) observer.observe(site);
}

}  // namespace sekisho::facts
