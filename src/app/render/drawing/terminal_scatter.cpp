/// A chart drawn with characters, for a terminal. Names stand below the picture, beside the keys that mark them in it.

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numeric>

#include "render/drawing/axis.hpp"
#include "render/drawing/short_names.hpp"
#include "render/drawing/terminal_canvas.hpp"
#include "render/text.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

namespace {

constexpr std::size_t usual_width = 80;  // where the output is no terminal
constexpr std::size_t least_width = 40;
constexpr std::size_t most_width = 160;  // of the picture; a legend may be wider
constexpr std::string_view bold = "1";
constexpr std::string_view quiet = "2";

/// The characters that a picture is made of.
struct Characters {
  std::string_view vertical, horizontal, tick_left, tick_below, corner;           // of the frame
  std::string_view step_across, step_along;                                       // of the frontier
  std::string_view right_then_up, right_then_down, left_then_up, left_then_down;  // its corners
  std::string_view bar;
  std::array<std::string_view, 8> bar_ends;  // eighths of a cell, from none to seven
  std::string_view dot;
};

constexpr Characters unicode_characters = {
    "│", "─", "┤", "┬", "└", "─", "│", "╯", "╮", "╰", "╭", "█", {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}, "●"};
constexpr Characters ascii_characters = {
    "|", "-", "+", "+", "+", "-", "|", "+", "+", "+", "+", "=", {"", "", "", "", "=", "=", "=", "="}, "o"};

/// Keys of the models on the frontier. There are seldom more; those share the last.
constexpr std::string_view keys = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz?";

void write_styled(Writer& out, std::string_view text, std::string_view style, bool color) {
  if (color && !style.empty())
    out << "\x1b[" << style << 'm' << text << "\x1b[0m";
  else
    out << text;
}

std::string_view character_of(const Look& look, const Style& style) {
  return style.ascii ? std::string_view(&look.ascii, 1) : look.character;
}

/// A sentence, in as many lines as it takes.
void write_wrapped(Writer& out, const std::string& text, std::string_view color, const Style& style) {
  for (const std::string& line : wrapped(text, std::max(style.width.value_or(text.size()), least_width))) {
    write_styled(out, line, color, style.color);
    out << '\n';
  }
}

/// The series and their characters, in as many lines as they take.
void write_series(const Chart& chart, const Style& style, Writer& out) {
  const std::size_t room = std::max(style.width.value_or(usual_width), least_width);
  const std::string title = visible(*chart.series_title) + ":";
  out << title;
  std::size_t used = display_width(title);
  for (std::size_t index = 0; index < chart.series.size(); ++index) {
    const Look& look = look_of(chart, index);
    const std::string name = shortened(visible(chart.series[index].name), room - 4);
    const std::size_t wanted = display_width(name) + 4;
    if (used + wanted > room) {
      out << '\n';
      used = 0;
    }
    used += wanted;
    out << "  ";
    write_styled(out, character_of(look, style), look.terminal_color, style.color);
    out << ' ' << name;
  }
  out << '\n';
}

/// One panel of a scatter: a frame, steps, marks, and the legend below.
class CharacterScatter {
 public:
  CharacterScatter(const Chart& chart, const Panel& panel, const Style& style)
      : chart_(chart),
        panel_(panel),
        style_(style),
        characters_(style.ascii ? ascii_characters : unicode_characters),
        width_(std::clamp(style.width.value_or(usual_width), least_width, most_width)),
        x_(chart.x, values_of(panel, &Point::x)),
        y_(chart.y, values_of(panel, &Point::y)),
        plot_rows_(std::clamp<std::size_t>(width_ / 4, 12, 30)),
        y_ticks_(y_.ticks(plot_rows_ / 2)),
        canvas_(1, 1) {
    for (const Tick& tick : y_ticks_) margin_ = std::max(margin_, tick.text.size() + 2);
    plot_columns_ = width_ - margin_;
    canvas_ = Canvas(width_, plot_rows_ + 2);
  }

