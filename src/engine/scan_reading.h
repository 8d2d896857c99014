// What one file of a mailbox holds, as messages to be examined: mails of an mbox as they are; a file of its own as what
// it is, a mail, one or several mails pasted as text, or no mail at all. Private to engine; used by scan() on the
// caller's thread. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "campaign/report.h"
#include "engine/engine.h"
#include "engine/scan.h"
#include "mailbox/reader.h"

namespace sekisho::engine {

/// One message with where it stands and how it is to be read.
struct Entry {
  Place place;
  std::string bytes;
  ReadAs read_as = ReadAs::mail;
};

/// The messages in `item`, which stands in file number `input` as its `index`th; several when it is a text of several
/// pasted mails. Error not_mail when it is a file of its own that holds no message: a photo, a program, nothing.
Result<std::vector<Entry>> entries_of(const mailbox::Item& item, std::uint32_t input, std::uint64_t index);

/// What a Maildir's file name says ("…:2,S"); unknown elsewhere.
campaign::Opened opened_of_name(std::string_view path);

}  // namespace sekisho::engine
