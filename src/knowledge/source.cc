#include "knowledge/source.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "knowledge/yaml.h"
#include "text/charset.h"
#include "text/domain.h"
#include "text/fold.h"

namespace sekisho::knowledge {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 8> confidence_names{"memory", "public_code_single", "public_code", "computed",
                                                           "seed",   "verified_old_page",  "two_pages",   "verified"};

#define SEKISHO_TRY(name, expression)                               \
  auto name##_result = (expression);                                \
  if (!name##_result) return tl::unexpected(name##_result.error()); \
  auto& name = *name##_result
#define SEKISHO_CHECK(expression) \
  if (auto ok = (expression); !ok) return tl::unexpected(ok.error())

Result<std::string> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return fail(ErrorCode::bad_data, Said{"data.unreadable", {}}, "cannot be read", path.string(),
                "check that it exists and is readable");
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

Result<std::vector<fs::path>> files_below(const fs::path& folder, std::string_view ending) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->is_regular_file() && it->path().extension() == ending && it->path().filename().string()[0] != '.')
      files.push_back(it->path());
  if (error)
    return fail(ErrorCode::bad_data, Said{"data.folder_unreadable", {}},
                "the folder cannot be read: " + error.message(), folder.string());
  std::sort(files.begin(), files.end());
  return files;
}

Result<Confidence> confidence_of(const YAML::Node& map, std::string_view key, const std::string& file) {
  SEKISHO_TRY(word, text_or(map, key, "memory", file));
  const auto found = std::find(confidence_names.begin(), confidence_names.end(), word);
  if (found == confidence_names.end())
    return fail(ErrorCode::bad_data,
                Said{"data.unknown_value",
                     {{"key", std::string(key)},
                      {"value", word},
                      suggestion(word, {confidence_names.begin(), confidence_names.end()})}},
                fmt::format("unknown confidence '{}'", word), at(file, map[std::string(key)]),
                fmt::format("one of: {}", fmt::join(confidence_names, ", ")));
  return static_cast<Confidence>(found - confidence_names.begin());
}

Result<Words> words_of(const YAML::Node& map, std::string_view key, const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node)
    return fail(ErrorCode::bad_data, Said{"data.missing_key", {{"key", std::string(key)}}},
                fmt::format("'{}' is missing", key), at(file, map));
  SEKISHO_CHECK(only_keys(node, file, {"ja", "en"}));
  SEKISHO_TRY(ja, text_of(node, "ja", file));
  SEKISHO_TRY(en, text_of(node, "en", file));
  return Words{ja, en};
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 253 || text.front() == '.' || text.back() == '.') return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::islower(c) || std::isdigit(c) || c == '.' || c == '-' || c == '_';
  });
}

Result<void> all_hosts(const std::vector<std::string>& hosts, const YAML::Node& node, const std::string& file) {
  for (const std::string& host : hosts)
    if (!is_host(host))
      return fail(ErrorCode::bad_data, Said{"data.not_a_domain", {{"value", host}}},
                  fmt::format("'{}' is not a lower-case domain name", host), at(file, node));
  return {};
}

Result<std::vector<Brand>> read_brands(const fs::path& path) {
  const std::string file = path.string();
  SEKISHO_TRY(text, read_file(path));
  SEKISHO_TRY(root, parse_yaml(text, file));
  SEKISHO_CHECK(only_keys(root, file, {"meta", "brands"}));
  std::vector<Brand> brands;
  for (const auto& node : root["brands"]) {
    SEKISHO_CHECK(
        only_keys(node, file,
                  {"id", "name_ja", "name_en", "aliases", "weak_aliases", "category", "web_domains",
                   "web_domains_confidence", "mail_domains", "mail_domains_confidence", "mail_domains_checked",
                   "mail_domains_source", "web_domains_source", "source", "as_of", "confidence", "note", "notes"}));
    Brand brand;
    SEKISHO_TRY(id, text_of(node, "id", file));
    SEKISHO_TRY(name_ja, text_of(node, "name_ja", file));
    SEKISHO_TRY(name_en, text_of(node, "name_en", file));
    SEKISHO_TRY(category, text_of(node, "category", file));
    SEKISHO_TRY(aliases, texts_of(node, "aliases", file));
    SEKISHO_TRY(weak, texts_of(node, "weak_aliases", file));
    SEKISHO_TRY(web, texts_of(node, "web_domains", file));
    SEKISHO_TRY(mail, texts_of(node, "mail_domains", file));
    SEKISHO_TRY(checked, texts_of(node, "mail_domains_checked", file));
    SEKISHO_TRY(web_confidence, confidence_of(node, "web_domains_confidence", file));
    SEKISHO_TRY(mail_confidence, confidence_of(node, "mail_domains_confidence", file));
    SEKISHO_CHECK(all_hosts(web, node, file));
    SEKISHO_CHECK(all_hosts(mail, node, file));
    SEKISHO_CHECK(all_hosts(checked, node, file));
    for (const Brand& other : brands)
      if (other.id == id)
        return fail(ErrorCode::bad_data, Said{"data.given_twice", {{"name", id}}},
                    fmt::format("the brand '{}' is given twice", id), at(file, node));
    brands.push_back(
        {id, name_ja, name_en, category, aliases, weak, web, mail, checked, web_confidence, mail_confidence});
  }
  return brands;
}

