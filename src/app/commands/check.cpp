#include "greenml/check.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <memory>

#include "commands/commands.hpp"
#include "commands/options/catalog_options.hpp"
#include "greenml/budget.hpp"
#include "greenml/inspect.hpp"
#include "view/check_view.hpp"

namespace greenml::cli {

namespace {

constexpr std::string_view default_budget = "greenml-budget.json";

/// What was typed.
struct CheckCommand {
  CatalogOptions catalogs{CatalogOptions::Limits::are_checked};
  OutputOptions output{render::Shows::findings};
  Typed baseline;
  std::vector<std::string> max_drop;
  Typed budget;
  std::vector<std::string> reports;
  bool allow_missing = false;
  bool require_baseline = false;
  Typed match;
  bool summary = false;
};

/// A further report: a format, and the file it is written to.
struct ReportFile {
  const render::Format* format;
  std::string file;
};

/// One run of the command, from what was typed to the reports.
class Check {
 public:
  Check(World& world, Report& report, CheckCommand& typed)
      : world_(world), report_(report), messages_(report.messages), typed_(typed) {}

  void run() {
    const bool understood = read_reports() && typed_.output.resolve(world_, messages_, formats_of_reports()) &&
                            typed_.catalogs.resolve(world_, messages_) && read_command_line() && read_budget_file() &&
                            check_requirements();
    if (!understood) return;
    typed_.output.assume(typed_.catalogs.what_if());
    std::optional<Catalog> read = typed_.catalogs.read(world_, messages_);
    if (!read || !check_labels(*read) || !choose_match(*read)) return;
    const Catalog& catalog = report_.keep<Catalog>(*std::move(read));
    const Catalog* baseline = nullptr;
    if (!baseline_.empty()) {
      std::optional<Catalog> other = read_baseline();
      if (!other) return;
      baseline = &report_.keep<Catalog>(*std::move(other));
      pair_model_files(catalog, *baseline);
    }
    for (Block& block : blocks_)
      for (LabelMatch& match : block.matches) {
        settle(match, catalog);
        if (baseline != nullptr) settle(match, *baseline);
      }
    note_limits_turned_round();
    if (baseline != nullptr) note_drops_to_nothing(*baseline);
    const auto& blocks = report_.keep<std::vector<Block>>(std::move(blocks_));
    const std::size_t most_that_hold = shows_all() ? std::numeric_limits<std::size_t>::max() : CheckView::most_rows;
    tell(report_.keep<CheckView>("greenml check " + fmt::format("{}", fmt::join(typed_.catalogs.files(), " ")), catalog,
                                 baseline, blocks,
                                 check_in_brief(catalog, baseline, blocks, options_, most_that_hold)));
  }

 private:
  std::optional<Catalog> read_baseline() {
    const std::vector<std::string>& files = typed_.catalogs.files();
    if (baseline_ == "-" && std::find(files.begin(), files.end(), "-") != files.end()) {
      messages_.error("the catalog and its baseline cannot both be standard input");
      return std::nullopt;
    }
    std::optional<Catalog> baseline = typed_.catalogs.read_other(world_, messages_, baseline_);
    if (!baseline) return std::nullopt;
    std::vector<std::bitset<fields.size()>> known(baseline->size());
    const auto for_each_known = [&](auto action) {
      for (std::size_t row = 0; row < baseline->size(); ++row)
        for (std::size_t field = 0; field < fields.size(); ++field)
          if (!std::isnan(baseline->value(static_cast<FieldId>(field), row))) action(row, field);
    };
    for_each_known([&](std::size_t row, std::size_t field) { known[row].set(field); });
    if (!typed_.catalogs.what_if().derive(world_, messages_, *baseline, baseline_ + ": ")) return std::nullopt;
    for_each_known([&](std::size_t row, std::size_t field) { known[row].reset(field); });
    options_.lost_in_baseline = std::move(known);
    return baseline;
  }