  void render(Writer& out) {
    draw_frame();
    draw_beaten();
    draw_steps();
    draw_leading();
    write_wrapped(out, visible(panel_.title), bold, style_);
    write_styled(out, y_.title(), quiet, style_.color);
    out << '\n';
    canvas_.print(out, style_.color, style_.ascii);
    const std::string title = x_.title();
    write_styled(out, std::string(width_ - std::min(width_, title.size()), ' ') + title, quiet, style_.color);
    out << '\n';
    write_legend(out);
  }

 private:
  struct Place {
    std::size_t column;
    std::size_t row;
    auto operator<=>(const Place&) const = default;
  };

  /// A place in the picture, by shares of the plot from the bottom left.
  std::size_t column_at(double share) const {
    return margin_ + std::min(static_cast<std::size_t>(share * static_cast<double>(plot_columns_)), plot_columns_ - 1);
  }
  std::size_t row_at(double share) const {
    return std::min(static_cast<std::size_t>((1 - share) * static_cast<double>(plot_rows_)), plot_rows_ - 1);
  }
  Place place_of(const Point& point) const { return {column_at(x_.place(point.x)), row_at(y_.place(point.y))}; }

  void draw_frame() {
    for (std::size_t row = 0; row < plot_rows_; ++row) canvas_.put(margin_ - 1, row, characters_.vertical, quiet);
    for (std::size_t column = margin_; column < width_; ++column)
      canvas_.put(column, plot_rows_, characters_.horizontal, quiet);
    canvas_.put(margin_ - 1, plot_rows_, characters_.corner, quiet);
    for (const Tick& tick : y_ticks_) {
      const std::size_t row = row_at(tick.place);
      if (!tick.text.empty()) canvas_.put(margin_ - 1, row, characters_.tick_left, quiet);
      canvas_.write(margin_ - 2 - tick.text.size(), row, tick.text, quiet);
    }
    std::size_t free_from = 0;
    for (const Tick& tick : x_.ticks(plot_columns_ / 9)) {
      const std::size_t column = column_at(tick.place);
      if (!tick.text.empty()) canvas_.put(column, plot_rows_, characters_.tick_below, quiet);
      const std::size_t half = std::min(column, tick.text.size() / 2);
      const std::size_t start = std::min(column - half, width_ - std::min(width_, tick.text.size()));
      if (tick.text.empty() || start < free_from) continue;
      canvas_.write(start, plot_rows_ + 1, tick.text, quiet);
      free_from = start + tick.text.size() + 1;
    }
  }

  /// A dot each, or the character of its series where there are several.
  void draw_beaten() {
    const double across = static_cast<double>(plot_columns_) / static_cast<double>(width_);
    const double down = static_cast<double>(plot_rows_) / static_cast<double>(canvas_.rows());
    for (const Point& point : panel_.points) {
      if (point.leads) continue;
      const Look& look = look_of(chart_, point.series);
      const Place place = place_of(point);
      if (chart_.series_title)
        canvas_.put(place.column, place.row, character_of(look, style_), look.terminal_color);
      else
        canvas_.dot(1 - across + x_.place(point.x) * across, (1 - y_.place(point.y)) * down);
    }
  }

  /// Steps stand behind marks: where a cell has dots, they stay.
  void draw_step(std::size_t column, std::size_t row, std::string_view text) {
    if (canvas_.is_empty(column, row) && !has_dots_.contains({column, row})) canvas_.put(column, row, text, "32");
  }

