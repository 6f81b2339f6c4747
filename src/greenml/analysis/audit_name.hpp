/// \file
/// What a model's name says to `audit`: which network it is, for which image size, and how many parameters it has. It
/// recognises spellings of one name; it knows no network.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenml::audit_detail {

/// A name without case, separators and the vendor before a slash: "timm/ResNet-50.a1_in1k" is resnet50a1in1k, and ends
/// of tokens are after resnet, 50, a1 and in1k. Between two digits a separator stays, as '_'.
struct NetworkName {
  std::string text;
  std::vector<std::size_t> token_ends;  ///< offsets in `text`, in ascending order
  std::size_t base_tokens = 0;          ///< tokens before the weights tag (".a1_in1k")

  std::string_view base() const {
    return std::string_view(text).substr(0, base_tokens == 0 ? 0 : token_ends[base_tokens - 1]);
  }
  /// The token at that position.
  std::string_view token(std::size_t index) const;
  /// Whether all tokens from that offset on say nothing about the architecture: tags of weights and training, numbers.
  bool is_only_tags_from(std::size_t offset) const;
};

NetworkName network_name(std::string_view name);

/// The architecture family of a name: its first letters, without a prefix that names a port ("tf_"): "resnet".
std::string family_of(const NetworkName& name);

/// An image size in pixels that a text is ("224", "288px") or that one of its tokens is ("vit_base_patch16_384").
std::optional<int> image_size_in(std::string_view text);

/// Range of the number of parameters that a name states: "koala-13b" 13e9 to 13e9, "Mixtral-8x7B" 7e9 to 56e9. Several
/// such tokens give several ranges.
struct StatedParams {
  double least = 0;
  double most = 0;
};
std::vector<StatedParams> params_in(std::string_view name);

}  // namespace greenml::audit_detail