  /// The labels of --match. The name is always one of them.
  bool choose_match(const Catalog& catalog) {
    if (match_by_.empty()) return true;
    options_.match_by = {"name"};
    for (const std::string& label : split_list(match_by_)) {
      Complaint complaint;
      if (!check_label(catalog, label, complaint)) {
        messages_.error("--match", complaint);
        return false;
      }
      if (label != "name") options_.match_by.push_back(label);
    }
    return true;
  }

  /// One model file on each side: they are two states of one model, whatever their names.
  void pair_model_files(const Catalog& catalog, const Catalog& baseline) {
    const std::vector<std::string>& files = typed_.catalogs.files();
    if (files.size() != 1 || catalog.size() != 1 || baseline.size() != 1 || !options_.match_by.empty()) return;
    if (!is_model_file(files.front()) || !is_model_file(baseline_)) return;
    options_.whatever_their_names = true;
    if (catalog.name(0) != baseline.name(0))
      messages_.note(fmt::format("{} is compared with {}, whatever their names", catalog.name(0), baseline.name(0)));
  }

  /// A floor under what is better when lower, or a ceiling on what is better when higher, is mostly a slip.
  void note_limits_turned_round() const {
    for (const Block& block : blocks_)
      for (const Limit& limit : block.limits) {
        const bool floor = limit.bound == Bound::at_least;
        const bool better_higher = limit.measure.better() == Better::higher;
        if (floor == better_higher) continue;
        messages_.note(fmt::format("{} is better when {}: did you mean --{} {}={}?", limit.measure.name(),
                                   better_higher ? "higher" : "lower", floor ? "max" : "min", limit.measure.name(),
                                   limit.measure.text(limit.value)));
      }
  }

  /// An amount that most models do not have was meant as a floor: accuracy=80 lets 80 points go.
  void note_drops_to_nothing(const Catalog& baseline) const {
    for (const Block& block : blocks_)
      for (const Drop& drop : block.drops) {
        const std::optional<FieldId> field = drop.measure ? drop.measure->field() : std::nullopt;
        if (!field || drop.relative || row_of(*field).better == Better::lower) continue;
        std::size_t known = 0;
        std::size_t free = 0;
        for (std::size_t row = 0; row < baseline.size(); ++row) {
          const double value = baseline.value(*field, row);
          const bool is_selected = std::all_of(block.matches.begin(), block.matches.end(), [&](const LabelMatch& one) {
            return one.admits(baseline.label(one.label, row).text);
          });
          if (std::isnan(value) || !is_selected) continue;
          ++known;
          if (value - drop.amount <= row_of(*field).range.least) ++free;
        }
        if (free > 0)
          messages_.note(fmt::format("{} lets {} of {} models lose all of their {}: did you mean --min {}={}?",
                                     drop.text, thousands(free), thousands(known), row_of(*field).name,
                                     row_of(*field).name, drop.measure->text(drop.amount)));
      }
  }

  bool read_reports() {
    for (const std::string& text : typed_.reports) {
      const std::size_t equals = text.find('=');
      const render::Format* format = render::find_format(text.substr(0, equals));
      if (format == nullptr || equals == std::string::npos || equals + 1 == text.size()) {
        messages_.error(fmt::format("--report: \"{}\" is no report", text),
                        "write FORMAT=FILE, as in junit=report.xml");
        return false;
      }
      reports_.push_back({format, text.substr(equals + 1)});
      if (!messages_.is_good(world_.will_write(reports_.back().file))) return false;
    }
    const char* summary = typed_.summary ? std::getenv("GITHUB_STEP_SUMMARY") : nullptr;
    return summary == nullptr || messages_.is_good(world_.will_write(summary));
  }

  std::vector<const render::Format*> formats_of_reports() const {
    std::vector<const render::Format*> formats;
    for (const ReportFile& report : reports_) formats.push_back(report.format);
    return formats;
  }