/// Expressions meet folded text only: an upper-case or full-width letter in one could never match.
std::optional<std::string> unfolded_part(std::string_view expression) {
  std::string plain;
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const auto c = static_cast<unsigned char>(expression[i]);
    if (c == '\\') {
      ++i;
      continue;
    }
    if (c < 0x80) {
      if (std::isupper(c)) return std::string(1, static_cast<char>(c));
      continue;
    }
    std::size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    const std::string_view letter = expression.substr(i, length);
    const std::string folded = text::fold_key(letter);
    if (folded != letter && !folded.empty()) return std::string(letter);
    i += length - 1;
  }
  return std::nullopt;
}

/// Lists named in `replaceable` give way to one of the same name, once; any other name given twice is an error.
Result<void> read_phrases(const fs::path& path, std::vector<PhraseList>& lists, std::set<std::string>& replaceable) {
  const std::string file = path.string();
  SEKISHO_TRY(text, read_file(path));
  SEKISHO_TRY(root, parse_yaml(text, file));
  if (!root.IsMap())
    return fail(ErrorCode::bad_data, Said{"yaml.not_a_map", {}}, "expected 'name: phrase list' entries",
                at(file, root));
  for (const auto& entry : root) {
    const std::string name = entry.first.Scalar();
    if (name == "meta") continue;
    SEKISHO_CHECK(
        only_keys(entry.second, file, {"what", "source", "ja", "en", "other", "add", "note", "exact", "takes_back"}));
    SEKISHO_TRY(what, text_of(entry.second, "what", file));
    SEKISHO_TRY(add, text_or(entry.second, "add", "false", file));
    SEKISHO_TRY(exact, text_or(entry.second, "exact", "false", file));
    SEKISHO_TRY(takes_back, texts_of(entry.second, "takes_back", file));
    PhraseList list{name, what, {}, exact == "true", takes_back};
    for (const std::string key : {"ja", "en", "other"}) {
      const YAML::Node expressions = entry.second[key];
      if (!expressions || expressions.IsNull()) continue;
      if (!expressions.IsSequence())
        return fail(ErrorCode::bad_data, Said{"data.must_be_texts", {{"key", key}}},
                    fmt::format("'{}' must be a list of expressions", key), at(file, expressions));
      for (const auto& expression : expressions) {
        if (!expression.IsScalar() || expression.Scalar().empty())
          return fail(ErrorCode::bad_data, Said{"data.must_be_texts", {{"key", key}}}, "an expression must be a text",
                      at(file, expression), "quote it");
        if (const auto wrong = unfolded_part(expression.Scalar()))
          return fail(ErrorCode::bad_data, Said{"data.unfolded", {{"part", *wrong}, {"write", text::fold_key(*wrong)}}},
                      fmt::format("'{}' can never match: text is folded before it is compared", *wrong),
                      at(file, expression), fmt::format("write '{}'", text::fold_key(*wrong)));
        list.expressions.push_back({expression.Scalar(), at(file, expression)});
      }
    }
    if (list.expressions.empty())
      return fail(ErrorCode::bad_data, Said{"data.empty_list", {{"name", name}}},
                  fmt::format("the list '{}' has no expression", name), at(file, entry.first));
    const auto same =
        std::find_if(lists.begin(), lists.end(), [&](const PhraseList& other) { return other.name == name; });
    if (same == lists.end()) {
      lists.push_back(std::move(list));
    } else if (add == "true") {
      same->expressions.insert(same->expressions.end(), list.expressions.begin(), list.expressions.end());
    } else if (replaceable.erase(name) != 0) {
      *same = std::move(list);
    } else {
      return fail(ErrorCode::bad_data, Said{"data.phrases_twice", {{"name", name}}},
                  fmt::format("the phrase list '{}' is given twice", name), at(file, entry.first),
                  "merge them, or write 'add: true'");
    }
  }
  return {};
}

