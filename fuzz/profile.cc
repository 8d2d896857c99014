// A profile file: any bytes give what was told or a clear refusal, and what was told is read as the same again. Then it
// is searched for in the same bytes, as if a mail held them.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "app/profile.h"
#include "knowledge/source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho;
  static const auto lists = [] {
    knowledge::Source source;
    knowledge::NameList counters, prefectures;
    counters.name = "address_counters";
    counters.entries = {"の", "丁目", "号", "番", "番地"};
    prefectures.name = "jp_prefectures";
    prefectures.entries = {"東京都"};
    source.lists = {counters, prefectures};
    auto snapshot = knowledge::Snapshot::build(std::move(source));
    if (!snapshot) std::abort();
    return *snapshot;
  }();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto told = app::parse_profile(bytes, "fuzz");
  if (!told) return 0;
  const std::string written = app::write_profile(*told);
  const auto again = app::parse_profile(written, "fuzz");
  if (!again || app::write_profile(*again) != written) std::abort();
  const campaign::ProfileMatcher matcher(app::profile_of(*told), *lists);
  std::array<campaign::Shown, campaign::item_kinds> shown{};
  matcher.look(text::fold(bytes), shown);
  return 0;
}
