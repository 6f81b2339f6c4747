#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "render/drawing/axis.hpp"
#include "render/drawing/svg_picture.hpp"
#include "render/text.hpp"

namespace greenml::render {

namespace {

constexpr double height_alone = 430;
constexpr double height_of_several = 330;
constexpr double room_for_axis = 56;  // its texts and title, below the frame
constexpr double least_radius = 2.5;
constexpr double most_radius = 18;
constexpr double headroom = 30;  // above the points, for names
constexpr std::size_t longest_point_name = 36;

/// One panel: where its points stand, and its parts from the back to the front.
class Scatter {
 public:
  Scatter(const Chart& chart, const Panel& panel, double top)
      : chart_(chart),
        panel_(panel),
        top_(top),
        frame_{layout::left, top + layout::title_height, layout::right, 0},
        x_(chart.x, values_of(panel, &Point::x)),
        y_(chart.y, values_of(panel, &Point::y)),
        room_({0, 0, 0, 0}) {
    frame_.bottom = frame_.top + (chart.panels.size() == 1 ? height_alone : height_of_several);
    room_ = Room(frame_);
    for (const Point& point : panel.points) most_size_ = std::fmax(most_size_, point.size);
  }

  double draw(Pen& pen) {
    draw_axes(pen);
    draw_steps(pen);
    draw_marks(pen);
    const std::size_t unnamed = draw_names(pen);
    draw_heading(pen, unnamed);
    return frame_.bottom + room_for_axis;
  }

 private:
  Dot dot_of(const Point& point) const { return {x_of(x_.place(point.x)), y_of(y_.place(point.y))}; }

  /// From a place on an axis to one in the picture. Bubbles keep away from the frame.
  double x_of(double place) const {
    const double kept_free = chart_.size ? most_radius / 2 : 0;
    return frame_.left + kept_free + place * (frame_.right - frame_.left - 2 * kept_free);
  }
  double y_of(double place) const {
    const double kept_free = chart_.size ? most_radius / 2 : 0;
    return frame_.bottom - kept_free - place * (frame_.bottom - frame_.top - headroom - kept_free);
  }

  /// Of a bubble the area says how much, so that twice as much looks twice as big.
  double radius_of(const Point& point) const {
    if (!chart_.size) return panel_.points.size() > 400 && !point.leads ? 3 : 4.5;
    if (std::isnan(point.size) || most_size_ <= 0) return least_radius;
    return std::max(least_radius, most_radius * std::sqrt(point.size / most_size_));
  }

  void draw_axes(Pen& pen) const {
    Pen axes = pen.group("");
    constexpr double pixels_between_ticks = 80;
    const auto most = [](double length) { return static_cast<std::size_t>(length / pixels_between_ticks); };
    for (const Tick& tick : x_.ticks(most(frame_.right - frame_.left))) {
      const double x = x_of(tick.place);
      axes.line({x, frame_.top}, {x, frame_.bottom}, tick.text.empty() ? "minor" : "grid");
      if (!tick.text.empty()) axes.text(x, frame_.bottom + 16, Pen::Anchor::middle, "tick", tick.text);
    }
    for (const Tick& tick : y_.ticks(2 * most(frame_.bottom - frame_.top))) {
      const double y = y_of(tick.place);
      axes.line({frame_.left, y}, {frame_.right, y}, tick.text.empty() ? "minor" : "grid");
      if (!tick.text.empty()) axes.text(frame_.left - 8, y + 4, Pen::Anchor::end, "tick", tick.text);
    }
    axes.rectangle(frame_, "frame");
    axes.text((frame_.left + frame_.right) / 2, frame_.bottom + 36, Pen::Anchor::middle, "axis", x_.title());
    axes.text(16, frame_.top - 8, Pen::Anchor::start, "axis", y_.title());
  }

  /// Between two models of the frontier the better x buys nothing more: steps, and no straight line, which would
  /// promise models that are not there. Each step names the model that it leads from.
  void draw_steps(Pen& pen) {
    Pen steps = pen.group("frontier");
    for (std::size_t index = 0; index + 1 < panel_.frontier.size(); ++index) {
      const Point& point = panel_.points[panel_.frontier[index]];
      const Dot from = dot_of(point);
      const Dot to = dot_of(panel_.points[panel_.frontier[index + 1]]);
      const Dot corner = {to.x, from.y};
      for (const auto& [start, end] : {std::pair(from, corner), std::pair(corner, to)}) {
        steps.line(start, end, "step").set_row(point.row);
        room_.occupy_line(start, end);
      }
    }
  }

