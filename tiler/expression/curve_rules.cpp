// step, interpolate, interpolate-hcl, interpolate-lab.

#include "tiler/expression/curve.hpp"
#include "tiler/expression/grammar.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace relief::expression {

std::size_t Curve::stop_at(double input) const noexcept {
    const auto above = std::upper_bound(stops_.begin(), stops_.end(), input);
    return above == stops_.begin() ? 0 : static_cast<std::size_t>(above - stops_.begin()) - 1;
}

Value Curve::not_a_number(const Run& run) const {
    return run.fail(key(), [] { return std::string("Input is not a number."); });
}

namespace {

class Step final : public Curve {
public:
    using Curve::Curve;

    Value evaluate(const Run& run) const override {
        const Value input = child(0).evaluate(run);
        if (input.failed()) return input;
        if (std::isnan(input.as_number())) return not_a_number(run);
        return output(stop_at(input.as_number())).evaluate(run);
    }
};

struct Blend {
    Easing easing;
    ColorSpace space = ColorSpace::rgb;
};

class Interpolate final : public Curve {
public:
    struct Parts {
        Facts facts;
        std::vector<double> stops;
    };

    Interpolate(Parts parts, const Blend& blend)
        : Curve(std::move(parts.facts), std::move(parts.stops)), blend_(blend) {}

    Value evaluate(const Run& run) const override {
        if (stops().size() == 1) return output(0).evaluate(run);
        const Value input = child(0).evaluate(run);
        if (input.failed()) return input;
        const double number = input.as_number();
        if (std::isnan(number)) return not_a_number(run);
        const std::size_t stop = stop_at(number);
        if (number <= stops().front() || stop + 1 == stops().size())
            return output(stop).evaluate(run);
        const double part = part_of(blend_.easing, {stops()[stop], stops()[stop + 1]}, number);
        const Value from = output(stop).evaluate(run);
        const Value to = output(stop + 1).evaluate(run);
        return interpolated(run, key(), {from, to, part, blend_.space});
    }

private:
    Blend blend_;
};

bool is_zoom(const Node& node) {
    return node.role() == Node::Role::zoom;
}

/// What both kinds of curve are read into.
struct Stops {
    std::vector<double> inputs;
    std::vector<NodePointer> parts;  ///< the curve's input first
    std::optional<Type> type;        ///< of the outputs
};

class StopReader {
public:
    StopReader(Parser& parser, const Json& json)
        : parser_(&parser), json_(&json), name_(json[0].get<std::string>()) {}

    bool enough() const {
        if (json_->size() < 5) {
            parser_->fail("Expected at least 4 arguments, but found only " +
                          std::to_string(json_->size() - 1) + ".");
            return false;
        }
        if (json_->size() % 2 == 0) {
            parser_->fail("Expected an even number of arguments.");
            return false;
        }
        return true;
    }

    bool read_input(std::size_t index) {
        stops_.parts.push_back(parser_->parse_child((*json_)[index], index, {Kind::number}));
        return stops_.parts.back() != nullptr;
    }

    /// The output alone at the index belongs to all that is below the first stop.
    bool read_lowest(std::size_t index) {
        stops_.inputs.push_back(-std::numeric_limits<double>::infinity());
        return read_output(index);
    }

    /// Pairs of an input and an output from the index on.
    bool read_pairs(std::size_t first) {
        for (std::size_t i = first; i + 1 < json_->size(); i += 2)
            if (!read_stop(i) || !read_output(i + 1)) return false;
        return true;
    }

    void expect(const std::optional<Type>& type) { stops_.type = type; }
    Stops take() { return std::move(stops_); }
    const Stops& stops() const { return stops_; }

private:
    bool refuse(const std::string& message, std::size_t index) {
        parser_->fail("Input/output pairs for \"" + name_ + "\" expressions must be " + message,
                      {index});
        return false;
    }

    bool read_stop(std::size_t index) {
        const Json& stop = (*json_)[index];
        if (!stop.is_number())
            return refuse(
                "defined using literal numeric values (not computed expressions) for the input "
                "values.",
                index);
        const double input = stop.get<double>();
        if (!stops_.inputs.empty() && stops_.inputs.back() >= input)
            return refuse("arranged with input values in strictly ascending order.", index);
        stops_.inputs.push_back(input);
        return true;
    }

