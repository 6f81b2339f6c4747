#include <random>

#include "catch.hpp"
#include "greenml/read_text.hpp"
#include "input/csv/csv_scanner.hpp"
#include "input/csv/csv_value.hpp"

using namespace greenml;
using test::read_text;

namespace {

std::vector<std::string> cells_of(std::string_view row, char delimiter = ',') {
  read::CsvScanner scanner(delimiter);
  REQUIRE(scanner.read_row(row, 0, true));
  std::vector<std::string> cells;
  for (const read::CsvCell& cell : scanner.cells()) cells.emplace_back(cell.text);
  return cells;
}

std::string error_of_csv(std::string_view text, const std::string& name = "test.csv") {
  const test::ReadResult result = read_text(text, name);
  CAPTURE(text);
  REQUIRE(result.problems.errors() >= 1);
  const Problem& problem = result.problems.kept().front();
  return fmt::format("{}:{}: {}", problem.place.line, problem.place.column, problem.message);
}

using Cells = std::vector<std::string>;

}  // namespace

TEST_CASE("a row is cut as RFC 4180 has it") {
  CHECK(cells_of("a,b,c\n") == Cells{"a", "b", "c"});
  CHECK(cells_of("a,,\r\n") == Cells{"a", "", ""});
  CHECK(cells_of(R"("a, b","say ""x""",c)") == Cells{"a, b", "say \"x\"", "c"});
  CHECK(cells_of("\"two\nlines\",b") == Cells{"two\nlines", "b"});
  CHECK(cells_of(" a ,\" b \", c d ") == Cells{"a", " b ", "c d"});
  CHECK(cells_of("a\t b\tc", '\t') == Cells{"a", "b", "c"});
  CHECK(cells_of("ä;ö;\U0001F600;") == Cells{"ä;ö;\U0001F600;"});
  CHECK(cells_of("a much longer cell than eight bytes!,x") == Cells{"a much longer cell than eight bytes!", "x"});
}

TEST_CASE("the delimiter is the one that gives the most cells") {
  CHECK(read::delimiter_of("a,b,c\n1;2") == ',');
  CHECK(read::delimiter_of("a;b;c") == ';');
  CHECK(read::delimiter_of("a\tb, and c\td") == '\t');
  CHECK(read::delimiter_of("a|b") == '|');
  CHECK(read::delimiter_of("\"a;b;c\",d") == ',');
  CHECK(read::delimiter_of("a,b;c") == std::nullopt);
}

TEST_CASE("a table is the same catalog as the JSON that says the same") {
  const test::ReadResult table = read_text(
      "name,task,accuracy,params,energy_kwh,year\n"
      "a,t,75.5,25557032,1e-6,2015\n"
      "b,t,,,,\n"
      "7,\"t, u\",\"10\",\"1,014\",0.5,\n",
      "test.csv");
  CHECK(table.first_error() == "");
  REQUIRE(table.catalog.size() == 3);
  CHECK(table.catalog[0].value(field_id("accuracy")) == 75.5);
  CHECK(table.catalog[0].value(field_id("params")) == 25557032);
  CHECK(table.catalog[0].value(field_id("energy")) == 3.6);
  CHECK(table.catalog[0].label("year") == "2015");
  CHECK(table.catalog[0].line() == 2);
  CHECK_FALSE(table.catalog[1].value(field_id("accuracy")));
  CHECK(table.catalog[1].label("year").empty());
  CHECK(table.catalog[2].name() == "7");
  CHECK(table.catalog[2].label("task") == "t, u");
  CHECK(table.catalog[2].value(field_id("params")) == 1014);
}

TEST_CASE("what is no table is refused, at its place") {
  CHECK(error_of_csv("") == "1:1: the file is empty");
  CHECK(error_of_csv("name,flops\n") == "0:0: there are no models in it");
  CHECK(error_of_csv("name,flops\na,1e9,3\n") == "2:1: the line has 3 cells, and the header 2");
  CHECK(error_of_csv("name,flops\na,1e9\nb\n") == "3:1: the line has 1 cell, and the header 2");
  CHECK(error_of_csv("name,name\na,b\n") == "1:6: there are two columns \"name\"");
  CHECK(error_of_csv("name,flops,\na,1e9,\n") == "1:12: column 3 has no name");
  CHECK(error_of_csv("name,flops\na,\"1e9\n") == "2:3: the quotation mark that opens here is never closed");
  CHECK(error_of_csv("name,flops\na,1\"e9\n") == "2:4: there is a quotation mark inside a cell");
  CHECK(error_of_csv("name,flops\n\"a\"x,1e9\n") == "2:4: there is text behind the quotation mark that closes a cell");
  CHECK(error_of_csv(std::string_view("name,flops\na\0,1e9\n", 18)) == "2:2: there is a NUL byte");
  CHECK(error_of_csv("name,flops\na\xFF,1e9\n") == "2:1: the line is not UTF-8");
  CHECK(error_of_csv("\xFF\xFEn\0a\0m\0e\0") == "1:1: this is not UTF-8 but UTF-16");
  CHECK(error_of_csv("name,flops\na,nine\n") == "2:3: \"nine\" is not a number");
  CHECK(error_of_csv("name,flops\na,inf\n") == "2:3: \"inf\" is not a number");
  CHECK(error_of_csv("name,energy_j\na,5 kg\n") == "2:3: \"5 kg\" is a mass, not an energy");
  CHECK(error_of_csv("name,energy_j\na,N/A\nb,N/A\nc,-\n") == "2:3: 2 cells are \"N/A\"");
  CHECK(error_of_csv("name,accuracy\na,0.5\n") == "2:3: 0.5 may be a fraction or a percentage");
  CHECK(error_of_csv("name,flops,macs\na,1e9,2e9\n") == "1:12: is flops, and so is the column \"flops\"");
  CHECK(error_of_csv("name,flosp\na,1e9\n") == "1:6: unknown column");
  CHECK(error_of_csv("name,flops\na,1e9\na,1e9\n") == "3:0: is there already, in line 2 of test.csv");
  std::string wide = "name";
  for (int column = 0; column < 100'000; ++column) wide += ",x" + std::to_string(column);
  CHECK(error_of_csv(wide + "\n") == "1:1: the header has 100001 cells, more than 4096");
}

TEST_CASE("every beginning of a table is refused or has the models that it has as a whole") {
  const std::string good = "name,accuracy,task\r\n\"a, \"\"x\"\"\",75,t\r\nb,\"76\",\"two\nlines\"\r\n";
  for (std::size_t length = 0; length < good.size(); ++length) {
    const test::ReadResult result = read_text(good.substr(0, length), "test.csv");
    CAPTURE(length);
    CHECK((result.problems.errors() > 0 || result.catalog.size() <= 2));
  }
}

TEST_CASE("a number with a decimal comma is read as with a point") {
  CHECK(read::with_decimal_point("0,42") == "0.42");
  CHECK(read::with_decimal_point("1.014,45") == "1014.45");
  CHECK(read::with_decimal_point("-1.014.000") == "-1014000");
  CHECK(read::with_decimal_point("1,5e-3") == "1.5e-3");
  CHECK(read::with_decimal_point("0,42 kWh") == "0.42 kWh");
  for (const std::string_view text : {"0.42", "1.5", "1.0145", ",5", "1,", "0.123", ""}) {
    CAPTURE(text);
    CHECK(read::with_decimal_point(text) == std::nullopt);
  }
}

TEST_CASE("a number of a table is read to the last digit like one of JSON") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponents(-20, 20);
  for (int run = 0; run < 2000; ++run) {
    const double value = std::pow(10, exponents(random));
    const std::string text = round_trip(value);
    CAPTURE(text);
    const test::ReadResult table = read_text("name,loss\na," + text + "\n", "test.csv");
    const test::ReadResult json = read_text(R"([{"name":"a","loss":)" + text + "}]", "test.json");
    REQUIRE(table.catalog.size() == 1);
    CHECK(table.catalog[0].value(field_id("loss")) == json.catalog[0].value(field_id("loss")));
  }
}
