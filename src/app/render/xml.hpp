/// \file
/// Writing XML with pugixml, which escapes markup; what XML cannot hold is made visible here.

#pragma once

#include <pugixml.hpp>
#include <string_view>

#include "sheet/writer.hpp"

namespace greenml::render {

/// Hands pugixml's output on to a writer.
class XmlSink final : public pugi::xml_writer {
 public:
  /// Throws std::bad_alloc where memory ran out while a document was built: pugixml then leaves parts out in silence.
  explicit XmlSink(Writer& out);
  void write(const void* data, std::size_t size) override {
    out_ << std::string_view(static_cast<const char*>(data), size);
  }

 private:
  Writer& out_;
};

/// Sets an attribute to a text that may come from anywhere. What XML 1.0 forbids even as a reference, controls and
/// U+FFFE and U+FFFF, is among what `visible` escapes.
void set_attribute(pugi::xml_node node, const char* name, std::string_view text);

/// Appends such a text as the content of an element.
void append_text(pugi::xml_node node, std::string_view text);

/// Whether a text is an address of the web that a reader may be led to: http or https, and nothing in it that is
/// invisible or a blank.
bool is_web_address(std::string_view text);

}  // namespace greenml::render
