#include "tiler/query/condition.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace relief::query {
namespace {

using Order = std::optional<std::partial_ordering>;

std::optional<double> number_of(const Scalar& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* number = std::get_if<double>(&value)) return *number;
    return std::nullopt;
}

std::optional<InstantRange> moment_of(const Scalar& value) {
    if (const auto* moment = std::get_if<InstantRange>(&value)) return *moment;
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return std::nullopt;
    const auto read = parse_instant(*text);
    return read ? std::optional(*read) : std::nullopt;
}

Order order_of_moments(const Scalar& left, const Scalar& right) {
    const auto a = moment_of(left);
    const auto b = moment_of(right);
    if (!a || !b) return std::nullopt;
    if (a->last < b->first) return std::partial_ordering::less;
    if (b->last < a->first) return std::partial_ordering::greater;
    return std::partial_ordering::equivalent;
}

/// Nothing when they do not compare.
Order order_of(const Scalar& left, const Scalar& right) {
    if (std::holds_alternative<InstantRange>(left) || std::holds_alternative<InstantRange>(right))
        return order_of_moments(left, right);
    const auto* a = std::get_if<std::int64_t>(&left);
    const auto* b = std::get_if<std::int64_t>(&right);
    if (a != nullptr && b != nullptr) return *a <=> *b;
    const auto x = number_of(left);
    const auto y = number_of(right);
    if (x && y) return *x <=> *y;
    if (left.index() != right.index()) return std::nullopt;
    if (const auto* text = std::get_if<std::string>(&left))
        return *text <=> std::get<std::string>(right);
    if (const auto* truth = std::get_if<bool>(&left)) return *truth <=> std::get<bool>(right);
    return std::nullopt;
}

Scalar compared(Operation operation, const Scalar& left, const Scalar& right) {
    const Order order = order_of(left, right);
    if (!order || *order == std::partial_ordering::unordered) return {};
    switch (operation) {
        case Operation::equal: return std::is_eq(*order);
        case Operation::unequal: return std::is_neq(*order);
        case Operation::less: return std::is_lt(*order);
        case Operation::less_or_equal: return std::is_lteq(*order);
        case Operation::greater: return std::is_gt(*order);
        default: return std::is_gteq(*order);
    }
}

Scalar reckoned(Operation operation, const Scalar& left, const Scalar& right) {
    const auto a = number_of(left);
    const auto b = number_of(right);
    if (!a || !b) return {};
    switch (operation) {
        case Operation::add: return *a + *b;
        case Operation::subtract: return *a - *b;
        case Operation::multiply: return *a * *b;
        default: return *b == 0 ? Scalar() : Scalar(*a / *b);
    }
}

/// AND and OR: `deciding` settles it whatever the others are.
Scalar all_of(const Condition& condition, const Row& row, bool deciding) {
    bool unknown = false;
    for (const Condition& part : condition.parts) {
        const Scalar value = answer(part, row);
        const auto* truth = std::get_if<bool>(&value);
        if (truth != nullptr && *truth == deciding) return deciding;
        unknown = unknown || truth == nullptr;
    }
    return unknown ? Scalar() : Scalar(!deciding);
}

Scalar opposite_of(const Scalar& value) {
    const auto* truth = std::get_if<bool>(&value);
    return truth == nullptr ? Scalar() : Scalar(!*truth);
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as they stand around LIKE
Scalar like(const Scalar& value, const Scalar& pattern) {
    const auto* text = std::get_if<std::string>(&value);
    const auto* form = std::get_if<std::string>(&pattern);
    if (text == nullptr || form == nullptr) return {};
    return is_like(*text, *form);
}

Scalar between(const Condition& condition, const Row& row) {
    const Scalar value = answer(condition.parts[0], row);
    const Scalar above =
        compared(Operation::greater_or_equal, value, answer(condition.parts[1], row));
    const Scalar below = compared(Operation::less_or_equal, value, answer(condition.parts[2], row));
    if (above == Scalar(false) || below == Scalar(false)) return false;
    return above.index() == 0 || below.index() == 0 ? Scalar() : Scalar(true);
}

Scalar among(const Condition& condition, const Row& row) {
    const Scalar value = answer(condition.parts[0], row);
    bool unknown = false;
    for (std::size_t i = 1; i < condition.parts.size(); ++i) {
        const Scalar same = compared(Operation::equal, value, answer(condition.parts[i], row));
        if (same == Scalar(true)) return true;
        unknown = unknown || same.index() == 0;
    }
    return unknown ? Scalar() : Scalar(false);
}

Scalar attribute_of(const Condition& condition, const Row& row) {
    const auto value = row.value(condition.attribute);
    if (!value) return {};
    return std::visit([](const auto& own) { return Scalar(own); }, *value);
}

/// Of Latin letters without accents only: what CQL2's own examples show.
Scalar in_small_letters(Scalar value) {
    auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return {};
    for (char& c : *text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return value;
}

Scalar answer_of_parts(const Condition& condition, const Row& row) {
    const Scalar first = answer(condition.parts[0], row);
    switch (condition.operation) {
        case Operation::opposite: return opposite_of(first);
        case Operation::is_null: return first.index() == 0;
        case Operation::fold_case: return in_small_letters(first);
        default: break;
    }
    const Scalar second = answer(condition.parts[1], row);
    switch (condition.operation) {
        case Operation::like: return like(first, second);
        case Operation::add:
        case Operation::subtract:
        case Operation::multiply:
        case Operation::divide: return reckoned(condition.operation, first, second);
        default: return compared(condition.operation, first, second);
    }
}

/// Bytes of the UTF-8 character that begins a text.
std::size_t character_length(std::string_view text) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
        ++length;
    return length;
}

/// One step of a pattern that stands for one character. Nothing: it does not fit.
std::optional<std::pair<std::size_t, std::size_t>> one_character(std::string_view text,
                                                                 std::string_view pattern) {
    if (text.empty() || pattern.empty()) return std::nullopt;
    if (pattern.front() == '_') return std::pair{character_length(text), std::size_t{1}};
    const std::size_t escaped = pattern.front() == '\\' && pattern.size() > 1 ? 1 : 0;
    if (text.front() != pattern[escaped]) return std::nullopt;
    return std::pair{std::size_t{1}, escaped + 1};
}

}  // namespace

bool is_like(std::string_view text, std::string_view pattern) {
    // After a "%", what follows is tried at each place; only the last "%" need ever be gone back
    // to.
    std::optional<std::pair<std::string_view, std::string_view>> again;
    while (true) {
        if (!pattern.empty() && pattern.front() == '%') {
            pattern.remove_prefix(1);
            again = {text, pattern};
        } else if (const auto step = one_character(text, pattern)) {
            text.remove_prefix(step->first);
            pattern.remove_prefix(step->second);
        } else if (text.empty() && pattern.empty()) {
            return true;
        } else if (again && !again->first.empty()) {
            again->first.remove_prefix(character_length(again->first));
            std::tie(text, pattern) = *again;
        } else {
            return false;
        }
    }
}

Scalar answer(const Condition& condition, const Row& row) {
    switch (condition.operation) {
        case Operation::literal: return condition.literal;
        case Operation::attribute: return attribute_of(condition, row);
        case Operation::both: return all_of(condition, row, false);
        case Operation::either: return all_of(condition, row, true);
        case Operation::between: return between(condition, row);
        case Operation::among: return among(condition, row);
        default: return answer_of_parts(condition, row);
    }
}

}  // namespace relief::query
