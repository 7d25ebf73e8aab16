#pragma once
// A compiled expression, and how one is compiled.

#include "tiler/expression/evaluation.hpp"
#include "tiler/expression/parser.hpp"
#include "tiler/expression/property_spec.hpp"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace relief::expression {

/// What is evaluated once, once a zoom, once a feature, or once a feature and zoom.
enum class Variation : std::uint8_t { constant, by_zoom, by_feature, by_feature_and_zoom };

/// Immutable and cheap to copy; evaluated by any number of threads at once.
class Expression {
public:
    struct Program {
        NodePointer root;
        std::shared_ptr<Scratch> constants;  ///< what the literals point to
        std::size_t slots = 0;
        std::vector<double> zoom_stops{};
    };

    explicit Expression(Program program);

    /// Gives a failure when there is no value for the feature; never throws.
    /// The value lives as long as the expression, the feature and the scratch do.
    Value evaluate(const Evaluation& with) const;

    const Type& type() const noexcept { return program_->root->type(); }
    bool is_feature_constant() const noexcept { return (reads() & reads_feature) == 0; }
    bool is_zoom_constant() const noexcept { return (reads() & reads_zoom) == 0; }
    Variation variation() const noexcept;
    /// What it depends on: bits of Reads.
    std::uint32_t reads() const noexcept { return program_->root->reads(); }
    /// The value, when it is the same always and everywhere.
    std::optional<Value> constant() const noexcept;
    /// Where the curve over the zoom has its stops; empty when there is none.
    const std::vector<double>& zoom_stops() const noexcept { return program_->zoom_stops; }

private:
    Value evaluate_with_variables(const Evaluation& with) const;

    std::shared_ptr<const Program> program_;
};

using Compiled = std::variant<Expression, std::vector<ParseError>>;

/// Compiles an expression, or a function of the old kind, for a property. The keys grow by those
/// that it asks for. JSON that is neither is taken for a literal of the property's type.
Compiled compile(const Json& json, const PropertySpec& spec, PropertyKeys& keys);

/// Compiles a filter of either kind: an expression that gives a boolean.
Compiled compile_filter(const Json& json, PropertyKeys& keys, const ParseLimits& limits = {});

/// Whether JSON in the place of a property's value is an expression or function of it, rather than
/// the value itself.
bool is_expression(const Json& json);

}  // namespace relief::expression
