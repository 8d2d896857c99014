// A site's gallery: its cards may see other things in the examples, and it may bring its own.
#include <algorithm>

#include "engine/engine.h"

namespace sekisho::engine {
namespace {

ReadAs reading(gallery::ReadAs read_as) {
  switch (read_as) {
    case gallery::ReadAs::mail:
      return ReadAs::mail;
    case gallery::ReadAs::sms:
      return ReadAs::sms;
    case gallery::ReadAs::pasted:
      break;
  }
  return ReadAs::pasted;
}

}  // namespace

Result<std::shared_ptr<const gallery::Gallery>> Engine::examine_gallery(const gallery::Gallery& base,
                                                                        const std::filesystem::path& overrides) const {
  std::vector<gallery::Example> examples = base.examples();
  const auto files = gallery::gallery_files(overrides / "gallery");
  if (!files) return tl::unexpected(files.error());
  auto own = gallery::read_examples(*files, *knowledge_);
  if (!own) return tl::unexpected(own.error());
  for (gallery::Example& example : *own) {
    const auto same = std::find_if(examples.begin(), examples.end(),
                                   [&](const gallery::Example& other) { return other.id == example.id; });
    if (same == examples.end())
      examples.push_back(std::move(example));
    else
      *same = std::move(example);
  }
  auto scratch = worker();
  if (!scratch) return tl::unexpected(scratch.error());
  for (gallery::Example& example : examples) {
    const auto report = examine(example.message, {}, {}, *scratch, reading(example.read_as));
    if (!report) return tl::unexpected(report.error());
    example = gallery::examined(std::move(example), report->facts, report->verdict, *deck_);
  }
  return std::make_shared<const gallery::Gallery>(std::move(examples));
}

}  // namespace sekisho::engine
