// Reads every file given (or found in the folders given) and prints how many messages have each defect, and the time.
// usage: bench_read_all [--show] PATH…      --show prints what a reader would see of each message
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "message/message.h"

namespace {

using namespace sekisho;
namespace fs = std::filesystem;

void show(const message::Message& message) {
  for (const message::Readable& part : message.readable)
    std::cout << "  [" << part.label << (part.depth > 0 ? " depth " + std::to_string(part.depth) : "") << "] "
              << part.text.substr(0, 600) << '\n';
  for (const message::Address& address : message.from)
    std::cout << "  from: " << address.display << " | " << address.spec() << '\n';
  for (const message::Attachment& file : message.attachments)
    std::cout << "  file: " << file.name << " " << file.declared_type << " " << name(file.kind) << " " << file.size
              << '\n';
  for (const message::Link& link : message.links)
    std::cout << "  link: " << (link.url ? link.url->href() : "- " + link.written) << '\n';
  for (const message::Hop& hop : message.received)
    std::cout << "  hop: helo=" << hop.from_helo << " rdns=" << hop.from_rdns << (hop.rdns_known ? "!" : "")
              << " ip=" << hop.from_ip << " by=" << hop.by << " with=" << hop.with << (hop.time ? "" : " (no time)")
              << '\n';
  for (const message::AuthResults& auth : message.auth_results) {
    std::cout << "  auth: " << auth.authserv_id;
    for (const auto& result : auth.results) std::cout << " " << result.method << "=" << result.result;
    std::cout << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<fs::path> files;
  bool shown = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--show") {
      shown = true;
    } else if (fs::is_directory(argv[i])) {
      for (const auto& entry : fs::recursive_directory_iterator(argv[i]))
        if (entry.is_regular_file()) files.push_back(entry.path());
    } else {
      files.emplace_back(argv[i]);
    }
  }
  std::sort(files.begin(), files.end());
  std::map<std::string, int> defects, shapes;
  std::size_t bytes = 0, slowest_bytes = 0, links = 0, attachments = 0, readables = 0;
  std::chrono::duration<double> total{}, slowest{};
  fs::path slowest_file;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(in)), {});
    const auto start = std::chrono::steady_clock::now();
    const auto message = message::read_message(content, file.string());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    total += took;
    bytes += content.size();
    if (took > slowest) {
      slowest = took;
      slowest_file = file;
      slowest_bytes = content.size();
    }
    if (!message) {
      ++shapes["refused"];
      if (shown) std::cout << to_line(message.error()) << '\n';
      continue;
    }
    ++shapes[message->input == message::InputKind::mail  ? "mail"
             : message->input == message::InputKind::sms ? "sms"
                                                         : "pasted"];
    for (const message::Defect defect : message->defects) ++defects[std::string(name(defect))];
    links += message->links.size();
    attachments += message->attachments.size();
    readables += message->readable.size();
    if (shown) {
      std::cout << file.string() << ":";
      for (const message::Defect defect : message->defects) std::cout << ' ' << name(defect);
      std::cout << '\n';
      show(*message);
    }
  }
  for (const auto& [shape, count] : shapes) std::cout << shape << '\t' << count << '\n';
  for (const auto& [defect, count] : defects) std::cout << defect << '\t' << count << '\n';
  std::cout << files.size() << " files, " << bytes << " bytes, " << readables << " readable parts, " << links
            << " links, " << attachments << " attachments\n"
            << total.count() / static_cast<double>(std::max<std::size_t>(files.size(), 1)) * 1e3 << " ms each, slowest "
            << slowest.count() * 1e3 << " ms for " << slowest_bytes << " bytes: " << slowest_file.string() << '\n';
}
