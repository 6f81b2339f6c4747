#include "render/drawing/svg_picture.hpp"
#include "render/xml.hpp"
#include "sheet/sheet.hpp"

namespace greenml::render {

void render_svg(const Sheet& sheet, const Style&, Writer& out) {
  pugi::xml_document document;
  append_picture(document, *sheet.chart);
  XmlSink sink(out);
  document.save(sink, " ", pugi::format_indent | pugi::format_no_declaration, pugi::encoding_utf8);
}

}  // namespace greenml::render
