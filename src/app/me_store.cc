#include "app/me_store.h"

namespace sekisho::app {

Result<std::optional<Told>> MeStore::load() const {
  const auto text = file_.read();
  if (!text) return tl::unexpected(text.error());
  if (!*text) return std::optional<Told>();
  auto told = parse_profile(**text, file_.file().string());
  if (!told) return tl::unexpected(told.error());
  return std::optional<Told>(std::move(*told));
}

Result<void> MeStore::save(const Told& told) const { return file_.write(write_profile(told)); }

Result<bool> MeStore::erase() const {
  const bool was_there = file_.exists();
  if (auto ok = file_.erase(); !ok) return tl::unexpected(ok.error());
  return was_there;
}

Result<campaign::Profile> profile_for_scan(const std::optional<std::filesystem::path>& file,
                                           const std::filesystem::path& state) {
  if (file) {
    const auto told = read_profile(*file);
    if (!told) return tl::unexpected(told.error());
    return profile_of(*told);
  }
  if (state.empty()) return campaign::Profile{};
  const auto told = MeStore(state).load();
  if (!told) return tl::unexpected(told.error());
  return *told ? profile_of(**told) : campaign::Profile{};
}

}  // namespace sekisho::app
