// How anything below `app` says that it failed. A Result holds the value or an Error made of words for a person: what
// was wrong, where, and what to do. A strange *mail* is never an Error: it is a defect or a fact. Free to share between
// threads like any value.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace sekisho {

/// The kinds of failure that a caller may treat differently. The program maps them to exit codes (sysexits.h):
/// usage 64, not_mail 65, unreadable 66, internal 70; bad_data is a broken settings, card or list file (78).
enum class ErrorCode { usage, not_mail, unreadable, bad_data, internal };

/// What was wrong, for people of any language: the name of a sentence ("error.<id>" in knowledge/words_errors.yaml) and
/// what fills its gaps. A value "@name" is itself a word to be said ("error_value.<name>"). The values "near" (the
/// nearest known name) and "known" (all of them) make the hint.
struct Said {
  std::string id;
  std::vector<std::pair<std::string, std::string>> values;
};

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string what;   ///< what was wrong, one sentence without a full stop
  std::string where;  ///< file, or file:line, or empty
  std::string hint;   ///< what the person can do about it, or empty
  Said said;          ///< the same for `app`; without an id there is only the English above, for rare faults and tools
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string what, std::string where = {}, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(what), std::move(where), std::move(hint)});
}

inline tl::unexpected<Error> fail(ErrorCode code, Said said, std::string what, std::string where = {},
                                  std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(what), std::move(where), std::move(hint), std::move(said)});
}

/// "where: what (hint)" on one line, for logs and standard error.
std::string to_line(const Error& error);

}  // namespace sekisho
