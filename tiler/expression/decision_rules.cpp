// case, match, coalesce.

#include "tiler/expression/grammar.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace relief::expression {
namespace {

constexpr double largest_integer = 9007199254740991;  // 2^53 - 1

std::string too_few(const Json& json, int wanted) {
    return "Expected at least " + std::to_string(wanted) + " arguments, but found only " +
           std::to_string(json.size() - 1) + ".";
}

/// What all outputs are to be: what is expected, or else what the first turns out to be.
std::optional<Type> output_type(const Parser& parser) {
    const auto& expected = parser.expected_type();
    return expected && !expected->is(Kind::value) ? expected : std::nullopt;
}

/// Children: test, output, test, output, …, otherwise.
class Case final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        std::size_t i = 0;
        for (; i + 1 < child_count(); i += 2) {
            const Value test = child(i).evaluate(run);
            if (test.failed()) return test;
            if (test.as_boolean()) return child(i + 1).evaluate(run);
        }
        return child(i).evaluate(run);
    }
};

NodePointer parse_case(Parser& parser, const Json& json) {
    if (json.size() < 4) return parser.fail(too_few(json, 3));
    if (json.size() % 2 != 0) return parser.fail("Expected an odd number of arguments.");
    auto type = output_type(parser);
    std::vector<NodePointer> parts;
    for (std::size_t i = 1; i < json.size(); ++i) {
        const bool is_test = i % 2 == 1 && i + 1 < json.size();
        NodePointer part =
            parser.parse_child(json[i], i, {is_test ? std::optional<Type>(Kind::boolean) : type});
        if (!part) return nullptr;
        if (!is_test && !type) type = part->type();
        parts.push_back(std::move(part));
    }
    return std::make_shared<Case>(
        Node::Facts{.type = *type, .key = parser.key(), .children = std::move(parts)});
}

/// Which output belongs to a label.
class Labels {
public:
    void add(double label, std::size_t output) { numbers_.emplace_back(label, output); }
    void add(std::string label, std::size_t output) {
        texts_.emplace_back(std::move(label), output);
    }

    /// To be called once, after the last label.
    void sort() {
        std::sort(numbers_.begin(), numbers_.end());
        std::sort(texts_.begin(), texts_.end());
    }

    /// The fallback for a value without label.
    std::size_t find(const Value& value, std::size_t fallback) const {
        if (value.is(Kind::number)) return find_in(numbers_, value.as_number(), fallback);
        if (value.is(Kind::string)) return find_in(texts_, value.as_text(), fallback);
        return fallback;
    }

private:
    template <typename Entries, typename Key>
    static std::size_t find_in(const Entries& entries, const Key& key, std::size_t fallback) {
        const auto found = std::lower_bound(
            entries.begin(), entries.end(), key, [](const auto& entry, const Key& sought) {
                return entry.first < sought;
            });
        return found != entries.end() && found->first == key ? found->second : fallback;
    }

    std::vector<std::pair<double, std::size_t>> numbers_;
    std::vector<std::pair<std::string, std::size_t>> texts_;
};

/// Children: input, outputs, otherwise.
class Match final : public Node {
public:
    Match(Facts facts, Labels labels) : Node(std::move(facts)), labels_(std::move(labels)) {}

    Value evaluate(const Run& run) const override {
        const Value input = child(0).evaluate(run);
        if (input.failed()) return input;
        return child(labels_.find(input, child_count() - 1)).evaluate(run);
    }

private:
    Labels labels_;
};

/// Reads the labels of a `match` one after another.
class LabelReader {
public:
    explicit LabelReader(Parser& parser) : parser_(&parser) {}

    /// A label, or a list of labels, of the next output. False after an error.
    bool read(const Json& json, std::size_t index) {
        index_ = index;
        ++output_;
        if (!json.is_array()) return read_one(json);
        if (json.empty()) return refuse("Expected at least one branch label.");
        return std::all_of(
            json.begin(), json.end(), [&](const Json& label) { return read_one(label); });
    }

    std::optional<Type> type() const { return type_; }
    Labels take() {
        labels_.sort();
        return std::move(labels_);
    }

private:
    bool refuse(const std::string& message) {
        parser_->fail(message, {index_});
        return false;
    }