  bool read_command_line() {
    Block block{.name = "command line", .limits = typed_.catalogs.selection().criteria().limits};
    for (const std::string& text : typed_.max_drop) {
      Parsed<Drop> drop = parse_drop(text);
      if (!drop) {
        messages_.error("--max-drop", drop.complaint());
        return false;
      }
      block.drops.push_back(std::move(*drop));
    }
    if (!block.limits.empty() || !block.drops.empty()) blocks_.push_back(std::move(block));
    if (typed_.baseline) baseline_ = *typed_.baseline;
    options_.allow_missing = typed_.allow_missing;
    options_.require_baseline = typed_.require_baseline;
    if (typed_.match) match_by_ = *typed_.match;
    return true;
  }

  /// The budget that was named, or one that lies beside the catalog or in the current folder.
  std::string find_budget() const {
    if (typed_.budget) return *typed_.budget;
    const std::string& catalog = typed_.catalogs.files().front();
    const std::filesystem::path beside = std::filesystem::path(catalog).parent_path() / default_budget;
    for (const std::filesystem::path& candidate : {beside, std::filesystem::path(default_budget)}) {
      // A link that leads nowhere is there, and cannot be followed: that is for whoever opens it to say.
      std::error_code ignored;
      const std::filesystem::file_status status = std::filesystem::symlink_status(candidate, ignored);
      if (status.type() != std::filesystem::file_type::not_found) return candidate.string();
    }
    return {};
  }

  bool read_budget_file() {
    const bool named = typed_.budget.has_value();
    budget_file_ = find_budget();
    if (budget_file_.empty() && !named) return true;
    const std::optional<std::string> bytes = messages_.value_of(world_.read_whole(budget_file_));
    if (!bytes) return false;
    Problems problems;
    Budget budget = read_budget(budget_file_, *bytes, problems);
    messages_.add(problems);
    if (problems.errors() > 0) return false;

    if (!named) messages_.note(fmt::format("limits from {}", budget_file_));
    for (Block& block : budget.blocks) blocks_.push_back(std::move(block));
    if (baseline_.empty() && !budget.baseline.empty())
      baseline_ = (std::filesystem::path(budget_file_).parent_path() / budget.baseline).string();
    options_.allow_missing = options_.allow_missing || budget.allow_missing;
    options_.require_baseline = options_.require_baseline || budget.require_baseline;
    if (match_by_.empty()) match_by_ = budget.match_by;
    return true;
  }

  /// A gate without limits, or with half a comparison, would pass by accident.
  bool check_requirements() {
    bool any_drop = false;
    for (Block& block : blocks_) {
      any_drop = any_drop || !block.drops.empty();
      const std::vector<LabelMatch>& where = typed_.catalogs.selection().criteria().matches;
      block.matches.insert(block.matches.end(), where.begin(), where.end());
    }
    if (any_drop && baseline_.empty()) {
      messages_.error("--max-drop needs something to compare with", "--baseline CATALOG");
      return false;
    }
    if (options_.require_baseline && baseline_.empty()) {
      const std::string by_budget = fmt::format("{}: require_baseline", budget_file_);
      messages_.error(fmt::format("{} needs a baseline", typed_.require_baseline ? "--require-baseline" : by_budget),
                      "--baseline CATALOG");
      return false;
    }
    if (!any_drop && !baseline_.empty()) {
      messages_.error("--baseline needs to know how much worse is allowed", "as in --max-drop 5%");
      return false;
    }
    if (baseline_.empty()) {
      if (typed_.allow_missing) messages_.note("--allow-missing has no effect without a baseline");
      if (typed_.match) messages_.note("--match has no effect without a baseline");
    }
    if (blocks_.empty())
      messages_.error("there is no limit to check", "--min, --max, --baseline with --max-drop, or --budget");
    return !blocks_.empty();
  }

