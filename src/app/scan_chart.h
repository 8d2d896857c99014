// A campaign as a picture: a dot a mail, days across, hours of the day down. Pure.
#pragma once

#include <string>

#include "app/scan_page.h"

namespace sekisho::app {

/// <svg>…</svg> with a title that says the same in words.
std::string chart(const engine::Scanned& scanned, const campaign::Campaign& campaign, const ScanPage& page);

}  // namespace sekisho::app
