#include "render/sheet.hpp"

namespace greenml::render {

const Format* find_format(std::string_view name) {
  for (const Format& format : formats)
    if (format.name == name) return &format;
  return nullptr;
}

const Format& format_for_file(std::string_view file) {
  for (const Format& format : formats)
    if (!format.suffix.empty() && file.ends_with(format.suffix)) return format;
  return formats.front();
}

}  // namespace greenml::render
