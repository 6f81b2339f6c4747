#include "render/xml.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#include "render/text.hpp"

namespace greenml::render {
namespace {

/// Set by every allocation of pugixml that fails.
bool& memory_ran_out() {
  static bool ran_out = false;
  return ran_out;
}

void* allocate(std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) memory_ran_out() = true;
  return memory;
}

/// Before the first document is made, as pugixml asks.
[[maybe_unused]] const bool is_watched = [] {
  pugi::set_memory_management_functions(allocate, std::free);
  return true;
}();

}  // namespace

XmlSink::XmlSink(Writer& out) : out_(out) {
  if (std::exchange(memory_ran_out(), false)) throw std::bad_alloc();
}

void set_attribute(pugi::xml_node node, const char* name, std::string_view text) {
  node.append_attribute(name).set_value(visible(text).c_str());
}

void append_text(pugi::xml_node node, std::string_view text) {
  node.append_child(pugi::node_pcdata).set_value(visible(text).c_str());
}

bool is_web_address(std::string_view text) {
  const auto starts_with = [&](std::string_view scheme) {
    return text.size() > scheme.size() &&
           std::equal(scheme.begin(), scheme.end(), text.begin(),
                      [](char wanted, char given) { return wanted == given || (wanted ^ 0x20) == given; });
  };
  return (starts_with("https://") || starts_with("http://")) && text.find(' ') == std::string_view::npos &&
         visible(text) == text;
}

}  // namespace greenml::render
