// The folder knowledge/care as a whole, a site's folder over it, and finding things by id.
#include <algorithm>

#include "care/reading.h"

namespace sekisho::care {
namespace {

namespace fs = std::filesystem;

using Reader = Result<void> (*)(const fs::path&, Care&);

Result<void> read_each(const fs::path& folder, Reader reader, Care& care) {
  std::error_code error;
  if (!fs::exists(folder, error)) return {};
  std::vector<fs::path> files;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".yaml" && it->path().filename().string().front() != '.') files.push_back(it->path());
  if (error) return fail(ErrorCode::bad_data, "the folder cannot be read: " + error.message(), folder.string());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) CARE_CHECK(reader(file, care));
  return {};
}

/// A misspelled file would silently say nothing.
Result<void> only_known_files(const fs::path& folder) {
  const std::vector<std::string> known{"situations",       "drafts",        "steps.yaml",    "contacts.yaml",
                                       "prefectures.yaml", "carriers.yaml", "holidays.yaml", "describe.yaml",
                                       "answers.yaml",     "rungs.yaml",    "kinds.yaml",    "words.yaml"};
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string file = it->path().filename().string();
    const bool data = it->is_directory() || it->path().extension() == ".yaml" || it->path().extension() == ".yml";
    if (!data || file.front() == '.' || std::find(known.begin(), known.end(), file) != known.end()) continue;
    const std::string near = knowledge::nearest(file, known);
    return fail(
        ErrorCode::bad_data, "nothing here is called so", it->path().string(),
        near.empty() ? fmt::format("known: {}", fmt::join(known, ", ")) : fmt::format("did you mean '{}'?", near));
  }
  return {};
}

template <class Item>
void lay_over(std::vector<Item>& base, std::vector<Item>& site) {
  for (Item& item : site) {
    const auto same = std::find_if(base.begin(), base.end(), [&](const Item& other) { return other.id == item.id; });
    if (same == base.end())
      base.push_back(std::move(item));
    else
      *same = std::move(item);
  }
}

template <class Item>
const Item* find_in(const std::vector<Item>& items, std::string_view id) {
  for (const Item& item : items)
    if (item.id == id) return &item;
  return nullptr;
}

void take_calendar_words(Care& care) {
  const auto text = [&](const std::string& key) {
    const auto found = care.words.find(key);
    return found == care.words.end() ? Text{} : found->second;
  };
  CalendarWords words;
  for (int i = 0; i < 7; ++i) words.weekdays.push_back(text(fmt::format("weekday.{}", i)));
  for (int i = 1; i <= 12; ++i) words.months.push_back(text(fmt::format("month.{}", i)));
  words.day = text("date.day");
  words.day_with_year = text("date.day_with_year");
  care.holidays.words = std::move(words);
  care.holidays.spring_equinox = text("holiday.spring_equinox");
  care.holidays.autumn_equinox = text("holiday.autumn_equinox");
  care.holidays.substitute = text("holiday.substitute");
  care.holidays.between = text("holiday.between");
}

}  // namespace

Result<Care> read_care(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return fail(ErrorCode::bad_data, "is not a folder", folder.string(), "it is laid out like knowledge/care");
  CARE_CHECK(only_known_files(folder));
  Care care;
  const auto read = [&](const char* file, Reader reader) -> Result<void> {
    return fs::exists(folder / file, error) ? reader(folder / file, care) : Result<void>{};
  };
  CARE_CHECK(read("answers.yaml", read_answers));
  CARE_CHECK(read("steps.yaml", read_steps));
  CARE_CHECK(read("contacts.yaml", read_contacts));
  CARE_CHECK(read("prefectures.yaml", read_prefectures));
  CARE_CHECK(read("carriers.yaml", read_carriers));
  CARE_CHECK(read("holidays.yaml", read_holidays));
  CARE_CHECK(read("describe.yaml", read_describe));
  CARE_CHECK(read("rungs.yaml", read_rungs));
  CARE_CHECK(read("kinds.yaml", read_kinds));
  CARE_CHECK(read("words.yaml", read_words));
  CARE_CHECK(read_each(folder / "situations", read_situation, care));
  CARE_CHECK(read_each(folder / "drafts", read_draft, care));
  take_calendar_words(care);
  return care;
}

Result<Care> overlay(Care base, const fs::path& folder) {
  CARE_TRY(site, read_care(folder));
  lay_over(base.actions, site.actions);
  lay_over(base.typed_items, site.typed_items);
  if (!site.questions.empty()) base.questions = site.questions;
  lay_over(base.situations, site.situations);
  lay_over(base.steps, site.steps);
  lay_over(base.lines, site.lines);
  lay_over(base.contacts, site.contacts);
  lay_over(base.prefectures, site.prefectures);
  lay_over(base.carriers, site.carriers);
  lay_over(base.drafts, site.drafts);
  lay_over(base.rungs, site.rungs);
  lay_over(base.describe.situations, site.describe.situations);
  lay_over(base.describe.done, site.describe.done);
  lay_over(base.describe.typed, site.describe.typed);
  base.everywhere_contacts.insert(base.everywhere_contacts.end(), site.everywhere_contacts.begin(),
                                  site.everywhere_contacts.end());
  if (!site.holidays.fixed.empty()) base.holidays = site.holidays;
  for (auto& [kind, situation] : site.situation_of_kind) base.situation_of_kind[kind] = situation;
  for (auto& [key, text] : site.words) base.words[key] = text;
  take_calendar_words(base);
  CARE_CHECK(check(base, Check::names));
  return base;
}

const Situation* Care::situation(std::string_view id) const { return find_in(situations, id); }
const Step* Care::step(std::string_view id) const { return find_in(steps, id); }
const Line* Care::line(std::string_view id) const { return find_in(lines, id); }
const Contact* Care::contact(std::string_view id) const { return find_in(contacts, id); }
const Prefecture* Care::prefecture(std::string_view id) const { return find_in(prefectures, id); }
const Carrier* Care::carrier(std::string_view id) const { return find_in(carriers, id); }
const Draft* Care::draft(std::string_view id) const { return find_in(drafts, id); }
const Choice* Care::action(std::string_view id) const { return find_in(actions, id); }
const Choice* Care::typed_item(std::string_view id) const { return find_in(typed_items, id); }

std::string Care::say(std::string_view key, Register speech) const {
  const auto found = words.find(std::string(key));
  return found == words.end() ? std::string(key) : found->second.in(speech);
}

bool is_date_field(std::string_view name) {
  return name == "when" || name == "typed_on" || name == "mails_began" || name == "received_paper";
}
bool is_answer_field(std::string_view name) {
  return is_date_field(name) || name == "prefecture" || name == "carrier" || name == "told_someone" || name == "lure";
}

}  // namespace sekisho::care
