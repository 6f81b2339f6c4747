#include "read/structure.hpp"

#include <algorithm>
#include <new>

#include "read/window.hpp"

namespace greenml::read {

simdjson::error_code Structure::find(std::string_view text) {
  if (parser_ == nullptr || parser_->capacity() < text.size()) {
    constexpr std::size_t depth = 1;  // for the second stage, which is not used
    const std::size_t capacity = std::max(text.size(), Window::usual_size);
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, depth, parser_) !=
        simdjson::SUCCESS)
      throw std::bad_alloc();
  }
  parser_->n_structural_indexes = 0;
  return parser_->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                         simdjson::stage1_mode::regular);
}

}  // namespace greenml::read