    bool read_one(const Json& label) {
        if (!label.is_number() && !label.is_string())
            return refuse("Branch labels must be numbers or strings.");
        if (label.is_number() && std::abs(label.get<double>()) > largest_integer)
            return refuse("Branch labels must be integers no larger than 9007199254740991.");
        if (label.is_number() && std::floor(label.get<double>()) != label.get<double>())
            return refuse("Numeric branch labels must be integer values.");
        const Type type = label.is_number() ? Kind::number : Kind::string;
        if (type_ && !parser_->check(*type_, type, {index_})) return false;
        type_ = type;
        return note(label);
    }

    bool note(const Json& label) {
        // An integer as text is the same label, as ECMAScript's objects have it.
        std::string text =
            label.is_number() ? to_text(label.get<double>()) : label.get<std::string>();
        if (label.is_number())
            labels_.add(label.get<double>(), output_);
        else
            labels_.add(text, output_);
        if (!seen_.insert(std::move(text)).second) return refuse("Branch labels must be unique.");
        return true;
    }

    Parser* parser_;
    std::size_t index_ = 0;
    std::size_t output_ = 0;  ///< from 1: the input is part 0
    std::optional<Type> type_;
    std::set<std::string> seen_;
    Labels labels_;
};

NodePointer parse_match(Parser& parser, const Json& json) {
    if (json.size() < 5) return parser.fail(too_few(json, 4));
    if (json.size() % 2 != 1) return parser.fail("Expected an even number of arguments.");
    auto type = output_type(parser);
    LabelReader labels(parser);
    std::vector<NodePointer> parts{nullptr};
    for (std::size_t i = 2; i + 1 < json.size(); i += 2) {
        if (!labels.read(json[i], i)) return nullptr;
        // An output's errors bear the number of its label, as in the specification's tests.
        NodePointer output = parser.parse_child(json[i + 1], i, {type});
        if (!output) return nullptr;
        if (!type) type = output->type();
        parts.push_back(std::move(output));
    }
    parts[0] = parser.parse_child(json[1], 1, {Kind::value});
    if (!parts[0]) return nullptr;
    const std::size_t last = json.size() - 1;
    parts.push_back(parser.parse_child(json[last], last, {type}));
    if (!parts.back()) return nullptr;
    if (!parts[0]->type().is(Kind::value) && !parser.check(*labels.type(), parts[0]->type(), {1}))
        return nullptr;
    return std::make_shared<Match>(
        Node::Facts{.type = *type, .key = parser.key(), .children = std::move(parts)},
        labels.take());
}

/// The first value that is not null. A picture that is not there counts as null, but when nothing
/// else is found, the first one's name comes out.
class Coalesce final : public Node {
public:
    using Node::Node;

    Value evaluate(const Run& run) const override {
        Value missing;
        for (const NodePointer& part : children()) {
            const Value value = part->evaluate(run);
            if (value.is(Kind::image) && !value.available()) {
                if (missing.is_null()) missing = value;
            } else if (!value.is_null()) {
                return value;
            }
        }
        return missing;
    }
};

NodePointer parse_coalesce(Parser& parser, const Json& json) {
    if (json.size() < 2) return parser.fail("Expected at least one argument.");
    const auto expected = parser.expected_type();
    auto type = output_type(parser);
    std::vector<NodePointer> parts;
    bool unfit = false;
    for (std::size_t i = 1; i < json.size(); ++i) {
        // Not annotated: an assertion would fail on the null that is to be passed over.
        NodePointer part = parser.parse_child(json[i], i, {type, Annotation::none});
        if (!part) return nullptr;
        if (!type) type = part->type();
        unfit = unfit || (expected && !expected->accepts(part->type()));
        parts.push_back(std::move(part));
    }
    // Then the whole is annotated instead.
    return std::make_shared<Coalesce>(Node::Facts{.type = unfit ? Type(Kind::value) : *type,
                                                  .key = parser.key(),
                                                  .children = std::move(parts),
                                                  .role = Node::Role::coalesce});
}

constexpr std::array<Rule, 3> decision_table{{
    {"case", parse_case},
    {"match", parse_match},
    {"coalesce", parse_coalesce},
}};

}  // namespace

std::span<const Rule> decision_rules() {
    return decision_table;
}

}  // namespace relief::expression
