#include "tiler/expression/legacy_filter.hpp"

#include "tiler/expression/filter_writing.hpp"
#include "tiler/expression/json_value.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::expression {
namespace {

/// What a filter looks at: a property, or the feature itself.
class Subject {
public:
    Subject(PropertyKeys& keys, const std::string& name)
        : name_(name),
          of_(name == "$type" ? Of::type
              : name == "$id" ? Of::id
                              : Of::property) {
        if (of_ == Of::property) number_ = keys.number_of(name);
    }

    /// Nothing when the feature has none.
    std::optional<Value> in(const FeatureView* feature) const {
        if (feature == nullptr) return std::nullopt;
        if (of_ == Of::property) return feature->property({number_, name_});
        const Value value = of_ == Of::id ? feature->id() : Value::text(feature->geometry_type());
        return value.is_null() ? std::nullopt : std::optional(value);
    }

private:
    enum class Of : std::uint8_t { property, type, id };

    std::string name_;
    Of of_;
    std::uint32_t number_ = PropertyKey::unnumbered;
};

class FilterComparison final : public Node {
public:
    enum class Operator : std::uint8_t { equal, less, greater, at_most, at_least };
    struct Test {
        Subject subject;
        Operator op;
        Value value;
    };

    FilterComparison(Facts facts, Test test) : Node(std::move(facts)), test_(std::move(test)) {}

    Value evaluate(const Run& run) const override {
        const auto value = test_.subject.in(run.with.feature);
        return Value::boolean(value && holds(*value));
    }

private:
    bool holds(const Value& value) const {
        if (test_.op == Operator::equal) return value.equals(test_.value);
        // Different types are in no order at all.
        if (value.kind() != test_.value.kind()) return false;
        if (value.is(Kind::number)) return ordered(value.as_number(), test_.value.as_number());
        return value.is(Kind::string) &&
               ordered(compare({value.as_text(), test_.value.as_text()}), 0);
    }

    template <typename Number>
    bool ordered(Number left, Number right) const {
        switch (test_.op) {
            case Operator::less: return left < right;
            case Operator::greater: return left > right;
            case Operator::at_most: return left <= right;
            default: return left >= right;
        }
    }

    Test test_;
};

/// Whether the value is one of a list.
class FilterSet final : public Node {
public:
    FilterSet(Facts facts, Subject subject, std::span<const Value> values)
        : Node(std::move(facts)), subject_(std::move(subject)) {
        for (const Value& value : values) {
            if (value.is(Kind::string))
                texts_.push_back(value.as_text());
            else if (value.is(Kind::number))
                numbers_.push_back(value.as_number());
            else
                others_.push_back(value);
        }
        std::sort(texts_.begin(), texts_.end());
        std::sort(numbers_.begin(), numbers_.end());
    }

    Value evaluate(const Run& run) const override {
        const auto value = subject_.in(run.with.feature);
        return Value::boolean(value && holds(*value));
    }

private:
    bool holds(const Value& value) const {
        if (value.is(Kind::string))
            return std::binary_search(texts_.begin(), texts_.end(), value.as_text());
        if (value.is(Kind::number))
            return std::binary_search(numbers_.begin(), numbers_.end(), value.as_number());
        return std::any_of(others_.begin(), others_.end(), [&](const Value& other) {
            return other.equals(value);
        });
    }

    Subject subject_;
    std::vector<std::string_view> texts_;
    std::vector<double> numbers_;
    std::vector<Value> others_;
};

class FilterPresence final : public Node {
public:
    FilterPresence(Facts facts, Subject subject)
        : Node(std::move(facts)), subject_(std::move(subject)) {}

    Value evaluate(const Run& run) const override {
        return Value::boolean(subject_.in(run.with.feature).has_value());
    }

private:
    Subject subject_;
};

class FilterGroup final : public Node {
public:
    enum class Wanted : std::uint8_t { all, any, none };

    FilterGroup(Facts facts, Wanted wanted) : Node(std::move(facts)), wanted_(wanted) {}

    Value evaluate(const Run& run) const override {
        for (const NodePointer& part : children()) {
            const bool holds = part->evaluate(run).as_boolean();
            if (holds == (wanted_ != Wanted::all)) return Value::boolean(wanted_ == Wanted::any);
        }
        return Value::boolean(wanted_ != Wanted::any);
    }

private:
    Wanted wanted_;
};

/// Filters in filters, each at its place.
class FilterReader {
public:
    explicit FilterReader(Parser& parser) : parser_(&parser) {}

