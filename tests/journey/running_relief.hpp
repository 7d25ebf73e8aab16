#pragma once
// The real server on a free port of 127.0.0.1, asked over real connections.

#include "tests/support/loopback_client.hpp"
#include "tests/support/program.hpp"
#include "tests/support/raster_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace relief::journey {

using Answer = support::WireAnswer;
using Json = nlohmann::json;
using testing::eventually;

class RunningRelief {
public:
    /// `words` come after "serve".
    explicit RunningRelief(std::vector<std::string> words)
        : program_(command(std::move(words))), port_(wait_for_port()) {}

    std::uint16_t port() const noexcept { return port_; }
    testing::Program& program() noexcept { return program_; }
    bool is_ready() {
        return eventually([this] { return program_.ended() || get("/readyz").status == 200; }) &&
               !program_.ended();
    }
    /// Status 0 when there was no answer.
    Answer ask(const std::string& line, const std::string& header_lines = {}) const {
        support::LoopbackClient client(port_);
        if (!client.is_open() || !client.ask(line, header_lines)) return {};
        return client.answer(line.starts_with("HEAD ")).value_or(Answer{});
    }
    Answer get(const std::string& target, const std::string& header_lines = {}) const {
        return ask("GET " + target, header_lines);
    }
    Json json(const std::string& target) const {
        return Json::parse(get(target).body, nullptr, false);
    }
    std::vector<std::string> layers() const {
        const auto list = json("/layers");
        std::vector<std::string> ids;
        if (!list.is_object()) return ids;
        for (const auto& layer : list["layers"]) ids.push_back(layer["id"]);
        return ids;
    }
    bool shows(const std::string& id) const {
        const auto ids = layers();
        return std::find(ids.begin(), ids.end(), id) != ids.end();
    }
    /// Lines of the log that tell of an error.
    std::vector<std::string> errors() const {
        std::istringstream log(program_.errors());
        std::vector<std::string> found;
        for (std::string line; std::getline(log, line);) {
            if (line.find(" error ") != std::string::npos) found.push_back(line);
        }
        return found;
    }

private:
    static std::vector<std::string> command(std::vector<std::string> words) {
        std::vector<std::string> all{RELIEF_PROGRAM, "serve", "--listen", "127.0.0.1:0"};
        all.insert(all.end(), words.begin(), words.end());
        return all;
    }
    std::uint16_t wait_for_port() {
        const std::string before = "http://127.0.0.1:";
        std::string output;
        eventually([&] {
            output = program_.output();
            return output.find('\n') != std::string::npos || program_.ended();
        });
        const auto found = output.find(before);
        if (found == std::string::npos) return 0;
        return static_cast<std::uint16_t>(std::stoul(output.substr(found + before.size())));
    }

    testing::Program program_;
    std::uint16_t port_;
};

/// A workspace and a folder to serve, and a server that must end without an error in its log.
class Journey : public ::testing::Test {
protected:
    void TearDown() override {
        if (!server_) return;
        if (!server_->program().ended()) {
            server_->program().signal(SIGTERM);
            EXPECT_EQ(server_->program().wait(), 0);
        }
        EXPECT_THAT(server_->errors(), ::testing::IsEmpty());
    }

    /// 700 × 600 cells of 0.0001° from 35 E, 33.8 N to 35.07 E, 33.74 N, heights 0 to 1298.
    static testing::RasterRecipe heights() {
        testing::RasterRecipe recipe;
        recipe.width = 700;
        recipe.height = 600;
        recipe.crs = "EPSG:4326";
        recipe.transform = {35, 0.0001, 0, 33.8, 0, -0.0001};
        recipe.type = GDT_Float32;
        recipe.value = [](int, int column, int row) { return column + row; };
        return recipe;
    }
    std::string write(const std::string& name, const testing::RasterRecipe& recipe) const {
        return testing::write_raster(folder_, name, recipe);
    }
    void add(std::vector<std::string> words) const {
        words.insert(words.begin(), {RELIEF_PROGRAM, "--workspace", workspace().string(), "add"});
        testing::Program program(std::move(words));
        ASSERT_EQ(program.wait(), 0) << program.errors();
    }
    void remove(const std::string& id) const {
        testing::Program program(
            {RELIEF_PROGRAM, "--workspace", workspace().string(), "remove", id});
        ASSERT_EQ(program.wait(), 0) << program.errors();
    }
    RunningRelief& serve(std::vector<std::string> words = {}) {
        words.insert(words.end(), {"--workspace", workspace().string()});
        server_ = std::make_unique<RunningRelief>(std::move(words));
        EXPECT_TRUE(server_->is_ready()) << server_->program().errors();
        return *server_;
    }
    std::filesystem::path workspace() const { return folder_.path() / "workspace"; }
    const testing::TemporaryFolder& folder() const noexcept { return folder_; }

    /// The tile of 35.035 E, 33.77 N, which lies all inside, by the formula of OpenStreetMap's
    /// wiki, "Slippy map tilenames".
    static constexpr const char* tile = "/tiles/dem/14/9786/6557.png";

private:
    testing::TemporaryFolder folder_;
    std::unique_ptr<RunningRelief> server_;
};

}  // namespace relief::journey