  /// The beaten behind the leading, large behind small.
  void draw_marks(Pen& pen) {
    std::vector<const Point*> order;
    for (const Point& point : panel_.points) order.push_back(&point);
    std::stable_sort(order.begin(), order.end(), [&](const Point* left, const Point* right) {
      if (left->leads != right->leads) return right->leads;
      return radius_of(*left) > radius_of(*right);
    });
    Pen marks = pen.group("marks");
    for (const Point* point : order) {
      const Dot dot = dot_of(*point);
      const double radius = radius_of(*point);
      const bool hollow = chart_.size && std::isnan(point->size);
      const std::string css_class = fmt::format("{} {}{}", class_of(chart_, point->series),
                                                point->leads ? "rim" : "beaten", hollow ? " hollow" : "");
      Pen mark = marks.link(point->url).mark(dot, radius, look_of(chart_, point->series).shape, css_class);
      mark.set_row(point->row);
      mark.set_title(title_of(chart_, *point));
      // A large bubble may have a name on it, but not on its middle.
      const double kept_free = std::min(radius, 8.0) + 1;
      room_.occupy({dot.x - kept_free, dot.y - kept_free, dot.x + kept_free, dot.y + kept_free});
    }
  }

  /// A point, and how many others of the same kind lie under it.
  struct Named {
    const Point* point;
    std::size_t others = 0;
  };

  /// In the order in which they get room: the ends of the frontier, its middle, the middles of its halves, ... so that
  /// names are spread along it where there is not enough for all; then the others.
  std::vector<Named> points_to_name() const {
    std::vector<Named> frontier;
    Places places;
    for (const std::size_t index : panel_.frontier) add_or_count(frontier, places, panel_.points[index]);
    std::vector<Named> named;
    if (chart_.named == Chart::Named::none) return named;
    std::vector<bool> taken(frontier.size());
    const auto take = [&](std::size_t index) {
      if (!taken[index]) named.push_back(frontier[index]);
      taken[index] = true;
    };
    if (!frontier.empty()) take(frontier.size() - 1);
    for (std::size_t stride = std::bit_ceil(frontier.size() + 1); stride > 0; stride /= 2)
      for (std::size_t index = 0; index < frontier.size(); index += stride) take(index);
    if (chart_.named == Chart::Named::all) {
      std::vector<Named> beaten;
      places.clear();
      for (const Point& point : panel_.points)
        if (!point.leads) add_or_count(beaten, places, point);
      named.insert(named.end(), beaten.begin(), beaten.end());
    }
    return named;
  }

  /// Which of the named stands at an x and a y.
  using Places = std::map<std::pair<double, double>, std::size_t>;

  static void add_or_count(std::vector<Named>& named, Places& places, const Point& point) {
    const auto [place, is_new] = places.try_emplace({point.x, point.y}, named.size());
    if (is_new)
      named.push_back({&point});
    else
      ++named[place->second].others;
  }

  /// Returns how many of the names found no room.
  std::size_t draw_names(Pen& pen) {
    Pen names = pen.group("");
    std::size_t unnamed = 0;
    for (const auto& [point, others] : points_to_name()) {
      std::string name = shortened(visible(point->name), longest_point_name);
      if (others > 0) name += fmt::format(" +{}", others);
      const Dot mark = dot_of(*point);
      const double radius = radius_of(*point);
      const std::optional<PlacedName> placed =
          room_.place(mark, radius, width_in_ems(name) * layout::type_size, layout::line_height);
      if (!placed) {
        ++unnamed;
        continue;
      }
      const auto& [box, anchor, leader] = *placed;
      if (leader) {
        const double length = std::hypot(leader->x - mark.x, leader->y - mark.y);
        const Dot edge = {mark.x + (leader->x - mark.x) * radius / length,
                          mark.y + (leader->y - mark.y) * radius / length};
        names.line(*leader, edge, "leader").set_row(point->row);
      }
      const Pen::Anchor held = anchor < 0.25   ? Pen::Anchor::start
                               : anchor > 0.75 ? Pen::Anchor::end
                                               : Pen::Anchor::middle;
      const double held_at = held == Pen::Anchor::start ? 0 : held == Pen::Anchor::end ? 1 : 0.5;
      names
          .text(box.left + held_at * (box.right - box.left), box.bottom - 4, held, point->leads ? "name" : "quiet",
                name)
          .set_row(point->row);
    }
    return unnamed;
  }

  void draw_heading(Pen& pen, std::size_t unnamed) const {
    Pen heading = pen.group("");
    heading.text(16, top_ + 20, Pen::Anchor::start, "heading", panel_.title);
    std::string note = fmt::format("{} model{}", panel_.points.size(), panel_.points.size() == 1 ? "" : "s");
    if (chart_.has_frontier) note += fmt::format(", {} on the frontier", panel_.frontier.size());
    if (chart_.size)
      note += fmt::format("; area: {}, the largest {}", chart_.size->title, text_of(most_size_, *chart_.size));
    if (!panel_.note.empty()) note += "; " + panel_.note;
    if (unnamed > 0) note += fmt::format("; no room for {} name{}", unnamed, unnamed == 1 ? "" : "s");
    heading.text(layout::right, frame_.top - 8, Pen::Anchor::end, "quiet", note);
  }

  const Chart& chart_;
  const Panel& panel_;
  double top_;
  Box frame_;
  Axis x_;
  Axis y_;
  Room room_;
  double most_size_ = not_known;
};

}  // namespace

double draw_scatter(Pen& pen, const Chart& chart, const Panel& panel, double top) {
  return Scatter(chart, panel, top).draw(pen);
}

}  // namespace greenml::render
