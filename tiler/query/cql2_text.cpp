#include "tiler/query/cql2_text.hpp"

#include "tiler/query/cql2_check.hpp"
#include "tiler/query/cql2_tokens.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

namespace relief::query {
namespace {

constexpr int most_levels = 32;

using Parsed = Result<Condition>;

std::optional<Operation> comparison_of(const Token& token) {
    constexpr std::array<std::pair<std::string_view, Operation>, 6> signs{
        {{"=", Operation::equal},
         {"<>", Operation::unequal},
         {"<", Operation::less},
         {"<=", Operation::less_or_equal},
         {">", Operation::greater},
         {">=", Operation::greater_or_equal}}};
    for (const auto& [sign, operation] : signs)
        if (token.is_sign(sign)) return operation;
    return std::nullopt;
}

Condition made(Operation operation, std::vector<Condition> parts) {
    return {operation, {}, 0, std::move(parts)};
}

class Cql2Parser {
public:
    Cql2Parser(std::vector<Token> tokens, const std::vector<AttributeDescription>& attributes)
        : tokens_(std::move(tokens)), attributes_(attributes) {}

    Parsed whole() {
        auto condition = any_of();
        if (!condition) return condition;
        if (now().kind != TokenKind::end) return unexpected("AND, OR or the end");
        if (auto good = check_truth(*condition, attributes_); !good) return good.error();
        return condition;
    }

private:
    const Token& now() const { return tokens_[at_]; }
    bool took_sign(std::string_view sign) {
        const bool is = now().is_sign(sign);
        at_ += is ? 1 : 0;
        return is;
    }
    bool took_word(std::string_view word) {
        const bool is = now().is_word(word);
        at_ += is ? 1 : 0;
        return is;
    }
    Error unexpected(const std::string& wanted) const {
        const Token& token = now();
        const std::string seen = token.kind == TokenKind::end
                                     ? "it ends"
                                     : "there is \"" + token.text.substr(0, 40) + "\"";
        return bad_request("filter: at character " + std::to_string(token.at + 1) + " " + seen +
                           "; expected is " + wanted);
    }

    /// Of several parts divided by one word.
    Parsed divided(std::string_view word, Operation operation, Parsed (Cql2Parser::*part)()) {
        auto first = (this->*part)();
        if (!first || !now().is_word(word)) return first;
        Condition all = made(operation, {std::move(*first)});
        while (took_word(word)) {
            auto next = (this->*part)();
            if (!next) return next;
            all.parts.push_back(std::move(*next));
        }
        for (const Condition& one : all.parts)
            if (auto good = check_truth(one, attributes_); !good) return good.error();
        return all;
    }
    static Error too_deep() {
        return bad_request("filter: it is nested more than " + std::to_string(most_levels) +
                           " levels deep");
    }
    Parsed any_of() {
        if (++levels_ > most_levels) return too_deep();
        auto condition = divided("OR", Operation::either, &Cql2Parser::all_of);
        --levels_;
        return condition;
    }
    Parsed all_of() { return divided("AND", Operation::both, &Cql2Parser::opposite); }
    Parsed opposite() {
        bool is_opposite = false;
        while (took_word("NOT")) is_opposite = !is_opposite;
        auto condition = predicate();
        if (!condition || !is_opposite) return condition;
        if (auto good = check_truth(*condition, attributes_); !good) return good.error();
        return made(Operation::opposite, {std::move(*condition)});
    }

    Parsed predicate() {
        auto left = sum();
        if (!left) return left;
        if (const auto operation = comparison_of(now())) {
            ++at_;
            auto right = sum();
            if (!right) return right;
            return checked(made(*operation, {std::move(*left), std::move(*right)}));
        }
        if (took_word("IS")) return nullness(std::move(*left));
        const bool is_opposite = took_word("NOT");
        auto condition = worded(std::move(*left), is_opposite);
        if (!condition || !is_opposite) return condition;
        return made(Operation::opposite, {std::move(*condition)});
    }
    Parsed nullness(Condition left) {
        const bool is_opposite = took_word("NOT");
        if (!took_word("NULL")) return unexpected("NULL");
        Condition is_null = made(Operation::is_null, {std::move(left)});
        if (is_opposite) return made(Operation::opposite, {std::move(is_null)});
        return is_null;
    }
    /// LIKE, BETWEEN, IN, or nothing of these.
    Parsed worded(Condition left, bool is_needed) {
        if (took_word("LIKE")) {
            auto pattern = sum();
            if (!pattern) return pattern;
            return checked(made(Operation::like, {std::move(left), std::move(*pattern)}));
        }
        if (took_word("BETWEEN")) return between(std::move(left));
        if (took_word("IN")) return among(std::move(left));
        if (is_needed) return unexpected("LIKE, BETWEEN or IN");
        return left;
    }
    Parsed between(Condition left) {
        auto low = sum();
        if (!low) return low;
        if (!took_word("AND")) return unexpected("AND");
        auto high = sum();
        if (!high) return high;
        return checked(
            made(Operation::between, {std::move(left), std::move(*low), std::move(*high)}));
    }
    Parsed among(Condition left) {
        if (!took_sign("(")) return unexpected("(");
        Condition all = made(Operation::among, {std::move(left)});
        do {
            auto one = sum();
            if (!one) return one;
            all.parts.push_back(std::move(*one));
        } while (took_sign(","));
        if (!took_sign(")")) return unexpected("a comma or )");
        return checked(std::move(all));
    }