/// A list that is taken back must be there: a misspelled one would count what it should not.
Result<void> check_taken_back(const std::vector<PhraseList>& lists) {
  std::vector<std::string> names;
  for (const PhraseList& list : lists) names.push_back(list.name);
  for (const PhraseList& list : lists)
    for (const std::string& other : list.takes_back)
      if (std::find(names.begin(), names.end(), other) == names.end()) {
        const std::string near = nearest(other, names);
        return fail(ErrorCode::bad_data,
                    Said{"data.unknown_value", {{"key", "takes_back"}, {"value", other}, {"near", near}}},
                    fmt::format("'{}' takes back an unknown phrase list '{}'", list.name, other),
                    list.expressions.front().where, near.empty() ? "" : fmt::format("did you mean '{}'?", near));
      }
  return {};
}

Result<NameList> read_list(const fs::path& path) {
  const std::string file = path.string();
  SEKISHO_TRY(text, read_file(path));
  NameList list;
  list.name = path.stem().string();
  std::istringstream lines(text);
  std::string line;
  int number = 0;
  while (std::getline(lines, line)) {
    ++number;
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
    if (line.empty()) continue;
    if (line[0] == '#') {
      const auto value = [&](std::string_view key) -> std::optional<std::string> {
        const std::string head = fmt::format("# {}: ", key);
        if (line.compare(0, head.size(), head) != 0) return std::nullopt;
        return line.substr(head.size());
      };
      if (const auto v = value("source")) list.source = *v;
      if (const auto v = value("licence")) list.licence = *v;
      if (const auto v = value("as_of")) list.as_of = *v;
      if (const auto v = value("match")) {
        if (*v == "domain")
          list.match = NameList::Match::domain;
        else if (*v == "word")
          list.match = NameList::Match::word;
        else
          return fail(ErrorCode::bad_data,
                      Said{"data.unknown_value", {{"key", "match"}, {"value", *v}, {"known", "domain, word"}}},
                      fmt::format("unknown match '{}'", *v), fmt::format("{}:{}", file, number), "domain or word");
      }
      continue;
    }
    if (list.match == NameList::Match::domain && !is_host(line))
      return fail(ErrorCode::bad_data, Said{"data.not_a_domain", {{"value", line}}},
                  fmt::format("'{}' is not a lower-case domain name", line), fmt::format("{}:{}", file, number));
    list.entries.push_back(line);
  }
  if (list.source.empty() || list.licence.empty() || list.as_of.empty())
    return fail(ErrorCode::bad_data, Said{"data.list_head", {}},
                "a list must say '# source: ', '# licence: ' and '# as_of: ' in its first lines", file);
  std::sort(list.entries.begin(), list.entries.end());
  list.entries.erase(std::unique(list.entries.begin(), list.entries.end()), list.entries.end());
  return list;
}

