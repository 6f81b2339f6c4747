#include "render/xml.hpp"

#include "render/text.hpp"

namespace greenml::render {

void set_attribute(pugi::xml_node node, const char* name, std::string_view text) {
  node.append_attribute(name).set_value(visible(text).c_str());
}

void append_text(pugi::xml_node node, std::string_view text) {
  node.append_child(pugi::node_pcdata).set_value(visible(text).c_str());
}

}  // namespace greenml::render
