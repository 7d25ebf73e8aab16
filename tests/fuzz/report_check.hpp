#pragma once
// What must hold of every record that a reader of reports gives, whatever it read.

#include "tiler/report/reading.hpp"
#include "tiler/report/text.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace relief::report {

inline bool is_fit(const std::string& text, std::size_t most) {
    return text.size() <= most && clean_text(text, most).text == text;
}

inline void check_draft(const Draft& draft) {
    const bool placed = std::abs(draft.place.longitude) <= 180 &&
                        std::abs(draft.place.latitude) <= 90;  // not of NaN
    const bool fit = is_fit(draft.title, Bounds::title) &&
                     is_fit(draft.description, Bounds::description) &&
                     is_fit(draft.category, Bounds::category) && is_fit(draft.origin_id, 1000);
    const auto properties = nlohmann::json::parse(draft.properties, nullptr, false);
    const bool bounded = properties.is_object() && properties.size() <= Bounds::property_count &&
                         draft.properties.size() <= Bounds::properties;
    const bool ordered = !draft.time || draft.time->first <= draft.time->last;
    if (!placed || !fit || !bounded || !ordered || draft.origin_id.empty()) std::abort();
}

inline void check_reading(std::string_view text, std::optional<Format> format) {
    ReadingWish wish;
    wish.format = format;
    wish.contact_hash = [](std::string_view contact) { return std::to_string(contact.size()); };
    std::uint64_t row = 0;
    const auto done = read_reports(text, wish, [&](const Found& found) {
        if (found.row < row || found.share < 0 || found.share > 1) std::abort();
        row = found.row;
        if (const auto* draft = std::get_if<Draft>(&found.what)) check_draft(*draft);
        const auto* warning = std::get_if<Warning>(&found.what);
        if (warning != nullptr && warning->as_report) check_draft(*warning->as_report);
        const auto* reject = std::get_if<Reject>(&found.what);
        if (reject != nullptr && (reject->reason.empty() || !is_fit(reject->reason, 4000)))
            std::abort();
        return true;
    });
    if (!done && done.error().what.empty()) std::abort();
}

}  // namespace relief::report
