#include "report/json.h"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "text/utf8.h"

namespace sekisho::report {

namespace {

void write(const boost::json::value& value, std::string& out) {
  switch (value.kind()) {
    case boost::json::kind::object: {
      out += '{';
      for (const auto& [key, member] : value.get_object()) {
        if (out.back() != '{') out += ',';
        out += boost::json::serialize(boost::json::string_view(key)) + ':';
        write(member, out);
      }
      out += '}';
      return;
    }
    case boost::json::kind::array: {
      out += '[';
      bool first = true;
      for (const auto& element : value.get_array()) {
        if (!first) out += ',';
        first = false;
        write(element, out);
      }
      out += ']';
      return;
    }
    case boost::json::kind::double_:
      out += fmt::format("{}", value.get_double());
      return;
    default:
      out += boost::json::serialize(value);
  }
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t valid = text::valid_prefix(text.substr(at));
    out.append(text.substr(at, valid));
    at += valid;
    if (at < text.size()) {
      out += "\uFFFD";
      at += text::ill_formed_length(text.substr(at));
    }
  }
  return out;
}

boost::json::array array_of(const std::vector<std::string>& texts) {
  boost::json::array out;
  for (const std::string& text : texts) out.push_back(boost::json::value(valid_utf8(text)));
  return out;
}

boost::json::value or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(valid_utf8(text));
}

std::string to_json(const boost::json::value& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace sekisho::report
