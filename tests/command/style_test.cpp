// relief style check and relief style eval, as people call them.

#include "tests/command/command_line.hpp"

#include <nlohmann/json.hpp>

#include <fstream>

namespace relief::command {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using StyleJson = nlohmann::json;

class StyleVerbs : public CommandLine {
protected:
    // NOLINTNEXTLINE(bugprone-easily-swappable-parameters): what it is called, what is in it
    std::string text_file(const std::string& name, const std::string& text) const {
        std::string path = file(name);
        std::ofstream(path) << text;
        return path;
    }
};

TEST_F(StyleVerbs, SayHowManyLayersAGoodStyleHas) {
    const auto path = text_file(
        "good.json",
        R"({"version": 8, "sources": {}, "layers": [{"id": "land", "type": "background"}]})");

    const auto said = relief({"style", "check", path});

    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output, EndsWith("good, 1 layer (1 background) from 0 sources\n"));
}

TEST_F(StyleVerbs, NameFileLineAndPlaceOfAnError) {
    const auto path = text_file("bad.json", R"({"version": 8, "sources": {}, "layers": [
        {"id": "lonely", "type": "fill", "source": "gone"}]})");

    const auto said = relief({"style", "check", path});
    const auto as_json = relief({"style", "check", path, "--json"});

    EXPECT_EQ(said.status, 1);
    EXPECT_THAT(said.errors, HasSubstr("bad.json:2: layers[0].source: the source \"gone\""));
    EXPECT_EQ(as_json.status, 1);
    const auto document = StyleJson::parse(as_json.output);
    EXPECT_EQ(document["good"], false);
    EXPECT_EQ(document["problems"][0]["line"], 2);
    EXPECT_EQ(document["problems"][0]["path"], "layers[0].source");
}

TEST_F(StyleVerbs, EvaluateAnExpressionForEachInput) {
    const auto path = text_file("case.json",
                                R"({"expression": ["*", 2, ["number", ["get", "n"]]],
                                    "inputs": [[{}, {"properties": {"n": 4}}], [{}, {}]]})");

    const auto said = relief({"style", "eval", path});

    EXPECT_EQ(said.status, 0) << said.errors;
    const auto document = StyleJson::parse(said.output);
    EXPECT_EQ(document["compiled"]["result"], "success");
    EXPECT_EQ(document["outputs"][0], 8);
    EXPECT_TRUE(document["outputs"][1].contains("error"));
}

TEST_F(StyleVerbs, RefuseAFileThatIsNoJsonInOneLine) {
    expect_one_line(relief({"style", "eval", text_file("none.json", "{\n,")}));
    expect_one_line(relief({"style", "check", file("gone.json")}));
}

}  // namespace
}  // namespace relief::command
