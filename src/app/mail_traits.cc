#include "app/mail_traits.h"

#include <algorithm>

#include "message/message.h"
#include "rules/content.h"

namespace sekisho::app {
namespace {

/// The bytes up to and with the blank line after the header; all of them when there is none.
std::string_view header_of(std::string_view bytes) {
  const std::size_t unix_end = bytes.find("\n\n"), network_end = bytes.find("\n\r\n");
  const std::size_t end = std::min(unix_end == std::string_view::npos ? unix_end : unix_end + 2,
                                   network_end == std::string_view::npos ? network_end : network_end + 3);
  return bytes.substr(0, end);
}

std::string header_value(const message::Message& message, std::string_view name) {
  const message::Header* header = message.header(name);
  return header == nullptr ? std::string() : header->value;
}

}  // namespace

MailTraits mail_traits(std::string_view bytes, HowMuch how_much) {
  const message::Message message = message::parse_mail(how_much == HowMuch::senders ? header_of(bytes) : bytes);
  MailTraits found;
  for (const message::Address& address : message.from)
    if (!address.local.empty() || !address.domain.empty())
      found.traits.senders.push_back(rules::lowered(address.spec()));
  for (const auto* list : {&message.to, &message.cc})
    for (const message::Address& address : *list) found.recipients.push_back(rules::lowered(address.spec()));
  for (const message::Link& link : message.links) {
    if (!link.url || !link.url->is_web() || link.url->host.empty()) continue;
    found.traits.link_hosts.push_back(link.url->host);
    if (std::string start = rules::path_start(link.url->path); !start.empty())
      found.traits.link_paths.push_back(std::move(start));
  }
  for (const message::Header& header : message.headers)
    if (rules::lowered(header.name) == "received") found.traits.received.push_back(header.raw);
  for (const message::Hop& hop : message.received) {
    if (found.time == 0 && hop.time) found.time = *hop.time;
    if (found.sending_ip.empty() && rules::net_trait(hop.from_ip)) found.sending_ip = hop.from_ip;
  }
  if (found.time == 0) found.time = message.date.value_or(0);
  found.uidl = header_value(message, "X-UIDL");
  found.message_id = header_value(message, "Message-ID");
  return found;
}

}  // namespace sekisho::app
