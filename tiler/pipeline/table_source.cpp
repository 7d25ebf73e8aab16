#include "tiler/pipeline/table_source.hpp"

#include "tiler/pipeline/feature_sources.hpp"
#include "tiler/postgis/condition_words.hpp"
#include "tiler/postgis/table_catalogue.hpp"
#include "tiler/postgis/table_window.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace relief::pipeline {
namespace {

using postgis::TableFacts;
using postgis::WindowWish;
using workspace::TimeChoice;

/// A row of a table, as a filter asks for it.
class TableRow final : public query::Row {
public:
    TableRow(const vector::SourceFeature& feature, GeometryKind kind)
        : feature_(feature), kind_(kind) {}

    std::optional<AttributeValue> value(std::size_t attribute) const override {
        return feature_.values[attribute];
    }
    GeometryKind kind() const override { return kind_; }
    std::uint64_t id() const override { return feature_.id; }

private:
    const vector::SourceFeature& feature_;
    GeometryKind kind_;
};

/// Asks the database what it can tell of the choice's filters; those that it tells all of go.
void leave_to_database(FeatureChoice& choice, const postgis::AskedTable& table, WindowWish& wish) {
    std::erase_if(choice.filters, [&](const query::Filter& filter) {
        const auto needed = filter.needed();
        if (needed.condition == nullptr) return false;
        auto words = postgis::condition_words(*needed.condition, table, wish.values);
        if (!words) return false;
        wish.conditions.push_back(std::move(words->text));
        return needed.whole && words->whole;
    });
}

/// What a filter names is not known here: it may be any attribute.
std::vector<bool> columns_for(const TableFacts& facts,
                              const FeatureReach& reach,
                              const FeatureChoice& choice) {
    const bool all = !reach.fields || !choice.filters.empty();
    std::vector<bool> wanted(facts.columns.size(), all);
    if (all) return wanted;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        wanted[i] = std::find(reach.fields->begin(),
                              reach.fields->end(),
                              facts.columns[i].attribute.name) != reach.fields->end();
    if (!choice.aggregate) return wanted;
    for (const auto& named : {choice.aggregate->by, choice.aggregate->sum})
        if (named) wanted[*named] = true;
    return wanted;
}

/// A time that is told by all rows becomes the moment that it means. Nothing: there is none.
Result<std::optional<FeatureTime>> settled_time(const FeatureTime& time,
                                                postgis::Connection& connection,
                                                const TableFacts& facts,
                                                const Deadline& deadline) {
    if (time.choice.rule == TimeChoice::Rule::within) return std::optional(time);
    const auto& interval = time.choice.interval;
    const auto moments = time.choice.rule == TimeChoice::Rule::newest
                             ? postgis::newest_moments(connection, facts, deadline)
                             : postgis::nearest_moments(
                                   connection, facts, {interval.first, interval.last}, deadline);
    if (!moments) return moments.error();
    const auto meant = interval_of(time, *moments);
    if (!meant) return std::optional<FeatureTime>();
    FeatureTime settled{{}, time.now};
    settled.choice.rule = TimeChoice::Rule::within;
    settled.choice.interval = *meant;
    return std::optional(settled);
}

/// Another version of the table, or the same with other columns, has other attributes: a filter
/// names them by their number.
bool fits(const TableFacts& facts, const workspace::Observation& observation) {
    return postgis::attributes_of(facts) == observation.vector().attributes;
}

/// Asked while rows come, so that those that go take no place: one that has a shape that fits.
std::function<bool(const vector::SourceFeature&)> wanted_rows(
    const std::vector<query::Filter>& filters, std::uint32_t zoom) {
    if (filters.empty()) return {};
    return [&filters, zoom](const vector::SourceFeature& feature) {
        const auto fits = [&](const vector::Shape& shape) {
            const TableRow row(feature, shape.kind);
            return std::all_of(filters.begin(), filters.end(), [&](const auto& filter) {
                return filter.holds(row, zoom);
            });
        };
        return std::any_of(feature.shapes.begin(), feature.shapes.end(), fits);
    };
}

}  // namespace

Result<TableSource::FactsPointer> TableSource::facts_of(const workspace::Observation& observation,
                                                        const TableAddress& address,
                                                        postgis::Connection& connection,
                                                        const Deadline& deadline) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = known_.find(observation.file);
        if (found != known_.end() && found->second.version == observation.version.text)
            return found->second.facts;
    }
    const auto& times = observation.vector().times;
    auto facts = postgis::read_facts(
        connection, {address, times ? times->attribute : std::string()}, deadline);
    if (!facts) return source_broken("the layer's table cannot be read", facts.error().what);
    if (!times) facts->time_column.reset();
    if (!fits(*facts, observation))
        return source_broken(
            "the columns of the layer's table have changed since it was looked at");
    // Bounds of data over the antimeridian are told as such, or as the whole world.
    facts->over_edge =
        facts->srid == 4326 &&
        (observation.bounds().west > observation.bounds().east || observation.bounds().east >= 180);
    auto shared = std::make_shared<const TableFacts>(std::move(*facts));
    const std::lock_guard lock(mutex_);
    known_[observation.file] = {observation.version.text, shared};
    return shared;
}

Result<OpenFeatures> TableSource::open(const workspace::Observation& observation,
                                       const FeatureReach& reach) {
    const auto address = TableAddress::make(observation.file);
    if (!address) return source_broken("the layer's address cannot be read");
    const auto connection = connections_.lend(address->database, reach.deadline);
    if (!connection) return connection.error();
    const auto facts = facts_of(observation, *address, **connection, reach.deadline);
    if (!facts) return facts.error();
    OpenFeatures opened{nullptr, reach.choice, 0};
    WindowWish wish{reach.box, {}};
    leave_to_database(opened.choice, {**connection, **facts}, wish);
    wish.columns = columns_for(**facts, reach, opened.choice);
    wish.deadline = reach.deadline;
    wish.labels = reach.labels;
    wish.wanted = wanted_rows(opened.choice.filters, reach.asked_zoom);
    wish.may_thin = !reach.choice.aggregate;
    if (reach.choice.aggregate) wish.most = postgis::most_counted_rows;
    vector::IndexBuilder builder(observation.vector().attributes);
    bool none = false;
    if (reach.choice.time) {
        const auto settled =
            settled_time(*reach.choice.time, **connection, **facts, reach.deadline);
        if (!settled) return settled.error();
        none = !*settled;
        if (*settled) {
            opened.choice.time = **settled;
            const auto period = interval_of(**settled, std::vector<InstantRange>());
            wish.period = {period->first, period->last};
        }
    }
    if (!none) {
        const auto left_out = postgis::read_window(
            **connection, **facts, wish, [&](const vector::SourceFeature& feature) {
                builder.add(feature);
            });
        if (!left_out) return left_out.error();
        opened.left_out = *left_out;
    }
    const auto& time_column = (*facts)->time_column;
    auto index = builder.in_memory(
        {reach.zoom,
         repair_,
         time_column ? (*facts)->columns[*time_column].attribute.name : std::string(),
         reach.labels});
    if (!index) return index.error();
    opened.index = std::move(*index);
    return opened;
}

}  // namespace relief::pipeline
