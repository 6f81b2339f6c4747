/// \file
/// The keys under which greenml writes what it found out about a model. Read again in a catalog they are known as
/// results and passed over, since they are computed anew. Metrics are results too, under their own names.

#pragma once

#include <array>
#include <string_view>

namespace greenml::result {

inline constexpr std::string_view rank = "rank";
inline constexpr std::string_view ratio_to_reference = "ratio_to_reference";

inline constexpr std::string_view pareto = "pareto";
inline constexpr std::string_view points_gained = "points_gained";
inline constexpr std::string_view beaten_by = "beaten_by";
inline constexpr std::string_view points_behind = "points_behind";
/// The fields of a model that were computed or assumed and not stated, "training_energy:estimated co2"; read again,
/// they are computed again.
inline constexpr std::string_view derived = "derived";

/// In each model.
inline constexpr auto of_models = std::to_array<std::string_view>(
    {rank, ratio_to_reference, pareto, points_gained, beaten_by, points_behind, derived});

inline constexpr std::string_view added = "added_";
inline constexpr std::string_view price_of_a_point = "price_of_a_point_";

/// In each model, before the key of a field: "added_energy_j".
inline constexpr auto before_fields = std::to_array<std::string_view>({added, price_of_a_point});

inline constexpr std::string_view ranked_by = "ranked_by";
inline constexpr std::string_view relative_to = "relative_to";

inline constexpr std::string_view frontier_of = "frontier_of";
/// The grid or data centre that the numbers are of, and not where the models ran.
inline constexpr std::string_view what_if = "what_if";

/// What a person is told beside a result, as an array of sentences.
inline constexpr std::string_view notes = "notes";

/// At the top of a file.
inline constexpr auto of_files = std::to_array<std::string_view>({ranked_by, relative_to, frontier_of, what_if, notes});

}  // namespace greenml::result
