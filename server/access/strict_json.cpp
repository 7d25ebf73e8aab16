#include "server/access/strict_json.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relief::access {
namespace {

constexpr int deepest = 16;

/// Listens to the parser, which itself keeps the last of two members.
class MemberWatch {
public:
    using Event = nlohmann::json::parse_event_t;

    bool hears(int depth, Event event, const nlohmann::json& parsed) {
        if (depth > deepest) fine_ = false;
        if (event == Event::object_start) open_.emplace_back();
        if (event == Event::object_end && !open_.empty()) open_.pop_back();
        if (event == Event::key && !open_.empty())
            fine_ = open_.back().insert(parsed.get<std::string>()).second && fine_;
        return fine_;
    }
    bool fine() const noexcept { return fine_; }

private:
    std::vector<std::set<std::string>> open_;
    bool fine_ = true;
};

}  // namespace

std::optional<nlohmann::json> read_strictly(std::string_view text) {
    MemberWatch watch;
    auto document = nlohmann::json::parse(
        text,
        [&watch](int depth, MemberWatch::Event event, nlohmann::json& parsed) {
            return watch.hears(depth, event, parsed);
        },
        false);
    if (!watch.fine() || document.is_discarded()) return std::nullopt;
    return document;
}

std::optional<std::string_view> text_member(const nlohmann::json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return std::string_view(found->get_ref<const std::string&>());
}

}  // namespace relief::access
