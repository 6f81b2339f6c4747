/// \file
/// A floor for the benchmark: reads a file of models whole and has simdjson look at every value in it, once, keeping
/// nothing. What ranks models from JSON cannot be much faster than this.
///
///     parse_floor json|ndjson FILE

#include <cstdint>
#include <cstdio>
#include <exception>
#include <simdjson.h>
#include <string_view>

namespace {

namespace ondemand = simdjson::ondemand;

/// What was seen of a file. Printing it keeps the compiler from leaving the work out.
struct Seen {
  std::uint64_t models = 0;
  std::uint64_t text_bytes = 0;
  double sum = 0;
};

void look_at(ondemand::object model, Seen& seen) {
  ++seen.models;
  for (auto field : model) {
    seen.text_bytes += std::string_view(field.unescaped_key()).size();
    ondemand::value value = field.value();
    if (value.type() == ondemand::json_type::string)
      seen.text_bytes += std::string_view(value.get_string()).size();
    else
      seen.sum += double(value.get_double());
  }
}

Seen look_at_json(const simdjson::padded_string& text) {
  Seen seen;
  ondemand::parser parser;
  ondemand::document document = parser.iterate(text);
  for (ondemand::value model : document.get_array()) look_at(model.get_object(), seen);
  return seen;
}

Seen look_at_ndjson(const simdjson::padded_string& text) {
  Seen seen;
  ondemand::parser parser;
  ondemand::document_stream models = parser.iterate_many(text);
  for (auto model : models) look_at(model.get_object(), seen);
  return seen;
}

struct Format {
  std::string_view name;
  Seen (*look)(const simdjson::padded_string& text);
};

constexpr Format formats[] = {{"json", look_at_json}, {"ndjson", look_at_ndjson}};

}  // namespace

int main(int count, char** arguments) try {
  if (count == 3)
    for (const Format& format : formats)
      if (format.name == arguments[1]) {
        const simdjson::padded_string text = simdjson::padded_string::load(arguments[2]);
        const Seen seen = format.look(text);
        std::printf("%llu models, %llu bytes of text, numbers of sum %g\n",
                    static_cast<unsigned long long>(seen.models), static_cast<unsigned long long>(seen.text_bytes),
                    seen.sum);
        return 0;
      }
  std::fputs("usage: parse_floor json|ndjson FILE\n", stderr);
  return 2;
} catch (const std::exception& error) {
  std::fprintf(stderr, "parse_floor: %s\n", error.what());
  return 2;
}
