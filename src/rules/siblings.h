// Look-alike domains that a campaign registers in a row ("x1-lamp.example", "x2-lamp.example"; "lamp1.test",
// "lamp2.example") share a piece that tomorrow's will share too. Finds such pieces, and refuses those that many names
// hold. Only candidates.cc uses it. Pure.
#pragma once

#include <string>
#include <vector>

#include "rules/dialect.h"
#include "rules/evidence.h"
#include "rules/ground.h"
#include "rules/survey.h"

namespace sekisho::rules {

struct Piece {
  Entry entry;
  std::vector<HostId> hosts;  ///< campaign hosts that it catches
};

std::vector<Piece> sibling_pieces(const Evidence& evidence, const Survey& survey, const Ground& ground,
                                  const Dialect& dialect);

}  // namespace sekisho::rules
