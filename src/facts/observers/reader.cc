// What the message knows about the reader: personal data shown in it, and how it addresses them.
/// fact reader.data_in_subject: data of a person stand in the subject; value: name, address, postal, phone or
///   member_number; number: how many of these kinds
/// fact reader.data_in_body: data of a person stand in the own text, away from a company's signature; value: name,
///   address, postal, phone or member_number; number: how many of these kinds
/// fact reader.profile_in_subject: data that the reader gave as their own stand in the subject; value: name, address,
///   phone or member_number; number: how many of these kinds
/// fact reader.profile_in_body: data that the reader gave as their own stand in the own text; value: name, address,
///   phone or member_number; number: how many of these kinds
/// fact reader.address_in_subject: a postal address stands in the subject
/// fact reader.mail_address_in_subject: the reader's mail address stands in the subject
/// fact reader.number_in_subject: words for a member or user number stand in the subject beside 6 to 14 digits; value:
///   the digits
/// fact reader.addressed_by_mail_address: the text addresses the reader by a mail address; number: 1 when it is the
///   reader's as far as known, else 0
/// fact reader.addressed_by_local_part: the text addresses the reader by what stands before the @ of their address
/// fact reader.addressed_by_name: the text begins by addressing a person by name
/// fact reader.addressed_generically: the text begins by addressing everybody ("dear customer")
/// fact reader.not_addressed: the text addresses nobody
#include <array>
#include <vector>

#include "facts/lists.h"
#include "facts/tools.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace sekisho::facts {
namespace {

constexpr std::size_t greeting_bytes = 400;            // of a body: where a reader is addressed
constexpr std::size_t signature_distance_bytes = 250;  // a company's own address stands this near to its name
constexpr std::size_t text_that_addresses = 80;  // characters; shorter notes address nobody and mean nothing by it
constexpr std::size_t local_part_bytes = 4;
constexpr std::size_t searched_bytes = 64 * 1024;  // of one part, for items of the profile
constexpr std::size_t item_bytes = 5;              // shorter items are found everywhere
constexpr std::size_t items_at_most = 100;         // of one kind in the profile

struct Kinds {
  std::vector<std::pair<std::string_view, Place>> found;  // in the order observed
  void add(std::string_view kind, Place place) {
    for (const auto& [known, at] : found)
      if (known == kind) return;
    found.emplace_back(kind, place);
  }
  void note(Notes& notes, FactId id) const {
    for (const auto& [kind, place] : found) notes.add(id, place, std::string(kind), static_cast<double>(found.size()));
  }
};

std::string_view kind_of(std::string_view list) {
  if (list == lists::honorific_name) return "name";
  if (list == lists::jp_address) return "address";
  if (list == lists::postal_code) return "postal";
  if (list == lists::jp_phone) return "phone";
  if (list == lists::member_number || list == lists::user_id_number) return "member_number";
  return {};
}

std::size_t gap(text::Span a, text::Span b) {
  return a.end <= b.start ? b.start - a.end : b.end <= a.start ? a.start - b.end : 0;
}

/// Whether a hit of honorific_name may be a person's name: not when a word of the list not_a_name ends right before the
/// honorific ("会員様").
bool is_a_person(const Scene& scene, const Hit& hit, const std::vector<std::string>* not_names) {
  constexpr std::size_t honorific_bytes = 7;  // two characters and a space
  const std::string_view whole = scene.message.readable[hit.part].text;
  const std::string_view said = whole.substr(std::min<std::size_t>(hit.span.start, whole.size()), hit.span.size());
  if (not_names == nullptr || said.empty() || static_cast<unsigned char>(said.front()) < 0x80) return true;
  return std::none_of(not_names->begin(), not_names->end(), [&](const std::string& word) {
    const std::size_t at = said.rfind(word);
    return at != std::string_view::npos && said.size() - at - word.size() <= honorific_bytes;
  });
}

const std::vector<std::string>* entries_of(const knowledge::Snapshot& knowledge, std::string_view name) {
  for (const auto& list : knowledge.name_lists())
    if (list.name == name) return &list.entries;
  return nullptr;
}

void observe_shapes(const Scene& scene, Notes& notes) {
  const auto& phrases = scene.knowledge.phrase_lists();
  const auto* not_names = entries_of(scene.knowledge, lists::not_a_name);
  Kinds subject, body;
  for (const Hit& hit : scene.hits) {
    const ReadableKind part = scene.message.readable[hit.part].kind;
    const std::string_view kind = kind_of(phrases[hit.list].name);
    if (kind.empty() || !hit.own() || (kind == "name" && !is_a_person(scene, hit, not_names))) continue;
    const Place place{hit.part, hit.span};
    if (part == ReadableKind::header_subject) {
      subject.add(kind, place);
      if (kind == "address") notes.add(FactId::reader_address_in_subject, place);
    } else if (is_body(part)) {
      // An address, code or number beside the company's name is the company's.
      const bool is_companys =
          kind != "name" && std::any_of(scene.hits.begin(), scene.hits.end(), [&](const Hit& other) {
            if (other.part != hit.part) return false;
            const std::string& list = phrases[other.list].name;
            return (list == lists::company_block && gap(other.span, hit.span) <= signature_distance_bytes) ||
                   (list == lists::contact_phone && kind == "phone" && gap(other.span, hit.span) == 0);
          });
      if (!is_companys) body.add(kind, place);
    }
  }
  subject.note(notes, FactId::reader_data_in_subject);
  body.note(notes, FactId::reader_data_in_body);
}

/// Folded text without what people write between the characters of an address, a name or a number, and the way back.
class Compact {
 public:
  Compact(const knowledge::Snapshot& knowledge, const text::Folded* folded, std::string_view text) : folded_(folded) {
    const std::vector<std::string>* counters = entries_of(knowledge, lists::address_counters);
    text = text.substr(0, searched_bytes);
    text_.reserve(text.size());
    from_.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
      if (const std::size_t skipped = separator(text, i, counters); skipped > 0) {
        i += skipped;
        continue;
      }
      const std::size_t size = text::code_point_at(text, i).size;
      for (std::size_t j = 0; j < size; ++j) {
        text_ += text[i + j];
        from_.push_back(static_cast<std::uint32_t>(i));
      }
      i += size;
    }
  }
  const std::string& text() const { return text_; }
  text::Span find(std::string_view needle) const {
    const std::size_t at = find_bytes(text_, needle, 0);
    if (at == std::string::npos) return {};
    const std::uint32_t last = from_[at + needle.size() - 1];
    return folded_->original({from_[at], last + text::code_point_at(folded_->text(), last).size});
  }

