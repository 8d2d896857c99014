#include "app/outcome.h"

#include <algorithm>
#include <array>

namespace sekisho::app {

int exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return exit_code::usage;
    case ErrorCode::not_mail:
      return exit_code::not_mail;
    case ErrorCode::unreadable:
      return exit_code::unreadable;
    case ErrorCode::bad_data:
      return exit_code::bad_data;
    case ErrorCode::internal:
      break;
  }
  return exit_code::internal;
}

int worse(int a, int b) {
  constexpr std::array<int, 8> order{exit_code::nothing_found, exit_code::cannot_tell, exit_code::scam,
                                     exit_code::usage,         exit_code::not_mail,    exit_code::unreadable,
                                     exit_code::bad_data,      exit_code::internal};
  const auto rank = [&](int code) { return std::find(order.begin(), order.end(), code); };
  return rank(a) < rank(b) ? b : a;
}

}  // namespace sekisho::app
