#include "tiler/pipeline/report_choice.hpp"

#include <algorithm>

namespace relief::pipeline {
namespace {

/// The request's filter and its time, as the rows are asked.
shown::RowFilter filter_of(const FeatureChoice& choice, const shown::Content& content) {
    shown::RowFilter filter;
    if (choice.reports) filter = shown::row_filter(*choice.reports, *content.categories);
    if (!choice.time || !content.times) return filter;
    const std::vector<InstantRange> ends{InstantRange(content.times->first),
                                         InstantRange(content.times->last)};
    const auto meant = interval_of(*choice.time, ends);
    if (!meant) {
        filter.statuses = 0;
        return filter;
    }
    if (meant->first) {
        const std::int32_t since = shown::minute_of(*meant->first);
        filter.since = std::max(filter.since.value_or(since), since);
    }
    if (meant->last) {
        const std::int32_t until = shown::minute_of(*meant->last);
        filter.until = std::min(filter.until.value_or(until), until);
    }
    return filter;
}

}  // namespace

ReportChoice::ReportChoice(const shown::Sight& sight, const FeatureReach& reach)
    : content_(*sight.content),
      texts_(sight.texts.get()),
      reach_(reach),
      rows_(filter_of(reach.choice, content_)) {}

Result<std::vector<std::optional<shown::RowText>>> ReportChoice::texts_of(
    std::span<const std::uint32_t> numbers) const {
    if (texts_ == nullptr || numbers.empty())
        return std::vector<std::optional<shown::RowText>>(numbers.size());
    return texts_->of(numbers);
}

Result<bool> ReportChoice::passes(ReportValues& values,
                                  GeometryKind kind,
                                  std::uint32_t number) const {
    if (reach_.choice.filters.empty()) return true;
    if (reach_.deadline.passed())
        return Error{Fault::out_of_time, "the reports could not be counted in time"};
    std::uint64_t id = 0;
    if (number != 0) {
        const auto text = texts_of({&number, 1});
        if (!text) return text.error();
        if (!text->front()) return false;
        add_text(values, *text->front());
        id = text->front()->feature;
    }
    return wants(ReportRow(values, kind, id));
}

bool ReportChoice::wants(const ReportRow& row) const {
    return std::all_of(reach_.choice.filters.begin(),
                       reach_.choice.filters.end(),
                       [&](const auto& one) { return one.holds(row, reach_.asked_zoom); });
}

Result<bool> ReportChoice::passes(const shown::AreaRow& area) const {
    if (!rows_.holds(area)) return false;
    if (reach_.choice.filters.empty()) return true;
    ReportValues values = values_of(area, *content_.categories);
    return passes(values, GeometryKind::area, area.number);
}

}  // namespace relief::pipeline
