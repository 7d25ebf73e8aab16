#include "tiler/exact/renewal.hpp"

#include "tiler/exact/report_rows.hpp"

#include <string_view>

namespace relief::exact {

Result<Decisions> decisions_of(const workspace::Connection& connection, std::int64_t report) {
    workspace::Statement read(
        connection, "SELECT DISTINCT what FROM history WHERE report = ? AND who <> 'import'");
    read.bind(report);
    Decisions decisions;
    while (true) {
        const auto row = read.step();
        if (!row) return row.error();
        if (!*row) return decisions;
        decisions.insert(read.text(0));
    }
}

Arrival with_corrections(Arrival arrival,
                         const report::Draft& corrected,
                         const Decisions& decisions) {
    const auto keep = [&](std::string_view what, auto& said, const auto& kept) {
        if (decisions.contains(what)) said = kept;
    };
    report::Draft& said = arrival.draft;
    keep("place", said.place, corrected.place);
    keep("precision", said.precision, corrected.precision);
    keep("title", said.title, corrected.title);
    keep("description", said.description, corrected.description);
    keep("category", said.category, corrected.category);
    keep("severity", said.severity, corrected.severity);
    keep("time", said.time, corrected.time);
    return arrival;
}

report::Status status_after(const Arrival& arrival, const report::Report& before, bool is_decided) {
    if (arrival.draft.status) return is_decided ? before.status : *arrival.draft.status;
    const bool same =
        content_of(arrival.draft, arrival.photos) == content_of(before.said, before.photos);
    return before.status == report::Status::verified && !same ? report::Status::fresh
                                                              : before.status;
}

}  // namespace relief::exact