    NodePointer read(const Json& filter) {
        if (filter.is_boolean()) return parser_->literal(filter);
        if (!filter.is_array() || filter.empty() || !filter[0].is_string())
            return fail("Expected a filter: a list that begins with an operator's name.");
        if (path_.size() > deepest) return fail("The filter is nested too deep.");
        const auto& name = filter[0].get_ref<const std::string&>();
        if (name == "all" || name == "any" || name == "none") return group(filter, name);
        if (is_filter_comparison(name)) return comparison(filter, name);
        if (name == "in") return set(filter);
        if (name == "has") return presence(filter);
        if (name == "!in") return negated(set(filter));
        if (name == "!has") return negated(presence(filter));
        return fail("Unknown filter \"" + name.substr(0, 100) +
                    "\"; known are ==, !=, <, <=, >, >=, in, !in, has, !has, all, any, none and "
                    "expressions.");
    }

private:
    static constexpr std::size_t deepest = 100;

    NodePointer fail(const std::string& message) { return parser_->fail_at(path_, message); }

    static Node::Facts facts(std::vector<NodePointer> children = {}) {
        const std::uint32_t reads = children.empty() ? reads_feature : reads_nothing;
        return {.type = Kind::boolean, .children = std::move(children), .reads = reads};
    }

    static NodePointer negated(NodePointer node) {
        if (!node) return nullptr;
        return std::make_shared<FilterGroup>(facts({std::move(node)}), FilterGroup::Wanted::none);
    }

    NodePointer group(const Json& filter, const std::string& name) {
        std::vector<NodePointer> parts;
        for (std::size_t i = 1; i < filter.size(); ++i) {
            path_.push_back(i);
            parts.push_back(read(filter[i]));
            path_.pop_back();
            if (!parts.back()) return nullptr;
        }
        const auto wanted = name == "all"   ? FilterGroup::Wanted::all
                            : name == "any" ? FilterGroup::Wanted::any
                                            : FilterGroup::Wanted::none;
        return std::make_shared<FilterGroup>(facts(std::move(parts)), wanted);
    }

    bool has_key(const Json& filter, std::size_t size) {
        if (filter.size() >= size && filter[1].is_string()) return true;
        fail("Expected [\"" + filter[0].get<std::string>() +
             "\", key, value]: the name of a property, or \"$type\" or \"$id\", after the "
             "operator.");
        return false;
    }

    Subject subject(const Json& filter) {
        return {parser_->keys(), filter[1].get_ref<const std::string&>()};
    }

    /// What is wrong with a comparison; empty when nothing is.
    static std::string fault_of(const Json& filter, const std::string& name) {
        if (filter.size() != 3 || filter[2].is_structured())
            return "\"" + name + "\" compares with one text, number, boolean or null.";
        if (filter[1] == "$type" && name != "==" && name != "!=")
            return R"("$type" cannot be used with operator ")" + name + "\".";
        return "";
    }

    static FilterComparison::Operator operator_of(const std::string& name) {
        using Operator = FilterComparison::Operator;
        if (name == "<") return Operator::less;
        if (name == ">") return Operator::greater;
        if (name == "<=") return Operator::at_most;
        if (name == ">=") return Operator::at_least;
        return Operator::equal;
    }

    NodePointer comparison(const Json& filter, const std::string& name) {
        if (!has_key(filter, 3)) return nullptr;
        const std::string fault = fault_of(filter, name);
        if (!fault.empty()) return fail(fault);
        const NodePointer literal = parser_->literal(filter[2]);
        if (!literal) return nullptr;
        auto node = std::make_shared<FilterComparison>(
            facts(),
            FilterComparison::Test{subject(filter), operator_of(name), *literal_value(*literal)});
        return name == "!=" ? negated(std::move(node)) : node;
    }

    NodePointer set(const Json& filter) {
        if (!has_key(filter, 2)) return nullptr;
        const NodePointer literal = parser_->literal(tail_of(filter));
        if (!literal) return nullptr;
        return std::make_shared<FilterSet>(
            facts(), subject(filter), literal_value(*literal)->items());
    }

    static Json tail_of(const Json& filter) {
        Json tail = Json::array();
        for (std::size_t i = 2; i < filter.size(); ++i) tail.push_back(filter[i]);
        return tail;
    }

    NodePointer presence(const Json& filter) {
        if (!has_key(filter, 2)) return nullptr;
        return std::make_shared<FilterPresence>(facts(), subject(filter));
    }

    Parser* parser_;
    std::vector<std::size_t> path_;
};

}  // namespace

NodePointer parse_legacy_filter(Parser& parser, const Json& filter) {
    return FilterReader(parser).read(filter);
}

}  // namespace relief::expression
