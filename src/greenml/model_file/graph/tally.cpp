#include "model_file/graph/tally.hpp"

#include <algorithm>

#include "model_file/checked.hpp"
#include "model_file/malformed.hpp"

namespace greenml::model_file::graph {

namespace {

/// Reasons and notes of more kinds than anyone reads are counted with the last one, or left out.
constexpr std::size_t most_kept = 200;

std::uint64_t within_64_bits(std::optional<std::uint64_t> number) {
  if (!number) throw Malformed{"the multiply-accumulates of all nodes are over 64 bits"};
  return *number;
}

}  // namespace

void Tally::add(std::uint64_t node_macs) { macs = within_64_bits(checked_sum(macs, node_macs)); }

void Tally::add_gap(const Gap& gap) {
  const auto found = std::find_if(gaps.begin(), gaps.end(), [&](const Gap& other) { return other.what == gap.what; });
  if (found != gaps.end())
    found->count += gap.count;
  else if (gaps.size() < most_kept)
    gaps.push_back(gap);
  else
    gaps.back().count += gap.count;
}

void Tally::add_note(const std::string& note) {
  if (notes.size() < most_kept && std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

void Tally::add_words(const Tally& part) {
  estimated = estimated || part.estimated;
  for (const Gap& gap : part.gaps) add_gap(gap);
  for (const std::string& note : part.notes) add_note(note);
}

void Tally::add(const Tally& part, std::uint64_t trips) {
  add(within_64_bits(checked_product(part.macs, trips)));
  for (Run run : part.runs) {
    run.trips = within_64_bits(checked_product(run.trips, trips));
    run.macs *= trips;  // at most the sum, which fits
    runs.push_back(std::move(run));
  }
  add_words(part);
}

void Tally::add_trip(const Tally& trip) {
  if (runs.empty()) return add(trip, 1);
  add(trip.macs);
  // Trips of one body differ where it has branches: runs are told by their node, in order.
  std::size_t at = 0;
  for (const Run& run : trip.runs) {
    const auto same = [&](const Run& other) { return other.node == run.node; };
    auto found = std::find_if(runs.begin() + static_cast<std::ptrdiff_t>(std::min(at, runs.size())), runs.end(), same);
    if (found == runs.end()) found = std::find_if(runs.begin(), runs.end(), same);
    if (found == runs.end()) found = runs.insert(found, Run{run.node, run.graph, 0, 0, run.output});
    found->trips += run.trips;
    found->macs += run.macs;
    at = static_cast<std::size_t>(found - runs.begin()) + 1;
  }
  add_words(trip);
}

}  // namespace greenml::model_file::graph
