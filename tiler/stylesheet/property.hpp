#pragma once
// A property of a layer: the same for all, or an expression.

#include "tiler/expression/expression.hpp"
#include "tiler/stylesheet/property_table.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace relief::stylesheet {

/// What an expression for the row's property may be.
expression::PropertySpec spec_of(const PropertyRow& row);

/// Immutable and cheap to copy; evaluated by any number of threads at once.
class Property {
public:
    Property(const PropertyRow& row,
             expression::Expression stated,
             std::optional<expression::Expression> fallback);

    std::string_view name() const noexcept { return row_->name; }
    /// Of the property's kind. Where the expression fails, gives null or a word that the property
    /// does not know, the default holds; null when there is none.
    expression::Value evaluate(const expression::Evaluation& with) const;
    expression::Variation variation() const noexcept { return stated_.variation(); }
    /// The expression by itself, with what it reads and its stops.
    const expression::Expression& stated() const noexcept { return stated_; }
    /// The value, when it is the same always and everywhere.
    std::optional<expression::Value> constant() const noexcept { return stated_.constant(); }

private:
    bool allows(const expression::Value& value) const;

    const PropertyRow* row_;  ///< of a table that stays for ever
    expression::Expression stated_;
    std::optional<expression::Expression> fallback_;
};

using MadeProperty = std::variant<Property, std::vector<expression::ParseError>>;

/// A property from what a style states, or its default.
/// Errors: a list, each with the part that is wrong, "[2][1]".
MadeProperty make_property(const PropertyRow& row,
                           const nlohmann::json& stated,
                           expression::PropertyKeys& keys);

/// Nothing when the property has no default.
std::optional<Property> default_property(const PropertyRow& row);

}  // namespace relief::stylesheet