Result<std::vector<Kind>> read_kinds(const fs::path& path) {
  const std::string file = path.string();
  SEKISHO_TRY(text, read_file(path));
  SEKISHO_TRY(root, parse_yaml(text, file));
  SEKISHO_CHECK(only_keys(root, file, {"meta", "kinds"}));
  std::vector<Kind> kinds;
  for (const auto& node : root["kinds"]) {
    SEKISHO_CHECK(only_keys(node, file, {"id", "name", "what", "hints", "general", "source"}));
    SEKISHO_TRY(id, text_of(node, "id", file));
    SEKISHO_TRY(name, words_of(node, "name", file));
    SEKISHO_TRY(what, words_of(node, "what", file));
    SEKISHO_TRY(general, text_or(node, "general", "false", file));
    if (general != "true" && general != "false")
      return fail(ErrorCode::bad_data, fmt::format("general cannot be '{}'", general), at(file, node["general"]),
                  "true or false");
    Kind kind{id, name, what, {}, general == "true"};
    for (const auto& hint : node["hints"]) {
      SEKISHO_CHECK(only_keys(hint, file, {"phrase", "brand_category", "sign", "points"}));
      SEKISHO_TRY(phrase, text_or(hint, "phrase", "", file));
      SEKISHO_TRY(category, text_or(hint, "brand_category", "", file));
      SEKISHO_TRY(sign, text_or(hint, "sign", "", file));
      SEKISHO_TRY(points, number_of(hint, "points", file));
      kind.hints.push_back({phrase, category, sign, static_cast<int>(points)});
    }
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

Result<void> read_words(const YAML::Node& node, const std::string& prefix, const std::string& file,
                        std::map<std::string, Words>& words, std::vector<std::string>& order) {
  if (!node.IsMap())
    return fail(ErrorCode::bad_data, Said{"yaml.not_a_map", {}}, "expected 'key: words' entries", at(file, node));
  for (const auto& entry : node) {
    const std::string key = prefix.empty() ? entry.first.Scalar() : prefix + "." + entry.first.Scalar();
    if (key == "meta") continue;
    if (!entry.second.IsMap())
      return fail(ErrorCode::bad_data, Said{"data.needs_languages", {{"key", key}}},
                  fmt::format("'{}' needs 'ja:' and 'en:'", key), at(file, entry.second));
    if (!entry.second["ja"] && !entry.second["en"]) {
      SEKISHO_CHECK(read_words(entry.second, key, file, words, order));
      continue;
    }
    SEKISHO_CHECK(only_keys(entry.second, file, {"ja", "en"}));
    SEKISHO_TRY(ja, text_of(entry.second, "ja", file));
    SEKISHO_TRY(en, text_of(entry.second, "en", file));
    if (words.insert_or_assign(key, Words{ja, en}).second) order.push_back(key);
  }
  return {};
}

/// Every words*.yaml that stands directly in `folder`, by name; a key of a later file replaces an earlier one.
Result<void> read_words_files(const fs::path& folder, std::map<std::string, Words>& words,
                              std::vector<std::string>& order) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".yaml" && it->path().filename().string().rfind("words", 0) == 0)
      files.push_back(it->path());
  if (error)
    return fail(ErrorCode::bad_data, Said{"data.folder_unreadable", {}},
                "the folder cannot be read: " + error.message(), folder.string());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    SEKISHO_TRY(text, read_file(file));
    SEKISHO_TRY(yaml, parse_yaml(text, file.string()));
    SEKISHO_CHECK(read_words(yaml.IsMap() && yaml["words"] ? yaml["words"] : yaml, "", file.string(), words, order));
  }
  return {};
}

Result<std::vector<text::UrlWrapper>> read_wrappers(const fs::path& path) {
  const std::string file = path.string();
  SEKISHO_TRY(text, read_file(path));
  SEKISHO_TRY(root, parse_yaml(text, file));
  SEKISHO_CHECK(only_keys(root, file, {"meta", "wrappers"}));
  std::vector<text::UrlWrapper> wrappers;
  for (const auto& node : root["wrappers"]) {
    SEKISHO_CHECK(only_keys(
        node, file, {"host", "path_prefix", "parameter", "kind", "decode", "source", "as_of", "note", "confidence"}));
    text::UrlWrapper wrapper;
    SEKISHO_TRY(host, text_of(node, "host", file));
    SEKISHO_TRY(prefix, text_or(node, "path_prefix", "", file));
    SEKISHO_TRY(parameter, text_or(node, "parameter", "", file));
    SEKISHO_TRY(kind, text_of(node, "kind", file));
    SEKISHO_TRY(decode, text_or(node, "decode", "percent", file));
    const auto kind_value = text::wrapper_kind(kind);
    const auto decode_value = text::wrapper_decode(decode);
    if (!kind_value)
      return fail(ErrorCode::bad_data, Said{"data.unknown_value", {{"key", "kind"}, {"value", kind}}},
                  fmt::format("unknown wrapper kind '{}'", kind), at(file, node["kind"]));
    if (!decode_value)
      return fail(ErrorCode::bad_data, Said{"data.unknown_value", {{"key", "decode"}, {"value", decode}}},
                  fmt::format("unknown way of decoding '{}'", decode), at(file, node["decode"]));
    wrapper.host = host;
    wrapper.path_prefix = prefix;
    wrapper.parameter = parameter;
    wrapper.kind = *kind_value;
    wrapper.decode = *decode_value;
    wrappers.push_back(std::move(wrapper));
  }
  return wrappers;
}

