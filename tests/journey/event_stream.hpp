#pragma once
// Who listens to /events.

#include "tests/journey/running_relief.hpp"

#include <string>

namespace relief::journey {

/// A connection that has begun to listen.
class EventStream {
public:
    explicit EventStream(const RunningRelief& server, const std::string& headers = {})
        : client_(server.port()) {
        client_.ask("GET /events", "Accept: text/event-stream\r\n" + headers);
        head = client_.answer().value_or(Answer{});
        greeting = client_.read_to("\n\n");
    }
    /// The next event whose lines hold the words; "" when the stream ends before.
    std::string next(const std::string& words) {
        std::string event;
        do {
            event = client_.read_to("\n\n");
        } while (!event.empty() && event.find(words) == std::string::npos);
        return event;
    }
    /// All that is heard, from the first line to the event whose lines hold the words.
    std::string all_to(const std::string& words) {
        std::string heard = greeting;
        std::string event = greeting;
        while (!event.empty() && event.find(words) == std::string::npos)
            heard += event = client_.read_to("\n\n");
        return heard;
    }
    bool is_ended_by_server() { return client_.is_closed_by_server(); }
    static std::string id_of(const std::string& event) {
        const auto at = event.find("id: ") + 4;
        return event.substr(at, event.find('\n', at) - at);
    }

    Answer head;
    std::string greeting;

private:
    support::LoopbackClient client_;
};

}  // namespace relief::journey
