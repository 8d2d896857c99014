#include "campaign/report.h"

namespace sekisho::campaign {

std::string_view name(Evidence evidence) {
  switch (evidence) {
    case Evidence::in_campaign:
      return "in_campaign";
    case Evidence::lure:
      return "lure";
    case Evidence::stranger:
      return "stranger";
    case Evidence::steady_sender:
      return "steady_sender";
    case Evidence::same_organisation:
      return "same_organisation";
    case Evidence::own_site:
      return "own_site";
    case Evidence::knows_member_no:
      return "knows_member_no";
    case Evidence::person:
      return "person";
    case Evidence::answers_owner:
      return "answers_owner";
    case Evidence::mailing_list:
      return "mailing_list";
    case Evidence::forwarded:
      return "forwarded";
    case Evidence::spoofed_sender:
      return "spoofed_sender";
    case Evidence::hardly_used:
      return "hardly_used";
  }
  return "";
}

std::string_view name(Item item) {
  switch (item) {
    case Item::name:
      return "name";
    case Item::postal_address:
      return "postal_address";
    case Item::phone:
      return "phone";
    case Item::mail_address:
      return "mail_address";
    case Item::member_no:
      return "member_no";
  }
  return "";
}

std::string_view name(Common::What what) {
  switch (what) {
    case Common::What::sender_domain:
      return "sender_domain";
    case Common::What::name_pattern:
      return "name_pattern";
    case Common::What::landing_site:
      return "landing_site";
    case Common::What::sending_net:
      return "sending_net";
    case Common::What::path:
      return "path";
    case Common::What::habits:
      return "habits";
    case Common::What::own_data:
      return "own_data";
    case Common::What::changing_sender:
      return "changing_sender";
    case Common::What::hardly_used:
      return "hardly_used";
    case Common::What::visited:
      return "visited";
  }
  return "";
}

}  // namespace sekisho::campaign
