// There are two ways to read a model; whichever one is taken, the catalog and the messages are the same.
#include "input/json/plain_walk.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "greenml/label.hpp"
#include "greenml/read_text.hpp"
#include "input/csv/cell_end.hpp"
#include "input/csv/plain_row.hpp"
#include "input/file_window.hpp"
#include "input/json/lead.hpp"
#include "input/json/text_end.hpp"

using namespace greenml;

namespace {

/// All that can be said of a catalog and its problems. Spellings are kept in one of two readings, and that one takes
/// the general way for every model.
std::string described(const std::string& text, const std::string& name, bool is_general, std::size_t window) {
  Problems problems;
  Input input = from_memory(name, text);
  const Catalog catalog =
      read_catalogs(std::span(&input, 1), problems, {.keep_spellings = is_general, .as = "greenml", .window = window});
  std::string result;
  std::vector<std::string_view> keys = catalog.further_labels();
  for (const Label& label : labels) keys.push_back(label.name);
  for (std::size_t row = 0; row < catalog.size(); ++row) {
    result += fmt::format("{}:{}", catalog.line(row), catalog.name(row));
    for (const std::string_view key : keys) {
      const LabelValue label = catalog.label(key, row);
      result += fmt::format(" {}={}{}", key, static_cast<int>(label.kind), label.text);
    }
    for (std::size_t field = 0; field < fields.size(); ++field)
      result += fmt::format(" {:a}", catalog.value(static_cast<FieldId>(field), row));
    result += '\n';
  }
  for (const Problem& problem : problems.kept())
    result += fmt::format("{}:{}:{}:{}:{} {}\n", problem.place.line, problem.place.column, problem.place.excerpt,
                          problem.model, problem.key, problem.message);
  return result;
}

void check_ways(const std::string& text, const std::string& name) {
  CAPTURE(name, text);
  const std::string general = described(text, name, true, 1 << 20);
  for (const std::size_t window : {std::size_t{64}, std::size_t{300}, std::size_t{1} << 20})
    CHECK(described(text, name, false, window) == general);
}

/// What most catalogs are made of.
constexpr auto usual_members = std::to_array<std::string_view>({
    R"("accuracy": 76.13)",
    R"("flops": 8178000000)",
    R"("params": 25557032)",
    R"("variant": "int8")",
    R"("hardware_count": 64)",
    R"("quality_metric": "top-1")",
    R"("task": "vision")",
    R"("owner": "an unknown key")",
    R"("accuracy_per_gflop": 9.3)",
    R"("rank": 1)",
});

constexpr auto odd_members = std::to_array<std::string_view>({
    R"("accuracy": 0.7613)",
    R"("accuracy":101)",
    R"("accuracy": "76.13 %")",
    R"("accuracy_percent" : 0.5)",
    R"("error_rate": 5.10)",
    R"("flops": 1.8)",
    R"("flops": 8.178e9)",
    R"("macs": 4089000000)",
    R"("gflops": 8.178)",
    R"("gflops": 00.5)",
    R"("gflops": .5)",
    R"("gflops": 5.)",
    R"("gflops": -5)",
    R"("gflops": 0)",
    R"("gflops": 12345678901234567890)",
    R"("gflops": 9007199254740993)",
    R"("gflops": 0.12345678901234567890123)",
    R"("gflops": 5x)",
    R"("params": 2.5)",
    R"("params": null)",
    R"("energy": {"value": 0.42, "unit": "J"})",
    R"("energy_j": 1e-300)",
    R"("latency_ms": true)",
    R"("latency_ms": "N/A")",
    R"("latency": 4000)",
    R"("variant": 384)",
    R"("variant": 384.50)",
    R"("variant": -1)",
    R"("variant": 1e3)",
    R"("variant": true)",
    R"("variant": truer)",
    R"("variant": null)",
    R"("variant": ["a"])",
    "\"variant\": \"a\tb\"",
    R"("hardware_count": 0.5)",
    R"("hardware_count": "8")",
    R"("accuracy_metric": "top-1")",
    R"("task": "a\"b\\c")",
    R"("t\u0061sk": "vision")",
    R"("task": "b\u00fccher")",
    "\"task\": \"b\xC3\xBC"
    "cher\"",
    "\"task\": \"b\xC3 \"",
    "\"task\": \"\xFF\"",
    R"("acuracy": 5)",
    R"("a key that is longer than the first sixteen bytes of it": 1)",
    R"("a key that is longer than the first sixteen byted of it": 1)",
    R"("derived": "energy co2")",
    R"("name": "twice")",
    "\n  \"dataset\" :\r\n\t\"ImageNet-1k\" ",
});

