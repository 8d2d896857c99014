#include "app/scan_chart.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/calendar.h"
#include "app/page.h"

namespace sekisho::app {
namespace {

constexpr std::size_t dots_at_most = 4'000;  // a page of a hundred thousand dots opens on nobody's telephone

}  // namespace

std::string chart(const engine::Scanned& scanned, const campaign::Campaign& campaign, const ScanPage& page) {
  constexpr std::int64_t day = 86'400;
  constexpr double width = 720, height = 264, left = 40, top = 12;
  const std::int64_t zone = std::int64_t{page.zone_minutes} * 60;
  const std::int64_t first_day = (campaign.first + zone) / day, last_day = (campaign.last + zone) / day;
  const double per_day = width / static_cast<double>(std::max<std::int64_t>(1, last_day - first_day + 1));
  std::string out = fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title>\n",
                                width + left + 8, height + top + 28, escaped(page.voice.say("scan.page.chart")));
  for (int hour = 0; hour <= 24; hour += 6)
    out += fmt::format(
        "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/><text x=\"4\" y=\"{3:.1f}\">{4}</text>\n", left,
        left + width, top + height * hour / 24, top + height * hour / 24 + 4, hour);
  out += fmt::format("<text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", left,
                     top + height + 20, short_time(campaign.first, page.zone_minutes).substr(0, 10), left + width,
                     top + height + 20, short_time(campaign.last, page.zone_minutes).substr(0, 10));
  const std::size_t step = campaign.members.size() / dots_at_most + 1;
  for (std::size_t i = 0; i < campaign.members.size(); i += step) {
    const std::uint32_t member = campaign.members[i];
    const std::int64_t local = scanned.report.messages[member].time + zone;
    const bool lure = campaign.lure && campaign.lure->message == member;
    out += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"{}/>\n",
                       left + (static_cast<double>(local) / day - static_cast<double>(first_day)) * per_day,
                       top + height * static_cast<double>(((local % day) + day) % day) / day, lure ? 5 : 2,
                       lure ? " class=\"lure\"" : "");
  }
  return out + "</svg>\n";
}

}  // namespace sekisho::app