 private:
  std::size_t separator(std::string_view text, std::size_t at, const std::vector<std::string>* counters) const {
    if (text[at] == ' ' || text[at] == '-' || text[at] == '\n' || text[at] == '(' || text[at] == ')' || text[at] == ',')
      return 1;
    if (counters == nullptr || text_.empty() || !is_digit(text_.back()) || static_cast<unsigned char>(text[at]) < 0x80)
      return 0;
    std::size_t longest = 0;
    for (const std::string& counter : *counters)
      if (text.substr(at).starts_with(counter)) longest = std::max(longest, counter.size());
    return longest;
  }
  const text::Folded* folded_;
  std::string text_;
  std::vector<std::uint32_t> from_;  // for each byte of text_: where its character begins in the folded text
};

void observe_profile(const Scene& scene, Notes& notes) {
  const Profile& profile = scene.history.profile;
  const std::array<std::pair<std::string_view, const std::vector<std::string>*>, 4> kinds{
      {{"name", &profile.names},
       {"address", &profile.postal_addresses},
       {"phone", &profile.phones},
       {"member_number", &profile.member_numbers}}};
  if (std::all_of(kinds.begin(), kinds.end(), [](const auto& kind) { return kind.second->empty(); })) return;
  std::vector<std::pair<std::string_view, std::string>> items;
  for (const auto& [kind, values] : kinds)
    for (std::size_t i = 0; i < values->size() && i < items_at_most; ++i)
      if (std::string item = Compact(scene.knowledge, nullptr, text::fold_key((*values)[i])).text();
          item.size() >= item_bytes)
        items.emplace_back(kind, std::move(item));
  Kinds subject, body;
  for (std::size_t i = 0; i < scene.message.readable.size() && i < no_part; ++i) {
    const message::Readable& part = scene.message.readable[i];
    const bool in_subject = part.kind == ReadableKind::header_subject;
    if ((!in_subject && !is_body(part.kind)) || part.depth > 0) continue;
    const Compact compact(scene.knowledge, &part.folded, part.folded.text());
    for (const auto& [kind, item] : items) {
      const text::Span span = compact.find(item);
      if (span.empty() || is_quoted(scene, static_cast<std::uint16_t>(i), span)) continue;
      (in_subject ? subject : body).add(kind, {static_cast<std::uint16_t>(i), span});
    }
  }
  subject.note(notes, FactId::reader_profile_in_subject);
  body.note(notes, FactId::reader_profile_in_body);
}

void observe_subject(const Scene& scene, Notes& notes) {
  const std::uint16_t part = scene.part_of(ReadableKind::header_subject);
  if (part == no_part) return;
  const message::Readable& subject = scene.message.readable[part];
  const std::string& folded = subject.folded.text();
  for (const std::string& address : scene.reader)
    if (const std::size_t at = folded.find(address); at != std::string::npos)
      notes.add(FactId::reader_mail_address_in_subject, {part, subject.folded.original(span_of(at, address.size()))});
  const auto& phrases = scene.knowledge.phrase_lists();
  const bool numbered = std::any_of(scene.hits.begin(), scene.hits.end(), [&](const Hit& hit) {
    return hit.part == part &&
           (phrases[hit.list].name == lists::member_number || phrases[hit.list].name == lists::user_id_number);
  });
  if (!numbered) return;
  for (std::size_t i = 0; i < folded.size();) {
    std::size_t end = i, digits = 0;
    while (end < folded.size() && (is_digit(folded[end]) || (digits > 0 && (folded[end] == '-' || folded[end] == ' ') &&
                                                             end + 1 < folded.size() && is_digit(folded[end + 1])))) {
      if (is_digit(folded[end])) ++digits;
      ++end;
    }
    if (digits >= 6 && digits <= 14) {
      notes.add(FactId::reader_number_in_subject, {part, subject.folded.original(span_of(i, end - i))},
                folded.substr(i, end - i));
      return;
    }
    i = end + 1;
  }
}