/// A site's wrappers come first: of several that match, unwrapping takes the first that can be read.
Result<void> lay_wrappers(const fs::path& path, std::vector<text::UrlWrapper>& base) {
  SEKISHO_TRY(own, read_wrappers(path));
  std::erase_if(base, [&](const text::UrlWrapper& old) {
    return std::any_of(own.begin(), own.end(), [&](const text::UrlWrapper& wrapper) {
      return wrapper.host == old.host && wrapper.path_prefix == old.path_prefix && wrapper.parameter == old.parameter;
    });
  });
  base.insert(base.begin(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  return {};
}

Result<void> read_signs(const fs::path& folder, std::vector<RawFile>& signs) {
  SEKISHO_TRY(files, files_below(folder, ".yaml"));
  for (const fs::path& path : files) {
    SEKISHO_TRY(text, read_file(path));
    signs.push_back({"signs/" + path.lexically_relative(folder).generic_string(), text});
  }
  return {};
}

constexpr std::string_view scale_path = "signs/scale.yaml";

void split_scale(Source& source) {
  const auto scale = std::find_if(source.signs.begin(), source.signs.end(),
                                  [](const RawFile& file) { return file.path == scale_path; });
  if (scale == source.signs.end()) return;
  source.scale = {std::move(*scale)};
  source.signs.erase(scale);
}

/// The newest "as_of: 2026-11-23" of any file; what `doctor` warns about when it is old.
void note_date(std::string_view text, std::string& newest) {
  for (std::size_t i = text.find("as_of:"); i != std::string_view::npos; i = text.find("as_of:", i + 6)) {
    std::string_view rest = text.substr(i + 6, 16);
    const std::size_t digit = rest.find_first_of("0123456789");
    if (digit == std::string_view::npos || rest.size() < digit + 10) continue;
    const std::string_view date = rest.substr(digit, 10);
    if (date[4] == '-' && date[7] == '-' && date > std::string_view(newest)) newest = date;
  }
}

}  // namespace

std::string_view name(Confidence confidence) { return confidence_names[static_cast<std::size_t>(confidence)]; }

std::string nearest(std::string_view wrong, const std::vector<std::string>& names) {
  const int at_most = wrong.size() < 5 ? 1 : wrong.size() < 9 ? 2 : 3;
  std::string best;
  int best_distance = at_most + 1;
  for (const std::string& name : names) {
    const int distance = text::edit_distance(wrong, name, at_most);
    if (distance < best_distance) {
      best_distance = distance;
      best = name;
    }
  }
  return best;
}

std::pair<std::string, std::string> suggestion(std::string_view wrong, const std::vector<std::string>& names) {
  std::string near = nearest(wrong, names);
  if (!near.empty()) return {"near", std::move(near)};
  return {"known", fmt::format("{}", fmt::join(names, ", "))};
}

Result<Source> read_source(const fs::path& knowledge, const fs::path& signs) {
  Source source;
  SEKISHO_TRY(brands, read_brands(knowledge / "brands.yaml"));
  source.brands = std::move(brands);
  SEKISHO_TRY(phrase_files, files_below(knowledge / "phrases", ".yaml"));
  std::set<std::string> none_given_way;
  for (const fs::path& path : phrase_files) SEKISHO_CHECK(read_phrases(path, source.phrases, none_given_way));
  SEKISHO_CHECK(check_taken_back(source.phrases));
  SEKISHO_TRY(list_files, files_below(knowledge / "lists", ".txt"));
  for (const fs::path& path : list_files) {
    SEKISHO_TRY(list, read_list(path));
    source.lists.push_back(std::move(list));
  }
  SEKISHO_TRY(wrappers, read_wrappers(knowledge / "url_wrappers.yaml"));
  source.wrappers = std::move(wrappers);
  SEKISHO_TRY(kinds, read_kinds(knowledge / "kinds.yaml"));
  source.kinds = std::move(kinds);
  SEKISHO_CHECK(read_words_files(knowledge, source.words, source.word_order));
  SEKISHO_CHECK(read_signs(signs, source.signs));
  split_scale(source);
  for (const std::string ending : {".yaml", ".txt"}) {
    SEKISHO_TRY(dated, files_below(knowledge, ending));
    for (const fs::path& path : dated) {
      SEKISHO_TRY(text, read_file(path));
      note_date(text, source.as_of);
    }
  }
  return source;
}

namespace {

/// A file under a misspelled name would be laid over nothing, and nobody would know. Files of other kinds are let be.
Result<void> only_known_files(const fs::path& folder) {
  static const std::vector<std::string> known{"brands.yaml", "kinds.yaml", "url_wrappers.yaml", "words.yaml", "phrases",
                                              "lists",       "signs"};
  std::error_code error;
  bool any = false;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    const bool counts = it->path().extension() == ".yaml" || it->is_directory(error);
    if (!counts || name.front() == '.') continue;
    any = true;
    if (std::find(known.begin(), known.end(), name) != known.end() || name.starts_with("words")) continue;
    const std::string near = nearest(name, known);
    if (it->is_directory(error) && near.empty()) continue;
    return fail(
        ErrorCode::bad_data, Said{"data.unknown_file", {suggestion(name, known)}},
        "nothing of this name can be laid over the knowledge", it->path().string(),
        near.empty() ? fmt::format("known here: {}", fmt::join(known, ", ")) : fmt::format("did you mean '{}'?", near));
  }
  if (error)
    return fail(ErrorCode::bad_data, Said{"data.folder_unreadable", {}},
                "the folder cannot be read: " + error.message(), folder.string());
  if (!any)
    return fail(ErrorCode::bad_data, Said{"data.empty_folder", {{"known", fmt::format("{}", fmt::join(known, ", "))}}},
                "the folder holds nothing to lay over the knowledge", folder.string(),
                fmt::format("known here: {}", fmt::join(known, ", ")));
  return {};
}

}  // namespace

