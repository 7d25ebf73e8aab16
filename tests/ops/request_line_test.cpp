#include "server/ops/request_line.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace relief::ops {
namespace {

class Kept : public Log {
public:
    void write(Level level, std::string_view event, std::initializer_list<Field> fields) override {
        level_ = level;
        event_ = event;
        for (const auto& [name, value] : fields) fields_[std::string(name)] = value.text;
    }
    Level level() const { return level_; }
    const std::string& event() const { return event_; }
    const std::map<std::string, std::string>& fields() const { return fields_; }

private:
    Level level_ = Level::debug;
    std::string event_;
    std::map<std::string, std::string> fields_;
};

TEST(RequestLine, SaysWhatWasAskedAndAnswered) {
    Kept log;

    write(log,
          {.id = "abc",
           .method = "GET",
           .target = "/tiles/flood/3/1/2.png",
           .route = "/tiles/{id}/{z}/{x}/{y}",
           .cache = "HIT",
           .status = 200,
           .bytes = 1234,
           .duration = std::chrono::microseconds(56)});

    const std::map<std::string, std::string> expected{{"id", "abc"},
                                                      {"method", "GET"},
                                                      {"path", "/tiles/flood/3/1/2.png"},
                                                      {"route", "/tiles/{id}/{z}/{x}/{y}"},
                                                      {"cache", "HIT"},
                                                      {"status", "200"},
                                                      {"bytes", "1234"},
                                                      {"us", "56"}};
    EXPECT_EQ(log.event(), "request");
    EXPECT_EQ(log.level(), Level::info);
    EXPECT_EQ(log.fields(), expected);
}

TEST(RequestLine, NeverHoldsTheQueryWhereTokensAndPlacesAre) {
    Kept log;

    write(log, {.target = "/tiles/flood/3/1/2.png?token=secret&bbox=1,2,3,4", .status = 200});

    for (const auto& [name, value] : log.fields()) {
        EXPECT_EQ(value.find("secret"), std::string::npos) << name;
        EXPECT_EQ(value.find("bbox"), std::string::npos) << name;
    }
    EXPECT_EQ(log.fields().at("path"), "/tiles/flood/3/1/2.png");
}

TEST(RequestLine, OurFailureIsAWarningTheAskersIsNot) {
    Kept log;

    write(log, {.target = "/x", .status = 404});
    EXPECT_EQ(log.level(), Level::info);
    write(log, {.target = "/x", .status = 503});
    EXPECT_EQ(log.level(), Level::warning);
}

}  // namespace
}  // namespace relief::ops
