#include "tiler/pipeline/report_choice.hpp"

#include "tiler/pipeline/report_rows.hpp"
#include "tiler/query/row.hpp"
#include "tiler/shown/cell_counter.hpp"

#include <algorithm>

namespace relief::pipeline {
namespace {

/// An area of 16 pixels of a tile's 512 is seen as one.
constexpr std::uint32_t zooms_from_tile_to_area = 5;

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

/// A report as a filter asks for it: the store is looked into only for what it alone tells.
template <typename Told>
class AskedReport final : public query::Row {
public:
    AskedReport(const Told& row,
                GeometryKind kind,
                const shown::Content& content,
                const shown::RowTexts* texts)
        : row_(row), kind_(kind), content_(content), texts_(texts) {}

    std::optional<AttributeValue> value(std::size_t attribute) const override {
        const auto field = static_cast<ReportField>(attribute);
        if (field != ReportField::id && field != ReportField::title)
            return value_of(row_, field, *content_.categories);
        const shown::RowText* const found = text();
        if (found == nullptr) return std::nullopt;
        const std::string& told = field == ReportField::id ? found->id : found->title;
        return told.empty() ? std::nullopt : std::optional<AttributeValue>(told);
    }
    GeometryKind kind() const override { return kind_; }
    std::uint64_t id() const override {
        const shown::RowText* const found = text();
        return found == nullptr ? 0 : found->feature;
    }
    bool looked() const noexcept { return looked_; }
    /// After it was asked.
    const std::optional<Error>& failure() const noexcept { return failure_; }

private:
    const shown::RowText* text() const {
        if (looked_ || texts_ == nullptr || row_.number == 0) return text_ ? &*text_ : nullptr;
        looked_ = true;
        auto texts = texts_->of({&row_.number, 1});
        if (texts)
            text_ = std::move(texts->front());
        else
            failure_ = texts.error();
        return text_ ? &*text_ : nullptr;
    }

    const Told& row_;
    GeometryKind kind_;
    const shown::Content& content_;
    const shown::RowTexts* texts_;
    mutable bool looked_ = false;
    mutable std::optional<shown::RowText> text_;
    mutable std::optional<Error> failure_;
};

}  // namespace

ReportChoice::ReportChoice(const shown::Sight& sight, const FeatureReach& reach)
    : content_(*sight.content),
      texts_(sight.texts.get()),
      reach_(reach),
      rows_(filter_of(reach.choice, content_)) {}

bool ReportChoice::is_seen(const shown::AreaRow& area) const noexcept {
    const auto& rule = reach_.choice.aggregate;
    if (rule && rule->form == vector::AggregateForm::cluster) return false;
    return area.cell.zoom <= reach_.asked_zoom + zooms_from_tile_to_area;
}

Result<std::vector<std::optional<shown::RowText>>> ReportChoice::texts_of(
    std::span<const std::uint32_t> numbers) const {
    if (texts_ == nullptr || numbers.empty())
        return std::vector<std::optional<shown::RowText>>(numbers.size());
    return texts_->of(numbers);
}

template <typename Row>
Result<bool> ReportChoice::asked(const Row& row, GeometryKind kind) {
    const auto& filters = reach_.choice.filters;
    if (filters.empty()) return true;
    constexpr std::size_t between_looks = 16;  // at the clock: a filter may take long over a row
    if (++asked_ % between_looks == 0 && reach_.deadline.passed())
        return shown::counting_took_too_long();
    const AskedReport report(row, kind, content_, texts_);
    const bool wanted = std::all_of(filters.begin(), filters.end(), [&](const auto& one) {
        return one.holds(report, reach_.asked_zoom);
    });
    if (report.failure()) return *report.failure();
    if (report.looked() && ++looks_ > most_looks)
        return Error{Fault::too_large,
                     "filter asks for the title or the id of each report here, and there are too "
                     "many; look closer, or choose by category, severity, status and time"};
    return wanted;
}

Result<bool> ReportChoice::passes(const shown::PointRow& row) {
    return asked(row, GeometryKind::point);
}

Result<bool> ReportChoice::passes(const shown::AreaRow& row) {
    if (!rows_.holds(row)) return false;
    return asked(row, GeometryKind::area);
}

}  // namespace relief::pipeline
