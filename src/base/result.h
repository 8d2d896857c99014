// How anything below `app` says that it failed. A Result holds the value or an Error made of words for a person: what
// was wrong, where, and what to do. A strange *mail* is never an Error: it is a defect or a fact. Free to share between
// threads like any value.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace sekisho {

/// The kinds of failure that a caller may treat differently. The program maps them to exit codes (sysexits.h):
/// usage 64, not_mail 65, unreadable 66, internal 70; bad_data is a broken settings, card or list file (78).
enum class ErrorCode { usage, not_mail, unreadable, bad_data, internal };

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string what;   ///< what was wrong, one sentence without a full stop
  std::string where;  ///< file, or file:line, or empty
  std::string hint;   ///< what the person can do about it, or empty
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string what, std::string where = {}, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(what), std::move(where), std::move(hint)});
}

/// "where: what (hint)" on one line, for logs and standard error.
std::string to_line(const Error& error);

}  // namespace sekisho