    bool read_output(std::size_t index) {
        stops_.parts.push_back(parser_->parse_child((*json_)[index], index, {stops_.type}));
        if (!stops_.parts.back()) return false;
        if (!stops_.type) stops_.type = stops_.parts.back()->type();
        return true;
    }

    Parser* parser_;
    const Json* json_;
    std::string name_;
    Stops stops_;
};

std::optional<Type> expected_output(const Parser& parser) {
    const auto& expected = parser.expected_type();
    return expected && !expected->is(Kind::value) ? expected : std::nullopt;
}

Node::Facts facts_of(const Parser& parser, Stops& stops, Node::Role role) {
    const bool of_zoom = is_zoom(*stops.parts[0]);
    return {.type = *stops.type,
            .key = parser.key(),
            .children = std::move(stops.parts),
            .role = of_zoom ? role : Node::Role::ordinary};
}

NodePointer parse_step(Parser& parser, const Json& json) {
    StopReader reader(parser, json);
    if (!reader.enough() || !reader.read_input(1)) return nullptr;
    reader.expect(expected_output(parser));
    if (!reader.read_lowest(2) || !reader.read_pairs(3)) return nullptr;
    Stops stops = reader.take();
    Node::Facts facts = facts_of(parser, stops, Node::Role::step);
    return std::make_shared<Step>(std::move(facts), std::move(stops.inputs));
}

bool is_control(const Json& json) {
    return json.is_number() && json.get<double>() >= 0 && json.get<double>() <= 1;
}

/// ["linear"], ["exponential", base] or ["cubic-bezier", x1, y1, x2, y2].
std::optional<Easing> parse_easing(Parser& parser, const Json& json) {
    Easing easing;
    if (!json.is_array() || json.empty()) {
        parser.fail("Expected an interpolation type expression.", {1});
    } else if (json[0] == "linear") {
        return easing;
    } else if (json[0] == "exponential") {
        if (json.size() > 1 && json[1].is_number()) {
            easing.base = json[1].get<double>();
            return easing;
        }
        parser.fail("Exponential interpolation requires a numeric base.", {1, 1});
    } else if (json[0] == "cubic-bezier") {
        if (json.size() == 5 && std::all_of(json.begin() + 1, json.end(), is_control)) {
            easing.form = Easing::Form::bezier;
            for (std::size_t i = 0; i < 4; ++i) easing.controls[i] = json[i + 1].get<double>();
            return easing;
        }
        parser.fail(
            "Cubic bezier interpolation requires four numeric arguments with values between 0 and "
            "1.",
            {1});
    } else {
        parser.fail("Unknown interpolation type " + json[0].dump().substr(0, 100), {1, 0});
    }
    return std::nullopt;
}

/// Other spaces than RGB have colours in them only.
std::optional<Type> interpolated_type(const Parser& parser, ColorSpace space) {
    auto expected = expected_output(parser);
    if (space == ColorSpace::rgb || (expected && expected->is(Kind::color_array))) return expected;
    return Type(Kind::color);
}

NodePointer parse_interpolation(Parser& parser, const Json& json, ColorSpace space) {
    const auto easing = parse_easing(parser, json.size() > 1 ? json[1] : Json());
    StopReader reader(parser, json);
    if (!easing || !reader.enough() || !reader.read_input(2)) return nullptr;
    reader.expect(interpolated_type(parser, space));
    if (!reader.read_pairs(3)) return nullptr;
    Stops stops = reader.take();
    if (!is_interpolatable(*stops.type))
        return parser.fail("Type " + stops.type->name() + " is not interpolatable.");
    Node::Facts facts = facts_of(parser, stops, Node::Role::interpolate);
    return std::make_shared<Interpolate>(
        Interpolate::Parts{std::move(facts), std::move(stops.inputs)}, Blend{*easing, space});
}

template <ColorSpace space>
NodePointer parse_interpolate(Parser& parser, const Json& json) {
    return parse_interpolation(parser, json, space);
}

constexpr std::array<Rule, 4> curve_table{{
    {"step", parse_step},
    {"interpolate", parse_interpolate<ColorSpace::rgb>},
    {"interpolate-hcl", parse_interpolate<ColorSpace::hcl>},
    {"interpolate-lab", parse_interpolate<ColorSpace::lab>},
}};

}  // namespace

std::span<const Rule> curve_rules() {
    return curve_table;
}

}  // namespace relief::expression
