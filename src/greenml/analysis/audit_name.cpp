#include "analysis/audit_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "words/decimal.hpp"
#include "words/digit.hpp"

namespace greenml::audit_detail {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }
bool is_word(char c) { return is_digit(c) || is_letter(c); }

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

std::string_view without_vendor(std::string_view name) {
  const std::size_t slash = name.find_last_of('/');
  return slash == std::string_view::npos || slash + 1 == name.size() ? name : name.substr(slash + 1);
}

/// Ports of one network to another framework begin like this.
constexpr auto port_prefixes = std::to_array<std::string_view>({"tf", "gluon", "legacy", "tv", "test"});

/// Tokens that name weights, data or tools, and no architecture.
constexpr auto tag_tokens = std::to_array<std::string_view>(
    {"in1k", "in21k", "in22k", "imagenet", "imagenet1k", "pretrained", "pytorch", "torchvision", "timm", "fp16", "fp32",
     "bf16", "int8", "float16", "float32", "onnx", "hf", "base16"});

/// Widths of images that networks are trained and tested with. Other numbers in names are depths, widths of layers and
/// patches; those that are both (levit_384) are told apart by the reference's name, which has them too.
constexpr auto image_sizes = std::to_array<int>(
    {96,  112, 128, 144, 160, 176, 192, 208, 224, 235, 240, 248, 256, 260, 272, 288, 299, 300,  320,
     331, 336, 352, 368, 380, 384, 392, 400, 408, 416, 420, 440, 448, 456, 464, 475, 480, 504,  512,
     518, 520, 528, 544, 560, 576, 600, 608, 632, 640, 672, 704, 720, 768, 800, 896, 960, 1024, 1280});

/// "8xb32": so many processors with so many images each.
bool is_training_tag(std::string_view token) {
  const std::size_t middle = token.find("xb");
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_digit);
  };
  return middle != std::string_view::npos && digits(token.substr(0, middle)) && digits(token.substr(middle + 2));
}

bool is_number(std::string_view token) { return !token.empty() && std::all_of(token.begin(), token.end(), is_digit); }

/// A number at the start of the text; what is behind it stays in `rest`.
std::optional<double> leading_number(std::string_view& rest) {
  constexpr std::string_view digits = "0123456789";
  std::size_t end = std::min(rest.find_first_not_of(digits), rest.size());
  if (end == 0) return std::nullopt;
  if (end < rest.size() && rest[end] == '.') end = std::min(rest.find_first_not_of(digits, end + 1), rest.size());
  const std::optional<double> value = parse_decimal(rest.substr(0, end));
  if (value) rest.remove_prefix(end);
  return value;
}

/// "13b", "8x7b", "1b1" (1.1 billion), "350m".
std::optional<StatedParams> stated_params(std::string_view token) {
  std::string_view rest = token;
  std::optional<double> number = leading_number(rest);
  if (!number) return std::nullopt;
  double experts = 1;
  if (rest.starts_with('x') && number) {
    rest.remove_prefix(1);
    experts = *number;
    number = leading_number(rest);
    if (!number) return std::nullopt;
  }
  if (rest.empty() || (rest.front() != 'b' && rest.front() != 'm')) return std::nullopt;
  const double unit = rest.front() == 'b' ? 1e9 : 1e6;
  rest.remove_prefix(1);
  if (rest.size() == 1 && is_digit(rest.front())) *number += (rest.front() - '0') / 10.0;
  if ((!rest.empty() && !is_number(rest)) || rest.size() > 1 || *number <= 0) return std::nullopt;
  return StatedParams{*number * unit, *number * unit * experts};
}

}  // namespace

std::string_view NetworkName::token(std::size_t index) const {
  std::size_t start = index == 0 ? 0 : token_ends[index - 1];
  if (text[start] == '_') ++start;
  return std::string_view(text).substr(start, token_ends[index] - start);
}

