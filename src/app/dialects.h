// The places where rules are typed, as the build put them inside this binary (knowledge/rules/dialects.yaml).
#pragma once

#include "rules/dialect.h"

namespace sekisho::app {

/// Error internal when the binary is damaged.
Result<rules::Dialects> embedded_dialects();

}  // namespace sekisho::app
