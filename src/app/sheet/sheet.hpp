/// \file
/// What a command wants to show: typed columns over rows that are computed when they are asked for, and the table of
/// formats that can show it. A sheet knows no metric, and a format knows no command.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "greenml/unit.hpp"
#include "sheet/chart.hpp"
#include "sheet/model_card.hpp"
#include "sheet/writer.hpp"

namespace greenml::render {

/// A number whose digits are kept as they were written, because a double might not hold them.
struct Digits {
  std::string_view text;
};

/// `monostate` is missing, so that every format must decide how to show it, and none can print 0 by accident.
using Cell = std::variant<std::monostate, std::string_view, std::string, double, std::int64_t, bool, Digits>;

/// Rows of a sheet: what the functions of its columns are called with.
using Rows = std::span<const std::size_t>;

enum class Align { left, right };

/// Which audience a column is for. People get few columns with rounded and scaled numbers, programs get all of them
/// in full precision.
enum class Audience { everyone, people, programs };

struct Column {
  std::string key = {};    ///< for programs; names the unit: "energy_j"
  std::string title = {};  ///< for people, without the unit: "energy"
  Align align = Align::left;
  /// Numbers of this dimension are in its base unit; a format for people scales them. Empty: plain numbers.
  std::optional<Dimension> dimension = {};
  Audience audience = Audience::everyone;
  /// How soon a table that is too wide for its terminal does without this column, the highest first: 2 and more before
  /// a text is shortened, 1 after that, 0 never.
  int expendable = 0;
  bool tells_apart = false;  ///< a text that tells rows of one name apart
  bool prose = false;        ///< sentences: broken into lines where a terminal is narrow, not shortened
  /// Is called by several threads at a time. Empty where the column has nothing in any row.
  std::function<Cell(std::size_t row)> cell = {};
  // How a format of very many rows may learn the same in less time. Called by several threads at a time, too.
  /// The numbers of several rows, NaN where there is none; empty where cells are anything else.
  std::function<void(Rows rows, std::span<double> numbers)> numbers = {};
  /// The texts of several rows; empty where cells are anything else.
  std::function<void(Rows rows, std::span<std::string_view> texts)> texts = {};
  /// Of several rows, numbers that are equal where the cells are; empty where cells are mostly different.
  std::function<void(Rows rows, std::span<std::uint32_t> kinds)> kinds = {};

