#include "tiler/style/expression_parser.hpp"

#include "tiler/style/band_expression.hpp"
#include "tiler/style/expression_grammar.hpp"
#include "tiler/style/formula_text.hpp"
#include "tiler/style/words.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace relief::style {
namespace {

constexpr std::size_t most_outputs = 4;
// A power takes 10 to 20 ns a cell: 64 of them on a 512 px tile stay below half a second.
constexpr std::ptrdiff_t most_slow_steps = 64;

/// Recursive descent, one method for each rule:
///   formulas  = formula (";" formula)*
///   formula   = level 0; level n = level n+1 (symbol of n, level n+1)*; level 5 = chain
///   chain     = prefixed (("**" | "^") prefixed)*     right-associative: -a^-b^c = -(a^(-(b^c)))
///   prefixed  = ("-" | "!")* primary
///   primary   = number | "b" digits | name "(" formula ("," formula)* ")" | "(" formula ")"
class Parser {
public:
    Parser(std::string_view text, int band_count, const ExpressionLimits& limits)
        : text_(text), band_count_(band_count), deepest_(limits.depth) {}

    Result<Formulas> formulas();

private:
    struct Prefixed {
        std::string signs;
        Place value;
    };

    Result<Place> formula(int level);
    Result<Place> chain();
    Result<Prefixed> prefixed();
    Result<Place> primary();
    Result<Place> named();
    Result<Place> band(std::string_view name, std::size_t at);
    Result<Place> call(const Function& function, std::size_t at);
    Result<std::vector<Place>> arguments();

    std::string too_deep() const { return "is nested deeper than " + std::to_string(deepest_); }

