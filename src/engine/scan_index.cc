#include "engine/scan_index.h"

#include <algorithm>
#include <system_error>

#include "base/limits.h"
#include "campaign/fingerprint_bytes.h"

namespace sekisho::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view separator = "From ";

Error damaged() { return {ErrorCode::unreadable, "the index is damaged", {}, "sekisho index drop, then scan again"}; }

}  // namespace

Result<ScanIndex> ScanIndex::open(const fs::path& folder, const store::Secret& secret, std::string_view basis) {
  auto index = store::Index::open(folder, secret, basis);
  if (!index) return tl::unexpected(index.error());
  ScanIndex opened(std::move(*index), secret);
  const auto sources = opened.index_.sources();
  if (!sources) return tl::unexpected(sources.error());
  for (const store::Source& source : *sources) opened.known_.emplace(source.key, source);
  return opened;
}

/// A Maildir renames a mail when it is read (new/ to cur/, flags behind ":2,"): the name before that is what stays.
std::uint64_t ScanIndex::key_of(const std::string& path) const {
  std::error_code error;
  fs::path whole = fs::weakly_canonical(path, error);
  if (error) whole = path;
  std::string name = whole.filename().string();
  fs::path folder = whole.parent_path();
  if (folder.filename() == "cur" || folder.filename() == "new") {
    folder = folder.parent_path();
    name = name.substr(0, name.find(":2,"));
  }
  return secret_.hash((folder / name).string());
}

Plan ScanIndex::plan(const mailbox::File& file, bool fresh) const {
  Plan plan;
  plan.file = file;
  plan.source.key = key_of(file.path);
  const auto found = known_.find(plan.source.key);
  if (found == known_.end()) return plan;
  const store::Source& source = found->second;
  if (!fresh && source.size == file.size && source.modified == file.modified && source.end > 0) {
    plan.source = source;
    plan.reads = false;
    return plan;
  }
  // Grown at its end, as an mbox grows? Then what was read must still stand there, and the next mail begin right
  // behind.
  const std::size_t probe = static_cast<std::size_t>(std::min<std::uint64_t>(source.end, limits::source_probe_bytes));
  const bool grown = !fresh && source.end > 0 && source.end < file.size &&
                     !mailbox::is_packed(mailbox::peek(file.path, 0, 8)) &&
                     secret_.hash(mailbox::peek(file.path, 0, probe)) == source.head &&
                     secret_.hash(mailbox::peek(file.path, source.end - probe, probe)) == source.tail &&
                     mailbox::peek(file.path, source.end, separator.size()) == separator;
  if (grown) {
    plan.source = source;
    plan.start = {source.end, source.count};
  } else {
    plan.source.generation = source.generation + 1;
  }
  return plan;
}

void ScanIndex::probe(Plan& plan) const {
  store::Source& source = plan.source;
  const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(source.end, limits::source_probe_bytes));
  source.head = secret_.hash(mailbox::peek(plan.file.path, 0, size));
  source.tail = secret_.hash(mailbox::peek(plan.file.path, source.end - size, size));
}

Result<void> ScanIndex::each(const std::vector<Plan>& plans,
                             const std::function<void(const Place&, campaign::Fingerprint)>& on_print) const {
  std::unordered_map<std::uint64_t, std::uint32_t> input_of;
  for (std::uint32_t i = 0; i < plans.size(); ++i)
    if (plans[i].source.count > 0) input_of.emplace(plans[i].source.key, i);
  if (input_of.empty()) return {};
  return index_.each([&](std::string_view record) -> Result<void> {
    campaign::ByteReader in(record);
    while (!in.at_end()) {
      const std::uint64_t key = in.fixed();
      const std::uint64_t generation = in.number();
      const Place place{0, in.number(), in.number()};
      auto print = campaign::read_fingerprint(in);
      if (!print) return tl::unexpected(damaged());
      const auto input = input_of.find(key);
      if (input == input_of.end() || plans[input->second].source.generation != generation) continue;
      on_print({input->second, place.index, place.offset}, std::move(*print));
    }
    if (!in.ok()) return tl::unexpected(damaged());
    return {};
  });
}

Result<void> ScanIndex::keep(const std::vector<std::pair<Place, campaign::Fingerprint>>& prints,
                             std::vector<Plan>& plans) {
  campaign::ByteWriter out;
  std::vector<store::Source> sources;
  std::uint64_t entries = 0;
  for (std::size_t i = 0; i < prints.size(); ++i) {
    const auto& [place, print] = prints[i];
    Plan& plan = plans[place.input];
    if (plan.file.path == "-") continue;
    out.fixed(plan.source.key);
    out.number(plan.source.generation);
    out.number(place.index);
    out.number(place.offset);
    campaign::write(out, print);
    ++entries;
    plan.source.end = place.end;
    plan.source.count = place.index + 1;
    if (i + 1 < prints.size() && prints[i + 1].first.input == place.input) continue;
    // A file of one mail is whole with it; of a larger one, how far it is read.
    plan.source.size = place.end == plan.file.size ? plan.file.size : 0;
    plan.source.modified = plan.file.modified;
    if (plan.source.size == 0 || place.index > 0) probe(plan);
    sources.push_back(plan.source);
  }
  if (entries == 0) return {};
  return index_.add(out.take(), entries, sources);
}

Result<void> ScanIndex::finish(Plan& plan) {
  if (plan.file.path == "-" || plan.source.count == 0 || plan.source.size == plan.file.size) return {};
  plan.source.size = plan.file.size;
  plan.source.modified = plan.file.modified;
  return index_.add({}, 0, {plan.source});
}

}  // namespace sekisho::engine