  void draw_steps() {
    if (!chart_.series_title)
      for (const Point& point : panel_.points)
        if (!point.leads) has_dots_[place_of(point)] = true;
    for (std::size_t index = 0; index + 1 < panel_.frontier.size(); ++index) {
      const Place from = place_of(panel_.points[panel_.frontier[index]]);
      const Place to = place_of(panel_.points[panel_.frontier[index + 1]]);
      const bool rightward = to.column > from.column;
      for (std::size_t column = std::min(from.column, to.column) + 1; column < std::max(from.column, to.column);
           ++column)
        draw_step(column, from.row, characters_.step_across);
      for (std::size_t row = std::min(from.row, to.row) + 1; row < std::max(from.row, to.row); ++row)
        draw_step(to.column, row, characters_.step_along);
      if (from.column != to.column && from.row != to.row) {
        const bool upward = to.row < from.row;
        draw_step(to.column, from.row,
                  upward ? (rightward ? characters_.right_then_up : characters_.left_then_up)
                         : (rightward ? characters_.right_then_down : characters_.left_then_down));
      }
    }
  }

  /// Those of the frontier; all where there is none and there are keys enough.
  std::vector<std::size_t> points_with_keys() const {
    if (chart_.has_frontier || panel_.points.size() > keys.size()) return panel_.frontier;
    std::vector<std::size_t> all(panel_.points.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }

  /// A key for each cell that has one of these points.
  void draw_leading() {
    for (const std::size_t index : points_with_keys()) {
      const Point& point = panel_.points[index];
      const Place place = place_of(point);
      const auto known = key_of_place_.find(place);
      const std::size_t key =
          known != key_of_place_.end() ? known->second : std::min(key_of_place_.size(), keys.size() - 1);
      key_of_place_[place] = key;
      keyed_.emplace_back(key, &point);
      canvas_.put(place.column, place.row, keys.substr(key, 1),
                  chart_.series_title ? look_of(chart_, point.series).terminal_color : bold);
    }
  }

  void write_legend(Writer& out) const {
    if (!chart_.has_frontier)
      write_wrapped(out, fmt::format("{} model{}", panel_.points.size(), panel_.points.size() == 1 ? "" : "s"), quiet,
                    style_);
    else
      write_wrapped(out,
                    fmt::format("{} of {} model{} on the frontier: no other beats {} on both", panel_.frontier.size(),
                                panel_.points.size(), panel_.points.size() == 1 ? "" : "s",
                                panel_.frontier.size() == 1 ? "it" : "them"),
                    quiet, style_);
    if (chart_.series_title) write_series(chart_, style_, out);
    std::vector<std::string> entries;
    for (const auto& [key, point] : keyed_)
      entries.push_back(fmt::format("{} {}  {}, {}", keys.substr(key, 1), visible(point->name),
                                    text_of(point->y, chart_.y), text_of(point->x, chart_.x)));
    write_entries(out, entries);
  }

  /// In as many columns as there is room for, downwards.
  void write_entries(Writer& out, std::vector<std::string> entries) const {
    constexpr std::size_t between = 3;
    const std::size_t room = std::max(style_.width.value_or(usual_width), least_width);
    std::size_t widest = 1;
    for (std::string& entry : entries) {
      if (style_.width) entry = shortened(entry, room);
      widest = std::max(widest, display_width(entry));
    }
    const std::size_t columns = std::max<std::size_t>(1, (room + between) / (widest + between));
    const std::size_t lines = (entries.size() + columns - 1) / columns;
    for (std::size_t line = 0; line < lines; ++line) {
      for (std::size_t index = line; index < entries.size(); index += lines) {
        out << entries[index];
        if (index + lines < entries.size()) out << std::string(widest + between - display_width(entries[index]), ' ');
      }
      out << '\n';
    }
  }

  const Chart& chart_;
  const Panel& panel_;
  const Style& style_;
  const Characters& characters_;
  std::size_t width_;
  Axis x_;
  Axis y_;
  std::size_t plot_rows_;
  std::vector<Tick> y_ticks_;
  std::size_t margin_ = 2;
  std::size_t plot_columns_ = 0;
  Canvas canvas_;
  std::map<Place, bool> has_dots_;
  std::map<Place, std::size_t> key_of_place_;
  std::vector<std::pair<std::size_t, const Point*>> keyed_;
};

/// A bar whose end is exact to an eighth of a cell.
std::string bar_of(double cells, const Characters& characters) {
  std::string bar;
  const auto eighths = static_cast<std::size_t>(std::lround(cells * 8));
  for (std::size_t cell = 0; cell < eighths / 8; ++cell) bar += characters.bar;
  return bar += characters.bar_ends[eighths % 8];
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string blanks(width - std::min(width, display_width(text)), ' ');
  return right ? blanks + text : text + blanks;
}

/// The heads over the columns of a panel of bars; the last is broken where it does not fit.
void write_heads(std::size_t names, const std::string& beside, std::size_t besides, const std::string& values,
                 std::size_t width, const Style& style, Writer& out) {
  const std::size_t taken = names + besides + 4;
  const std::vector<std::string> lines = wrapped(values, width > taken + 8 ? width - taken : 8);
  for (const std::string& line : lines) {
    const bool is_last = &line == &lines.back();
    write_styled(out, padded("", names + 2, false) + padded(is_last ? beside : "", besides, true) + "  " + line, quiet,
                 style.color);
    out << '\n';
  }
}

void render_bars(const Chart& chart, const Panel& panel, const Style& style, Writer& out) {
  const Characters& characters = style.ascii ? ascii_characters : unicode_characters;
  const std::size_t width = std::max(style.width.value_or(usual_width), least_width);
  struct Row {
    std::string name, beside, value;
  };
  std::vector<Row> rows;
  std::size_t names = 0;
  std::size_t besides = display_width(chart.y.title);
  std::size_t values = 0;
  std::vector<double> lengths;
  const std::vector<std::string> name_of_row = short_names(panel, width * 2 / 5);
  for (const Point& point : panel.points) {
    const std::string beside = chart.y.title.empty() ? "" : (std::isnan(point.y) ? "-" : text_of(point.y, chart.y));
    rows.push_back({name_of_row[rows.size()], beside, text_of(point.x, chart.x)});
    names = std::max(names, display_width(rows.back().name));
    besides = std::max(besides, display_width(beside));
    values = std::max(values, display_width(rows.back().value));
    lengths.push_back(point.x);
  }
  const bool as_dots = chart.x.scale == ScaleKind::logarithmic;  // which has no zero for a bar to begin at
  const Axis axis = as_dots ? Axis(chart.x, lengths) : Axis::from_zero(chart.x, lengths);
  const std::size_t taken = names + besides + values + (chart.series_title ? 7 : 5);
  const auto room = static_cast<double>(width > taken + 8 ? width - taken : 8);
  const double zero = as_dots ? 0 : axis.place(0);

  write_wrapped(out, visible(panel.title), bold, style);
  write_heads(names, chart.y.title, besides, as_dots ? axis.title() : chart.x.title, width, style, out);
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const Point& point = panel.points[index];
    const double end = axis.place(point.x);
    const double start = as_dots ? end : std::min(zero, end);
    const std::string before(static_cast<std::size_t>(std::lround(start * room)), ' ');
    out << padded(rows[index].name, names, false) << "  " << padded(rows[index].beside, besides, true) << "  "
        << before;
    const Look& look = look_of(chart, point.series);
    const std::string_view color = chart.series_title ? look.terminal_color : (point.leads ? "32" : quiet);
    if (chart.series_title) {
      write_styled(out, character_of(look, style), color, style.color);
      out << ' ';
    }
    write_styled(out, as_dots ? std::string(characters.dot) : bar_of(std::abs(end - zero) * room, characters), color,
                 style.color);
    out << ' ' << rows[index].value << '\n';
  }
  if (chart.series_title) write_series(chart, style, out);
}

}  // namespace

void render_chart(const Sheet& sheet, const Style& style, Writer& out) {
  const Chart& chart = *sheet.chart;
  for (const Panel& panel : chart.panels) {
    if (&panel != &chart.panels.front()) out << '\n';
    if (chart.kind == Chart::Kind::bars)
      render_bars(chart, panel, style, out);
    else
      CharacterScatter(chart, panel, style).render(out);
  }
}

}  // namespace greenml::render
