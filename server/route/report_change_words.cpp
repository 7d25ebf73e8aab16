// What moderators decide, as it stands in the body of a request.

#include "server/http/letters.hpp"
#include "server/intake/sent_report.hpp"
#include "server/route/report_words.hpp"
#include "tiler/report/text.hpp"

#include <nlohmann/json.hpp>

#include <tuple>

namespace relief::route {
namespace {

using ChangeJson = nlohmann::json;

constexpr std::size_t longest_note = 4000;

std::string status_list() {
    std::string list;
    for (const std::string_view name : report::status_names)
        list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

/// The text of a member; nothing when it is not there. Errors: bad_request for another type.
Result<std::optional<std::string>> text_member(const ChangeJson& document, const char* name) {
    const auto found = document.find(name);
    if (found == document.end()) return std::optional<std::string>();
    if (found->is_null()) return std::optional<std::string>("");
    if (!found->is_string()) return bad_request(std::string(name) + " is to be a text");
    return std::optional(found->get<std::string>());
}

Result<void> read_decision(const ChangeJson& document, intake::Change& change) {
    const auto status = text_member(document, "status");
    if (!status) return status.error();
    if (*status) {
        const auto known = parse_report_status(**status);
        if (!known) return known.error();
        change.status = *known;
    }
    const auto level = text_member(document, "sensitivity");
    if (!level) return level.error();
    if (!*level) return {};
    change.level = parse_sensitivity(**level);
    if (change.level) return {};
    return bad_request("sensitivity \"" + report::shown(**level) +
                       "\" is not known; allowed: low, moderate, high, severe");
}

/// Source: AJP-2.1, the Admiralty code: reliability A to F, credibility 1 to 6.
bool is_grade(std::string_view text) {
    return text.empty() || (text.size() == 2 && text[0] >= 'A' && text[0] <= 'F' &&
                            text[1] >= '1' && text[1] <= '6');
}

Result<void> read_grade(const ChangeJson& document, intake::Change& change) {
    auto grade = text_member(document, "confidence");
    if (!grade) return grade.error();
    if (*grade && !is_grade(**grade))
        return bad_request(
            "confidence \"" + report::shown(**grade) +
            "\" is no grade; allowed: A1 to F6 (reliability, credibility), or empty");
    change.confidence = std::move(*grade);
    return {};
}

Result<void> read_words(const ChangeJson& document, intake::Change& change) {
    for (auto [name, slot, most] :
         {std::tuple("duplicate_of", &change.duplicate_of, std::size_t{64}),
          std::tuple("assigned", &change.assigned, std::size_t{64}),
          std::tuple("note", &change.note, longest_note)}) {
        auto text = text_member(document, name);
        if (!text) return text.error();
        if (!*text) continue;
        auto clean = report::clean_text(**text, most);
        if (clean.cut)
            return bad_request(std::string(name) + " is longer than the " + std::to_string(most) +
                               " bytes that are allowed");
        *slot = std::move(clean.text);
    }
    return {};
}

bool is_empty(const intake::Change& change) {
    return !change.status && !change.level && !change.duplicate_of && !change.confidence &&
           !change.assigned && !change.note && change.corrected == exact::Correction();
}

}  // namespace

Result<report::Status> parse_report_status(std::string_view text) {
    const auto status = find_name<report::Status>(report::status_names, text);
    if (status) return *status;
    return bad_request("status \"" + report::shown(text) +
                       "\" is not known; allowed: " + status_list());
}

Result<intake::Change> parse_report_change(const http::Request& request) {
    std::string_view type = request.header("content-type").value_or("");
    type = http::trimmed(http::take_until(type, ';'));
    if (!http::same_ignoring_case(type, "application/json") &&
        !http::same_ignoring_case(type, "application/merge-patch+json"))
        return Error{Fault::unsupported_media, "a change is application/json"};
    const auto document = ChangeJson::parse(request.body, nullptr, false);
    if (!document.is_object())
        return bad_request(R"(the body is to be a JSON object such as {"status": "verified"})");
    intake::Change change;
    if (auto read = read_decision(document, change); !read) return read.error();
    if (auto read = read_grade(document, change); !read) return read.error();
    if (auto read = read_words(document, change); !read) return read.error();
    auto corrected = intake::read_correction(request.body);
    if (!corrected) return corrected.error();
    change.corrected = std::move(*corrected);
    if (is_empty(change))
        return bad_request(
            "nothing to change; members are status, sensitivity, duplicate_of, confidence, "
            "assigned and note; corrected are title, description, category, time, severity, "
            "precision and geometry");
    return change;
}

Result<std::vector<std::string>> parse_report_ids(const http::Request& request) {
    constexpr std::size_t most = 200;
    const auto document = ChangeJson::parse(request.body, nullptr, false);
    const auto ids = document.is_object() ? document.find("ids") : document.end();
    const bool is_list = document.is_object() && ids != document.end() && ids->is_array();
    if (!is_list || ids->empty() || ids->size() > most)
        return bad_request("ids is to be a list of 1 to " + std::to_string(most) +
                           " ids of reports");
    std::vector<std::string> found;
    for (const auto& id : *ids) {
        if (!id.is_string()) return bad_request("ids is to be a list of texts");
        found.push_back(id.get<std::string>());
    }
    return found;
}

}  // namespace relief::route