Result<Source> overlay(Source base, const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error))
    return fail(ErrorCode::bad_data, Said{"data.not_a_folder", {}}, "is not a folder", folder.string(),
                "give a folder laid out like knowledge/ and signs/");
  SEKISHO_CHECK(only_known_files(folder));
  const auto exists = [&](const char* name) { return fs::exists(folder / name, error); };
  if (exists("brands.yaml")) {
    SEKISHO_TRY(brands, read_brands(folder / "brands.yaml"));
    for (Brand& brand : brands) {
      const auto same = std::find_if(base.brands.begin(), base.brands.end(),
                                     [&](const Brand& other) { return other.id == brand.id; });
      if (same == base.brands.end())
        base.brands.push_back(std::move(brand));
      else
        *same = std::move(brand);
    }
  }
  if (exists("phrases")) {
    SEKISHO_TRY(files, files_below(folder / "phrases", ".yaml"));
    std::set<std::string> replaceable;
    for (const PhraseList& list : base.phrases) replaceable.insert(list.name);
    for (const fs::path& path : files) SEKISHO_CHECK(read_phrases(path, base.phrases, replaceable));
    SEKISHO_CHECK(check_taken_back(base.phrases));
  }
  if (exists("lists")) {
    SEKISHO_TRY(files, files_below(folder / "lists", ".txt"));
    for (const fs::path& path : files) {
      SEKISHO_TRY(list, read_list(path));
      const auto same = std::find_if(base.lists.begin(), base.lists.end(),
                                     [&](const NameList& other) { return other.name == list.name; });
      if (same == base.lists.end())
        base.lists.push_back(std::move(list));
      else
        *same = std::move(list);
    }
  }
  if (exists("url_wrappers.yaml")) SEKISHO_CHECK(lay_wrappers(folder / "url_wrappers.yaml", base.wrappers));
  if (exists("kinds.yaml")) {
    SEKISHO_TRY(kinds, read_kinds(folder / "kinds.yaml"));
    for (Kind& kind : kinds) {
      const auto same =
          std::find_if(base.kinds.begin(), base.kinds.end(), [&](const Kind& other) { return other.id == kind.id; });
      if (same == base.kinds.end())
        base.kinds.push_back(std::move(kind));
      else
        *same = std::move(kind);
    }
  }
  SEKISHO_CHECK(read_words_files(folder, base.words, base.word_order));
  if (exists("signs")) {
    std::vector<RawFile> signs;
    SEKISHO_CHECK(read_signs(folder / "signs", signs));
    for (RawFile& file : signs) {
      if (file.path == scale_path) {
        base.scale = {std::move(file)};
        continue;
      }
      const auto same = std::find_if(base.signs.begin(), base.signs.end(),
                                     [&](const RawFile& other) { return other.path == file.path; });
      if (same == base.signs.end())
        base.signs.push_back(std::move(file));
      else
        *same = std::move(file);
    }
  }
  return base;
}

}  // namespace sekisho::knowledge
