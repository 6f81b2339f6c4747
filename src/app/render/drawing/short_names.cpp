#include "render/drawing/short_names.hpp"

#include "render/text.hpp"

namespace greenml::render {

std::vector<std::string> short_names(const Panel& panel, std::size_t width) {
  std::vector<std::string> names;
  for (const Point& point : panel.points) names.push_back(visible(point.name));
  return shortened_apart(names, width);
}

}  // namespace greenml::render
