// The names under which observers ask the knowledge for lists: what stands in them is data (knowledge/lists, knowledge/
// phrases). A list that a snapshot lacks is an empty list; tests/facts/lists_test.cc holds these names against the
// files.
#pragma once

#include <array>
#include <string_view>

namespace sekisho::facts::lists {

// Domains (…_tlds: words).
inline constexpr std::string_view free_mail = "free_mail", carrier_mail = "carrier_mail",
                                  disposable_mail = "disposable_mail", cheap_tlds = "cheap_tlds",
                                  mail_platforms = "mail_platforms", official_endings = "official_endings",
                                  url_shorteners = "url_shorteners", free_hosting = "free_hosting",
                                  dynamic_dns = "dynamic_dns", form_services = "form_services",
                                  file_storage = "file_storage", link_pages = "link_pages", chat_apps = "chat_apps",
                                  well_known = "well_known";

// Receiving servers: hosts that work for one receiver though their organisational domains differ (one list a receiver,
// named receiver_…), and what is special about the way some of them write Authentication-Results.
inline constexpr std::string_view receiver_prefix = "receiver_";
inline constexpr std::string_view results_without_name = "results_without_name";  ///< they write no authserv-id
inline constexpr std::string_view results_below_received =
    "results_below_received";  ///< they write it under their own Received

// What stands between the numbers of a Japanese postal address.
inline constexpr std::string_view address_counters = "address_counters";
// What stands before an honorific without being a name.
inline constexpr std::string_view contact_phone = "contact_phone";
inline constexpr std::string_view generic_sender_word = "generic_sender_words";
inline constexpr std::string_view not_a_name = "not_a_name";
// Words that look like a brand's name in other letters, and are words.
inline constexpr std::string_view ordinary_words = "ordinary_words";

// Phrase lists.
inline constexpr std::string_view honorific_name = "honorific_name", jp_address = "jp_address",
                                  postal_code = "postal_code", jp_phone = "jp_phone", member_number = "member_number",
                                  refuse_here = "refuse_here", unsubscribe_here = "unsubscribe_here",
                                  enquiry_here = "enquiry_here", company_block = "company_block",
                                  asks_is_this_real = "asks_is_this_real",
                                  simplified_chinese = "simplified_chinese_words",
                                  password_follows = "attachment_password", for_users_of = "for_users_of",
                                  addressed_by_mail = "addressee_is_mail_address",
                                  generic_greeting = "generic_greeting", public_office = "public_office",
                                  newsletter_words = "newsletter_marks", deadline_today = "deadline_today",
                                  deadline_days = "deadline_days", deadline_hours = "deadline_hours",
                                  user_id_number = "user_id_number", bulletin = "bulletin_about_scams",
                                  example_follows = "example_follows", odd_phone = "foreign_or_ip_phone",
                                  asks_call = "asks_call", click_here = "click_here",
                                  verify_identity = "verify_identity", login_request = "login_request",
                                  reply_with_secret = "asks_reply_with_secret", crypto_address = "crypto_address",
                                  urgent = "urgent_word";

inline constexpr std::array all_phrase_lists = {honorific_name,     jp_address,
                                                postal_code,        jp_phone,
                                                member_number,      refuse_here,
                                                unsubscribe_here,   enquiry_here,
                                                company_block,      asks_is_this_real,
                                                simplified_chinese, password_follows,
                                                for_users_of,       addressed_by_mail,
                                                generic_greeting,   public_office,
                                                newsletter_words,   deadline_today,
                                                deadline_days,      deadline_hours,
                                                user_id_number,     bulletin,
                                                example_follows,    odd_phone,
                                                asks_call,          urgent,
                                                reply_with_secret,  crypto_address,
                                                click_here,         verify_identity,
                                                login_request};
inline constexpr std::array all_name_lists = {
    free_mail,        carrier_mail,     disposable_mail,      cheap_tlds,
    mail_platforms,   official_endings, url_shorteners,       free_hosting,
    dynamic_dns,      form_services,    file_storage,         link_pages,
    chat_apps,        well_known,       results_without_name, results_below_received,
    address_counters, not_a_name,       ordinary_words};

}  // namespace sekisho::facts::lists
