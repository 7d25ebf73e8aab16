#include "tiler/query/filter.hpp"

#include "tiler/expression/expression.hpp"
#include "tiler/expression/json_document.hpp"
#include "tiler/query/cql2_text.hpp"
#include "tiler/query/needed_condition.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace relief::query {
namespace {

constexpr std::size_t deepest = 64;
/// Anybody may send one, and it is asked of each row: what it makes of a few characters is small.
/// The constants are room for a list that fills the whole filter.
constexpr expression::ParseLimits limits{deepest, 20'000, std::size_t{128} << 10U, 16'384};

class Cql2Test final : public Filter::Test {
public:
    explicit Cql2Test(Condition condition) : condition_(std::move(condition)) {}
    bool holds(const Row& row, double) const override {
        return answer(condition_, row) == Scalar(true);
    }
    Filter::Needed needed() const override { return {&condition_, true}; }

private:
    Condition condition_;
};

expression::Value value_of(const AttributeValue& value, expression::Scratch& scratch) {
    if (const auto* text = std::get_if<std::string>(&value))
        return expression::Value::text(scratch.keep(*text));
    if (const auto* truth = std::get_if<bool>(&value)) return expression::Value::boolean(*truth);
    if (const auto* whole = std::get_if<std::int64_t>(&value))
        return expression::Value::number(static_cast<double>(*whole));
    return expression::Value::number(std::get<double>(value));
}

class RowView final : public expression::FeatureView {
public:
    RowView(const Row& row,
            const std::vector<AttributeDescription>& attributes,
            expression::Scratch& scratch)
        : row_(row), attributes_(attributes), scratch_(scratch) {}

    std::optional<expression::Value> property(const expression::PropertyKey& key) const override {
        const auto found = std::find_if(attributes_.begin(),
                                        attributes_.end(),
                                        [&](const auto& one) { return one.name == key.name; });
        if (found == attributes_.end()) return std::nullopt;
        const auto value = row_.value(static_cast<std::size_t>(found - attributes_.begin()));
        return value ? std::optional(value_of(*value, scratch_)) : std::nullopt;
    }
    expression::Value properties(expression::Scratch& scratch) const override {
        const auto members = scratch.take<expression::Member>(attributes_.size());
        if (members.size() != attributes_.size()) return expression::Value::object({});
        std::size_t count = 0;
        for (std::size_t i = 0; i < attributes_.size(); ++i) {
            if (const auto value = row_.value(i))
                members[count++] = {attributes_[i].name, value_of(*value, scratch)};
        }
        return expression::Value::object(members.first(count));
    }
    expression::Value id() const override {
        return expression::Value::number(static_cast<double>(row_.id()));
    }
    std::string_view geometry_type() const override {
        constexpr std::array<std::string_view, 3> names{"Point", "LineString", "Polygon"};
        return names.at(static_cast<std::size_t>(row_.kind()));
    }

private:
    const Row& row_;
    const std::vector<AttributeDescription>& attributes_;
    expression::Scratch& scratch_;
};

class ExpressionTest final : public Filter::Test {
public:
    ExpressionTest(expression::Expression expression,
                   std::optional<Condition> needed,
                   std::vector<AttributeDescription> attributes)
        : expression_(std::move(expression)),
          needed_(std::move(needed)),
          attributes_(std::move(attributes)) {}

    bool holds(const Row& row, double zoom) const override {
        expression::Scratch scratch;
        const RowView view(row, attributes_, scratch);
        expression::Evaluation with;
        with.scratch = &scratch;
        with.feature = &view;
        with.zoom = zoom;
        with.text_limit = limits.texts;
        return expression_.evaluate(with).as_boolean();
    }
    Filter::Needed needed() const override { return {needed_ ? &*needed_ : nullptr, false}; }

private:
    expression::Expression expression_;
    std::optional<Condition> needed_;
    std::vector<AttributeDescription> attributes_;
};

}  // namespace

Result<Filter> Filter::parse(std::string_view text,
                             const std::vector<AttributeDescription>& attributes) {
    if (!text.starts_with('[')) {
        auto condition = parse_cql2(text, attributes);
        if (!condition) return condition.error();
        return Filter(std::make_shared<Cql2Test>(std::move(*condition)));
    }
    if (text.size() > most_filter_characters)
        return bad_request("filter: it has more than " + std::to_string(most_filter_characters) +
                           " characters");
    const auto json = expression::parse_json(text, {most_filter_characters, deepest});
    if (!json) return bad_request("filter: " + json.error().what);
    expression::PropertyKeys keys;
    auto compiled = expression::compile_filter(*json, keys, limits);
    if (const auto* errors = std::get_if<std::vector<expression::ParseError>>(&compiled))
        return bad_request("filter: at " +
                           (errors->front().key.empty() ? "its beginning" : errors->front().key) +
                           ": " + errors->front().message);
    return Filter(
        std::make_shared<ExpressionTest>(std::move(std::get<expression::Expression>(compiled)),
                                         needed_condition(*json, attributes),
                                         attributes));
}

}  // namespace relief::query
