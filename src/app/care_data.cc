#include "app/care_data.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "base/limits.h"

namespace sekisho::app {

Result<care::Care> load_care(const engine::Settings& settings) { return report::load_care(settings.knowledge.value); }

care::Register register_of(const Session& session) {
  if (session.options.guide.speech) return *session.options.guide.speech;
  return session.voice.japanese() ? care::Register::ja : care::Register::en;
}

care::Day today_of(const GuideOptions& options) {
  if (options.today) return *options.today;
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::year(local.tm_year + 1900) / (local.tm_mon + 1) / local.tm_mday;
}

Result<std::string> read_small_file(const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
      return fail(ErrorCode::unreadable, "is a folder", path, "give one file");
    file.open(path, std::ios::binary);
    if (!file) return fail(ErrorCode::unreadable, "cannot be read", path, "check that it exists and is readable");
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string text(limits::answers_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > limits::answers_bytes)
    return fail(ErrorCode::usage, fmt::format("is larger than {} bytes", limits::answers_bytes), path);
  return text;
}

}  // namespace sekisho::app
