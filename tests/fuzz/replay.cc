// Runs every file of a fuzz target's kept corpus through LLVMFuzzerTestOneInput, without libFuzzer: what a campaign
// once found must stay fixed under every compiler and sanitizer. Linked with one fuzz/<name>.cc; the arguments are
// folders. Fails when the target aborts, and when a folder holds no file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

bool replay(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in) return false;
  // A block of exactly this size, so that the sanitizer sees the first byte read past the end.
  const auto block = std::make_unique<std::uint8_t[]>(bytes.size());
  if (!bytes.empty()) std::memcpy(block.get(), bytes.data(), bytes.size());
  std::fprintf(stderr, "%s\n", file.filename().c_str());  // the last name printed is the file that failed
  LLVMFuzzerTestOneInput(block.get(), bytes.size());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s FOLDER...\n", argv[0]);
    return 2;
  }
  for (int i = 1; i < argc; ++i) {
    std::error_code error;
    const std::vector<fs::path> files = fs::is_directory(argv[i], error) ? files_of(argv[i]) : std::vector<fs::path>{};
    for (const fs::path& file : files) {
      if (!replay(file)) {
        std::fprintf(stderr, "cannot read %s\n", file.c_str());
        return 1;
      }
    }
    std::printf("%s: %zu files\n", argv[i], files.size());
    if (files.empty()) return 1;
  }
  return 0;
}