bool NetworkName::is_only_tags_from(std::size_t offset) const {
  for (std::size_t index = 0; index < base_tokens; ++index) {
    if (token_ends[index] <= offset) continue;
    const std::string_view one = token(index);
    const bool is_tag = std::find(tag_tokens.begin(), tag_tokens.end(), one) != tag_tokens.end();
    if (!is_tag && !is_training_tag(one) && !image_size_in(one)) return false;
  }
  return true;
}

NetworkName network_name(std::string_view name) {
  const std::string folded = lower(without_vendor(name));
  NetworkName result;
  bool in_tag = false;
  for (std::size_t index = 0; index < folded.size(); ++index) {
    const char c = folded[index];
    if (is_word(c)) {
      // regnet_x_1_6gf is not regnet_x_16gf.
      const bool begins_token = !result.token_ends.empty() && result.token_ends.back() == result.text.size();
      if (begins_token && is_digit(c) && is_digit(result.text.back())) result.text += '_';
      result.text += c;
      continue;
    }
    const auto end_token = [&] {
      if (result.text.empty() || (!result.token_ends.empty() && result.token_ends.back() == result.text.size())) return;
      result.token_ends.push_back(result.text.size());
      if (!in_tag) result.base_tokens = result.token_ends.size();
    };
    end_token();
    // A weights tag follows a dot; a dot before a digit is a decimal point.
    if (c == '.' && index + 1 < folded.size() && is_letter(folded[index + 1]) && !result.token_ends.empty())
      in_tag = true;
  }
  if (!result.text.empty() && (result.token_ends.empty() || result.token_ends.back() != result.text.size())) {
    result.token_ends.push_back(result.text.size());
    if (!in_tag) result.base_tokens = result.token_ends.size();
  }
  return result;
}

std::string family_of(const NetworkName& name) {
  std::size_t first = 0;
  while (first + 1 < name.base_tokens &&
         std::find(port_prefixes.begin(), port_prefixes.end(), name.token(first)) != port_prefixes.end())
    ++first;
  if (first >= name.token_ends.size()) return {};
  const std::string_view token = name.token(first);
  return std::string(token.substr(
      0, static_cast<std::size_t>(std::find_if_not(token.begin(), token.end(), is_letter) - token.begin())));
}

std::optional<int> image_size_in(std::string_view text) {
  const std::string folded = lower(text);
  std::optional<int> found;
  for (std::size_t start = 0; start < folded.size();) {
    const std::size_t end = std::min(folded.find_first_of("-_./ x", start), folded.size());
    std::string_view token = std::string_view(folded).substr(start, end - start);
    if (token.ends_with('p')) token.remove_suffix(1);  // "224px", of which the x is a separator
    int value = 0;
    if (is_number(token) && token.size() <= 4) std::from_chars(token.data(), token.data() + token.size(), value);
    if (std::binary_search(image_sizes.begin(), image_sizes.end(), value)) found = value;
    start = end + 1;
  }
  return found;
}

std::vector<StatedParams> params_in(std::string_view name) {
  std::string folded = lower(without_vendor(name));
  // What follows a dot and a letter is a tag of weights: ".bd_ssld_6m_in1k" tells how many images there were.
  for (std::size_t dot = folded.find('.'); dot != std::string::npos; dot = folded.find('.', dot + 1))
    if (dot > 0 && dot + 1 < folded.size() && is_letter(folded[dot + 1])) folded.resize(dot);
  std::vector<StatedParams> found;
  for (std::size_t start = 0; start < folded.size();) {
    std::size_t end = start;
    // A point between digits belongs to the number.
    const auto continues = [&](std::size_t at) {
      if (is_word(folded[at])) return true;
      return folded[at] == '.' && at > start && is_digit(folded[at - 1]) && at + 1 < folded.size() &&
             is_digit(folded[at + 1]);
    };
    while (end < folded.size() && continues(end)) ++end;
    if (const auto stated = stated_params(std::string_view(folded).substr(start, end - start)))
      found.push_back(*stated);
    start = end + 1;
  }
  return found;
}

}  // namespace greenml::audit_detail
