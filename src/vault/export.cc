#include "vault/export.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "base/limits.h"

namespace sekisho::vault {
namespace {

std::string_view view(const Signature& signature) {
  return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

/// What cannot stand in a file name on some system, or would hide or turn it.
bool unfit(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ||
         std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
}

std::string clean(std::string_view name) {
  std::string out;
  for (const char c : name) out += unfit(c) ? '_' : c;
  while (!out.empty() && (out.front() == '.' || out.front() == '-' || out.front() == ' ')) out.erase(0, 1);
  if (out.size() > limits::export_name_bytes) {
    // The ending stays: it is what opens the file.
    const std::size_t dot = out.rfind('.');
    const std::string ending = dot != out.npos && out.size() - dot <= 10 ? out.substr(dot) : std::string();
    std::size_t keep = limits::export_name_bytes - ending.size();
    while (keep > 0 && (static_cast<unsigned char>(out[keep]) & 0xC0U) == 0x80) --keep;
    out = out.substr(0, keep) + ending;
  }
  while (!out.empty() && (out.back() == '.' || out.back() == ' ')) out.pop_back();
  return out.empty() ? "item" : out;
}

}  // namespace

std::string export_name(const Entry& entry) {
  const std::string_view folder = entry.kind == Kind::stamp ? "stamps" : "evidence";
  return fmt::format("{}/{:04}-{}", folder, entry.number, clean(entry.item ? entry.item->name : std::string()));
}

std::string public_key_pem(const PublicKey& key) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> made(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()), EVP_PKEY_free);
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new(BIO_s_mem()), BIO_free_all);
  if (!made || !out || PEM_write_bio_PUBKEY(out.get(), made.get()) != 1) return {};
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(std::max<long>(length, 0))};
}

Result<void> write_export(const Vault& vault, const std::vector<ExtraFile>& extra, ExportWriter& writer) {
  std::string sums;
  const auto add = [&](const std::string& name, std::string_view bytes) -> Result<void> {
    sums += fmt::format("{}  {}\n", hex(sha256(bytes)), name);
    return writer.add(name, bytes);
  };
  std::set<std::string> erased;
  for (const Entry& entry : vault.content().entries)
    if (entry.kind == Kind::erased) erased.insert(entry.about);
  for (const Entry& entry : vault.content().entries) {
    if (!entry.item || erased.contains(std::to_string(entry.number))) continue;
    const std::string name = export_name(entry);
    if (auto ok = writer.begin(name, entry.item->bytes); !ok) return ok;
    if (auto ok = vault.read_item(entry.number, [&](std::string_view piece) { return writer.append(piece); }); !ok)
      return ok;
    if (auto ok = writer.end(); !ok) return ok;
    sums += fmt::format("{}  {}\n", entry.item->sha256, name);
  }
  const std::string& log = vault.log_text();
  if (auto ok = add("log.txt", log); !ok) return ok;
  if (auto ok = add("log.txt.sig", view(vault.sign(log))); !ok) return ok;
  if (auto ok = add("public-key.pem", public_key_pem(vault.keys().public_key())); !ok) return ok;
  for (const ExtraFile& file : extra)
    if (auto ok = add(file.name, file.bytes); !ok) return ok;
  if (auto ok = writer.add("SHA256SUMS", sums); !ok) return ok;
  return writer.add("SHA256SUMS.sig", view(vault.sign(sums)));
}

}  // namespace sekisho::vault
