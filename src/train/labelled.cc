#include "train/labelled.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <boost/json/parse.hpp>

#include "base/limits.h"
#include "mailbox/reader.h"

namespace sekisho::train {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> label_names{"legit", "scam", "spam"};
constexpr std::array<std::pair<std::string_view, Label>, 8> label_words{{{"legit", Label::legit},
                                                                         {"ham", Label::legit},
                                                                         {"wanted", Label::legit},
                                                                         {"genuine", Label::legit},
                                                                         {"scam", Label::scam},
                                                                         {"phish", Label::scam},
                                                                         {"phishing", Label::scam},
                                                                         {"spam", Label::spam}}};

std::optional<Label> label_of(std::string_view word) {
  for (const auto& [known, label] : label_words)
    if (known == word) return label;
  return std::nullopt;
}

/// The folder's own name, also of "mails/" and ".".
std::string name_of(const fs::path& folder) {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(folder, error);
  if (error) whole = folder;
  return (whole.has_filename() ? whole.filename() : whole.parent_path().filename()).string();
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line);
  for (std::string field; std::getline(in, field, '\t');) {
    if (!field.empty() && field.back() == '\r') field.pop_back();
    fields.push_back(std::move(field));
  }
  return fields;
}

/// Collects sources; groups that are alike are one.
class Collector {
 public:
  Result<Labelled> run(const std::vector<std::string>& paths) {
    for (const std::string& path : paths)
      if (auto ok = add(path); !ok) return tl::unexpected(ok.error());
    return std::move(labelled_);
  }

