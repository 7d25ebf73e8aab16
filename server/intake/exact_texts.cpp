#include "server/intake/exact_texts.hpp"

#include <algorithm>
#include <utility>

namespace relief::intake {

void ReportIds::put(std::int64_t number, std::string_view id) {
    if (number < 0 || id.size() != letters) return;
    const std::lock_guard lock(mutex_);
    const auto at = static_cast<std::size_t>(number);
    if (at >= ids_.size()) ids_.resize(at + 1 + at / 8);
    std::copy(id.begin(), id.end(), ids_[at].begin());
}

std::string ReportIds::find(std::uint32_t number) const {
    const std::lock_guard lock(mutex_);
    if (number >= ids_.size() || ids_[number].front() == '\0') return {};
    return {ids_[number].begin(), ids_[number].end()};
}

std::optional<shown::RowText> ExactTexts::told(const report::Report& report) const {
    const report::Sight sight =
        report::sight_of(order_.levels, order_.view, report, order_.moderation);
    if (sight == report::Sight::absent) return std::nullopt;
    shown::RowText text{order_.feature_of(report.id), {}, {}};
    if (sight == report::Sight::exact) {
        text.id = report.id;
        text.title = report.said.title;
    }
    return text;
}

Result<std::vector<std::optional<shown::RowText>>> ExactTexts::of(
    std::span<const std::uint32_t> numbers) const {
    std::vector<std::optional<shown::RowText>> texts(numbers.size());
    const std::lock_guard lock(mutex_);
    if (!store_) {
        auto opened = exact::ExactStore::open_existing(order_.workspace);
        if (!opened) return opened.error();
        store_.emplace(std::move(*opened));
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const std::string id = ids_->find(numbers[i]);
        if (id.empty()) continue;
        const auto report = store_->find(id);
        if (!report) return report.error();
        if (*report) texts[i] = told(**report);
    }
    return texts;
}

}  // namespace relief::intake
