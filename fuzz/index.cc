// An index file of a scan that is any bytes: it opens as an empty one or is refused, and never more.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "store/index.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sekisho;
  namespace fs = std::filesystem;
  static const fs::path folder = [] {
    std::string pattern = (fs::temp_directory_path() / "sekisho-fuzz-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    static const struct Gone {
      fs::path folder;
      ~Gone() { fs::remove_all(folder); }
    } gone{pattern};
    return fs::path(pattern);
  }();
  for (const auto& entry : fs::directory_iterator(folder)) fs::remove(entry.path());
  std::ofstream(store::Index::file_in(folder), std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  (void)store::Index::measure(folder);
  auto index = store::Index::open(folder, store::Secret(store::Secret::Key{1}), "basis");
  if (!index) return 0;
  (void)index->sources();
  (void)index->each([](std::string_view) -> Result<void> { return {}; });
  (void)index->add("record", 1, {{1}});
  return 0;
}