constexpr auto names = std::to_array<std::string_view>(
    {R"("name": "M%")", R"("name":"M% is of more than sixteen letters")", R"("name": "M%")", R"("name": "")",
     R"("name": "  ")", R"("name": " M%")", R"("name": 5)", "\"name\": \"\xC3\xBC%\"", R"("nam": "M%")"});

std::string model_of(std::mt19937& random, std::size_t number, double share_of_odd) {
  const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
  const bool is_odd = std::bernoulli_distribution(share_of_odd)(random);
  std::string name(names[is_odd ? pick(names.size()) : pick(2)]);
  if (const std::size_t at = name.find('%'); at != std::string::npos) name.replace(at, 1, std::to_string(number));
  std::vector<std::string> parts = {name};
  for (std::size_t count = pick(6); count > 0; --count)
    parts.emplace_back(is_odd && pick(4) != 0 ? odd_members[pick(odd_members.size())]
                                              : usual_members[pick(usual_members.size())]);
  std::shuffle(parts.begin(), parts.end(), random);
  return fmt::format("{{{}}}", fmt::join(parts, pick(2) == 0 ? "," : " , "));
}

/// Takes what a walk hands over.
struct Taken final : read::RawSink {
  std::vector<std::string> models;
  std::uint32_t first_key = 1;  ///< the number of the name; a quantity and a label come next

  void model(const read::RawObject& /*object*/) override {}
  void defaults(const read::RawObject& /*object*/) override {}
  void header(const read::RawMember& /*member*/) override {}
  void problem(std::size_t /*offset*/, std::string_view /*message*/, std::string_view /*hint*/) override {}
  read::PlainKey plain_key(std::uint32_t key_number) override {
    constexpr auto uses =
        std::to_array<read::PlainUse>({read::PlainUse::name, read::PlainUse::quantity, read::PlainUse::label});
    const std::uint32_t place = key_number - first_key;
    return {.use = place < uses.size() ? uses[place] : read::PlainUse::passed_over,
            .meaning = key_number,
            .least = 0.5,
            .most = 1e12};
  }
  bool plain_model(const read::PlainModel& model) override {
    std::string text(model.name);
    for (const read::PlainQuantity& one : model.quantities) text += fmt::format(" {}", one.value);
    for (const read::PlainLabel& one : model.labels) text += fmt::format(" {}", one.text);
    models.push_back(std::move(text));
    return true;
  }
};

/// What a walk makes of a model whose keys name, q, l and other were met; empty where it leaves it to the general way.
std::string walked(std::string_view model) {
  read::KeyBook keys;
  for (const std::string_view key : {"name", "q", "l", "other"}) keys.find_or_add(key);
  read::PlainWalk walk(keys);
  Taken taken;
  walk.put_into(taken);
  const std::string padded = std::string(model) + std::string(read::Window::padding, '\0');
  const char* const end = walk.read(padded.data(), padded.data() + model.size());
  if (end == nullptr || !walk.hand_over(0, {})) return {};
  REQUIRE(end == padded.data() + model.size());
  return taken.models.at(0);
}

}  // namespace

TEST_CASE("a model that is written plainly is read in one pass") {
  CHECK(walked(R"({"name":"M","q":76.13,"l":"int8","other":true})") == "M 76.13 int8");
  CHECK(walked("{ \"l\" : 2015 ,\n\t\"q\": 12345678901\r\n, \"name\":\"b\xC3\xBC"
               "cher\" }") ==
        "b\xC3\xBC"
        "cher 12345678901 2015");
  CHECK(walked(R"({"name": "a name of more than sixteen bytes", "l": false})") ==
        "a name of more than sixteen bytes false");
}

