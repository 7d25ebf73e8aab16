#pragma once
// All that a reader gives of a text, kept.

#include "tiler/report/reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relief::report {

struct AllRead {
    Reading reading;
    std::vector<Draft> drafts;
    std::vector<Alert> alerts;
    std::vector<std::pair<std::uint64_t, std::string>> rejects;  ///< row, reason
    std::string failure;                                         ///< why nothing could be read
};

inline void keep(AllRead& all, Found found) {
    if (auto* draft = std::get_if<Draft>(&found.what)) all.drafts.push_back(std::move(*draft));
    if (auto* reject = std::get_if<Reject>(&found.what))
        all.rejects.emplace_back(found.row, reject->reason);
    if (auto* warning = std::get_if<Warning>(&found.what)) {
        all.alerts.push_back(std::move(warning->alert));
        if (warning->as_report)
            all.drafts.push_back(*warning->as_report);
        else
            all.rejects.emplace_back(found.row, warning->as_report.error().what);
    }
}

/// Contacts become "h(contact)".
inline AllRead read_all(std::string_view text, ReadingWish wish = {}) {
    AllRead all;
    wish.contact_hash = [](std::string_view contact) { return "h(" + std::string(contact) + ")"; };
    const auto done = read_reports(text, wish, [&](Found found) {
        keep(all, std::move(found));
        return true;
    });
    if (done)
        all.reading = *done;
    else
        all.failure = done.error().what;
    return all;
}

inline std::vector<std::string> titles_of(const AllRead& all) {
    std::vector<std::string> titles;
    for (const auto& draft : all.drafts) titles.push_back(draft.title);
    return titles;
}

}  // namespace relief::report
