// Mail of which somebody has said what it is: what `sekisho train` learns from and `sekisho evaluate` measures on.
// Reads the three layouts of docs/formats/labelled.md into one list of files; the messages themselves are read one at a
// time. Called by `app`; not thread-safe (one reader, one thread).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"

namespace sekisho::train {

/// What was said of a message. `spam` is unwanted and perhaps no scam: never trained on, and shown apart.
enum class Label : std::uint8_t { legit, scam, spam };
std::string_view name(Label label);

/// Messages that are counted together.
struct Group {
  std::string corpus;    ///< where they come from: a folder's or a list's word for it
  std::string category;  ///< the kind of message, "" when nobody said
  std::string lang;      ///< "ja", "en", … or "other"; "" when nobody said
  Label label = Label::legit;
  bool operator==(const Group&) const = default;
};

/// One file of one group (a mailbox holds many messages), or one short message of a .jsonl file.
struct Source {
  std::uint32_t group = 0;  ///< index into Labelled::groups
  std::string path;         ///< of the file; for a short message "FILE.jsonl#ID"
  std::string text;         ///< the short message itself, "" for a file
  engine::ReadAs read_as = engine::ReadAs::detect;
};

struct Labelled {
  std::vector<Group> groups;
  std::vector<Source> sources;      ///< in the order of the lists
  std::vector<std::string> absent;  ///< listed, but not there
};

/// Errors: unreadable when a path is not there or holds no labels; bad_data with file and line when a list has no
/// column for the file or the label, or a label that nobody knows.
Result<Labelled> read_labelled(const std::vector<std::string>& paths);

/// Hands out every message: `on_message(source number, name, bytes)`, bytes valid until it returns; false stops. Files
/// that cannot be read go to `on_unreadable` (name, why) and are skipped.
void each_message(
    const Labelled& labelled,
    const std::function<bool(std::uint32_t source, const std::string& name, std::string_view bytes)>& on_message,
    const std::function<void(const std::string& name, const Error& error)>& on_unreadable);

/// Bytes of all files, for a progress bar.
std::uint64_t size_of(const Labelled& labelled);

}  // namespace sekisho::train
