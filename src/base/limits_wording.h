// The budgets of the text model and its files, as base/limits.h has them for everything else; apart because nearly every
// file of the program is built anew when that one changes.
#pragma once

#include <cstddef>

namespace sekisho::limits {

/// Folded bytes of one message whose wording is weighed: a megabyte of harmless text would cost time and drown the rest.
inline constexpr std::size_t wording_bytes = 48 * 1024;
/// Bytes of one clause of it: text without any full stop is cut, so that a quote stays a quote.
inline constexpr std::size_t clause_bytes = 240;
/// Bytes of a model file: a path given by mistake may be a mailbox.
inline constexpr std::size_t model_bytes = 32 * 1024 * 1024;

}  // namespace sekisho::limits