 private:
  Result<void> add(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error))
      return fail(ErrorCode::unreadable, Said{"train.no_such", {}}, "is not there", path.string());
    if (!fs::is_directory(path, error)) return path.extension() == ".jsonl" ? add_short(path) : add_list(path);
    bool any = false;
    for (const char* list : {"labels.tsv", "index.tsv"})
      if (fs::exists(path / list, error)) {
        any = true;
        if (auto ok = add_list(path / list); !ok) return ok;
      }
    std::vector<fs::path> entries;
    for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error))
      entries.push_back(entry->path());
    std::sort(entries.begin(), entries.end());
    for (const fs::path& entry : entries)
      if (entry.extension() == ".jsonl") {
        any = true;
        if (auto ok = add_short(entry); !ok) return ok;
      }
    if (any) return {};
    if (add_folders(path, entries)) return {};
    for (const fs::path& entry : entries)
      if (fs::is_directory(entry, error)) {
        std::vector<fs::path> inner;
        for (fs::directory_iterator one(entry, error), end; !error && one != end; one.increment(error))
          inner.push_back(one->path());
        std::sort(inner.begin(), inner.end());
        any = add_folders(entry, inner) || any;
      }
    if (any) return {};
    return fail(ErrorCode::unreadable, Said{"train.no_labels", {}},
                "has neither labels.tsv nor folders named scam and legit", path.string(), "docs/formats/labelled.md");
  }

  /// FOLDER/scam, FOLDER/legit …
  bool add_folders(const fs::path& folder, const std::vector<fs::path>& entries) {
    bool any = false;
    for (const fs::path& entry : entries) {
      std::error_code error;
      const auto label = label_of(entry.filename().string());
      if (!label || !fs::is_directory(entry, error)) continue;
      any = true;
      const std::uint32_t group = group_number({name_of(folder), {}, {}, *label});
      for (const mailbox::File& file : mailbox::list_files({entry.string()}, [](const mailbox::Unreadable&) {}))
        labelled_.sources.push_back({group, file.path, {}, engine::ReadAs::detect});
    }
    return any;
  }

  Result<void> add_list(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string line;
    if (!in || !std::getline(in, line))
      return fail(ErrorCode::unreadable, Said{"train.unreadable", {}}, "cannot be read", file.string());
    std::map<std::string, std::size_t> columns;
    std::vector<std::string> fields = fields_of(line);
    for (std::size_t i = 0; i < fields.size(); ++i) columns.emplace(fields[i], i);
    const auto column = [&](std::initializer_list<const char*> names) {
      for (const char* one : names)
        if (const auto found = columns.find(one); found != columns.end()) return std::optional(found->second);
      return std::optional<std::size_t>();
    };
    const auto path = column({"file", "path"}), label = column({"label"}), corpus = column({"corpus"}),
               category = column({"category", "kind"}), lang = column({"lang", "language"});
    if (!path || !label)
      return fail(ErrorCode::bad_data, Said{"train.columns", {}}, "its first line must name the columns file and label",
                  file.string() + ":1", "docs/formats/labelled.md");
    const std::string own_name = name_of(file.parent_path());
    std::size_t number = 1;
    while (std::getline(in, line)) {
      ++number;
      fields = fields_of(line);
      if (fields.empty()) continue;
      const auto field = [&](const std::optional<std::size_t>& at) {
        return at && *at < fields.size() ? fields[*at] : std::string();
      };
      const auto known = label_of(field(label));
      if (!known)
        return fail(ErrorCode::bad_data, Said{"train.label", {{"value", field(label)}}},
                    fmt::format("'{}' is no label", field(label)), fmt::format("{}:{}", file.string(), number),
                    "one of: legit, ham, scam, phish, spam");
      const fs::path there = file.parent_path() / field(path);
      std::error_code error;
      if (!fs::exists(there, error)) {
        labelled_.absent.push_back(there.string());
        continue;
      }
      labelled_.sources.push_back(
          {group_number({corpus ? field(corpus) : own_name, field(category), field(lang), *known}),
           there.string(),
           {},
           engine::ReadAs::detect});
    }
    return {};
  }

  /// One short message a line: {"id", "text", "label", …}.
  Result<void> add_short(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(ErrorCode::unreadable, Said{"train.unreadable", {}}, "cannot be read", file.string());
    const std::string own_name = name_of(file.parent_path());
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
      if (line.empty()) continue;
      boost::json::error_code error;
      const boost::json::value value = boost::json::parse(line, error);
      const auto* object = error ? nullptr : value.if_object();
      const auto field = [&](const char* key) {
        const auto* found = object == nullptr ? nullptr : object->if_contains(key);
        const auto* text = found == nullptr ? nullptr : found->if_string();
        return text == nullptr ? std::string() : std::string(text->data(), text->size());
      };
      const std::string where = fmt::format("{}:{}", file.string(), number);
      const auto known = label_of(field("label"));
      if (object == nullptr || field("text").empty() || !known)
        return fail(ErrorCode::bad_data, Said{"train.short", {}}, "is no object with text and a known label", where,
                    "docs/formats/labelled.md");
      const std::string category = field("category").empty() ? field("kind") : field("category");
      const std::string corpus = field("corpus").empty() ? own_name : field("corpus");
      labelled_.sources.push_back({group_number({corpus, category, field("lang"), *known}),
                                   fmt::format("{}#{}", file.string(), field("id")), field("text"),
                                   engine::ReadAs::detect});
    }
    return {};
  }

  std::uint32_t group_number(const Group& group) {
    const std::string key = group.corpus + '\0' + group.category + '\0' + group.lang + '\0' +
                            static_cast<char>('0' + static_cast<int>(group.label));
    const auto [found, is_new] = numbers_.emplace(key, static_cast<std::uint32_t>(labelled_.groups.size()));
    if (is_new) labelled_.groups.push_back(group);
    return found->second;
  }

  Labelled labelled_;
  std::map<std::string, std::uint32_t> numbers_;
};

}  // namespace

std::string_view name(Label label) { return label_names[static_cast<std::size_t>(label)]; }

Result<Labelled> read_labelled(const std::vector<std::string>& paths) { return Collector().run(paths); }

void each_message(
    const Labelled& labelled,
    const std::function<bool(std::uint32_t source, const std::string& name, std::string_view bytes)>& on_message,
    const std::function<void(const std::string& name, const Error& error)>& on_unreadable) {
  bool goes_on = true;
  for (std::uint32_t i = 0; i < labelled.sources.size() && goes_on; ++i) {
    const Source& source = labelled.sources[i];
    if (!source.text.empty()) {
      goes_on = on_message(i, source.path, source.text);
      continue;
    }
    mailbox::read_file(
        source.path, {},
        [&](const mailbox::Item& item) {
          goes_on =
              on_message(i, item.index == 0 ? item.input : fmt::format("{}#{}", item.input, item.index), item.bytes);
          return goes_on;
        },
        [&](const mailbox::Unreadable& unreadable) { on_unreadable(unreadable.input, unreadable.error); });
  }
}

std::uint64_t size_of(const Labelled& labelled) {
  std::uint64_t bytes = 0;
  for (const Source& source : labelled.sources) {
    std::error_code error;
    const std::uint64_t size = source.text.empty() ? fs::file_size(source.path, error) : source.text.size();
    if (!error) bytes += size;
  }
  return bytes;
}

}  // namespace sekisho::train
