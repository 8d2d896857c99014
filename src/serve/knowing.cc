#include "serve/knowing.h"

#include <fmt/format.h>

#include "base/fingerprint.h"

namespace sekisho::serve {

Result<std::shared_ptr<const Knowing>> Knowing::load(const std::filesystem::path& overrides,
                                                     const knowledge::AutomatonStore& store) {
  auto engine = engine::Engine::start(overrides, store);
  if (!engine) return tl::unexpected(engine.error());
  auto care = report::load_care(overrides);
  if (!care) return tl::unexpected(care.error());
  return std::make_shared<const Knowing>(std::move(*engine), std::move(*care));
}

Knowing::Knowing(std::shared_ptr<const engine::Engine> engine, care::Care care)
    : engine_(std::move(engine)),
      care_(std::move(care)),
      listener_(care_),
      versions_(report::versions_of(*engine_)),
      ja_(engine_->knowledge(), "ja"),
      en_(engine_->knowledge(), "en") {}

std::uint64_t look_of(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::uint64_t look = 0;
  if (folder.empty()) return look;
  for (auto it = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
       !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored)) continue;
    const auto time = it->last_write_time(ignored).time_since_epoch().count();
    // A sum, so that the order in which a folder lists its files does not matter.
    look += fingerprint(fmt::format("{}\n{}\n{}", it->path().string(), it->file_size(ignored), time));
  }
  return look;
}

}  // namespace sekisho::serve
