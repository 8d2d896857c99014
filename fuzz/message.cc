// Any bytes: parse_mail, parse_pasted and read_message must give a Message whose spans lie inside its texts.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "message/message.h"

namespace {

void check(const sekisho::message::Message& message) {
  for (const auto& part : message.readable)
    if (part.quoted_tail.end > part.text.size()) std::abort();
  for (const auto& link : message.links) {
    if (link.part >= message.readable.size()) std::abort();
    if (link.shown.end > message.readable[link.part].text.size()) std::abort();
  }
  for (const auto& html : message.html)
    if (html.part >= message.readable.size()) std::abort();
  for (const auto& file : message.attachments)
    if (file.entries.size() != file.entry_kinds.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(sekisho::message::parse_mail(bytes));
  check(sekisho::message::parse_pasted(bytes));
  if (const auto message = sekisho::message::read_message(bytes, "fuzz")) check(*message);
  return 0;
}