/// "Dear yamada,", "yamada様": the local part as a word at the beginning of a body.
bool observe_local_part(const Scene& scene, Notes& notes, std::uint16_t part) {
  const message::Readable& readable = scene.message.readable[part];
  const std::string_view head = std::string_view(readable.folded.text()).substr(0, greeting_bytes / 2);
  for (const std::string& address : scene.reader) {
    const std::string_view local = std::string_view(address).substr(0, address.find('@'));
    if (local.size() < local_part_bytes) continue;
    const std::size_t at = find_bytes(head, local, 0);
    if (at == std::string_view::npos) continue;
    const char before = at == 0 ? ' ' : head[at - 1],
               after = at + local.size() < head.size() ? head[at + local.size()] : ' ';
    if (is_letter(before) || is_digit(before) || before == '.' || before == '/' || before == '@') continue;
    if (is_letter(after) || is_digit(after) || after == '@' || after == '.' || after == '-' || after == '_') continue;
    notes.add(FactId::reader_addressed_by_local_part, {part, readable.folded.original(span_of(at, local.size()))});
    return true;
  }
  return false;
}

void observe_greeting(const Scene& scene, Notes& notes) {
  const auto& phrases = scene.knowledge.phrase_lists();
  const auto* not_names = entries_of(scene.knowledge, lists::not_a_name);
  bool by_mail = false, by_name = false, generic = false, any_text = false;
  for (const Hit& hit : scene.hits) {
    const message::Readable& part = scene.message.readable[hit.part];
    if (!is_body(part.kind) || !hit.own() || hit.span.start > greeting_bytes) continue;
    const std::string_view list = phrases[hit.list].name;
    const Place place{hit.part, hit.span};
    if (list == lists::addressed_by_mail && !by_mail) {
      by_mail = true;
      const std::string said = lower_ascii(std::string_view(part.text).substr(hit.span.start, hit.span.size()));
      const bool is_readers = std::any_of(scene.reader.begin(), scene.reader.end(), [&](const std::string& address) {
        return said.find(address) != std::string::npos;
      });
      notes.add(FactId::reader_addressed_by_mail_address, place, {}, is_readers ? 1 : 0);
    } else if (list == lists::honorific_name && !by_name && is_a_person(scene, hit, not_names)) {
      by_name = true;
      notes.add(FactId::reader_addressed_by_name, place);
    } else if (list == lists::generic_greeting && !generic) {
      generic = true;
      notes.add(FactId::reader_addressed_generically, place);
    }
  }
  bool by_local = false;
  for (std::size_t i = 0; i < scene.message.readable.size() && i < no_part; ++i) {
    const message::Readable& part = scene.message.readable[i];
    if (!is_body(part.kind) || part.depth > 0) continue;
    any_text = any_text || characters(part.text, text_that_addresses) >= text_that_addresses;
    by_local = by_local || observe_local_part(scene, notes, static_cast<std::uint16_t>(i));
  }
  const auto profile_name = [&] {
    return !scene.history.profile.names.empty() &&
           std::any_of(
               scene.message.readable.begin(), scene.message.readable.end(), [&](const message::Readable& part) {
                 if (!is_body(part.kind) || part.depth > 0) return false;
                 const std::string head =
                     Compact(scene.knowledge, nullptr, std::string_view(part.folded.text()).substr(0, greeting_bytes))
                         .text();
                 return std::any_of(scene.history.profile.names.begin(), scene.history.profile.names.end(),
                                    [&](const std::string& name) {
                                      const std::string compact =
                                          Compact(scene.knowledge, nullptr, text::fold_key(name)).text();
                                      return compact.size() >= item_bytes && head.find(compact) != std::string::npos;
                                    });
               });
  };
  if (!by_name && profile_name()) {
    by_name = true;
    notes.add(FactId::reader_addressed_by_name);
  }
  if (!by_mail && !by_name && !generic && !by_local && any_text) notes.add(FactId::reader_not_addressed);
}

}  // namespace

void observe_reader(const Scene& scene, Notes& notes) {
  observe_shapes(scene, notes);
  observe_profile(scene, notes);
  observe_subject(scene, notes);
  observe_greeting(scene, notes);
}

}  // namespace sekisho::facts
