// Words that stand in reports which not everyone may read are in no byte that everyone gets.

#include "tests/journey/shown_journey.hpp"
#include "tiler/shown/shown_store.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace relief::journey {
namespace {

class CanaryReports : public ShownJourney {
protected:
    /// Enough neighbours of another source each, so that something is shown of them at all.
    void store_canaries() {
        report::Draft draft = flood_at(town, "canary title of 0 4711");
        draft.sensitivity = Sensitivity::moderate;
        draft.description = "canary description: call +254 700 000000, @canary";
        draft.properties = R"({"phone":"canary phone","notes":"canary notes"})";
        draft.origin = "canary collection";
        for (int i = 0; i < 4; ++i) {
            draft.contact = "canary contact " + std::to_string(i);
            draft.origin_id = std::to_string(i);
            ids.push_back(store(draft, long_ago()));
        }
        store(flood_at({37.5, -1}, "low and open"));
    }
    RunningRelief& serve_canaries() {
        auto& server = serve();
        EXPECT_TRUE(eventually([&] {
            return server.get(tile_at({37.5, -1}, 14)).body.find("low and open") !=
                       std::string::npos &&
                   server.get(tile_at(town, 14)).status == 200;
        })) << "what is shown together is shown";
        return server;
    }
    std::map<std::string, std::string> answers(const RunningRelief& server) const {
        std::vector<std::string> addresses = open_addresses();
        for (const std::string& id : ids) {
            addresses.push_back("/reports/" + id);
            addresses.push_back("/reports/" + id + "/history");
        }
        std::map<std::string, std::string> all;
        for (const std::string& address : addresses) all[address] = server.get(address).body;
        return all;
    }
    /// The same but for the number of the layer's content, which is never used again, and the time
    /// at which that came to be.
    std::map<std::string, std::string> without_version(const RunningRelief& server) const {
        const std::string version = server.json("/layers/reports")["version"];
        const std::regex changing(version + R"(|"modified":"[^"]*")");
        auto all = answers(server);
        for (auto& [address, body] : all) body = std::regex_replace(body, changing, "V");
        return all;
    }
    static std::string words_of(const std::filesystem::path& file) {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    static constexpr std::array<const char*, 6> canaries{"canary title",
                                                         "canary description",
                                                         "canary phone",
                                                         "canary notes",
                                                         "canary contact",
                                                         "254 700"};

    std::vector<std::string> ids;
};

TEST_F(CanaryReports, AreInNoAnswerThatEveryoneGets) {
    store_canaries();
    const auto& server = serve_canaries();
    auto all = answers(server);
    all["/metrics"] = server.get("/metrics").body;

    for (const auto& [address, body] : all) {
        for (const char* const canary : canaries)
            EXPECT_EQ(body.find(canary), std::string::npos) << canary << " in " << address;
        EXPECT_EQ(body.find("canary collection"), std::string::npos) << address;
        for (const std::string& id : ids) {
            if (address.find(id) != std::string::npos) continue;
            EXPECT_EQ(body.find(id), std::string::npos) << address;
        }
    }
}

TEST_F(CanaryReports, AreInNeitherLogNorCacheNorPublicStoreNorEvents) {
    auto& server = serve();
    support::LoopbackClient listener(server.port());
    listener.ask("GET /events", "Accept: text/event-stream\r\n");
    listener.answer();
    listener.read_to("\n\n");
    store_canaries();
    std::string heard;
    for (std::string event; heard.find(R"("category":"flood")") == std::string::npos;
         heard += event) {
        event = listener.read_to("\n\n");
        ASSERT_FALSE(event.empty());
    }
    answers(server);
    end(server);

    std::map<std::string, std::string> places{{"events", heard},
                                              {"log", server.program().errors()}};
    for (const auto& file : std::filesystem::recursive_directory_iterator(workspace()))
        if (file.is_regular_file() && !file.path().filename().string().starts_with("exact."))
            places[file.path().string()] = words_of(file.path());
    for (const auto& [place, bytes] : places)
        for (const char* const canary : canaries)
            EXPECT_EQ(bytes.find(canary), std::string::npos) << canary << " in " << place;
}

// P1.
TEST_F(CanaryReports, AndAllAnswersAreTheSameWithoutTheExactOnes) {
    store_canaries();
    auto& with = serve_canaries();
    const auto before = answers(with);
    end(with);
    forget_exact();

    const auto after = answers(serve_canaries());

    for (const auto& [address, body] : before) EXPECT_EQ(after.at(address), body) << address;
}

TEST_F(CanaryReports, AndAllAnswersComeToTheSameFromNothing) {
    store_canaries();
    auto& with = serve_canaries();
    const auto before = without_version(with);
    end(with);
    {
        auto tables = shown::ShownStore::open(workspace());
        ASSERT_TRUE(tables && tables->clear());
    }

    const auto after = without_version(serve_canaries());

    for (const auto& [address, body] : before) {
        if (address == "/styles") continue;  // the version of a style is made of its layers'
        EXPECT_EQ(after.at(address), body) << address;
    }
}

}  // namespace
}  // namespace relief::journey