    Parsed sum() {
        auto left = product();
        while (left && (now().is_sign("+") || now().is_sign("-"))) {
            const Operation operation = now().is_sign("+") ? Operation::add : Operation::subtract;
            ++at_;
            left = joined(operation, std::move(*left), product());
        }
        return left;
    }
    Parsed product() {
        auto left = operand();
        while (left && (now().is_sign("*") || now().is_sign("/"))) {
            const Operation operation =
                now().is_sign("*") ? Operation::multiply : Operation::divide;
            ++at_;
            left = joined(operation, std::move(*left), operand());
        }
        return left;
    }
    /// Sums of many terms grow deep to the left: each counts as a level.
    Parsed joined(Operation operation, Condition left, Parsed right) {
        if (!right) return right;
        if (++joins_ > most_levels)
            return bad_request("filter: it reckons with more than " + std::to_string(most_levels) +
                               " signs");
        return checked(made(operation, {std::move(left), std::move(*right)}));
    }

    Parsed operand() {
        if (took_sign("(")) {
            auto inner = any_of();
            if (inner && !took_sign(")")) return unexpected(")");
            return inner;
        }
        if (took_sign("-")) {
            if (now().kind != TokenKind::number) return unexpected("a number");
            return literal(-tokens_[at_++].number);
        }
        const Token token = now();
        if (token.kind == TokenKind::end || token.kind == TokenKind::sign)
            return unexpected("an attribute, a number or a 'text'");
        ++at_;
        if (token.kind == TokenKind::number) return literal(token.number);
        if (token.kind == TokenKind::text) return literal(token.text);
        if (token.kind == TokenKind::word && now().is_sign("(")) return function(token);
        if (token.is_word("TRUE")) return literal(true);
        if (token.is_word("FALSE")) return literal(false);
        return attribute(token);
    }
    static Parsed literal(Scalar value) {
        return Condition{Operation::literal, std::move(value), 0, {}};
    }
    Parsed attribute(const Token& name) const {
        const auto found = std::find_if(attributes_.begin(),
                                        attributes_.end(),
                                        [&](const auto& one) { return one.name == name.text; });
        if (found == attributes_.end()) return no_such_attribute(name.text, attributes_);
        return Condition{
            Operation::attribute, {}, static_cast<std::size_t>(found - attributes_.begin()), {}};
    }
    Parsed function(const Token& name) {
        ++at_;
        if (++levels_ > most_levels) return too_deep();
        auto inner = sum();
        --levels_;
        if (!inner) return inner;
        if (!took_sign(")")) return unexpected(")");
        if (name.is_word("CASEI")) return checked(made(Operation::fold_case, {std::move(*inner)}));
        const bool is_time = name.is_word("DATE") || name.is_word("TIMESTAMP");
        if (!is_time)
            return bad_request("filter: there is no function \"" + name.text.substr(0, 40) +
                               "\"; there are CASEI, DATE and TIMESTAMP");
        const auto* text = std::get_if<std::string>(&inner->literal);
        if (inner->operation != Operation::literal || text == nullptr)
            return bad_request("filter: " + name.text + " takes a 'text' such as '2024-05-01'");
        auto moment = parse_instant(*text);
        if (!moment) return moment.error();
        return literal(*moment);
    }
    Parsed checked(Condition condition) const {
        if (auto good = check_kinds(condition, attributes_); !good) return good.error();
        return condition;
    }

    std::vector<Token> tokens_;
    const std::vector<AttributeDescription>& attributes_;
    std::size_t at_ = 0;
    int levels_ = 0;
    int joins_ = 0;
};

}  // namespace

Result<Condition> parse_cql2(std::string_view text,
                             const std::vector<AttributeDescription>& attributes) {
    if (text.size() > most_filter_characters)
        return bad_request("filter: it has more than " + std::to_string(most_filter_characters) +
                           " characters");
    auto tokens = tokens_of(text);
    if (!tokens) return tokens.error();
    return Cql2Parser(std::move(*tokens), attributes).whole();
}

}  // namespace relief::query
