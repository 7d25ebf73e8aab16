#include "tiler/postgis/condition_signs.hpp"

#include "tiler/core/utf8.hpp"

#include <cstddef>

namespace relief::postgis {

using query::Operation;

Operation inverse_of(Operation comparison) noexcept {
    switch (comparison) {
        case Operation::equal: return Operation::unequal;
        case Operation::unequal: return Operation::equal;
        case Operation::less: return Operation::greater_or_equal;
        case Operation::less_or_equal: return Operation::greater;
        case Operation::greater: return Operation::less_or_equal;
        default: return Operation::less;
    }
}

Operation turned(Operation comparison) noexcept {
    switch (comparison) {
        case Operation::less: return Operation::greater;
        case Operation::less_or_equal: return Operation::greater_or_equal;
        case Operation::greater: return Operation::less;
        case Operation::greater_or_equal: return Operation::less_or_equal;
        default: return comparison;
    }
}

const char* sign_of(Operation comparison) noexcept {
    switch (comparison) {
        case Operation::equal: return " = ";
        case Operation::unequal: return " <> ";
        case Operation::less: return " < ";
        case Operation::less_or_equal: return " <= ";
        case Operation::greater: return " > ";
        default: return " >= ";
    }
}

bool is_clean_text(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = text.front() == '\0' ? 0 : utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool ends_open(std::string_view pattern) noexcept {
    std::size_t slashes = 0;
    while (slashes < pattern.size() && pattern[pattern.size() - 1 - slashes] == '\\') ++slashes;
    return slashes % 2 == 1;
}

}  // namespace relief::postgis
