#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <fmt/format.h>
#include <unordered_map>

#include "analysis/audit_factor.hpp"
#include "analysis/audit_name.hpp"
#include "analysis/audit_rules.hpp"
#include "analysis/known_networks.hpp"

namespace greenml::audit_detail {

namespace {

constexpr auto rules_of_references = std::to_array<AuditRule>({
    {"reference", "params, flops, and those of the same network in a reference",
     "within 5 % of a factor that is a known mistake",
     "a network has the same parameters and operations wherever it is listed",
     "torchvision, timm and Bianco et al. 2018, as in data/", "the figure and its unit against the reference"},
    {"differs", "params, flops, and those of the same network in a reference",
     "usual 0.8 to 1.25 times the reference's",
     "a network has the same parameters and operations wherever it is listed; another head, image size or width may be "
     "the reason",
     "torchvision, timm and Bianco et al. 2018, as in data/",
     "whether head, image size and width are those of the reference"},
});

constexpr double usual = 1.25;

/// Labels in which catalogs state the width of the input in pixels.
constexpr auto size_labels = std::to_array<std::string_view>(
    {"image_size", "img_size", "input_size", "crop_px", "crop_size", "resolution", "variant"});

int stated_image_size(const Model& model) {
  for (const std::string_view label : size_labels)
    if (const std::optional<int> size = image_size_in(model.label(label))) return *size;
  return 0;
}

/// The networks of all references by their canonical names, with and without weights tag.
class Networks {
 public:
  void add(const KnownNetwork& network) {
    const NetworkName name = network_name(network.name);
    if (name.text.empty()) return;
    longest_ = std::max(longest_, name.text.size());
    by_name_[std::string(name.base())].push_back(&network);
    if (name.base() != name.text) by_name_[name.text].push_back(&network);
  }

  void add(const Catalog& catalog) {
    for (std::size_t row = 0; row < catalog.size(); ++row) {
      const Model model = catalog[row];
      KnownNetwork& network = owned_.emplace_back();
      network.name = catalog.name(row);
      network.image_size = stated_image_size(model);
      network.params = stated(model, field_id("params")).value_or(0);
      network.flops = stated(model, field_id("flops")).value_or(0);
      network.from = catalog.file(row);
      add(network);
    }
  }

  struct Match {
    const std::vector<const KnownNetwork*>* networks = nullptr;
    std::size_t length = 0;  ///< of the canonical name that is the network's
  };

  /// The longest name that begins this one and ends where one of its tokens does.
  Match find(const NetworkName& name) const {
    for (std::size_t index = name.token_ends.size(); index > 0; --index) {
      const std::size_t length = name.token_ends[index - 1];
      if (length > longest_) continue;
      const auto found = by_name_.find(name.text.substr(0, length));
      if (found != by_name_.end()) return {&found->second, length};
    }
    return {};
  }

 private:
  std::unordered_map<std::string, std::vector<const KnownNetwork*>> by_name_;
  std::deque<KnownNetwork> owned_;
  std::size_t longest_ = 0;  // of the names
};

/// Whether the network classifies ImageNet, as those of the references do, or at least says nothing else.
bool may_be_the_same_task(const Model& model) {
  const auto lower = [](std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == ' ' || c == '_' ? '-' : c;
    return result;
  };
  const std::string task = lower(model.label("task"));
  const std::string dataset = lower(model.label("dataset"));
  return (task.empty() || task == "image-classification") &&
         (dataset.empty() || dataset.find("imagenet") != std::string::npos);
}

/// The image size that a model is of: a label's, or a token's behind the name of the network.
int image_size_of(const Model& model, const NetworkName& name, std::size_t matched) {
  if (const int size = stated_image_size(model)) return size;
  for (std::size_t index = 0; index < name.token_ends.size(); ++index)
    if (name.token_ends[index] > matched)
      if (const auto size = image_size_in(name.token(index))) return *size;
  return 0;
}

/// The networks whose FLOPs can be compared: of the same image size, or of the usual one where the model states none.
std::vector<const KnownNetwork*> comparable(const std::vector<const KnownNetwork*>& networks, int size) {
  constexpr int usual_size = 224;
  std::vector<const KnownNetwork*> chosen;
  for (const KnownNetwork* network : networks) {
    const bool same =
        size > 0 ? network->image_size == size : network->image_size == 0 || network->image_size == usual_size;
    if (same) chosen.push_back(network);
  }
  if (chosen.empty() && size == 0) chosen = networks;
  return chosen;
}

class Comparison {
 public:
  Comparison(const Catalog& catalog, const Networks& networks, std::vector<AuditFinding>& findings)
      : catalog_(catalog), networks_(networks), findings_(findings) {}