  bool check_labels(const Catalog& catalog) {
    Complaint complaint;
    for (const Block& block : blocks_) {
      std::vector<Measure> measures;
      for (const Limit& limit : block.limits) measures.push_back(limit.measure);
      for (const Drop& drop : block.drops)
        if (drop.measure) measures.push_back(*drop.measure);
      for (const Measure& measure : measures) {
        if (check_measure(catalog, measure, complaint)) continue;
        // The limits of the command line have been looked at with the catalog.
        const bool is_typed = &block == &blocks_.front() && !typed_.max_drop.empty();
        messages_.error(is_typed ? "--max-drop" : block.name, complaint);
        return false;
      }
      for (const Drop& drop : block.drops) {
        if (!drop.lacks_direction) continue;
        const std::string_view label = drop.measure->label();
        messages_.error(fmt::format("{}: which direction of {} is better is not stated", block.name, label),
                        fmt::format("write {0}:higher or {0}:lower", label));
        return false;
      }
      for (const LabelMatch& match : block.matches) {
        if (check_label(catalog, match.label, complaint)) continue;
        messages_.error(block.name + ": where", complaint);
        return false;
      }
    }
    return true;
  }

  /// Whether some report has all findings, as those for programs have.
  bool shows_all() const {
    const auto is_for_programs = [](const render::Format& format) {
      return format.audience != render::Audience::people;
    };
    return is_for_programs(typed_.output.format()) ||
           std::any_of(reports_.begin(), reports_.end(),
                       [&](const ReportFile& further) { return is_for_programs(*further.format); });
  }

  render::Sheet sheet(const CheckView& view, const render::Format& format) const {
    return view.sheet(format.audience, budget_file_);
  }

  /// Has all reports written, whatever the verdict; one that cannot be written spoils it.
  void tell(const CheckView& view) {
    report_.add(typed_.output.result(sheet(view, typed_.output.format()), world_));
    for (const auto& [format, file] : reports_)
      report_.add(typed_.output.result(sheet(view, *format), world_, *format, file));
    if (typed_.summary) append_summary(view);
    report_.goes_on = true;
    report_.outcome = view.outcome();
    if (report_.outcome != Outcome::done && !typed_.output.shows_titles()) messages_.error(view.summary());
  }

  void append_summary(const CheckView& view) {
    const char* file = std::getenv("GITHUB_STEP_SUMMARY");
    if (file == nullptr || *file == '\0')
      return messages_.note("--summary: there is no GITHUB_STEP_SUMMARY, so there is no summary");
    const render::Format& markdown = *render::find_format("markdown");
    report_.add({.content = FormattedSheet{sheet(view, markdown), &markdown}, .file = file, .writes = Writes::at_end});
  }

  World& world_;
  Report& report_;
  Messages& messages_;
  CheckCommand& typed_;
  std::vector<ReportFile> reports_;
  std::vector<Block> blocks_;
  std::string baseline_;
  std::string budget_file_;
  std::string match_by_;
  CheckOptions options_;
};

Report run(World& world, CheckCommand typed) {
  Report report;
  Check(world, report, typed).run();
  return report;
}

}  // namespace

Action declare_check(OptionTable& table) {
  auto typed = std::make_shared<CheckCommand>();
  typed->catalogs.declare(table);
  table.value("--baseline", typed->baseline, "CATALOG", "Compare with this earlier catalog; - is standard input");
  table.repeatable(
      "--max-drop", typed->max_drop, "[NAME=]AMOUNT",
      "How much worse than the baseline is allowed: accuracy=0.5, energy=10%; 5% is for each quality, each ratio and "
      "each cost that is in no ratio");
  table.flag("--allow-missing", typed->allow_missing, "Models of the baseline may be gone");
  table.flag("--require-baseline", typed->require_baseline,
             "A model that is not in the baseline falls short, unless a limit holds it");
  table.value("--match", typed->match, "LABELS",
              "Match models with the baseline's by these labels: name,variant (default: those of a model's identity)");
  table.value("--budget", typed->budget, "FILE",
              "Limits as JSON (default: greenml-budget.json beside CATALOG or here)");
  table.repeatable("--report", typed->reports, "FORMAT=FILE", "Write a further report, whatever the verdict")
      .under("Output");
  table.flag("--summary", typed->summary, "Append a Markdown report to $GITHUB_STEP_SUMMARY").under("Output");
  typed->output.declare(table);
  return [typed](World& world) { return run(world, *typed); };
}

}  // namespace greenml::cli
