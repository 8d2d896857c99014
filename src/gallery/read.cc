// knowledge/gallery/<kind>.yaml → examples.
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "gallery/gallery.h"
#include "knowledge/snapshot.h"
#include "knowledge/yaml.h"

namespace sekisho::gallery {

using knowledge::at;
using knowledge::only_keys;
using knowledge::Words;

namespace {

constexpr std::array<std::string_view, 3> read_as_names{"mail", "pasted", "sms"};

Result<Words> words_of(const YAML::Node& map, std::string_view key, const std::string& file) {
  const YAML::Node node = map[std::string(key)];
  if (!node || !node.IsMap())
    return fail(ErrorCode::bad_data, fmt::format("'{}' is missing", key), at(file, map), "give it in ja and en");
  if (auto ok = only_keys(node, file, {"ja", "en"}); !ok) return tl::unexpected(ok.error());
  Words words;
  for (auto [lang, target] : {std::pair("ja", &words.ja), std::pair("en", &words.en)}) {
    auto text = knowledge::text_of(node, lang, file);
    if (!text) return tl::unexpected(text.error());
    *target = std::move(*text);
  }
  return words;
}

Result<ReadAs> read_as_of(const YAML::Node& node, const std::string& file) {
  auto text = knowledge::text_or(node, "read_as", "pasted", file);
  if (!text) return tl::unexpected(text.error());
  for (std::size_t i = 0; i < read_as_names.size(); ++i)
    if (*text == read_as_names[i]) return static_cast<ReadAs>(i);
  return fail(ErrorCode::bad_data, fmt::format("read_as cannot be '{}'", *text), at(file, node), "mail, pasted or sms");
}

Result<Example> example_of(const YAML::Node& node, const std::string& file) {
  if (!node.IsMap()) return fail(ErrorCode::bad_data, "an example is a map", at(file, node), "id, title, message");
  if (auto ok = only_keys(node, file, {"id", "title", "read_as", "words", "message"}); !ok)
    return tl::unexpected(ok.error());
  Example example;
  example.where = at(file, node);
  auto id = knowledge::text_of(node, "id", file);
  if (!id) return tl::unexpected(id.error());
  auto title = words_of(node, "title", file);
  if (!title) return tl::unexpected(title.error());
  auto read_as = read_as_of(node, file);
  if (!read_as) return tl::unexpected(read_as.error());
  auto words = knowledge::texts_of(node, "words", file);
  if (!words) return tl::unexpected(words.error());
  auto message = knowledge::text_of(node, "message", file);
  if (!message) return tl::unexpected(message.error());
  if (message->find_first_not_of(" \r\n\t") == std::string::npos)
    return fail(ErrorCode::bad_data, "the message is empty", example.where, "write the example out");
  example.id = std::move(*id);
  example.title = std::move(*title);
  example.read_as = *read_as;
  example.words = std::move(*words);
  example.message = std::move(*message);
  return example;
}

}  // namespace

std::string_view name(ReadAs read_as) { return read_as_names[static_cast<std::size_t>(read_as)]; }

Result<std::vector<Example>> read_examples(const std::vector<knowledge::RawFile>& files,
                                           const knowledge::Snapshot& knowledge) {
  std::vector<Example> examples;
  std::set<std::string> ids;
  for (const knowledge::RawFile& file : files) {
    const auto root = knowledge::parse_yaml(file.text, file.path);
    if (!root) return tl::unexpected(root.error());
    if (!root->IsMap())
      return fail(ErrorCode::bad_data, "a gallery file is a map", file.path, "kind, genuine, examples");
    if (auto ok = only_keys(*root, file.path, {"kind", "genuine", "examples"}); !ok) return tl::unexpected(ok.error());
    auto kind = knowledge::text_of(*root, "kind", file.path);
    if (!kind) return tl::unexpected(kind.error());
    if (knowledge.kind(*kind) == nullptr) {
      std::vector<std::string> known;
      for (const auto& one : knowledge.kinds()) known.push_back(one.id);
      const std::string near = knowledge::nearest(*kind, known);
      return fail(ErrorCode::bad_data, fmt::format("unknown kind '{}'", *kind), at(file.path, *root),
                  near.empty() ? "an id of knowledge/kinds.yaml" : fmt::format("did you mean '{}'?", near));
    }
    auto genuine = words_of(*root, "genuine", file.path);
    if (!genuine) return tl::unexpected(genuine.error());
    const YAML::Node list = (*root)["examples"];
    if (!list || !list.IsSequence() || list.size() == 0)
      return fail(ErrorCode::bad_data, "no examples", at(file.path, *root), "at least one under 'examples:'");
    for (const YAML::Node& node : list) {
      auto example = example_of(node, file.path);
      if (!example) return tl::unexpected(example.error());
      if (!ids.insert(example->id).second)
        return fail(ErrorCode::bad_data, fmt::format("the id '{}' is given twice", example->id), example->where,
                    "ids are unique in the whole gallery");
      example->kind = *kind;
      example->genuine = *genuine;
      examples.push_back(std::move(*example));
    }
  }
  // In the order of knowledge/kinds.yaml, which people meet everywhere else.
  const auto place = [&](const Example& example) { return knowledge.kind(example.kind); };
  std::stable_sort(examples.begin(), examples.end(),
                   [&](const Example& a, const Example& b) { return place(a) < place(b); });
  return examples;
}

Result<std::vector<knowledge::RawFile>> gallery_files(const std::filesystem::path& folder) {
  std::vector<knowledge::RawFile> files;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in) return fail(ErrorCode::unreadable, "cannot be read", entry.path().string(), "check its permissions");
    files.push_back({entry.path().string(), std::move(text)});
  }
  if (error) return fail(ErrorCode::unreadable, error.message(), folder.string(), "check its permissions");
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

}  // namespace sekisho::gallery
