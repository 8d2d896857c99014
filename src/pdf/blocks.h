// One block of a paper → lines, rules and dots on the flow. Called by render() for both passes.
#pragma once

#include <string>
#include <vector>

#include "paper/paper.h"
#include "pdf/flow.h"

namespace sekisho::pdf {

/// `where` names the block for `left_out`, to which pictures that cannot be shown are added.
void put_block(Flow& flow, const paper::Block& block, const std::string& where, std::vector<std::string>& left_out);

}  // namespace sekisho::pdf