  void run(std::size_t row) {
    const Model model = catalog_[row];
    const NetworkName name = network_name(model.name());
    const Networks::Match match = networks_.find(name);
    if (match.networks == nullptr) return;
    const bool same_network = name.is_only_tags_from(match.length) && may_be_the_same_task(model);
    const int size = image_size_of(model, name, match.length);
    compare(model, field_id("params"), &KnownNetwork::params, *match.networks, same_network, true);
    compare(model, field_id("flops"), &KnownNetwork::flops, comparable(*match.networks, size), same_network, size > 0);
  }

 private:
  void compare(const Model& model, FieldId field, double KnownNetwork::*figure,
               const std::vector<const KnownNetwork*>& networks, bool same_network, bool size_is_known) {
    const std::optional<double> value = stated(model, field);
    if (!value) return;
    const KnownNetwork* nearest = nullptr;
    const KnownNetwork* explained = nullptr;
    std::optional<NamedFactor> factor;
    for (const KnownNetwork* network : networks) {
      if (!(network->*figure > 0)) continue;
      const double ratio = *value / network->*figure;
      if (std::abs(std::log(ratio)) <= std::log(usual)) return;
      if (nearest == nullptr || std::abs(std::log(ratio)) < std::abs(std::log(*value / nearest->*figure)))
        nearest = network;
      const auto named = named_factor(ratio, row_of(field).dimension);
      if (named && explained == nullptr) {
        factor = named;
        explained = network;
      }
    }
    if (nearest == nullptr) return;
    // Of a network that is only near, nothing but a gross factor says anything.
    if (!same_network && !(factor && is_gross(factor->factor))) return;
    const KnownNetwork& other = factor ? *explained : *nearest;
    AuditFinding& finding = findings_.emplace_back();
    finding.rule = find_audit_rule(factor ? "reference" : "differs");
    const bool sure = same_network && factor &&
                      (is_gross(factor->factor) ? size_is_known || factor->factor >= 95 || factor->factor <= 1.0 / 95
                                                : field == field_id("flops") && size_is_known && factor->factor == 0.5);
    finding.level = sure ? AuditLevel::wrong : AuditLevel::suspicious;
    finding.row = model.row();
    finding.what = std::string(row_of(field).name);
    finding.figure = {*value, row_of(field).dimension, ""};
    finding.against = AuditAgainst::reference;
    finding.other = {other.*figure, row_of(field).dimension, ""};
    finding.whose = fmt::format("{} {}", other.from, other.name);
    if (other.image_size > 0 && field == field_id("flops")) finding.whose += fmt::format(" at {} px", other.image_size);
    finding.factor = *value / other.*figure;
    finding.cause = factor ? std::string(factor->cause) : "another head, image size or width, or a wrong figure";
  }

  const Catalog& catalog_;
  const Networks& networks_;
  std::vector<AuditFinding>& findings_;
};

}  // namespace

std::span<const AuditRule> reference_rules() { return rules_of_references; }

void find_unlike_reference(const Catalog& catalog, std::span<const std::size_t> rows, const AuditOptions& options,
                           std::vector<AuditFinding>& findings) {
  Networks networks;
  if (options.built_in)
    for (const KnownNetwork& network : known_networks) networks.add(network);
  if (options.against != nullptr) networks.add(*options.against);
  Comparison comparison(catalog, networks, findings);
  for (const std::size_t row : rows) comparison.run(row);
}

}  // namespace greenml::audit_detail

namespace greenml {

std::span<const KnownNetwork> built_in_networks() { return known_networks; }

}  // namespace greenml
