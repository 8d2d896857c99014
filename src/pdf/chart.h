// The chart of arrivals: days across, the time of day down, one dot for each mail. A beat that a machine keeps shows as
// ranks of dots, its night as an empty band.
#pragma once

#include "paper/paper.h"
#include "pdf/flow.h"

namespace sekisho::pdf {

void put_chart(Flow& flow, const paper::DotChart& chart);

}  // namespace sekisho::pdf
