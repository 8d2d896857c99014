#include "pdf/chart.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace sekisho::pdf {

namespace {

constexpr double chart_height = 200, hours_width = 34, label_width = 34;
constexpr std::uint32_t minutes_of_a_day = 24 * 60;

}  // namespace

void put_chart(Flow& flow, const paper::DotChart& chart) {
  flow.need(chart_height + 60);
  if (!chart.hours_label.empty()) flow.text(chart.hours_label, Type::small, page_left, body_width, grey, 2, 2);
  const double top = flow.y() + 3, left = page_left + hours_width, width = page_right - left;
  const double day_width = width / static_cast<double>(chart.day_labels.size());
  const auto x_of = [&](std::uint32_t day) { return left + (day + 0.5) * day_width; };
  const auto y_of = [&](std::uint32_t minute) { return top + chart_height * minute / minutes_of_a_day; };

  for (std::uint32_t hour = 0; hour <= 24; hour += 6) {
    const double y = y_of(hour * 60);
    flow.rule(left, y, page_right, y, faint, 0.5);
    flow.label(fmt::format("{}:00", hour), Type::margin, left - 5, y - 6, hours_width, grey, Flow::Side::until);
  }
  // As many labels as stand side by side.
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(label_width / day_width)));
  for (std::size_t day = 0; day < chart.day_labels.size(); day += every) {
    const double x = x_of(static_cast<std::uint32_t>(day));
    flow.rule(x, top + chart_height, x, top + chart_height + 3, grey, 0.5);
    flow.label(chart.day_labels[day], Type::margin, x, top + chart_height + 3, label_width + 8, grey,
               Flow::Side::middle);
  }
  const double radius = std::clamp(day_width * 0.3, 0.8, 1.25);
  for (const paper::DotChart::Dot& dot : chart.dots) flow.dot(x_of(dot.day), y_of(dot.minute), radius, deep);
  for (const paper::DotChart::Mark& mark : chart.marks) {
    const double x = x_of(mark.day), y = y_of(mark.minute);
    flow.ring(x, y, 5, alarm);
    const bool right = x < left + width / 2;
    flow.label(mark.text, Type::margin, right ? x + 8 : x - 8, y - 6, width / 2, alarm,
               right ? Flow::Side::from : Flow::Side::until, Flow::Backing::white);
  }
  flow.skip(chart_height + 22);
  flow.text(chart.caption, Type::small, page_left, body_width, grey, 0, 9);
}

}  // namespace sekisho::pdf
