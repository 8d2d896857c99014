// Packs a folder of built web files into one flat file for the program (src/serve/pages.h): path, media type, ETag,
// whether the name holds a digest, the bytes, and the bytes as gzip where that is smaller. Deterministic.
// usage: pack_pages FOLDER OUTPUT
#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/fingerprint.h"
#include "knowledge/flat.h"

namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::string> types{{".html", "text/html; charset=utf-8"},
                                               {".css", "text/css; charset=utf-8"},
                                               {".js", "text/javascript; charset=utf-8"},
                                               {".json", "application/json"},
                                               {".svg", "image/svg+xml"},
                                               {".png", "image/png"},
                                               {".ico", "image/x-icon"},
                                               {".webp", "image/webp"},
                                               {".woff2", "font/woff2"},
                                               {".txt", "text/plain; charset=utf-8"},
                                               {".webmanifest", "application/manifest+json"}};

/// Vite writes "name-D1gEstXY.js": eight letters before the last dot, in its folder of assets.
bool has_digest(const fs::path& file) {
  const std::string stem = file.stem().string();
  const std::size_t dash = stem.size() > 9 ? stem.size() - 9 : std::string::npos;
  return file.string().find("assets/") != std::string::npos && dash != std::string::npos && stem[dash] == '-';
}

std::string gzipped(const std::string& bytes) {
  std::string out(bytes.size() + 1024, '\0');
  std::size_t used = 0;
  std::unique_ptr<archive, int (*)(archive*)> to(archive_write_new(), archive_write_free);
  archive_write_set_format_raw(to.get());
  archive_write_add_filter_gzip(to.get());
  archive_write_set_options(to.get(), "gzip:compression-level=9,gzip:!timestamp");
  archive_write_set_bytes_in_last_block(to.get(), 1);  // no padding behind the stream
  if (archive_write_open_memory(to.get(), out.data(), out.size(), &used) != ARCHIVE_OK) return {};
  std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  if (archive_write_header(to.get(), entry.get()) != ARCHIVE_OK) return {};
  if (archive_write_data(to.get(), bytes.data(), bytes.size()) != static_cast<la_ssize_t>(bytes.size())) return {};
  if (archive_write_close(to.get()) != ARCHIVE_OK) return {};
  out.resize(used);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: pack_pages FOLDER OUTPUT\n"), 64;
  const fs::path root = argv[1];
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  sekisho::knowledge::FlatWriter out;
  out.number(static_cast<std::uint32_t>(files.size()));
  std::size_t all = 0, small = 0;
  for (const fs::path& file : files) {
    const auto type = types.find(file.extension().string());
    if (type == types.end())
      return std::fprintf(stderr, "%s: no media type is known for this file\n", file.c_str()), 65;
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::string gzip = gzipped(bytes);
    if (gzip.size() >= bytes.size()) gzip.clear();
    all += bytes.size();
    small += gzip.empty() ? bytes.size() : gzip.size();
    out.text("/" + fs::relative(file, root).generic_string());
    out.text(type->second);
    out.text("\"" + sekisho::fingerprint_text(bytes) + "\"");
    out.number(has_digest(file) ? 1 : 0);
    out.text(bytes);
    out.text(gzip);
  }
  std::ofstream to(argv[2], std::ios::binary);
  to << out.take();
  std::printf("%zu files of the page: %zu kB, compressed %zu kB\n", files.size(), all / 1000, small / 1000);
  return to.flush() ? 0 : 74;
}
