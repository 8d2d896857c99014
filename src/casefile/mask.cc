#include "casefile/mask.h"

#include <algorithm>

#include "text/fold.h"
#include "text/utf8.h"

namespace sekisho::casefile {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_local(char c) {
  return is_digit(c) || is_letter(c) || std::string_view("._%+-=~!#$'*?^{|}&").find(c) != std::string_view::npos;
}

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_digit(c)) out += c;
  return out;
}

std::string well_formed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t valid = text::valid_prefix(text);
    out.append(text.substr(0, valid));
    text.remove_prefix(valid);
    if (text.empty()) break;
    out += "\uFFFD";
    text.remove_prefix(text::ill_formed_length(text));
  }
  return out;
}

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (end > at) out.emplace_back(list.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

bool has(const std::vector<std::string>& list, std::string_view what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

/// Letters that Japanese names are written with.
bool in_a_name(char32_t c) { return text::is_kanji(c) || text::is_katakana(c); }

/// Most letters of a name that a word beside it points at.
constexpr int name_letters = 6;

}  // namespace

/// One text being looked through. Invariant: spans_ are in the coordinates of the text as it came.
class Mask::Search {
 public:
  Search(const Mask& mask, std::string_view original)
      : mask_(mask), folded_(text::fold(original)), text_(folded_.text()) {}

  std::vector<Span> spans() {
    names();
    mails();
    numbers();
    places();
    honoured();
    titled();
    return std::move(spans_);
  }

 private:
  void add(std::size_t begin, std::size_t end, std::size_t shown = 0, std::size_t shown_at_end = 0) {
    if (begin >= end) return;
    const text::Span span = folded_.original({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    spans_.push_back({span.start, span.end, shown, shown_at_end});
  }
  bool letter_at(std::size_t at) const { return at < text_.size() && (is_letter(text_[at]) || is_digit(text_[at])); }

  /// Where the victim's own stands that stays: 架空 is somebody's name, and part of 架空県.
  std::vector<std::pair<std::size_t, std::size_t>> own_places() const {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    if (mask_.hides_own_) return out;
    for (const auto* list : {&mask_.own_places_, &mask_.own_names_, &mask_.own_mails_})
      for (const std::string& mine : *list)
        for (std::size_t at = text_.find(mine); at != std::string::npos; at = text_.find(mine, at + mine.size()))
          out.emplace_back(at, at + mine.size());
    return out;
  }

  void names() {
    const auto own = own_places();
    for (const Name& name : mask_.names_)
      for (std::size_t at = text_.find(name.folded); at != std::string::npos;
           at = text_.find(name.folded, at + name.folded.size())) {
        const std::size_t end = at + name.folded.size();
        if (name.word && ((at > 0 && letter_at(at - 1)) || letter_at(end))) continue;
        if (std::any_of(own.begin(), own.end(),
                        [&](const auto& mine) { return at >= mine.first && end <= mine.second; }))
          continue;
        add(at, end, name.own ? 0 : 1);
      }
  }

  void mails() {
    for (std::size_t at = text_.find('@'); at != std::string::npos; at = text_.find('@', at + 1)) {
      std::size_t begin = at, end = at + 1;
      while (begin > 0 && is_local(text_[begin - 1])) --begin;
      while (end < text_.size() &&
             (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == '-' || text_[end] == '.'))
        ++end;
      while (end > at + 1 && (text_[end - 1] == '.' || text_[end - 1] == '-')) --end;
      if (begin == at || end < at + 4) continue;
      if (!has(mask_.own_mails_, std::string_view(text_).substr(begin, end - begin)))
        add(begin, at, 1);
      else if (mask_.hides_own_)
        add(begin, end);
    }
  }

  /// Digits with single separators between, taken as a whole.
  void numbers() {
    const auto separates = [&](std::size_t at) {
      return (text_[at] == '-' || text_[at] == ' ' || text_[at] == '(' || text_[at] == ')') && at + 1 < text_.size() &&
             (is_digit(text_[at + 1]) || (text_[at] != ' ' && (text_[at + 1] == ' ' || text_[at + 1] == '(')));
    };
    for (std::size_t at = 0; at < text_.size();) {
      if (!is_digit(text_[at])) {
        ++at;
        continue;
      }
      std::size_t begin = at, end = at, longest = 0, run = 0, groups = 1, fours = 0;
      while (end < text_.size() && (is_digit(text_[end]) || separates(end))) {
        if (is_digit(text_[end])) {
          longest = std::max(longest, ++run);
        } else if (run > 0) {
          fours += run == 4;
          ++groups;
          run = 0;
        }
        ++end;
      }
      fours += run == 4;
      at = end;
      if (begin > 0 && text_[begin - 1] == '+') --begin;
      number(begin, end, longest, groups, fours);
    }
  }

  void number(std::size_t begin, std::size_t end, std::size_t longest, std::size_t groups, std::size_t fours) {
    const std::string_view whole = std::string_view(text_).substr(begin, end - begin);
    const std::string digits = digits_of(whole);
    const bool own = std::any_of(mask_.own_digits_.begin(), mask_.own_digits_.end(), [&](const std::string& mine) {
      return digits == mine ||
             (digits.size() > mine.size() && mine.size() >= 7 && digits.find(mine) != std::string::npos);
    });
    if (own) {
      if (mask_.hides_own_) add(begin, end);
      return;
    }
    if (is_money(begin, end) || (end < text_.size() && text_[end] == ':')) return;
    const bool day = groups >= 3 && whole.size() >= 8 && (whole.substr(0, 2) == "19" || whole.substr(0, 2) == "20") &&
                     whole[4] == '-';
    const bool phone = (whole[0] == '0' || whole[0] == '+') && digits.size() >= 9 && digits.size() <= 15 && !day;
    const bool postal = groups == 2 && digits.size() == 7 && whole.size() == 8 && whole[3] == '-';
    if (phone)
      add(begin, end, std::min<std::size_t>(whole.find_first_of("-( )", 1), whole[0] == '+' ? 5 : 3));
    else if (postal)
      add(begin, end);
    else if (!day && (longest >= 7 || fours >= 3))
      add(begin, end, 0, 3);
  }
  /// 円, 万, 通 … behind it, or a sign of money before: an amount, or a count.
  bool is_money(std::size_t begin, std::size_t end) const {
    std::string_view after = std::string_view(text_).substr(end);
    if (!after.empty() && after[0] == ' ') after.remove_prefix(1);
    const std::string_view before = std::string_view(text_).substr(0, begin);
    return std::any_of(mask_.units_.begin(), mask_.units_.end(), [&](const std::string& unit) {
      return after.substr(0, unit.size()) == unit ||
             (before.size() >= unit.size() && before.substr(before.size() - unit.size()) == unit);
    });
  }

  /// The victim's address: its letters before the first number, and the numbers that follow.
  void places() {
    if (!mask_.hides_own_) return;
    constexpr int letters_after = 24;
    for (const std::string& place : mask_.own_places_)
      for (std::size_t at = text_.find(place); at != std::string::npos; at = text_.find(place, at + place.size())) {
        std::size_t end = at + place.size();
        for (int i = 0; i < letters_after && end < text_.size(); ++i) {
          const text::CodePoint letter = text::code_point_at(text_, end);
          const bool of_a_number = letter.value == U'-' || letter.value == U' ' ||
                                   (letter.value < 0x80 && is_digit(static_cast<char>(letter.value))) ||
                                   text::is_kanji(letter.value);
          if (!of_a_number) break;
          end += letter.size;
        }
        add(at, end);
      }
  }

  /// 山田様: the letters before a word that only follows names.
  void honoured() {
    for (const std::string& word : mask_.honorifics_)
      for (std::size_t at = text_.find(word); at != std::string::npos; at = text_.find(word, at + word.size())) {
        std::size_t begin = at;
        int letters = 0;
        for (text::CodePoint c = text::code_point_before(text_, begin);
             c.size > 0 && in_a_name(c.value) && letters <= name_letters;
             c = text::code_point_before(text_, begin), ++letters)
          begin -= c.size;
        const std::string_view name = std::string_view(text_).substr(begin, at - begin);
        if (letters < 2 || letters > name_letters || is_no_name(name) || is_own(name)) continue;
        add(begin, at, 1);
      }
  }

  /// Mr. John Smith: up to two words behind a title.
  void titled() {
    for (const std::string& word : mask_.titles_)
      for (std::size_t at = text_.find(word); at != std::string::npos; at = text_.find(word, at + word.size())) {
        if (at > 0 && letter_at(at - 1)) continue;
        std::size_t begin = at + word.size();
        if (begin < text_.size() && text_[begin] == '.') ++begin;
        if (begin >= text_.size() || text_[begin] != ' ') continue;
        std::size_t end = ++begin;
        while (end < text_.size() && is_letter(text_[end])) ++end;
        if (end < begin + 2 || is_own(std::string_view(text_).substr(begin, end - begin))) continue;
        add(begin, end, 1);
      }
  }

  bool is_no_name(std::string_view name) const {
    return std::any_of(mask_.no_names_.begin(), mask_.no_names_.end(), [&](const std::string& word) {
      return name.size() >= word.size() && name.substr(name.size() - word.size()) == word;
    });
  }
  bool is_own(std::string_view name) const {
    return std::any_of(mask_.own_names_.begin(), mask_.own_names_.end(),
                       [&](const std::string& mine) { return mine.find(name) != std::string::npos; });
  }

  const Mask& mask_;
  const text::Folded folded_;
  const std::string& text_;
  std::vector<Span> spans_;
};

Mask::Mask(const CaseFile& file, Form form, const knowledge::Snapshot& knowledge)
    : hides_own_(form == Form::shareable) {
  const auto list = [&](std::string_view key) {
    std::vector<std::string> out;
    for (const std::string_view lang : {"ja", "en"})
      for (const std::string& word : words_of(knowledge.words(key).in(lang))) out.push_back(text::fold(word).text());
    return out;
  };
  honorifics_ = list("casefile.mask.after_names");
  titles_ = list("casefile.mask.before_names");
  no_names_ = list("casefile.mask.no_names");
  units_ = list("casefile.mask.units");
  const Victim& victim = file.victim;
  for (const std::string& name : victim.names) add_name(name, true);
  for (const std::string& name : file.others) add_name(name, false);
  for (const std::string& mail : victim.mail_addresses) own_mails_.push_back(text::fold(mail).text());
  for (const std::string& phone : victim.phones) add_number(phone);
  for (const std::string& number : victim.numbers) add_number(number);
  for (const std::string& address : victim.postal_addresses) add_address(address);
  add_contact(victim.contact);
  std::sort(names_.begin(), names_.end(),
            [](const Name& a, const Name& b) { return a.folded.size() > b.folded.size(); });
}

void Mask::add_name(std::string_view name, bool own) {
  const std::string whole = text::fold(name).text();
  if (whole.empty()) return;
  if (own) own_names_.push_back(whole);
  if (own && !hides_own_) return;
  // Also each of its words, where these are long enough not to be anything else.
  std::vector<std::string> forms{whole};
  for (const std::string& word : words_of(std::string(name))) forms.push_back(text::fold(word).text());
  for (const std::string& form : forms) {
    const bool ascii = text::ascii_prefix(form) == form.size();
    constexpr std::size_t two_kanji = 6, three_letters = 3;
    if (form.size() < (ascii ? three_letters : two_kanji)) continue;
    names_.push_back({form, own, ascii});
  }
}

void Mask::add_number(std::string_view number) {
  const std::string digits = digits_of(text::fold(number).text());
  if (digits.size() >= 4) own_digits_.push_back(digits);
}

void Mask::add_address(std::string_view address) {
  const std::string folded = text::fold(address).text();
  std::size_t at = 0;
  // A postal code in front.
  while (at < folded.size() &&
         (is_digit(folded[at]) || folded[at] == '-' || folded[at] == ' ' || folded.compare(at, 3, "〒") == 0))
    at += folded.compare(at, 3, "〒") == 0 ? 3 : 1;
  const std::string postal = digits_of(std::string_view(folded).substr(0, at));
  if (postal.size() == 7) own_digits_.push_back(postal);
  const std::size_t number = std::min(folded.find_first_of("0123456789", at), folded.size());
  constexpr std::size_t three_kanji = 9;
  if (number - at >= three_kanji) own_places_.push_back(folded.substr(at, number - at));
}

void Mask::add_contact(std::string_view contact) {
  const std::string folded = text::fold(contact).text();
  std::string word;
  for (const char c : folded + " ") {
    if (c != ' ' && c != ',' && c != '/' && c != ';') {
      word += c;
      continue;
    }
    if (word.find('@') != std::string::npos)
      own_mails_.push_back(word);
    else if (digits_of(word).size() >= 9)
      own_digits_.push_back(digits_of(word));
    word.clear();
  }
}

std::string Mask::operator()(std::string_view text) const {
  const std::string original = well_formed(text);
  std::vector<Span> spans = Search(*this, original).spans();
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  std::string out;
  std::size_t at = 0;
  for (const Span& span : spans) {
    if (span.end <= at) continue;  // inside what is hidden already
    const std::size_t begin = std::max(span.begin, at);
    const std::size_t shown = begin == span.begin ? span.shown : 0;
    out.append(original, at, begin - at);
    std::size_t letters = 0;
    for (std::size_t i = begin; i < span.end; i += text::code_point_at(original, i).size) ++letters;
    std::size_t number = 0;
    for (std::size_t i = begin; i < span.end; ++number) {
      const text::CodePoint letter = text::code_point_at(original, i);
      const bool stays = number < shown || number + span.shown_at_end >= letters || letter.value == U' ' ||
                         letter.value == U'-' || letter.value == U'\u3000';
      out += stays ? std::string_view(original).substr(i, letter.size) : std::string_view("●");
      i += letter.size;
    }
    at = span.end;
  }
  return out.append(original, at);
}

std::string Mask::account(std::string_view text) const {
  const std::string shown = (*this)(text);
  std::string out;
  for (std::size_t at = 0; at < shown.size();) {
    std::size_t end = at, letters = 0;
    text::CodePoint letter = text::code_point_at(shown, end);
    for (; letter.size > 0 && text::is_katakana(letter.value); letter = text::code_point_at(shown, end), ++letters)
      end += letter.size;
    // Followed by a kanji it is part of a bank's name.
    if (letters < 2 || (letter.size > 0 && text::is_kanji(letter.value))) {
      end = std::max(end, at + text::code_point_at(shown, at).size);
      out.append(shown, at, end - at);
    } else {
      for (std::size_t i = 0; i < letters; ++i) out += "●";
    }
    at = end;
  }
  return out;
}

std::string Mask::own(std::string_view text) const {
  if (!hides_own_) return std::string(text);
  return text.empty() ? std::string() : "●●●●";
}

}  // namespace sekisho::casefile
