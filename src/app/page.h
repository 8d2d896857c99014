// A page that somebody opens from a file, offline, on any device: its frame and its smallest pieces. Nothing is loaded
// and nothing is sent; only our own style and script may act, which the page's policy names by their hashes (CSP
// Level 3, 2.3.1). Everything from outside passes escaped() or from_mail(). Pure.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::app {

struct PageFrame {
  std::string lang, title;
  std::string_view style, script;
};

/// Up to and with <body>.
std::string page_begin(const PageFrame& frame);
/// The script, and the end.
std::string page_end(const PageFrame& frame);

/// What may act on a reader's screen is made visible first, then all of HTML's own characters are escaped: for element
/// content and for attributes in double quotes.
std::string escaped(std::string_view text);
/// <name>text</name>, escaped. `name` may carry attributes: "p class=\"small\"".
std::string element(std::string_view name, std::string_view text);
/// The same, and no address in it can be tapped: hosts are written with [.].
std::string element_from_mail(std::string_view name, std::string_view text);

}  // namespace sekisho::app