  Cell at(std::size_t row) const { return cell ? cell(row) : Cell(); }
  /// The same for one audience: what the two look up is there once.
  Column only_for(Audience one) const {
    Column column = *this;
    column.audience = one;
    return column;
  }
};

/// What a row means to its reader. It becomes colour, and more in formats for machines.
enum class Mark { none, good, bad, unknown };

/// What was found out about a row, for tools that report findings.
struct Finding {
  enum class Kind { good, failure, unjudged, warning, remark };
  Kind kind = Kind::good;
  std::string name;     ///< of the requirement: "ResNet-50: energy at most 0.5 J"
  std::string message;  ///< complete in itself; may be empty where all is good
  std::string file;     ///< where the model stands; may be empty
  std::size_t line = 0;
};

/// Rows that belong together, under a title.
struct Section {
  std::string title;
  std::vector<std::size_t> rows;  ///< what the columns' functions are called with, in this order
  std::string footer = {};        ///< for people, below the rows
};

struct Sheet {
  std::string name;                                 ///< what it is of, the same on every run: "greenml check x.json"
  std::string rows_key = "models";                  ///< JSON: the key of the array of rows
  std::vector<std::pair<std::string, Cell>> facts;  ///< JSON: what holds for all rows, {"ranked_by", ...}
  std::vector<std::string> notes = {};              ///< JSON: what a person is told beside the result
  std::vector<Column> columns;
  /// A table that is too wide for its terminal becomes several below each other, each beginning with so many of its
  /// columns; 0: it stays one, in which texts are shortened and columns left out.
  std::size_t repeated = 0;
  std::vector<Section> sections;  ///< programs get them one after another as one table
  std::function<Mark(std::size_t row)> mark = [](std::size_t) { return Mark::none; };
  std::function<Finding(std::size_t row)> finding;  ///< empty where a command finds nothing out: no JUnit, no GitHub
  std::shared_ptr<const Chart> chart;               ///< of the same rows; empty where a command draws nothing: no SVG
  std::shared_ptr<const ModelCard> card;            ///< empty where a command is not about one model: no model card
};

/// The columns that are for programs, in their order.
std::vector<const Column*> columns_for_programs(const Sheet& sheet);

/// How a sheet is to look.
struct Style {
  bool color = false;
  std::optional<std::size_t> width;  ///< terminal columns; empty where the output is no terminal: nothing is cut
  char delimiter = ',';              ///< CSV only
  char decimal = '.';                ///< CSV and TSV: what stands before decimals
  bool csv_raw = false;              ///< CSV and TSV: text as it is, for programs; only quoted
  bool csv_bom = false;              ///< CSV only
  bool ascii = false;                ///< charts: drawn with ASCII characters only
};

/// What a format shows of a sheet: its rows, or what a command must have put into it for the format to make sense.
enum class Shows { rows, findings, chart, card };

/// The command whose sheets have what a format shows, one row for each of `Shows`; any command has rows.
inline constexpr auto commands_that_show = std::to_array<std::string_view>({"rank", "check", "plot", "explain"});

struct Format {
  std::string_view name;
  std::string_view suffixes;  ///< of files that are written in it where no format is named, with blanks between them
  Audience audience;          ///< people or programs
  std::string_view help;
  void (*render)(const Sheet& sheet, const Style& style, Writer& out);
  Shows shows = Shows::rows;
  /// Why this program cannot write it here; empty where it can. None: it always can.
  std::string (*why_not)() = nullptr;
  bool is_binary = false;  ///< bytes that are no text, and nothing for a terminal
};

void render_table(const Sheet& sheet, const Style& style, Writer& out);
void render_csv(const Sheet& sheet, const Style& style, Writer& out);
void render_tsv(const Sheet& sheet, const Style& style, Writer& out);
void render_json(const Sheet& sheet, const Style& style, Writer& out);
void render_ndjson(const Sheet& sheet, const Style& style, Writer& out);
void render_markdown(const Sheet& sheet, const Style& style, Writer& out);
void render_model_card(const Sheet& sheet, const Style& style, Writer& out);
void render_latex(const Sheet& sheet, const Style& style, Writer& out);
void render_bencher(const Sheet& sheet, const Style& style, Writer& out);
void render_benchmark_action(const Sheet& sheet, const Style& style, Writer& out);
void render_xlsx(const Sheet& sheet, const Style& style, Writer& out);
void render_junit(const Sheet& sheet, const Style& style, Writer& out);
void render_github(const Sheet& sheet, const Style& style, Writer& out);
void render_chart(const Sheet& sheet, const Style& style, Writer& out);
void render_svg(const Sheet& sheet, const Style& style, Writer& out);
void render_html(const Sheet& sheet, const Style& style, Writer& out);

std::string why_no_xlsx();

inline constexpr auto formats = std::to_array<Format>({
    {"table", ".txt", Audience::people, "aligned columns for a terminal; numbers rounded and scaled", render_table},
    {"csv", ".csv", Audience::programs, "RFC 4180, full precision; safe to open in a spreadsheet", render_csv},
    {"tsv", ".tsv", Audience::programs, "as csv, separated by tabs", render_tsv},
    {"json", ".json", Audience::programs, "one object; greenml reads it as a catalog", render_json},
    {"ndjson", ".ndjson .jsonl", Audience::programs, "one JSON object a line", render_ndjson},
    {"markdown", ".md .markdown", Audience::people, "a pipe table for a README or a pull request", render_markdown},
    {"xlsx", ".xlsx", Audience::programs, "a workbook for spreadsheets, one worksheet for each group", render_xlsx,
     Shows::rows, why_no_xlsx, true},
    {"latex", ".tex", Audience::people, "a table for a paper, with the rules of the package booktabs", render_latex},
    {"bencher", "", Audience::programs, "numbers over time, for Bencher (Bencher Metric Format)", render_bencher},
    {"benchmark-action", "", Audience::programs, "the same for github-action-benchmark (its custom tools)",
     render_benchmark_action},
    {"junit", ".xml", Audience::programs, "check: a test report, one case for each model and limit", render_junit,
     Shows::findings},
    {"github", "", Audience::programs, "check: annotations of GitHub Actions, and a summary line", render_github,
     Shows::findings},
    {"chart", ".txt", Audience::people, "plot: a picture made of characters, for a terminal", render_chart,
     Shows::chart},
    {"svg", ".svg", Audience::people, "plot: a picture, for a paper or a web page", render_svg, Shows::chart},
    {"html", ".html .htm", Audience::people, "plot: a page with the picture and a table, to look around in",
     render_html, Shows::chart},
    {"model-card", "", Audience::programs, "explain: the front matter of a model card of Hugging Face, in YAML",
     render_model_card, Shows::card},
});

/// A cell as a text, for whoever looks for something in it; empty where it is missing.
std::string plain_text(const Cell& cell);

/// nullptr for a name that is not in the table.
const Format* find_format(std::string_view name);

/// What a file's name ends with, in small letters: ".csv" of "a.b/x.CSV"; empty for "x", "x." and ".profile".
std::string suffix_of(std::string_view file);

/// Whether files with that suffix are written in this format where no other is named.
bool has_suffix(const Format& format, std::string_view suffix);

}  // namespace greenml::render