TEST_CASE("whatever is not plain is left to the general way") {
  for (const std::string_view model : {R"({})",
                                       R"({"name":"M")",
                                       R"({"name":"M",})",
                                       R"({"name":"M","q":-1})",
                                       R"({"name":"M","q":0.25})",
                                       R"({"name":"M","q":2000000000000})",
                                       R"({"name":"M","q":1e3})",
                                       R"({"name":"M","q":01})",
                                       R"({"name":"M","q":1.})",
                                       R"({"name":"M","q":12345678901234567890})",
                                       R"({"name":"M","q":"1"})",
                                       R"({"name":"M","q":null})",
                                       R"({"name":"M","l":[1]})",
                                       R"({"name":"M","l":"a\n"})",
                                       R"({"name":"M","new":1})",
                                       R"({"name":"M","l":1,"l":1})",
                                       R"({"name":5})",
                                       R"({"q":5})",
                                       R"({"name":"M" "q":5})",
                                       R"({"name":"M","q" 5})",
                                       "{\"name\":\"M\",\"l\":\"\xFF\"}",
                                       "{\"name\":\"M\",\"l\":\"\t\"}",
                                       R"({"name":"M","l":tru})",
                                       R"({"name":"M","l":truex})"}) {
    CAPTURE(model);
    CHECK(walked(model).empty());
  }
}

TEST_CASE("both ways to read a model agree on every kind of member") {
  std::vector<std::string_view> members(usual_members.begin(), usual_members.end());
  members.insert(members.end(), odd_members.begin(), odd_members.end());
  for (const std::string_view member : members) {
    const std::string one = fmt::format(R"({{"name": "A", {}}})", member);
    const std::string other = fmt::format(R"({{{}, "name": "B", "flops": 5000}})", member);
    const std::string last = R"({"name": "C", "flops": 6000})";
    check_ways(fmt::format("[{},\n{},\n{}]", one, other, last), "x.json");
    check_ways(fmt::format("{}\n{}\n{}\n", one, other, last), "x.ndjson");
  }
}

TEST_CASE("both ways to read a model agree on random catalogs") {
  std::mt19937 random(20261126);
  for (std::size_t round = 0; round < 150; ++round) {
    std::vector<std::string> models;
    for (std::size_t number = 0; number < 12; ++number)
      models.push_back(model_of(random, number, round % 2 == 0 ? 0.1 : 0.5));
    check_ways(fmt::format("[{}]", fmt::join(models, ",\n")), "x.json");
    check_ways(
        fmt::format(R"({{"source": "s", "models": [{}], "defaults": {{"params": 7}}}})", fmt::join(models, ", ")),
        "x.json");
    check_ways(fmt::format("{}", fmt::join(models, "\n")), "x.ndjson");
  }
}