    FormulaText text_;
    int band_count_;
    int deepest_;
    int depth_ = 0;
    StepList steps_;
    std::set<int> bands_;
};

Result<Formulas> Parser::formulas() {
    Formulas result;
    do {
        if (result.outputs.size() == most_outputs)
            return bad_request("expression holds more than 4 formulas");
        const auto output = formula(0);
        if (!output) return output.error();
        result.outputs.push_back(*output);
    } while (text_.take(";"));
    if (!text_.ended()) return text_.unexpected("an operator");
    result.steps = steps_.steps();
    result.bands.assign(bands_.begin(), bands_.end());
    return result;
}

Result<Place> Parser::formula(int level) {
    if (level == tightest) return chain();
    auto left = formula(level + 1);
    if (!left) return left;
    bool compared = false;
    while (const Symbol* const symbol = text_.take_symbol(level)) {
        if (level == comparisons && compared)
            return FormulaText::wrong(in_quotes(symbol->text),
                                      text_.at() - symbol->text.size(),
                                      "compares a comparison; join comparisons with &");
        compared = true;
        const auto right = formula(level + 1);
        if (!right) return right.error();
        left = symbol->swapped ? steps_.add(symbol->operation, {*right, *left, {}})
                               : steps_.add(symbol->operation, {*left, *right, {}});
    }
    return left;
}

Result<Place> Parser::chain() {
    std::vector<Prefixed> links;
    do {
        auto link = prefixed();
        if (!link) return link.error();
        links.push_back(std::move(*link));
    } while (text_.take("**") || text_.take("^"));

    Place value = links.back().value;
    for (std::size_t i = links.size(); i-- > 0;) {
        if (i + 1 < links.size()) value = steps_.add(Operation::power, {links[i].value, value, {}});
        std::reverse(links[i].signs.begin(), links[i].signs.end());
        for (const char sign : links[i].signs)
            value =
                steps_.add(sign == '-' ? Operation::negate : Operation::invert, {value, {}, {}});
    }
    return value;
}

Result<Parser::Prefixed> Parser::prefixed() {
    Prefixed result;
    for (;;) {
        if (text_.take("-"))
            result.signs += '-';
        else if (text_.take("!"))
            result.signs += '!';
        else
            break;
    }
    const auto value = primary();
    if (!value) return value.error();
    result.value = *value;
    return result;
}

Result<Place> Parser::primary() {
    constexpr std::string_view wanted = "a band, a number or \"(\"";
    const char next = text_.next();
    if (is_digit(next) || next == '.') {
        const auto value = text_.take_number();
        if (!value) return value.error();
        return Place{.kind = Place::Kind::constant, .index = 0, .constant = *value};
    }
    if (is_name(next)) return named();
    const auto opened = text_.at();
    if (!text_.take("(")) return text_.unexpected(wanted);
    if (++depth_ > deepest_) return FormulaText::wrong("\"(\"", opened, too_deep());
    auto value = formula(0);
    if (!value) return value;
    if (!text_.take(")")) return text_.unexpected("an operator or \")\"");
    --depth_;
    return value;
}

Result<Place> Parser::named() {
    const auto begin = text_.at();
    const auto name = text_.take_name();
    const bool is_band = name.size() > 1 && name.front() == 'b' &&
                         std::all_of(name.begin() + 1, name.end(), is_digit);
    if (is_band) return band(name, begin);
    const auto* const function = std::find_if(
        functions.begin(), functions.end(), [&](const Function& f) { return f.name == name; });
    if (function != functions.end()) return call(*function, begin);
    return FormulaText::wrong(in_quotes(name),
                              begin,
                              "is neither a band (b1 to b" + std::to_string(band_count_) +
                                  ") nor a function (" + std::string(function_names) + ")");
}

Result<Place> Parser::band(std::string_view name, std::size_t at) {
    int index = 0;
    const char* const end = name.data() + name.size();
    const auto problem = std::from_chars(name.data() + 1, end, index).ec;
    if (problem != std::errc{} || index < 1 || index > band_count_) {
        return FormulaText::wrong("band " + in_quotes(name),
                                  at,
                                  "does not exist; there are " + std::to_string(band_count_) +
                                      " bands, b1 to b" + std::to_string(band_count_));
    }
    bands_.insert(index);
    return Place{.kind = Place::Kind::band, .index = static_cast<std::uint32_t>(index)};
}

Result<Place> Parser::call(const Function& function, std::size_t at) {
    if (!text_.take("("))
        return FormulaText::wrong(in_quotes(function.name), at, "is a function and needs \"(\"");
    if (++depth_ > deepest_) return FormulaText::wrong(in_quotes(function.name), at, too_deep());
    const auto given = arguments();
    if (!given) return given.error();
    --depth_;
    const auto needed = static_cast<std::size_t>(operand_count(function.operation));
    if (given->size() < needed || (given->size() > needed && !function.any_number)) {
        return FormulaText::wrong(in_quotes(function.name),
                                  at,
                                  "needs " + std::to_string(needed) +
                                      (function.any_number ? " or more" : "") + " operands, not " +
                                      std::to_string(given->size()));
    }
    std::array<Place, 3> first{};
    std::copy_n(given->begin(), needed, first.begin());
    Place value = steps_.add(function.operation, first);
    for (std::size_t i = needed; i < given->size(); ++i)
        value = steps_.add(function.operation, {value, (*given)[i], {}});
    return value;
}

Result<std::vector<Place>> Parser::arguments() {
    std::vector<Place> given;
    do {
        const auto value = formula(0);
        if (!value) return value.error();
        given.push_back(*value);
    } while (text_.take(","));
    if (!text_.take(")")) return text_.unexpected("an operator, \",\" or \")\"");
    return given;
}

}  // namespace

Result<Formulas> parse_formulas(std::string_view text, int band_count, ExpressionLimits limits) {
    if (trimmed(text).empty())
        return bad_request("expression is empty; write for instance (b2-b1)/(b2+b1)");
    if (text.size() > limits.characters) {
        return bad_request("expression " + in_quotes(text) + " has " + std::to_string(text.size()) +
                           " characters; at most " + std::to_string(limits.characters) +
                           " are allowed");
    }
    auto result = Parser(text, band_count, limits).formulas();
    if (!result) return result;
    if (result->bands.empty())
        return bad_request("expression " + in_quotes(text) + " names no band; bands are b1 to b" +
                           std::to_string(band_count));
    const auto slow = std::count_if(result->steps.begin(),
                                    result->steps.end(),
                                    [](const Step& step) { return is_slow(step.operation); });
    if (slow > most_slow_steps) {
        return bad_request("expression calls " + std::to_string(slow) +
                           " powers, logarithms and the like; at most " +
                           std::to_string(most_slow_steps) + " are allowed");
    }
    return result;
}

}  // namespace relief::style
