/// \file
/// The keys under which greenml writes what it found out about a model. Read again in a catalog they are known as
/// results and passed over, since they are computed anew. Metrics are results too, under their own names.

#pragma once

#include <array>
#include <string_view>

namespace greenml::result {

inline constexpr std::string_view rank = "rank";
inline constexpr std::string_view ratio_to_reference = "ratio_to_reference";

/// In each model.
inline constexpr auto of_models = std::to_array<std::string_view>({rank, ratio_to_reference});

inline constexpr std::string_view ranked_by = "ranked_by";
inline constexpr std::string_view relative_to = "relative_to";

/// At the top of a file.
inline constexpr auto of_files = std::to_array<std::string_view>({ranked_by, relative_to});

}  // namespace greenml::result