TEST_CASE("both ways to read a model agree where labels have thousands of values, some of which come again later") {
  std::string models;
  for (int index = 0; index < 40'000; ++index) {
    const bool is_usual = index < 2000 || index % 20 == 0;
    models += fmt::format(R"({{"name": "m{}", "url": "{}", "family": "family {}"}})", index,
                          is_usual ? std::to_string(index % 3) : fmt::format("https://example.com/{}", index),
                          index * 7919LL % 3000);
    models += '\n';
  }
  const std::string general = described(models, "models.ndjson", true, 1 << 20);
  for (const std::size_t window : {std::size_t{100'000}, std::size_t{1} << 20})
    CHECK((described(models, "models.ndjson", false, window) == general));
}

TEST_CASE("both ways to read a model agree on lines, whatever blanks stand between its members") {
  constexpr auto blanks =
      std::to_array<std::string_view>({"", " ", "\n", "\n  ", "\n      ", "\r\n\t", " \n \n ",
                                       "                                                            "});
  constexpr auto members =
      std::to_array<std::string_view>({"accuracy", "flops", "params", "a key of forty-eight bytes with its other bytes",
                                       "a key that is longer than all of those with their blanks"});
  std::mt19937 random(20261128);
  const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
  for (std::size_t round = 0; round < 60; ++round) {
    // Mostly one style for all models, at times another in between.
    const std::string_view usual = blanks[pick(blanks.size())];
    const std::size_t seldom = round % 3 == 0 ? 1000 : 8;
    const auto blank = [&] { return pick(seldom) == 0 ? blanks[pick(blanks.size())] : usual; };
    std::string array = "[";
    std::string lines;
    for (std::size_t number = 0; number < 15; ++number) {
      std::string model = fmt::format("{{{}\"name\"{}:{}\"M{}\"", blank(), blank(), blank(), number);
      for (const std::string_view member : members)
        if (pick(4) != 0) model += fmt::format("{},{}\"{}\":{}{}", blank(), blank(), member, blank(), 50 + pick(40));
      if (pick(10) == 0) model += R"(, "task": "\u0061")";
      model += fmt::format("{}}}", blank());
      array += fmt::format("{}{}{}", number == 0 ? "" : ",", blank(), model);
      std::replace(model.begin(), model.end(), '\n', ' ');
      lines += fmt::format("{}{}", model, pick(5) == 0 ? "\n\n" : "\n");
    }
    check_ways(array + "]", "x.json");
    check_ways(lines, "x.ndjson");
  }
}

TEST_CASE("a lead stands where its bytes are, and nowhere else") {
  const std::string text =
      ",\n    \"a key of some length\":  and what comes after it" + std::string(read::Lead::most, '\0');
  for (std::size_t size = 1; size <= read::Lead::most; ++size) {
    const read::Lead lead(std::string_view(text).substr(0, size));
    CHECK(lead.size() == size);
    CHECK(lead.line_breaks() == (size > 1 ? 1 : 0));
    CHECK(lead.stands_at(text.data()));
    for (std::size_t at = 0; at < text.size() - read::Lead::most; ++at) {
      std::string other = text;
      ++other[at];
      if (lead.stands_at(other.data()) != (at >= size)) FAIL(size << " " << at);
    }
  }
}

TEST_CASE("a model of NDJSON that goes on in the next line is refused, as in the general way") {
  for (const std::string_view model :
       {"{\n\"name\": \"b\"}", "{\"name\":\n\"b\"}", "{\"name\": \"b\"\n}", "{\"name\"\n: \"b\", \"accuracy\": 70}"}) {
    const std::string first = R"({"name": "a", "accuracy": 70})"
                              "\n";
    const std::string text = first + std::string(model) + "\n" + R"({"name": "c", "accuracy": 71})" + "\n";
    check_ways(text, "models.ndjson");
    CHECK(test::read_text(text, "models.ndjson").problems.errors() > 0);
  }
}

TEST_CASE("both ways to read a row of a table agree") {
  constexpr auto usual_cells = std::to_array<std::string_view>(
      {"", "76.13", "8178000000", "a text", "8", "384", "2016", "true", "\"a text\"", "\"\"", "top-1"});
  constexpr auto odd_cells = std::to_array<std::string_view>({"0.7613",
                                                              "101",
                                                              "76.13 %",
                                                              "1e9",
                                                              "-5",
                                                              "+5",
                                                              "00.5",
                                                              "0",
                                                              "null",
                                                              "N/A",
                                                              "1.",
                                                              "fals",
                                                              "falsely",
                                                              "\"76.13\"",
                                                              "'=x",
                                                              "\"'=x\"",
                                                              "\"a, \"\"b\"\"\"",
                                                              "\"a\nb\"",
                                                              "\"a\"b",
                                                              "a\"b",
                                                              " a",
                                                              "a ",
                                                              "\t",
                                                              "-",
                                                              "\"8\"",
                                                              "0.5",
                                                              "a\rb",
                                                              "b\xC3\xBC"
                                                              "cher",
                                                              "\xFF",
                                                              "12345678901234567890",
                                                              "0,5",
                                                              "1,2,3"});
  constexpr auto heads = std::to_array<std::string_view>(
      {"name,accuracy,flops,params,task,owner,hardware_count,quality_metric",
       "Model,Top-1 accuracy (%),GFLOPs,params,task,,year,rank",
       "name,accuracy,latency_ms,latency_s,accuracy_metric,quality_metric,task,derived"});
  std::mt19937 random(20261127);
  const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
  for (std::size_t round = 0; round < 300; ++round) {
    std::string text = fmt::format("{}\n", heads[pick(heads.size())]);
    const std::size_t seldom = round % 2 == 0 ? 40 : 4;
    for (std::size_t row = 0; row < 12; ++row) {
      text += pick(20) == 0 ? "" : fmt::format("M{}", row);
      for (std::size_t column = 1; column < 8; ++column)
        text += fmt::format(
            ",{}", pick(seldom) == 0 ? odd_cells[pick(odd_cells.size())] : usual_cells[pick(usual_cells.size())]);
      text += pick(3) == 0 ? "\r\n" : "\n";
    }
    if (pick(4) == 0) text.pop_back();
    check_ways(text, "x.csv");
    if (text.find(';') == std::string::npos) {
      std::replace(text.begin(), text.end(), ',', ';');
      check_ways(text, "x.csv");
    }
  }
}

namespace {

/// What is made of a row of the columns name, a quantity, a label and one without a name; empty where it is left to the
/// general way.
std::string read_plainly(std::string_view row) {
  read::PlainRow plain({true, true, true, false}, ',');
  Taken taken;
  taken.first_key = 0;
  plain.put_into(taken);
  const std::string padded = std::string(row) + std::string(read::Window::padding, '\0');
  const char* const end = plain.read(padded.data(), padded.data() + row.size());
  if (end == nullptr || !plain.hand_over(0, {})) return {};
  REQUIRE(end == padded.data() + row.size());
  return taken.models.at(0);
}

}  // namespace

TEST_CASE("a row that is written plainly is read in one pass") {
  CHECK(read_plainly("M,76.13,int8,x\n") == "M 76.13 int8");
  CHECK(read_plainly("M,,,\r\n") == "M");
  CHECK(read_plainly("\"M, a model\",12345678901,\"two\nlines\",\n") == "M, a model 12345678901 two\nlines");
  CHECK(read_plainly("a name of more than sixteen bytes,1,2016,0\n") == "a name of more than sixteen bytes 1 2016");
  CHECK(read_plainly("b\xC3\xBC"
                     "cher,1,true,\n") ==
        "b\xC3\xBC"
        "cher 1 true");
}

TEST_CASE("whatever row is not plain is left to the general way") {
  for (const std::string_view row :
       {"M,1,a,",    "M,1,a\n",       "M,1,a,,\n",         "M,-1,a,\n",  "M,1e3,a,\n",    "M,01,a,\n",
        "M,1.,a,\n", "M,0.25,a,\n",   "M,\"1\",a,\n",      "M,1 ,a,\n",  "M,1 ms,a,\n",   "M,1,-5,\n",
        "M,1,'a,\n", "M,1,\"'a\",\n", "M,1,\"a\"\"b\",\n", "M,1,\"a,\n", "M,1,\"a\" ,\n", "M,1,a\"b,\n",
        " M,1,a,\n", "M ,1,a,\n",     ",1,a,\n",           "\n",         "M,1,a,\rx\n"}) {
    CAPTURE(row);
    CHECK(read_plainly(row).empty());
  }
}

TEST_CASE("the end of a text is found in the same place on every processor") {
  std::mt19937 random(7);
  constexpr std::string_view odd = "\"\\\n\x1F\x7F\x80\xFF \x01!#[]";
  for (std::size_t round = 0; round < 4'000; ++round) {
    std::string text(std::uniform_int_distribution<std::size_t>(0, 40)(random), 'a');
    for (char& letter : text)
      if (std::bernoulli_distribution(0.1)(random))
        letter = odd[std::uniform_int_distribution<std::size_t>(0, odd.size() - 1)(random)];
    const std::string padded = text + '"' + std::string(2 * read::bytes_of_step, ' ');
    const std::size_t expected = static_cast<std::size_t>(std::find_if(padded.begin(), padded.end(),
                                                                       [](char letter) {
                                                                         return letter == '"' || letter == '\\' ||
                                                                                static_cast<signed char>(letter) < ' ';
                                                                       }) -
                                                          padded.begin());
    REQUIRE(static_cast<std::size_t>(read::first_special(padded.data()) - padded.data()) == expected);
    REQUIRE(static_cast<std::size_t>(read::first_special_anywhere(padded.data()) - padded.data()) == expected);
  }
}

TEST_CASE("the end of a cell is found in the same place on every processor") {
  std::mt19937 random(8);
  constexpr std::string_view odd("\"\n\r\0;,\x1F\x80\xFF'", 10);
  for (std::size_t round = 0; round < 4'000; ++round) {
    std::string text(std::uniform_int_distribution<std::size_t>(0, 40)(random), 'a');
    for (char& letter : text)
      if (std::bernoulli_distribution(0.1)(random))
        letter = odd[std::uniform_int_distribution<std::size_t>(0, odd.size() - 1)(random)];
    const std::string padded = text + '\n' + std::string(2 * read::bytes_of_cell_step, ' ');
    const std::size_t expected = padded.find_first_of(std::string_view(";\n\r\"\0", 5));
    REQUIRE(static_cast<std::size_t>(read::end_of_cell(padded.data(), ';') - padded.data()) == expected);
    REQUIRE(static_cast<std::size_t>(read::end_of_cell_anywhere(padded.data(), ';') - padded.data()) == expected);
  }
}
