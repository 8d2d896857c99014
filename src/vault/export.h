// A case as plain files that anybody can check without us: the originals, the log as text, digests in the form of
// sha256sum, signatures and the public key in the form of openssl (docs/formats/case.md). Nothing of it is sealed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "vault/export_writer.h"
#include "vault/vault.h"

namespace sekisho::vault {

/// A file of the caller's own: the case file, how to verify.
struct ExtraFile {
  std::string name, bytes;
};

/// Writes everything, SHA256SUMS and its signature last; finish() is left to the caller. Error bad_data when an item
/// was changed: an export never holds a changed original.
Result<void> write_export(const Vault& vault, const std::vector<ExtraFile>& extra, ExportWriter& writer);

/// The name of an item's file in an export: "evidence/0003-mail.eml". Nothing in it can be a path, a hidden file or an
/// option; letters of any language stay.
std::string export_name(const Entry& entry);

/// The public key as a PEM file.
std::string public_key_pem(const PublicKey& key);

}  // namespace sekisho::vault
